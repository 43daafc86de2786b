"""Library pictures and their use in stories."""

import datetime
from pathlib import Path
from typing import Self

from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.images import CROP, FULL, SAVED_AS, TYPES, Normalised
from articles.models.article import Article
from articles.models.article_managers import ChildManager
from articles.models.base import Ordered
from people.shared.text import LineField

SHARE = [MinValueValidator(0), MaxValueValidator(1)]


def place(photo: "Photo", name: str) -> str:
    """Path of a file of a picture. Each picture has a folder, named by the digest of its pixels."""
    return f"photos/{photo.digest}/{name}"


class PhotoManager(models.Manager["Photo"]):
    def get_by_natural_key(self, image: str) -> "Photo":
        return self.get(image=image)


class PhotoQuerySet(models.QuerySet):
    def public(self, at: datetime.datetime | None = None) -> Self:
        """Pictures in a story that is live at ``at``, by default now."""
        uses = ArticlePhoto.objects.filter(
            photo=models.OuterRef("pk"), article__in=Article.objects.live(at)
        )
        return self.filter(models.Exists(uses))

    def with_uses(self) -> Self:
        """Annotate ``stories``, how many use a picture; a working copy counts as its story."""
        uses = ArticlePhoto.objects.filter(photo=models.OuterRef("pk")).order_by().values("photo")
        stories = models.Count(Coalesce("article__copy_of", "article"), distinct=True)
        counted = models.Subquery(uses.values(stories=stories))
        return self.annotate(stories=Coalesce(counted, 0))


class Photo(models.Model):
    """A library picture, used by any number of stories."""

    #: Annotated by ``with_uses``.
    stories: int

    image = models.ImageField(
        _("图片文件"),
        upload_to=place,
        unique=True,
        max_length=200,
        width_field="width",
        height_field="height",
    )
    width = models.PositiveIntegerField(_("宽（像素）"), editable=False, default=0)
    height = models.PositiveIntegerField(_("高（像素）"), editable=False, default=0)
    digest = models.CharField(
        _("像素摘要"),
        max_length=32,
        unique=True,
        editable=False,
        help_text=_("同一张图片上传两次，由此发现。"),
    )
    renditions = models.JSONField(
        _("各种尺寸"),
        default=list,
        editable=False,
        help_text=_("已经生成的文件：名称、形状、格式、宽、高；小的在前。"),
    )
    alt = LineField(
        _("替代文字"),
        max_length=200,
        blank=True,
        help_text=_("给看不到图片的读者：画面里是谁、在哪里、做什么。"),
    )
    is_decorative = models.BooleanField(
        _("装饰图"), default=False, help_text=_("只起装饰作用，不传达内容，不需要替代文字。")
    )
    caption = LineField(_("图说"), max_length=300, blank=True)
    credit = LineField(_("摄影署名"), max_length=80, blank=True, help_text=_("如“记者 某某 摄”。"))
    focal_x = models.FloatField(
        _("焦点横坐标"), default=0.5, validators=SHARE, help_text=_("裁切时保住的地方，左0右1。")
    )
    focal_y = models.FloatField(
        _("焦点纵坐标"), default=0.5, validators=SHARE, help_text=_("上0下1。")
    )

    objects = PhotoManager.from_queryset(PhotoQuerySet)()

    class Meta:
        verbose_name = _("图片")
        verbose_name_plural = _("图片")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(focal_x__range=(0, 1), focal_y__range=(0, 1)),
                name="photo_focus_inside",
                violation_error_message=_("焦点坐标在0和1之间。"),
            ),
            # The folder of its files has this name, and is deleted with the picture.
            models.CheckConstraint(
                condition=~Q(digest=""),
                name="photo_digest",
                violation_error_message=_("图片缺少像素摘要。"),
            ),
        )

    def __str__(self):
        return self.caption or self.alt or f"{self._meta.verbose_name} {self.pk}"

    @classmethod
    def of(cls, picture: Normalised, **fields) -> Self:
        """Make a row, not stored yet; saving it stores the file too."""
        file = ContentFile(picture.content, name=f"picture.{picture.extension}")
        return cls(digest=picture.digest, image=file, **fields)

    def natural_key(self) -> tuple:
        return (self.image.name,)

    @property
    def folder(self) -> Path:
        """Folder of the picture and its renditions."""
        return Path(self.image.storage.path(place(self, "")))

    @property
    def lacks_alt(self) -> bool:
        """Whether the picture needs an alternative text and has none."""
        return not (self.alt or self.is_decorative)

    def picture(self, shape: str = FULL) -> dict:
        """Data for ``components/_picture.html``, without a query and without opening a file.

        Without renditions it has the picture itself.
        """
        sets = {kind: self._of(shape, kind) for kind in SAVED_AS}
        fallback = sets.pop("jpg")
        largest = fallback[-1] if fallback else {"width": self.width, "height": self.height}
        return {
            "sources": [
                {"type": TYPES[kind], "srcset": self._srcset(made)}
                for kind, made in sets.items()
                if made
            ],
            "srcset": self._srcset(fallback),
            "src": self._url(largest),
            "width": largest["width"],
            "height": largest["height"],
            "alt": "" if self.is_decorative else self.alt,
        }

    def thumbnail(self) -> str:
        """HTML of the picture for a list of the desk; empty where there is no file yet."""
        if not self.image:
            return ""
        smallest = next(iter(self._of(CROP, "jpg")), {})
        return format_html(
            '<img class="thumbnail" src="{}" alt="{}" loading="lazy">',
            self._url(smallest),
            self.alt,
        )

    def _of(self, shape: str, kind: str) -> list[dict]:
        return [
            made for made in self.renditions if (made["shape"], made["format"]) == (shape, kind)
        ]

    def _url(self, made: dict) -> str:
        name = made.get("name")
        return self.image.storage.url(place(self, name)) if name else self.image.url

    def _srcset(self, made: list[dict]) -> str:
        return ", ".join(f"{self._url(one)} {one['width']}w" for one in made)


class ArticlePhotoManager(ChildManager):
    key = ("photo__image",)


class ArticlePhoto(Ordered):
    """The use of a library picture in a story."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="photos")
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="uses", verbose_name=_("图片"))
    caption = LineField(
        _("本稿图说"), max_length=300, blank=True, help_text=_("空白则用图片库里的图说。")
    )

    objects = ArticlePhotoManager()

    class Meta(Ordered.Meta):
        verbose_name = _("配图")
        verbose_name_plural = _("配图")

    def __str__(self):
        return self.caption or str(self.photo)

    def natural_key(self) -> tuple:
        return (*self.article.natural_key(), self.photo.image.name)

    natural_key.dependencies = ["articles.article", "articles.photo"]
