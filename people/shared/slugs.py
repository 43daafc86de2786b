"""Models with a stable ASCII slug: which rows are public, redirects from former addresses."""

import datetime
from typing import Self, TypeVar

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.shared.following import Following, follows_flag
from people.shared.pinyin import SLUG_LENGTH, free_slug, text_slug

_Row = TypeVar("_Row", bound=models.Model)


class ShownInStories(models.QuerySet[_Row, _Row]):
    """Rows that are public as long as a live story shows them.

    ``articles`` has the stories, and this app never imports it. ``shown_by`` is the related name of
    a model of theirs whose queryset has ``live(at)``.
    """

    shown_by = "appearances"

    def public(self, at: datetime.datetime | None = None) -> Self:
        """Rows that a story live at ``at``, by default now, shows."""
        relation = getattr(self.model, self.shown_by).rel
        shown = relation.related_model.objects.live(at)
        return self.filter(Exists(shown.filter(**{relation.field.name: OuterRef("pk")})))


class SlugFollows(Following):
    """A model with a column ``slug`` that follows its name."""

    #: Label of the name, for the hint in the empty input.
    named_by = _("名称")
    slug: models.SlugField

    slug_follows = follows_flag(_("网址名随名称"))

    class Meta:
        abstract = True

    def slug_base(self) -> str:
        """Slug of the name, whether or not another row has it."""
        return text_slug(str(self))

    def slugs_of_others(self) -> models.QuerySet:
        """Rows whose slugs this one must not have."""
        return type(self)._base_manager.exclude(pk=self.pk)

    def free_slug(self) -> str:
        """``slug_base``, with a number where another row has it already."""
        base = self.slug_base()
        others = self.slugs_of_others().filter(slug__startswith=base[:50])
        return free_slug(base, set(others.values_list("slug", flat=True)))

    def derived_slug(self, stored: Self | None) -> str:
        """A free slug; the stored one with its number as long as the name stays the same."""
        if stored and stored.slug_follows and stored.slug_base() == self.slug_base():
            return stored.slug
        return self.free_slug()

    def source_of_slug(self) -> str | Promise:
        return self.named_by


class SluggedManager(models.Manager):
    def get_by_natural_key(self, slug: str) -> models.Model:
        return self.get(slug=slug)


class Slugged(SlugFollows):
    """A model whose slug comes from pinyin until an editor gives one or its page was public."""

    following = ("slug",)
    #: Look-up path to the publication time of the stories that show the row.
    published_by = "articles__published_at"
    #: Slug and flag as they are stored, to notice that they change.
    former_slug: str | None = None
    former_slug_follows = False

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

    def get_absolute_url(self) -> str:
        """Path of the public page; ends in the slug and a slash."""
        raise NotImplementedError

    def save(self, **options) -> None:
        """Leave a redirect from the former slug, unless no reader can know it."""
        former, followed = self.former_slug, self.former_slug_follows
        with transaction.atomic():
            super().save(**options)
            if former and former != self.slug:
                path = self.get_absolute_url()
                former_path = path.removesuffix(f"{self.slug}/") + f"{former}/"
                is_secret = followed and not self.was_published()
                (move_redirects if is_secret else leave_redirect)(former_path, path)
        self.former_slug, self.former_slug_follows = self.slug, self.slug_follows

    @classmethod
    def from_db(cls, *args, **options) -> Self:
        """Remember the slug as stored; unknown where ``only`` or ``defer`` left it out."""
        instance = super().from_db(*args, **options)
        instance.former_slug = instance.__dict__.get("slug")
        instance.former_slug_follows = instance.__dict__.get("slug_follows", False)
        return instance

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def was_published(self) -> bool:
        """Whether a story that shows the row was ever published, even if it is withdrawn now."""
        published = {f"{self.published_by}__isnull": False}
        return type(self)._base_manager.filter(pk=self.pk, **published).exists()


@transaction.atomic
def move_redirects(old_path: str, new_path: str) -> None:
    """Point the redirects to ``old_path`` at ``new_path``, which is no longer redirected itself."""
    Redirect.objects.filter(site=settings.SITE_ID, old_path=new_path).delete()
    Redirect.objects.filter(site=settings.SITE_ID, new_path=old_path).update(new_path=new_path)


@transaction.atomic
def leave_redirect(old_path: str, new_path: str) -> None:
    """Redirect ``old_path``, and what was redirected to it, to ``new_path`` in one step."""
    move_redirects(old_path, new_path)
    Redirect.objects.update_or_create(
        site_id=settings.SITE_ID, old_path=old_path, defaults={"new_path": new_path}
    )
