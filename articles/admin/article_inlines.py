"""Inlines of a story: bylines, mentions and pictures."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from articles.admin.inlines import OrderedFormSet, OrderedInline, PrintedNameForm, SwapFormSet
from articles.admin.linking import LinksNames
from articles.admin.picture_words import shown
from articles.models import ArticlePhoto, Byline, Mention


class BylineForm(PrintedNameForm):
    no_phrase = ""  # a group may sign a story


class BylineFormSet(LinksNames, SwapFormSet):
    pass


class BylineInline(OrderedInline):
    model = Byline
    form = BylineForm
    formset = BylineFormSet
    fields = ("order", "role", "reporter", "printed_name")
    autocomplete_fields = ("reporter",)


class MentionFormSet(LinksNames, OrderedFormSet):
    pass


class MentionInline(OrderedInline):
    """People in the text; those at an event are in its attendance."""

    model = Mention
    form = PrintedNameForm
    formset = MentionFormSet
    fields = ("order", "official", "printed_name", "printed_title")
    autocomplete_fields = ("official",)


class ArticlePhotoInline(OrderedInline):
    model = ArticlePhoto
    fields = ("order", "photo", "thumbnail", "caption")
    readonly_fields = ("thumbnail",)
    autocomplete_fields = ("photo",)

    @admin.display(description=gettext_lazy("缩略图"))
    def thumbnail(self, use):
        return shown(use.photo) if use.photo_id else ""
