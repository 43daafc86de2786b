"""What a page is about, and how its head says so: title, Open Graph, page labels, linked data."""

import json
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from articles.public.seo import json_ld
from articles.public.seo.subscription import Subscription

#: What could end the script element that holds the data, or begin another one.
_ESCAPED = {sign: f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Site:
    """The paper at the host that was asked for. ``root`` is its scheme and host."""

    root: str
    name: str = field(default_factory=lambda: settings.SITE_NAME)

    @classmethod
    def of(cls, request) -> "Site":
        """The site that answers ``request``."""
        return cls(f"{request.scheme}://{request.get_host()}")

    @property
    def host(self) -> str:
        """Host without scheme and port."""
        return self.root.partition("://")[2].partition(":")[0]

    def address(self, path) -> str:
        """Absolute URL of a path, or of an object that has a page."""
        path = path if isinstance(path, str) else path.get_absolute_url()
        return f"{self.root}{path}"


@dataclass(frozen=True)
class Picture:
    """A picture to share: ``path`` on the site, size in pixels, what is to be seen."""

    path: str
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True)
class PageMetadata:
    """What a view says of its page; empty where it says nothing."""

    title: str
    description: str = ""
    #: Open Graph's type, and its properties beyond those of every page.
    kind: str = "website"
    properties: dict = field(default_factory=dict)
    picture: Picture | None = None
    #: Labels of government and news sites, beyond those of every page.
    labels: dict = field(default_factory=dict)
    #: Nodes of schema.org, without their context.
    json_ld: tuple[dict, ...] = ()
    #: Name and path of the pages between the front page and this one; None: the room it is in.
    breadcrumbs: tuple[tuple[str, str], ...] | None = None
    is_indexed: bool = True


@dataclass(frozen=True)
class HeadTags:
    """Metadata of a page as the head of ``base.html`` prints them."""

    page: PageMetadata
    site: Site
    #: Path with the parameters that make another page of it, and no others.
    path: str
    subscription: Subscription | None = None

    @property
    def alternates(self) -> str:
        """Elements that name the feeds and the calendar of the page."""
        return self.subscription.head_tags(self.site) if self.subscription else ""

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def description(self) -> str:
        """A sentence; the title where the page has none."""
        return self.page.description or self.page.title

    @property
    def address(self) -> str:
        return self.site.address(self.path)

    # Drawn here and not in a template, which would take three times as long.
    @property
    def properties(self) -> str:
        """Elements with Open Graph's properties that have a value."""
        shown, picture = {}, self.page.picture
        if picture:
            shown = {
                "og:image": self.site.address(picture.path),
                "og:image:width": picture.width,
                "og:image:height": picture.height,
                "og:image:alt": picture.alt,
            }
        said = {
            "og:type": self.page.kind,
            "og:title": self.title,
            "og:description": self.description,
            "og:url": self.address,
            "og:site_name": self.site.name,
            "og:locale": "zh_CN",
            **shown,
            **self.page.properties,
        }
        return _elements('<meta property="{}" content="{}">', said)

    @property
    def labels(self) -> str:
        """Elements with the page labels that have a value."""
        said = {
            "SiteName": self.site.name,
            "SiteDomain": self.site.host,
            "SiteIDCode": settings.SITE_ID_CODE,
            **self.page.labels,
        }
        return _elements('<meta name="{}" content="{}">', said)

    @cached_property
    def nodes(self) -> list[dict]:
        """JSON-LD nodes of the page, breadcrumbs included."""
        nodes = list(self.page.json_ld)
        if self.path != "/":
            way = [*(self.page.breadcrumbs or ()), (self.title, self.path)]
            nodes.append(json_ld.breadcrumbs(self.site, way))
        return [{"@context": "https://schema.org", **node} for node in nodes]

    @property
    def linked_data(self) -> str:
        """JSON-LD as script elements."""
        blocks = ((_block(node),) for node in self.nodes)
        return format_html_join("\n", '<script type="application/ld+json">{}</script>', blocks)


def _elements(form, said):
    return format_html_join("\n", form, ((name, value) for name, value in said.items() if value))


def _block(node):
    text = json.dumps(node, ensure_ascii=False, cls=DjangoJSONEncoder)
    for sign, escaped in _ESCAPED.items():
        text = text.replace(sign, escaped)
    return mark_safe(text)  # noqa: S308  escaped as data
