"""What all public pages share: the navigation, and lists with filters and pages."""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.db.models.functions import TruncYear
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView

from articles.models.loose_index_scan import distinct_values
from articles.public.seo import (
    HeadTags,
    PageMetadata,
    Site,
    Subscription,
    card_of_paper,
    list_metadata,
    page_metadata,
)
from articles.public.shell import SharesParts, frame

#: Lists that other pages stand under, by the name of their address: each has one name everywhere.
ROOMS = {
    "articles": gettext_lazy("全部稿件"),
    "bulletins": gettext_lazy("数字报"),
    "inspections": gettext_lazy("观摩录"),
    "meetings": gettext_lazy("会议录"),
    "officials": gettext_lazy("人物"),
    "projects": gettext_lazy("项目库"),
    "quarters": gettext_lazy("季度"),
    "reporters": gettext_lazy("记者"),
}
PER_PAGE = 20
LAST_PAGE = 100


class NoSuchPage(Http404):
    """404 with a reason in the reader's language."""

    def __init__(self, reason, instead=()):
        """``reason`` is shown on the error page; ``instead``: words and address of a link there."""
        super().__init__(reason)
        self.reason, self.instead = reason, instead


class PageResponse(TemplateResponse):
    """A public page; ``is_keepable`` if each parameter of its address is known and valid."""

    is_keepable = False


class PublicPage(SharesParts):
    """A page with navigation, foot and metadata. No template causes a query: views evaluate.

    It is the same for all readers: it depends on no session and no log-in.
    """

    response_class = PageResponse

    #: Entry of the navigation that this page stands under, and whether it is that "page" itself.
    here, current = "", "true"
    #: Query parameters that it understands.
    parameters = ()

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(
            **self.shared("frame", frame),
            public_state=self.public_state,
            kept_for=self.kept_for,
            here=self.here,
            current=self.current,
            **context,
        )

    def render_to_response(self, context, **options) -> HttpResponse:
        """Add the metadata that the head of the page prints."""
        site = Site.of(self.request)
        page = self.page_metadata(site, context)
        if page.breadcrumbs is None:
            page = replace(page, breadcrumbs=self._room())
        if page.picture is None:
            page = replace(page, picture=card_of_paper(site))
        subscription = self.subscription(context)
        metadata = HeadTags(page, site, self.canonical_path(context), subscription)
        # What a form that comes back to this page has to name.
        address = self._path_with(self._given(self.known_parameters()))
        context |= {"metadata": metadata, "address": address, "subscription": subscription}
        response = super().render_to_response(context, **options)
        response.is_keepable = self.is_keepable()
        return response

    def subscription(self, context) -> Subscription | None:
        """What a reader of the page may want to follow, if anything."""
        return None

    def known_parameters(self) -> Iterable[str]:
        """Names of the parameters that the page understands."""
        return self.parameters

    def is_keepable(self) -> bool:
        """Whether the address has nothing but known parameters, each of them once."""
        given, known = dict(self.request.GET.lists()), set(self.known_parameters())
        return given.keys() <= known and all(len(values) == 1 for values in given.values())

    def _given(self, names):
        """Those of the parameters ``names`` that the address has."""
        return {name: self.request.GET[name] for name in names if name in self.request.GET}

    def _path_with(self, parameters):
        query = urlencode(parameters)
        return f"{self.request.path}?{query}" if query else self.request.path

    def page_metadata(self, site, context) -> PageMetadata:
        """Metadata of the page, by default its title alone."""
        return page_metadata(context.get("title") or context.get("object") or site.name)

    def canonical_path(self, context) -> str:
        """Canonical address on the site."""
        return self._path_with(self.canonical_query(context))

    def canonical_query(self, context) -> dict:
        """Query parameters that are part of the canonical address."""
        return self._given(self.parameters)

    def _room(self):
        """The list that the page stands under, where it is not that list itself."""
        is_inside = self.here in ROOMS and self.request.path != reverse(self.here)
        return ((ROOMS[self.here], reverse(self.here)),) if is_inside else ()


class CappedPaginator(Paginator):
    """Pages 1 to 100; counts no further than that, as an exact count costs more than the page."""

    limit = PER_PAGE * LAST_PAGE

    @cached_property
    def count(self) -> int:
        return min(self.counted, self.limit)

    @cached_property
    def counted(self) -> int:
        """Number of rows, counted to one beyond ``limit`` at most."""
        return self.object_list.order_by()[: self.limit + 1].count()

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than pages show."""
        return self.counted > self.limit


class ListPage(PublicPage, ListView):
    """A list of public rows, narrowed by a filter set and cut into pages."""

    current = "page"
    filterset_class = None
    paginate_by = PER_PAGE
    paginator_class = CappedPaginator
    #: Heading, and the words for "12篇" and "no such stories".
    title = ""
    unit = ""
    nothing = ""
    #: Name of the paper's column that it lists, if it is one.
    column = ""

    def get_rows(self) -> QuerySet:
        """Queryset of the public rows, before any filter."""
        return self.model.objects.public()

    def get_queryset(self) -> QuerySet:
        self.filterset = self.filterset_class(
            self.request.GET or None, queryset=self.get_rows(), request=self.request
        )
        return self.filterset.qs

    def paginate_queryset(self, queryset, page_size) -> tuple:
        """Page of the address; 404 with the reason where there is no such page."""
        paginator = self.get_paginator(queryset, page_size)
        number = self.request.GET.get("page", "1")
        try:
            page = paginator.page(number)
        except InvalidPage:
            if paginator.is_capped and number.isascii() and number.isdigit():
                reason = _("名单只翻到第%(last)d页，更早的请按日期查找。") % {"last": LAST_PAGE}
            else:
                reason = _("没有第“%(page)s”页。") % {"page": number[:20]}
            first = self._path_with(self._given(self.filterset.form.fields))
            raise NoSuchPage(reason, (_("从第1页看起"), first)) from None
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **context) -> dict:
        """Context with the filters and the pages around this one."""
        context = super().get_context_data(**context)
        page = context["page_obj"]
        pages = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
        query = self.request.GET.copy()
        query.pop("page", None)
        rows = list(page.object_list)
        return {
            **context,
            "page_obj": page,
            "rows": rows,
            "object_list": rows,
            "pages": list(pages),
            "ellipsis": page.paginator.ELLIPSIS,
            "fields": self._fields(),
            "chosen": self.filterset.chosen,
            "orders": self.filterset.orders,
            "is_narrowed": self.filterset.is_bound
            and bool(self.filterset.chosen or self.filterset.form.errors),
            "unknown": self._unknown(),
            "query": query.urlencode(),
            "title": self.title,
            "unit": self.unit,
            "nothing": self.nothing,
        }

    def known_parameters(self) -> Iterable[str]:
        """The filters, and the page."""
        return (*self.filterset.filters, "page")

    def is_keepable(self) -> bool:
        """Whether no condition is refused, and nothing is searched for: words have no end."""
        if not self.filterset.is_bound:
            return True
        form = self.filterset.form
        return super().is_keepable() and form.is_valid() and not form.cleaned_data.get("q")

    def _fields(self):
        """Inputs of the filters; where no condition was given they are those of other pages."""
        if self.filterset.is_bound:
            return self.filterset.rendered_fields()
        name = f"fields.{type(self.filterset).__name__}"
        return self.shared(name, self.filterset.rendered_fields)

    def _unknown(self):
        """Names in the address that no filter has, as a message prints them."""
        known = set(self.known_parameters())
        names = [name for name in self.request.GET if name not in known]
        return ["".join(filter(str.isprintable, name))[:20] for name in names[:3]]

    def page_metadata(self, site, context) -> PageMetadata:
        """Its title, the conditions in force and how many rows meet them."""
        shown = (context[name] for name in ("page_obj", "title", "unit", "chosen"))
        return list_metadata(*shown, column=self.column)

    def canonical_query(self, context) -> dict:
        """The valid conditions, and the page after the first."""
        conditions = {
            name: self.request.GET[name]
            for name in self.filterset.filters
            if self.request.GET.get(name) and name not in self.filterset.form.errors
        }
        number = context["page_obj"].number
        return {**conditions, "page": number} if number > 1 else conditions


class DossierPage(PublicPage, DetailView):
    """Page of one public object, found by its slug."""

    def get_queryset(self) -> QuerySet:
        return self.model.objects.public()


def years(rows: QuerySet) -> list[int]:
    """Years in which ``rows`` were issued, the newest first."""
    return [day.year for day in distinct_values(rows, "issued_on", TruncYear)]
