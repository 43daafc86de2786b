"""The page that says what a subscription is, and at which addresses."""

from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from articles.models import Article
from articles.public.base import PublicPage
from articles.public.feeds.views import conditions_of
from articles.public.filters import ArticleFilters
from articles.public.seo import PageMetadata, Site, Subscription, page_metadata


class FeedGuide(PublicPage, TemplateView):
    """How to follow the paper, or the stories that meet the conditions of the address."""

    template_name = "articles/feeds.html"
    parameters = tuple(ArticleFilters.base_filters)

    def get_context_data(self, **context) -> dict:
        """Context with the addresses of what the address narrows, and of sections and quarters."""
        filterset = ArticleFilters(self.request.GET, request=self.request)
        filterset.form.full_clean()
        self.given = {one["name"]: self.request.GET[one["name"]] for one in filterset.chosen}
        site, subscription = Site.of(self.request), Subscription(self.given)
        context = super().get_context_data(
            title="：".join(filter(None, [_("订阅"), conditions_of(filterset)])),
            chosen=filterset.chosen,
            feeds=[(name, site.address(path)) for _media, path, name in subscription.alternates],
            whole=Subscription(),
            quarters=[
                (quarter.label, Subscription({"quarter": str(quarter)}).address)
                for quarter in Article.objects.live().quarters()
            ],
            **context,
        )
        context["columns"] = [
            (section.name, Subscription({"section": section.slug}).address)
            for section in context["sections"]
        ]
        return context

    def page_metadata(self, site, context) -> PageMetadata:
        """What it is about; of its many forms one is enough to be found."""
        text = _("用阅读器或日历接收新稿件的全文和记录，不用注册：地址和用法。")
        return page_metadata(context["title"], text, is_indexed=not self.given)

    def subscription(self, context) -> Subscription:
        return Subscription(self.given)

    def is_keepable(self) -> bool:
        """Whether every condition is met, and nothing is searched for."""
        given = self.request.GET.keys()
        return super().is_keepable() and given <= self.given.keys() - {"q"}

    def canonical_query(self, context) -> dict:
        return self.given
