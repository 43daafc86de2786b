"""Officials and reporters: what printed stories say of them."""

from django.utils.translation import gettext_lazy

from articles.filters import OfficialFilters, ReporterFilters
from articles.models import Article, Attendance, Byline, Mention, OfficialStory
from articles.views.base import ListPage, QuarterlyDossier
from people.models import Official, Reporter


class OfficialList(ListPage):
    """Officials whom live stories show."""

    model = Official
    filterset_class = OfficialFilters
    template_name = "articles/official_list.html"
    here = "officials"
    title = gettext_lazy("人物")
    unit = gettext_lazy("人")
    nothing = gettext_lazy("没有符合条件的人物")

    def get_rows(self):
        """Public officials with their posts."""
        return super().get_rows().prefetch_related("appointments")


class ReporterList(ListPage):
    """Names that sign live stories."""

    model = Reporter
    filterset_class = ReporterFilters
    template_name = "articles/reporter_list.html"
    here = "reporters"
    title = gettext_lazy("记者与通讯员")
    unit = gettext_lazy("人")
    nothing = gettext_lazy("没有符合条件的记者或通讯员")


class OfficialPage(QuarterlyDossier):
    """An official: posts, appearances with the title of the day, what was asked, stories."""

    model = Official
    template_name = "articles/official.html"
    parameter = "official"
    here = "officials"

    def get_queryset(self):
        """Public officials with their posts."""
        return super().get_queryset().prefetch_related("appointments__organisation")

    def get_stories(self):
        """Live stories that show the official."""
        return Article.objects.live().filter(official_stories__official=self.object)

    def get_quarters(self):
        """Their quarters."""
        return OfficialStory.objects.live().filter(official=self.object).quarters()

    def get_context_data(self, **context):
        """Context with what the stories of the quarter record."""
        context = super().get_context_data(**context)
        return {
            **context,
            "posts": list(self.object.appointments.all()),
            "acts": self._acts(),
            "mentions": list(
                Mention.objects.filter(official=self.object, article__in=self.stories)
                .select_related("article")
                .defer("article__body")
                .order_by("-article__issued_on", "pk")
            ),
        }

    def _acts(self):
        """Attendance at the events of those stories, newest first."""
        acts = Attendance.objects.filter(official=self.object).order_by()
        acts = acts.select_related("meeting", "inspection")
        # A union, as either half finds its few rows by an index; OR reads all of a career.
        of_meetings = acts.filter(meeting__articles__in=self.stories)
        acts = list(of_meetings.union(acts.filter(inspection__articles__in=self.stories)))
        for act in acts:
            act.official = self.object
        return sorted(acts, key=lambda act: (act.event.held_on, act.pk), reverse=True)


class ReporterPage(QuarterlyDossier):
    """A reporter or correspondent, and the stories that bear the name."""

    model = Reporter
    template_name = "articles/reporter.html"
    parameter = "reporter"
    here = "reporters"

    def get_stories(self):
        """Live stories that the reporter signed."""
        signed = Byline.objects.filter(reporter=self.object)
        return Article.objects.live().filter(pk__in=signed.values("article"))
