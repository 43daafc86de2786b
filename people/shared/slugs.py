"""Things with a stable ASCII address, and whether the public may see them."""

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from people.shared.following import Following, follows_flag
from people.shared.pinyin import SLUG_LENGTH, free_slug, text_slug
from people.shared.redirects import leave_redirect, move_redirects


class ShownInStories(models.QuerySet):
    """Rows that are public as long as a live story shows them.

    The stories are another app's, which this one never imports: it hangs a model with a
    ``live(at)`` queryset on ours under the related name in ``shown_by``.
    """

    shown_by = "appearances"

    def public(self, at=None):
        """Those that a story live at ``at`` (now, unless told) shows."""
        relation = self.model._meta.get_field(self.shown_by)
        shown = relation.related_model.objects.live(at)
        return self.filter(Exists(shown.filter(**{relation.field.name: OuterRef("pk")})))


class SlugFollows(Following):
    """An address that follows a name."""

    #: What the address is made of, in words.
    named_by = _("名称")

    slug_follows = follows_flag(_("网址名随名称"))

    class Meta:
        abstract = True

    def slug_base(self):
        """Slug to begin with, before it is made free."""
        return text_slug(str(self))

    def slugs_of_others(self):
        """Rows that the address must differ from."""
        return type(self)._base_manager.exclude(pk=self.pk)

    def free_slug(self):
        """The first slug of this name that no other row has."""
        base = self.slug_base()
        others = self.slugs_of_others().filter(slug__startswith=base[:50])
        return free_slug(base, set(others.values_list("slug", flat=True)))

    def derived_slug(self, stored):
        """A free address; it keeps the number that it has for as long as the name is the same."""
        if stored and stored.slug_follows and stored.slug_base() == self.slug_base():
            return stored.slug
        return self.free_slug()

    def source_of_slug(self):
        """The name."""
        return self.named_by


class SluggedManager(models.Manager):
    """The slug is the natural key."""

    def get_by_natural_key(self, slug):
        """Row with this address."""
        return self.get(slug=slug)


class Slugged(SlugFollows):
    """A model whose address comes from pinyin until an editor gives one, or readers know it."""

    following = ("slug",)
    #: Path to the time at which a story that shows it was published: another app's, never imported.
    published_by = "articles__published_at"

    slug = models.SlugField(
        _("网址名"),
        max_length=SLUG_LENGTH,
        unique=True,
        blank=True,
        help_text=_(
            "小写字母、数字和连字符；空白则随名称的拼音。对外的网址由它组成，读者看到以后不要再改。"
        ),
    )

    class Meta:
        abstract = True

    def save(self, **options):
        """Leave a redirect where an address was changed that readers may know."""
        former = getattr(self, "former_slug", None)
        followed = getattr(self, "former_slug_follows", False)
        with transaction.atomic():
            super().save(**options)
            if former and former != self.slug:
                path = self.get_absolute_url()
                former_path = path.removesuffix(f"{self.slug}/") + f"{former}/"
                is_secret = followed and not self.was_published()
                (move_redirects if is_secret else leave_redirect)(former_path, path)
        self.former_slug, self.former_slug_follows = self.slug, self.slug_follows

    @classmethod
    def from_db(cls, db, field_names, values):
        """Remember the address under which the row was read."""
        instance = super().from_db(db, field_names, values)
        instance.former_slug = instance.__dict__.get("slug")
        instance.former_slug_follows = instance.__dict__.get("slug_follows", False)
        return instance

    def natural_key(self):
        """The address."""
        return (self.slug,)

    def was_published(self):
        """Whether a story that shows it was published, withdrawn since or not."""
        published = {f"{self.published_by}__isnull": False}
        return type(self)._base_manager.filter(pk=self.pk, **published).exists()
