"""Words of library pictures, and a page on which those of many are edited."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.admin.base import desk_page
from articles.admin.record import AmendedForm
from articles.admin.versions import FOR_AMENDERS
from articles.editorial import amended, at_stake, lock_stories_of, writing
from articles.models import Article, ArticlePhoto, Photo
from articles.models.choices import Visibility
from people.shared.formsets import is_key

#: Pictures on the page.
MOST = 50


def shown(photo):
    """Thumbnail, with a note if the picture lacks an alternative text."""
    if not photo.lacks_alt:
        return photo.thumbnail()
    return format_html('{}<span class="lacking">{}</span>', photo.thumbnail(), _("缺替代文字"))


class WordsForm(forms.ModelForm):
    class Meta:
        model = Photo
        fields = ("alt", "is_decorative", "caption", "credit")

    def clean(self):
        """Refuse an alternative text for a decorative picture."""
        cleaned = super().clean()
        if cleaned.get("is_decorative") and cleaned.get("alt"):
            self.add_error("alt", _("装饰图不用替代文字：请删去文字，或去掉“装饰图”的勾。"))
        return cleaned


class ReasonForm(forms.Form):
    reason = AmendedForm.base_fields["reason"]


class WordsAdmin(admin.ModelAdmin):
    """Mixin with the page on which the words of many pictures are edited."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.words_view)
        return [path("words/", view, name="articles_photo_words"), *super().get_urls()]

    def words_view(self, request):
        """Show the pictures named in the URL, or else the newest without alternative text."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        photos = list(self._photos(request.GET.getlist("id")))
        posted = request.POST if request.method == "POST" else None
        rows = [(photo, self._form(request, photo, posted)) for photo in photos]
        written = [form for _photo, form in rows if form]
        reason = None
        if any(form.instance.was_shown for form in written):
            reason = ReasonForm(posted, use_required_attribute=False)
        if posted is not None and self._are_valid(written, reason):
            changed = [form for form in written if form.has_changed()]
            self._save_words(request, changed, reason.cleaned_data["reason"] if reason else "")
            return redirect(self._onward(request))
        context = {
            "title": _("图片的文字"),
            "heads": [WordsForm.base_fields[name].label for name in WordsForm._meta.fields],
            "rows": [(photo, shown(photo), form) for photo, form in rows],
            "reason": reason,
            "may_save": bool(written),
            "has_errors": any(form.errors for form in [*written, *filter(None, [reason])]),
            "at_stake": at_stake(*(form.instance for form in written)),
            "back": self._onward(request),
            "for_amenders": FOR_AMENDERS,
        }
        return desk_page(self, request, "photo/words.html", None, **context)

    def _photos(self, keys):
        """Pictures in the order of ``keys``, each with ``was_shown``."""
        keys = [int(key) for key in keys if is_key(Photo, key)][:MOST]
        found = Photo.objects.filter(pk__in=keys)
        if not keys:
            found = Photo.objects.filter(alt="", is_decorative=False)[:MOST]
        live = ArticlePhoto.objects.filter(article__visibility=Visibility.LIVE)
        live = set(live.filter(photo__in=[photo.pk for photo in found]).values_list("photo"))
        for photo in sorted(found, key=lambda photo: keys.index(photo.pk) if keys else 0):
            photo.was_shown = (photo.pk,) in live
            yield photo

    def _form(self, request, photo, posted):
        """Form of a picture; None if the user may not change it."""
        if not self.has_change_permission(request, photo):
            return None
        form = WordsForm(posted, instance=photo, prefix=f"photo-{photo.pk}")
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = f"{photo} {field.label}"
        return form

    @staticmethod
    def _are_valid(written, reason):
        """Whether all forms are valid; a change of a public picture needs a reason."""
        good = all([form.is_valid() for form in written])  # noqa: C419  each has to be validated
        if reason is None:
            return good
        shown = any(form.has_changed() and form.instance.was_shown for form in written)
        reason.fields["reason"].required = shown
        return reason.is_valid() and good

    @writing()
    def _save_words(self, request, forms_, reason):
        """Write changed columns only: someone else may be editing the others."""
        lock_stories_of(*(form.instance for form in forms_))
        for form in forms_:
            form.instance.save(update_fields=form.changed_data)
            amended(form.instance, person=request.user, reason=reason)
            message = self.construct_change_message(request, form, [])
            self.log_change(request, form.instance, message)
        line = _("已保存%(count)d张图片的文字。") if forms_ else _("没有改动。")
        self.message_user(request, line % {"count": len(forms_)}, messages.SUCCESS)

    def _onward(self, request):
        """Path of the story that is named in the URL, or else of the library."""
        key = request.GET.get("story", "")
        if is_key(Article, key):
            return reverse("admin:articles_article_change", args=[key]) + "#photos-group"
        return reverse("admin:articles_photo_changelist")
