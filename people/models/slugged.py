"""Things with a stable ASCII address."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from people.moved import leave_redirect
from people.names import SLUG_LENGTH, free_slug, text_slug


class SluggedManager(models.Manager):
    """The slug is the natural key."""

    def get_by_natural_key(self, slug):
        """Row with this address."""
        return self.get(slug=slug)


class Slugged(models.Model):
    """A model whose address comes from pinyin where the editor gives none."""

    slug = models.SlugField(
        _("网址名"),
        max_length=SLUG_LENGTH,
        unique=True,
        blank=True,
        help_text=_(
            "小写字母、数字和连字符；空白则按拼音生成。对外的网址由它组成，定了就不要再改。"
        ),
    )

    class Meta:
        abstract = True

    def save(self, **options):
        """Fill an empty slug before the row is written; leave a redirect where it was changed."""
        if not self.slug:
            self.slug = self.free_slug()
            if options.get("update_fields") is not None:
                options["update_fields"] = {*options["update_fields"], "slug"}
        former, self.former_slug = getattr(self, "former_slug", None), self.slug
        with transaction.atomic():
            super().save(**options)
            if former and former != self.slug:
                path = self.get_absolute_url()
                leave_redirect(path.removesuffix(f"{self.slug}/") + f"{former}/", path)

    @classmethod
    def from_db(cls, db, field_names, values):
        """Remember the address under which the row was read."""
        instance = super().from_db(db, field_names, values)
        instance.former_slug = instance.__dict__.get("slug")
        return instance

    def natural_key(self):
        """The address."""
        return (self.slug,)

    def slug_base(self):
        """Slug to begin with, before it is made free."""
        return text_slug(str(self))

    def free_slug(self):
        """The first slug of this name that no other row has."""
        base = self.slug_base()
        others = type(self)._base_manager.exclude(pk=self.pk).filter(slug__startswith=base[:50])
        return free_slug(base, set(others.values_list("slug", flat=True)))
