"""List of stories in the admin."""

from django.contrib import admin
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editorial import QUEUES
from articles.models import Article


class QueueFilter(admin.SimpleListFilter):
    """Filters by the queues on the index of the desk."""

    title = gettext_lazy("待办")
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        return [(name, queue.label) for name, queue in QUEUES.items() if queue.is_of_stories]

    def queryset(self, request, queryset):
        queue = QUEUES.get(self.value())
        if not (queue and queue.is_of_stories):
            return queryset
        return queryset.filter(pk__in=queue.keys(request.user))


class ListedStories(admin.ModelAdmin):
    """Mixin with columns, filters and search of the list."""

    list_display = ("title", "section", "issued_on", "signed_by", "state")
    list_filter = (QueueFilter, "visibility", "stage", "section", "bulletin")
    list_select_related = ("section",)
    date_hierarchy = "issued_on"
    # Stories without a day are being worked on.
    ordering = (F("issued_on").desc(nulls_first=True), "-pk")
    search_fields = ("headline__holds", "kicker__holds", "bylines__printed_name__holds", "slug")
    search_help_text = gettext_lazy("按标题、署名查找")
    # Counting all stories would read the whole table.
    show_full_result_count = False

    def get_queryset(self, request):
        """Leave out working copies, and annotate the stories with their state for the list."""
        stories = super().get_queryset(request).originals()
        if getattr(request, "shows_form", False):
            return stories
        return stories.prefetch_related("bylines").annotate(
            copy_stage=F("working_copy__stage"),
            copy_hour=F("working_copy__scheduled_for"),
            copy_failure=F("working_copy__failure"),
        )

    @admin.display(description=gettext_lazy("标题"), ordering="headline")
    def title(self, story):
        if not story.kicker:
            return story.headline
        return format_html('<span class="kicker">{}</span> {}', story.kicker, story.headline)

    @admin.display(description=gettext_lazy("署名"))
    def signed_by(self, story):
        return "、".join(byline.printed_name for byline in story.bylines.all())

    @admin.display(description=gettext_lazy("状态"), ordering="visibility")
    def state(self, story):
        """Visibility, and what the desk is doing with the story."""
        now = timezone.now()
        if story.visibility == Article.Visibility.LIVE and story.published_at > now:
            hour = timezone.localtime(story.published_at)
            return _("定时 %(hour)s") % {"hour": date_format(hour, "SHORT_DATETIME_FORMAT")}
        said = [story.get_visibility_display()]
        if story.visibility == Article.Visibility.UNPUBLISHED:
            said = [story.get_stage_display()]
        if story.copy_stage:
            stage = Article.Stage(story.copy_stage).label
            said.append(_("有未发布的修改（%(stage)s）") % {"stage": stage})
        if story.copy_hour:
            hour = timezone.localtime(story.copy_hour)
            said.append(
                _("定时替换 %(hour)s") % {"hour": date_format(hour, "SHORT_DATETIME_FORMAT")}
            )
        if story.copy_failure:
            said.append(_("定时失败"))
        if story.record_changed_at:
            said.append(_("记录有改动"))
        return "，".join(said)
