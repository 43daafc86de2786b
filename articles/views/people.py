"""Officials and reporters: what printed stories say of them."""

from django.utils.translation import gettext_lazy

from articles.filters import OfficialFilters, ReporterFilters
from articles.models import Article, Attendance, Mention
from articles.views.base import DossierPage, ListPage
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
        return super().get_rows().prefetch_related("appointments__organisation")


class ReporterList(ListPage):
    """Names that sign live stories."""

    model = Reporter
    filterset_class = ReporterFilters
    template_name = "articles/reporter_list.html"
    here = "reporters"
    title = gettext_lazy("记者与通讯员")
    unit = gettext_lazy("人")
    nothing = gettext_lazy("没有符合条件的记者或通讯员")


class OfficialPage(DossierPage):
    """An official: posts, appearances with the title of the day, what was asked, stories."""

    model = Official
    template_name = "articles/official.html"
    here = "officials"

    def get_queryset(self):
        """Public officials with their posts."""
        return super().get_queryset().prefetch_related("appointments__organisation")

    def get_context_data(self, **context):
        """Context with the dossier."""
        official = self.object
        acts = list(
            Attendance.objects.public()
            .filter(official=official)
            .select_related("meeting", "inspection")
        )
        for act in acts:
            act.official = official
        acts.sort(key=lambda act: (act.event.held_on, act.pk), reverse=True)
        mentions = list(
            Mention.objects.filter(official=official, article__in=Article.objects.live())
            .select_related("article")
            .defer("article__body")
            .order_by("-article__issued_on", "pk")
        )
        stories = Article.objects.live().filter(official_stories__official=official)
        return super().get_context_data(
            posts=list(official.appointments.all()),
            acts=acts,
            mentions=mentions,
            stories=list(stories.for_list()),
            **context,
        )


class ReporterPage(DossierPage):
    """A reporter or correspondent, and the stories that bear the name."""

    model = Reporter
    template_name = "articles/reporter.html"
    here = "reporters"

    def get_context_data(self, **context):
        """Context with the stories."""
        stories = Article.objects.live().filter(bylines__reporter=self.object).distinct()
        return super().get_context_data(stories=list(stories.for_list()), **context)
