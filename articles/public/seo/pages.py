"""What each kind of page is about."""

import html
import re

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.public.seo import json_ld
from articles.public.seo.page_metadata import PageMetadata, Picture
from articles.public.seo.social_card import HEIGHT, WIDTH, can_draw

#: Characters of a description, and the least width of a picture that others show.
LONGEST, NARROWEST = 120, 300
#: What a line of plain text has for the digits of 10<sup>4</sup>, which would else read 104.
SHIFTED = {
    "sup": str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"),
}


def opening(body) -> str:
    """The first words of a body as plain text, without what is struck out."""
    body = re.sub(r"<s>.*?</s>", "", body, flags=re.DOTALL)
    body = re.sub(r"<(su[bp])>([^<]*)</\1>", lambda of: of[2].translate(SHIFTED[of[1]]), body)
    text = html.unescape(re.sub(r"<[^>]*>", " ", body))
    return "".join(text.split())[:LONGEST]


def front_metadata(site, stories) -> PageMetadata:
    """The front page and its first headlines."""
    return PageMetadata(
        title=_("头版"),
        description="；".join(story.headline for story in stories)[:LONGEST],
        json_ld=(json_ld.website(site),),
    )


def story_metadata(site, story, record) -> PageMetadata:
    picture = picture_of(record.photos) or card_of(story)
    published = timezone.localtime(story.published_at)
    description = story.summary or opening(story.body)
    section = story.section
    authors = [one.printed_name for one in record.bylines if one.role in json_ld.AUTHORS]
    return PageMetadata(
        title=story.headline,
        description=description,
        kind="article",
        properties={
            "article:published_time": json_ld.iso_moment(story.published_at),
            "article:modified_time": json_ld.iso_moment(story.updated_at),
            "article:section": section and section.name,
        },
        picture=picture,
        labels={
            "ColumnName": section and section.name,
            "ArticleTitle": story.headline,
            "PubDate": date_format(published, "SHORT_DATETIME_FORMAT"),
            "ContentSource": story.source or site.name,
            "Keywords": ",".join(json_ld.keywords_of(story)),
            "Author": "、".join(authors),
            "Description": description,
            "Image": picture and site.address(picture.path),
            "Url": site.address(story),
        },
        json_ld=(json_ld.article(site, story, record, picture),),
        breadcrumbs=((section.name, section.get_absolute_url()),) if section else None,
    )


def picture_of(photos) -> Picture | None:
    """The first of a story's pictures, where it is large enough for others to show."""
    if not photos:
        return None
    picture = photos[0].photo.picture()
    if picture["width"] < NARROWEST or picture["height"] < NARROWEST:
        return None
    return Picture(picture["src"], picture["width"], picture["height"], picture["alt"])


def card_of(story) -> Picture | None:
    """Social card of a story; None where the server has no font for it."""
    alt = str(story)
    return Picture(story.address_of("share"), WIDTH, HEIGHT, alt) if can_draw() else None


def card_of_paper(site) -> Picture | None:
    """Social card with the paper's name, for pages without a picture; None without a font."""
    return Picture(reverse("share-paper"), WIDTH, HEIGHT, site.name) if can_draw() else None


def list_metadata(page, title, unit, chosen, column="") -> PageMetadata:
    """A list that shows ``page``, with the conditions in force as ``chosen``."""
    title = _("%(title)s栏目") % {"title": title} if column else title
    # What someone typed is no fact of the page, and anyone may send such a link.
    typed = [one for one in chosen if one["name"] == "q"]
    conditions = "，".join(f"{one['label']}：{one['value']}" for one in chosen if one not in typed)
    if conditions:
        title = f"{title}（{conditions}）"
    description = _("%(title)s，共%(count)s%(unit)s。") % {
        "title": title,
        "count": page.paginator.count,
        "unit": unit,
    }
    if page.number > 1:
        title = _("%(title)s，第%(number)d页") % {"title": title, "number": page.number}
    labels = {"ColumnName": column}
    return PageMetadata(str(title), description, labels=labels, is_indexed=not typed)


def quarters_metadata(quarters) -> PageMetadata:
    return PageMetadata(
        title=_("季度记录"), description="，".join(one.label for one in quarters)[:LONGEST]
    )


def bulletin_metadata(issue, stories) -> PageMetadata:
    said = _("%(day)s出版，%(count)d篇：%(headlines)s") % {
        "day": issue.issued_on.isoformat(),
        "count": len(stories),
        "headlines": "；".join(story.headline for story in stories),
    }
    return PageMetadata(title=issue.title, description=said[:LONGEST])


def quarter_metadata(quarter, counts) -> PageMetadata:
    """A quarter and how much is on record."""
    said = (
        (counts.inspections, _("次观摩督导")),
        (counts.stops, _("处点位")),
        (counts.projects, _("个项目")),
        (counts.meetings, _("场会议")),
        (counts.officials, _("位具名官员")),
        (counts.stories, _("篇稿件")),
    )
    record = "，".join(f"{number}{unit}" for number, unit in said if number)
    return PageMetadata(title=quarter.label, description=f"{quarter.label}：{record}。")


def event_metadata(site, record, place, organisers=()) -> PageMetadata:
    """The record of a meeting or an inspection."""
    event = record.event
    days = event.held_on.isoformat() + event.until
    held = "，".join(filter(None, [days, str(event), place]))
    return PageMetadata(
        title=str(event),
        description=event.summary or held,
        json_ld=(json_ld.event(site, record, place, organisers),),
    )


def official_metadata(site, official, title, posts) -> PageMetadata:
    """An official with the title of today and the posts on record, as far as they have begun."""
    return PageMetadata(
        title=official.name,
        description=_("%(who)s：职务、到场和提出的要求，以及有关稿件。")
        % {"who": f"{official.name}（{title}）" if title else official.name},
        kind="profile",
        json_ld=(json_ld.official(site, official, posts),),
    )


def reporter_metadata(site, reporter, total) -> PageMetadata:
    """Someone who signs stories, ``total`` of them."""
    said = {"kind": reporter.get_kind_display(), "name": reporter.name, "total": total}
    return PageMetadata(
        title=reporter.name,
        description=_("%(kind)s%(name)s署名的稿件，共%(total)d篇。") % said,
        kind="profile",
        json_ld=(json_ld.reporter(site, reporter),),
    )


def project_metadata(project) -> PageMetadata:
    """A project with what texts say of it."""
    facts = (project.area, project.sector, project.developer, project.place)
    return PageMetadata(
        title=project.name,
        description=_("%(project)s：进展、谁来看过和有关稿件。")
        % {"project": "，".join(filter(None, [project.name, *facts]))},
    )


def page_metadata(title, text="", *, is_indexed=True) -> PageMetadata:
    """Any other page; ``text`` is its own, as HTML."""
    return PageMetadata(title=str(title), description=opening(text), is_indexed=is_indexed)
