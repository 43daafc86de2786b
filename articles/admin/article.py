"""Stories at the desk."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.inlines import OrderedInline, PrintedNameForm, SwapFormSet
from articles.admin.photo import shown
from articles.models import Article, ArticlePhoto, Byline, Mention, Move, retrace
from articles.workflow import VERBS, Refused, perform, possible_moves
from people.autocomplete import Autocompletes

#: What stands in the place of a field for who may only read.
READ = {"body": "printed_body"}


class ArticleForm(forms.ModelForm):
    """A story as it is entered."""

    class Meta:
        model = Article
        fields = "__all__"  # noqa: DJ007  the admin's fieldsets name them
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def _get_validation_exclusions(self):
        # A constraint with an excluded field in its condition is skipped, and a taken address
        # would come back as a server error.
        return super()._get_validation_exclusions() - {"copy_of"}


class BylineForm(PrintedNameForm):
    """A byline: the name may come from the reporter."""

    person = "reporter"


class BylineInline(OrderedInline):
    """Who signed the story."""

    model = Byline
    form = BylineForm
    formset = SwapFormSet
    fields = ("order", "role", "reporter", "printed_name")
    autocomplete_fields = ("reporter",)


class MentionInline(OrderedInline):
    """Whom the text names, beside those recorded at its events."""

    model = Mention
    form = PrintedNameForm
    fields = ("order", "official", "printed_name", "printed_title")
    autocomplete_fields = ("official",)


class ArticlePhotoInline(OrderedInline):
    """Pictures of the story."""

    model = ArticlePhoto
    fields = ("order", "photo", "thumbnail", "caption")
    readonly_fields = ("thumbnail",)
    autocomplete_fields = ("photo",)

    def get_queryset(self, request):
        """Uses with their pictures."""
        return super().get_queryset(request).select_related("photo")

    @admin.display(description=gettext_lazy("缩略图"))
    def thumbnail(self, use):
        """The picture, small."""
        return shown(use.photo) if use.photo_id else ""


class MoveInline(admin.TabularInline):
    """What was done with the story; nobody writes here."""

    model = Move
    fields = ("made_at", "verb", "person", "reason")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        """Lines come from the workflow alone."""
        return False

    def has_change_permission(self, request, obj=None):
        """Lines never change."""
        return False


class MoveForm(forms.Form):
    """What a move asks of the person who makes it."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


@admin.register(Article)
class ArticleAdmin(Autocompletes, admin.ModelAdmin):
    """Stories: entered here, moved by the workflow's buttons."""

    form = ArticleForm
    list_display = ("title", "section", "issued_on", "signed_by", "stage", "visibility")
    list_filter = ("visibility", "stage", "section", "bulletin")
    list_select_related = ("section",)
    date_hierarchy = "issued_on"
    search_fields = ("headline", "kicker", "bylines__printed_name", "slug")
    search_help_text = gettext_lazy("按标题、署名查找")
    autocomplete_fields = ("bulletin", "projects", "inspections", "meetings")
    inlines = (BylineInline, MentionInline, ArticlePhotoInline, MoveInline)
    readonly_fields = ("stage", "visibility", "published_at", "expires_at")
    save_on_top = True
    fieldsets = (
        (gettext_lazy("标题"), {"fields": ("kicker", "headline", "subhead")}),
        (gettext_lazy("正文"), {"fields": ("dateline", "body", "summary", "keywords")}),
        (
            gettext_lazy("所在位置"),
            {"fields": (("section", "bulletin"), ("issued_on", "page", "position"), "source")},
        ),
        (
            gettext_lazy("公共记录"),
            {
                "description": gettext_lazy("这篇稿件写到的活动和项目。先登记活动，再在这里选上。"),
                "fields": ("inspections", "meetings", "projects", "quarter"),
            },
        ),
        (
            gettext_lazy("网址与状态"),
            {"fields": ("slug", ("stage", "visibility"), ("published_at", "expires_at"))},
        ),
    )

    def get_queryset(self, request):
        """Stories without working copies, with what the list shows."""
        return super().get_queryset(request).originals().prefetch_related("bylines")

    def get_readonly_fields(self, request, obj=None):
        """Once published, a story keeps its address."""
        fixed = ("issued_on", "slug") if obj and obj.published_at else ()
        return (*self.readonly_fields, *fixed, "printed_body")

    def get_fieldsets(self, request, obj=None):
        """For who may only read, the body as it is printed and not as its source."""
        if self.has_change_permission(request, obj) or not obj:
            return self.fieldsets
        return [
            (name, {**options, "fields": [*map(READ.get, options["fields"], options["fields"])]})
            for name, options in self.fieldsets
        ]

    @admin.display(description=gettext_lazy("正文"))
    def printed_body(self, story):
        """Body as readers see it."""
        return mark_safe(story.body)  # noqa: S308  BodyField stores nothing unsanitised

    def has_change_permission(self, request, obj=None):
        """A draft is anyone's who may change stories; what was printed, only an amender's."""
        may = super().has_change_permission(request, obj)
        if may and obj and obj.published_at:
            return request.user.has_perm("articles.amend_article")
        return may

    def has_delete_permission(self, request, obj=None):
        """What was printed is withdrawn, never deleted."""
        if obj and (obj.published_at or obj.moves.exists()):
            return False
        return super().has_delete_permission(request, obj)

    def save_related(self, request, form, formsets, change):
        """Save the rows of the story, then what is derived from them."""
        super().save_related(request, form, formsets, change)
        retrace([form.instance])

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Allow the editor's import map by its nonce, and offer what can be done with the story."""
        if hasattr(context["media"], "with_nonce"):
            context["media"] = context["media"].with_nonce(str(request.csp_nonce))
        context["moves"] = possible_moves(obj, request.user) if obj else []
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_view_on_site_url(self, obj=None):
        """Address of the story, as long as readers see it."""
        return super().get_view_on_site_url(obj) if obj and obj.is_live() else None

    def get_urls(self):
        """One more address a verb."""
        move = path(
            "<int:object_id>/move/<slug:verb>/",
            self.admin_site.admin_view(self.move_view),
            name="articles_article_move",
        )
        return [move, *super().get_urls()]

    def move_view(self, request, object_id, verb):
        """Ask, then make the move: GET writes nothing."""
        story = self.get_object(request, str(object_id))
        if story is None or verb not in VERBS:
            raise Http404
        if not request.user.has_perm(VERBS[verb].permission):
            raise PermissionDenied
        form = MoveForm(request.POST if request.method == "POST" else None)
        problems = []
        if request.method == "POST" and form.is_valid():
            try:
                perform(verb, story, person=request.user, reason=form.cleaned_data["reason"])
            except Refused as refused:
                problems = refused.messages
            else:
                done = _("《%(story)s》已%(verb)s。")
                self.message_user(
                    request,
                    done % {"story": story.headline, "verb": VERBS[verb].label},
                    messages.SUCCESS,
                )
                return redirect("admin:articles_article_change", story.pk)
        return render(
            request,
            "admin/articles/article/move.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "original": story,
                "title": VERBS[verb].label,
                "verb": VERBS[verb],
                "form": form,
                "problems": problems,
            },
        )

    @admin.display(description=gettext_lazy("标题"), ordering="headline")
    def title(self, story):
        """Headline under its kicker."""
        if not story.kicker:
            return story.headline
        return format_html('<span class="kicker">{}</span> {}', story.kicker, story.headline)

    @admin.display(description=gettext_lazy("署名"))
    def signed_by(self, story):
        """Printed names."""
        return "、".join(byline.printed_name for byline in story.bylines.all())
