"""Bodies: party, government, towns, bureaus, enterprises."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationManager(models.Manager):
    """The full name is the natural key."""

    def get_by_natural_key(self, name):
        """Row with this name."""
        return self.get(name=name)


class Organisation(models.Model):
    """A body that people hold posts in, that convenes meetings or is visited."""

    name = models.CharField(_("全称"), max_length=80, unique=True)
    short_name = models.CharField(
        _("简称"), max_length=40, blank=True, help_text=_("报道中的叫法，如“区委”。")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级机构"),
    )
    block_order = models.PositiveSmallIntegerField(
        _("排序"),
        default=100,
        help_text=_("先后次序，小的在前。一般为党委、人大、政府、政协；次序由本报确定。"),
    )

    objects = OrganisationManager()

    class Meta:
        verbose_name = _("机构")
        verbose_name_plural = _("机构")
        ordering = ("block_order", "pk")

    def __str__(self):
        """Full name: two districts may share a short one."""
        return self.name

    def natural_key(self):
        """The full name."""
        return (self.name,)

    # A parent comes before its children in a dump.
    natural_key.dependencies = []
