"""What the site tells machines: metadata of each page, its picture to share, the site map."""

from articles.public.seo.json_ld import AUTHORS
from articles.public.seo.page_metadata import HeadTags, PageMetadata, Picture, Site
from articles.public.seo.pages import (
    bulletin_metadata,
    card_of_paper,
    event_metadata,
    front_metadata,
    list_metadata,
    official_metadata,
    page_metadata,
    project_metadata,
    quarter_metadata,
    quarters_metadata,
    reporter_metadata,
    story_metadata,
)
from articles.public.seo.sitemaps import (
    SITEMAPS,
    news_sitemap,
    robots,
    sitemap_index,
    sitemap_section,
)
from articles.public.seo.social_card import Card, can_draw, draw_card
from articles.public.seo.subscription import (
    CALENDAR,
    FORMATS,
    SUBJECTS,
    WITH_CALENDAR,
    Subscription,
)

__all__ = [
    "AUTHORS",
    "CALENDAR",
    "FORMATS",
    "SITEMAPS",
    "SUBJECTS",
    "WITH_CALENDAR",
    "Card",
    "HeadTags",
    "PageMetadata",
    "Picture",
    "Site",
    "Subscription",
    "bulletin_metadata",
    "can_draw",
    "card_of_paper",
    "draw_card",
    "event_metadata",
    "front_metadata",
    "list_metadata",
    "news_sitemap",
    "official_metadata",
    "page_metadata",
    "project_metadata",
    "quarter_metadata",
    "quarters_metadata",
    "reporter_metadata",
    "robots",
    "sitemap_index",
    "sitemap_section",
    "story_metadata",
]
