"""What the site tells machines: metadata of each page, its picture to share, the site map."""

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
from articles.public.seo.sitemaps import SITEMAPS, robots, sitemap_index, sitemap_section
from articles.public.seo.social_card import Card, can_draw, draw_card

__all__ = [
    "SITEMAPS",
    "Card",
    "HeadTags",
    "PageMetadata",
    "Picture",
    "Site",
    "bulletin_metadata",
    "can_draw",
    "card_of_paper",
    "draw_card",
    "event_metadata",
    "front_metadata",
    "list_metadata",
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
