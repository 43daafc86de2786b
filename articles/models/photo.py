"""The picture library."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, ChildManager
from articles.models.ordered import Ordered

SHARE = [MinValueValidator(0), MaxValueValidator(1)]


class PhotoManager(models.Manager):
    """The stored file is the natural key."""

    def get_by_natural_key(self, image):
        """Picture kept under this path."""
        return self.get(image=image)


class PhotoQuerySet(models.QuerySet):
    """Pictures."""

    def public(self, at=None):
        """Pictures that a live story shows."""
        uses = ArticlePhoto.objects.filter(
            photo=models.OuterRef("pk"), article__in=Article.objects.live(at)
        )
        return self.filter(models.Exists(uses))


class Photo(models.Model):
    """A library picture, used by any number of stories."""

    image = models.ImageField(
        _("图片文件"),
        upload_to="photos/%Y/%m/",
        unique=True,
        max_length=200,
        width_field="width",
        height_field="height",
    )
    width = models.PositiveIntegerField(_("宽（像素）"), editable=False, default=0)
    height = models.PositiveIntegerField(_("高（像素）"), editable=False, default=0)
    alt = models.CharField(
        _("替代文字"),
        max_length=200,
        blank=True,
        help_text=_("给看不到图片的读者：画面里是谁、在哪里、做什么。"),
    )
    caption = models.CharField(_("图说"), max_length=300, blank=True)
    credit = models.CharField(
        _("摄影署名"), max_length=80, blank=True, help_text=_("如“记者 某某 摄”。")
    )
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
        )

    def __str__(self):
        """What is to be seen, else the file."""
        return self.caption or self.alt or self.image.name

    def natural_key(self):
        """The stored file."""
        return (self.image.name,)

    def thumbnail(self):
        """The picture for a list of the desk; empty until there is a file."""
        if not self.image:
            return ""
        return format_html('<img class="thumbnail" src="{}" alt="{}">', self.image.url, self.alt)


class ArticlePhotoManager(ChildManager):
    """Uses of pictures by file."""

    key = ("photo__image",)


class ArticlePhoto(Ordered):
    """A library picture in a story."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="photos")
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="uses", verbose_name=_("图片"))
    caption = models.CharField(
        _("本稿图说"), max_length=300, blank=True, help_text=_("空白则用图片库里的图说。")
    )

    objects = ArticlePhotoManager()

    class Meta(Ordered.Meta):
        verbose_name = _("配图")
        verbose_name_plural = _("配图")

    def __str__(self):
        """Caption of this use, else the picture's own."""
        return self.caption or str(self.photo)

    def natural_key(self):
        """Story and file."""
        return (*self.article.natural_key(), self.photo.image.name)

    natural_key.dependencies = ["articles.article", "articles.photo"]
