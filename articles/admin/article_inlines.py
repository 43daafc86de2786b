"""Rows of a story at the desk: who signed it, whom it names, its pictures."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from articles.admin.inlines import OrderedFormSet, OrderedInline, PrintedNameForm, SwapFormSet
from articles.admin.linking import LinksNames
from articles.admin.picture_words import shown
from articles.models import ArticlePhoto, Byline, Mention


class BylineForm(PrintedNameForm):
    """A byline: the name may come from the reporter."""

    no_phrase = ""


class BylineFormSet(LinksNames, SwapFormSet):
    """Bylines."""


class BylineInline(OrderedInline):
    """Who signed the story."""

    model = Byline
    form = BylineForm
    formset = BylineFormSet
    fields = ("order", "role", "reporter", "printed_name")
    autocomplete_fields = ("reporter",)


class MentionFormSet(LinksNames, OrderedFormSet):
    """People in the text."""


class MentionInline(OrderedInline):
    """Whom the text names, beside those recorded at its events."""

    model = Mention
    form = PrintedNameForm
    formset = MentionFormSet
    fields = ("order", "official", "printed_name", "printed_title")
    autocomplete_fields = ("official",)


class ArticlePhotoInline(OrderedInline):
    """Pictures of the story."""

    model = ArticlePhoto
    fields = ("order", "photo", "thumbnail", "caption")
    readonly_fields = ("thumbnail",)
    autocomplete_fields = ("photo",)

    @admin.display(description=gettext_lazy("缩略图"))
    def thumbnail(self, use):
        """The picture, small."""
        return shown(use.photo) if use.photo_id else ""
