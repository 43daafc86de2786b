"""Feeds of stories at their addresses."""

from urllib.parse import urlencode

from django.contrib.redirects.models import Redirect
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.urls import reverse
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import gettext as _
from django.views import View

from articles.models import Article
from articles.public.base import NoSuchPage, PublicPage
from articles.public.feeds.entries import load_entries, load_tombstones
from articles.public.feeds.formats import WRITERS, Feed
from articles.public.filters import ArticleFilters
from articles.public.seo import FORMATS, SUBJECTS, Site, Subscription
from people.shared.characters import writable


class FollowedPage(PublicPage, View):
    """Answer to a program that follows something: all of it, or what meets conditions.

    A condition that nothing public meets is 404, which a program tells its reader. Parameters of
    no condition are left out: some programs add their own.
    """

    #: Conditions of the address: filter set of the list that has them.
    filterset_class = ArticleFilters

    def get(self, request: HttpRequest, kind: str = "", slug: str = "", **kind_of) -> HttpResponse:
        """The answer; of a thing that was renamed, the way to its address of today."""
        try:
            response = self.respond(*self._conditions(kind, slug), **kind_of)
        except NoSuchPage:
            moved = self._moved(kind, slug)
            if not moved:
                raise
            self._conditions(kind, moved)  # also public today
            name, kwargs = request.resolver_match.url_name, request.resolver_match.kwargs
            return HttpResponsePermanentRedirect(reverse(name, kwargs={**kwargs, "slug": moved}))
        response.is_keepable = self.is_keepable()
        if response.is_keepable:
            return response
        set_response_etag(response)
        changed = parse_http_date_safe(response.get("Last-Modified", ""))
        return get_conditional_response(request, response["ETag"], changed, response)

    def rows(self) -> QuerySet:
        """Public rows, before any condition."""
        raise NotImplementedError

    def respond(self, filterset, subscription, **kind_of) -> HttpResponse:
        """The answer for conditions that are met."""
        raise NotImplementedError

    def known_parameters(self) -> tuple[str, ...]:
        """The conditions; words that are searched for have no end, and are kept nowhere."""
        if "slug" in self.kwargs:
            return ()
        return tuple(name for name in self.filterset_class.base_filters if name != "q")

    def _conditions(self, kind, slug):
        """Bound filter set, and what is subscribed to."""
        given = QueryDict(urlencode({SUBJECTS[kind]: slug})) if kind else self.request.GET
        filterset = self.filterset_class(given, queryset=self.rows(), request=self.request)
        if not filterset.is_valid():
            raise NoSuchPage(_("没有这样的订阅地址。"), (_("怎样订阅"), reverse("feeds")))
        known = {one["name"]: given[one["name"]] for one in filterset.chosen}
        return filterset, Subscription(known)

    def _moved(self, kind, slug):
        """Slug of today of a thing that was renamed; empty where it was not."""
        if kind not in SUBJECTS or kind == "quarters":
            return ""
        former = Redirect.objects.filter(old_path=reverse(SUBJECTS[kind], args=[slug])).first()
        return former.new_path.rstrip("/").rpartition("/")[2] if former else ""


def conditions_of(filterset) -> str:
    """The conditions in words, without what someone typed: anyone may send such a link."""
    return writable(
        "，".join(_said(filterset, one) for one in filterset.chosen if one["name"] != "q")
    )


def _said(filterset, condition):
    name = condition["name"]
    if name not in SUBJECTS.values():
        return f"{condition['label']}{condition['value']}"
    subject = filterset.form.cleaned_data[name]
    return getattr(subject, "label", str(subject))


def named(site: Site, filterset) -> str:
    """Title of what meets the conditions."""
    return " - ".join(filter(None, [conditions_of(filterset), site.name]))


class StoryFeed(FollowedPage):
    """The newest stories of all, of a thing, or of a narrowed list, as a feed."""

    def rows(self) -> QuerySet:
        return Article.objects.live()

    def respond(self, filterset, subscription, ending) -> HttpResponse:
        site = Site.of(self.request)
        feed = Feed(
            site,
            named(site, filterset),
            site.address(subscription.page),
            site.address(subscription.feed(ending)),
            load_entries(filterset.qs, site),
            load_tombstones(),
        )
        media, _name = FORMATS[ending]
        headers = {"Last-Modified": http_date(feed.updated.timestamp())}
        body = WRITERS[ending](feed)
        return HttpResponse(body, content_type=f"{media}; charset=utf-8", headers=headers)
