"""Picture library in the admin."""

from django import forms
from django.contrib import admin
from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.picture_words import WordsAdmin, WordsForm, shown
from articles.admin.record import AmendedAdmin, AmendedForm
from articles.admin.uploads import LibraryUploads, PictureField, taken
from articles.decoder import Normalised
from articles.editorial import amended, lock_stories_of
from articles.models import Article, ArticlePhoto, Photo
from articles.rendition_files import forget, start


class PhotoForm(AmendedForm, WordsForm):
    """A picture of the library. Its file never changes: another file is another picture."""

    image = PictureField(
        label=gettext_lazy("图片文件"),
        help_text=gettext_lazy(
            "JPEG、PNG、WebP或AVIF，20 MB以内。拍摄地点等附带信息会去掉。"
            "以后不能换文件，换一张就是新图片。"
        ),
    )

    def clean_image(self):
        """Refuse a picture that the library has already, with a link to it."""
        picture = self.cleaned_data["image"]
        known = Photo.objects.filter(digest=picture.digest).first()
        if known:
            raise forms.ValidationError(
                format_html(
                    '{}<a href="{}">{}</a>',
                    _("图片库里已有同一张图片，请直接用它："),
                    reverse("admin:articles_photo_change", args=[known.pk]),
                    known,
                )
            )
        self.instance.digest = picture.digest
        return ContentFile(picture.content, name=f"picture.{picture.extension}")

    def clean(self):
        """Require an alternative text unless the picture is decorative."""
        cleaned = super().clean()
        if not (cleaned.get("is_decorative") or cleaned.get("alt") or "alt" in self.errors):
            self.add_error(
                "alt",
                _("请写替代文字：画面里是谁、在哪里、做什么。只起装饰作用的，勾上“装饰图”。"),
            )
        return cleaned


def story_links(photos):
    """Links to the forms of the stories that use any of ``photos``; a copy counts as its story."""
    uses = ArticlePhoto.objects.filter(photo__in=photos)
    pks = uses.values(story=Coalesce("article__copy_of", "article"))
    return [
        format_html(
            '<a href="{}">{}</a>（{}）',
            reverse("admin:articles_article_change", args=[story.pk]),
            story.headline,
            story.get_visibility_display(),
        )
        for story in Article.objects.filter(pk__in=pks).defer("body")
    ]


@admin.register(Photo)
class PhotoAdmin(LibraryUploads, WordsAdmin, AmendedAdmin):
    """Library pictures. Changing one that a live story uses needs a reason."""

    form = PhotoForm
    list_display = ("thumbnail", "caption", "alt", "credit", "width", "height", "uses")
    list_display_links = ("thumbnail", "caption")
    search_fields = ("caption__holds", "alt__holds", "credit__holds")
    search_help_text = gettext_lazy("按图说、替代文字或署名查找")
    readonly_fields = ("thumbnail", "width", "height", "where_used")
    fields = (
        "image",
        "thumbnail",
        ("width", "height"),
        "alt",
        "is_decorative",
        "caption",
        "credit",
        ("focal_x", "focal_y"),
        "where_used",
    )

    def is_shown(self, obj):
        """Whether a live story uses it; one that is scheduled counts."""
        return obj.uses.filter(article__visibility=Article.Visibility.LIVE).exists()

    def get_queryset(self, request):
        return super().get_queryset(request).with_uses()

    def get_fields(self, request, obj=None):
        """Ask for the file of a new picture; show its size and uses afterwards."""
        made = ("image",) if obj else ("thumbnail", ("width", "height"), "where_used")
        return [field for field in self.fields if field not in made]

    def get_readonly_fields(self, request, obj=None):
        return (*self.readonly_fields, "image") if obj else self.readonly_fields

    def add_view(self, request, form_url="", extra_context=None):
        """Add a picture; retry once, so that a double click finds the picture of the first one.

        The upload is re-encoded before Django's transaction begins, during which nobody else can
        write on SQLite.
        """
        file = request.FILES.get("image") if request.method == "POST" else None
        if file and self.has_add_permission(request):
            file.taken = taken(file)
        try:
            return super().add_view(request, form_url, extra_context)
        except IntegrityError:
            return super().add_view(request, form_url, extra_context)
        except (OSError, DatabaseError):  # for example a full disk
            if isinstance(getattr(file, "taken", None), Normalised):
                forget(file.taken)
            raise

    def save_model(self, request, obj, form, change):
        """Start to make the renditions of a new picture, or of one with a new focal point."""
        anew = not change or {"focal_x", "focal_y"} & set(form.changed_data)
        if anew:
            obj.renditions = []
        if change:
            lock_stories_of(obj)
        super().save_model(request, obj, form, change)
        if change:
            amended(obj, person=request.user, reason=form.cleaned_data.get("reason", ""))
        if anew:
            transaction.on_commit(lambda: start(obj.pk), robust=True)

    def get_deleted_objects(self, objs, request):
        """Link the stories that use a picture and so protect it."""
        *found, protected = super().get_deleted_objects(objs, request)
        if protected:
            protected = [
                _("这些稿件在用。请先在稿件的“配图”里去掉图片，再来删除："),
                story_links(objs),
            ]
        return *found, protected

    @admin.display(description=gettext_lazy("缩略图"))
    def thumbnail(self, photo):
        return shown(photo)

    @admin.display(description=gettext_lazy("用于几篇"), ordering="stories")
    def uses(self, photo):
        return photo.stories

    @admin.display(description=gettext_lazy("用于"))
    def where_used(self, photo):
        links = ((link,) for link in story_links([photo]))
        return format_html_join("", "<div>{}</div>", links) or _("还没有稿件用它。")
