"""Error reports of readers in the admin."""

from django import forms
from django.contrib import admin, messages
from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editorial import handle_report
from articles.models import ErrorReport


class UnhandledFilter(admin.SimpleListFilter):
    """Filters by whether a report is handled; the index of the desk links to the open ones."""

    title = gettext_lazy("处理")
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        return [("reports", _("待处理")), ("handled", _("已处理"))]

    def queryset(self, request, queryset):
        if self.value() not in ("reports", "handled"):
            return queryset
        return queryset.filter(handled_at__isnull=self.value() == "reports")


class OutcomeForm(forms.ModelForm):
    class Meta:
        model = ErrorReport
        fields = ("outcome",)
        widgets = {"outcome": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **options):
        """Require the outcome; a handled report has no such field."""
        super().__init__(*args, **options)
        if "outcome" in self.fields:
            self.fields["outcome"].required = True


@admin.register(ErrorReport)
class ErrorReportAdmin(admin.ModelAdmin):
    """Reports come from readers only, are handled once, and never deleted."""

    form = OutcomeForm
    list_display = ("wrong_line", "story", "sent_at", "state")
    list_filter = (UnhandledFilter,)
    list_select_related = ("article", "handled_by")
    # Open reports first, the oldest of them on top; then the others, the last handled on top.
    ordering = (F("handled_at").desc(nulls_first=True), "sent_at", "pk")
    search_fields = ("wrong__holds", "right__holds", "article__headline__holds")
    search_help_text = gettext_lazy("按原文、改法、稿件主题查找")
    actions = None
    readonly_fields = ("story_links", "wrong", "right", "contact", "sent_at")
    fieldsets = (
        (None, {"fields": ("story_links", "wrong", "right", "contact", "sent_at")}),
        (gettext_lazy("处理"), {"fields": ("outcome",)}),
    )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        """Refuse to change a handled report."""
        return super().has_change_permission(request, obj) and not (obj and obj.handled_at)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Say why a handled report is read-only."""
        if obj and obj.handled_at:
            context["why_read_only"] = _("已经处理，不能再改。")
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_fieldsets(self, request, obj=None):
        """Show who handled a report and when."""
        letter, (name, options) = self.fieldsets
        if obj and obj.handled_at:
            options = {"fields": (*options["fields"], ("handled_by", "handled_at"))}
        return letter, (name, options)

    def get_readonly_fields(self, request, obj=None):
        return (*self.readonly_fields, "handled_by", "handled_at")

    def save_model(self, request, obj, form, change):
        """Handle the report; tell the second of two users who do so at once."""
        if not handle_report(obj, outcome=obj.outcome, person=request.user):
            line = _("这条纠错刚由别人处理过，您写的处理结果没有保存。")
            self.message_user(request, line, messages.ERROR)

    @admin.display(description=gettext_lazy("哪里有错"), ordering="wrong")
    def wrong_line(self, report):
        return str(report)

    @admin.display(description=gettext_lazy("稿件"), ordering="article__headline")
    def story(self, report):
        return report.article.headline

    @admin.display(description=gettext_lazy("稿件"))
    def story_links(self, report):
        """Link to the story's form, where it is corrected."""
        address = reverse("admin:articles_article_change", args=[report.article_id])
        return format_html('<a href="{}">{}</a>', address, report.article)

    @admin.display(description=gettext_lazy("处理"), ordering="handled_at")
    def state(self, report):
        if not report.handled_at:
            return _("待处理")
        return f"{report.handled_by}：{report.outcome[:40]}"
