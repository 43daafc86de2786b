"""Checks of a story before a transition. Errors stop it, warnings have to be confirmed."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from articles.editorial.names import name_warnings
from articles.editorial.review_state import ReviewState
from articles.editorial.signatures import account_warnings
from articles.models import Article, Bulletin
from articles.models.events import Event
from articles.quarter import Quarter
from people.models import User
from people.shared.characters import is_seen


@dataclass(frozen=True)
class Finding:
    """An error (``stops``) or a warning, in Chinese."""

    message: str
    stops: bool = False


def text(row: Article) -> Iterator[Finding]:
    if not is_seen(unescape(strip_tags(row.body))):
        yield Finding(_("正文是空的，请先写正文。"), stops=True)
    if not row.section:
        yield Finding(_("还没有选栏目，请在“所在位置”里选一个。"), stops=True)
    if not row.bylines.all() and not row.source:
        yield Finding(_("没有署名也没有来源，请至少填一项。"), stops=True)
    if not row.summary:
        yield Finding(_("没有摘要：列表和分享时只显示标题。"))


def pictures(row: Article) -> Iterator[Finding]:
    if "<img" in row.body:
        yield Finding(_("正文里有图片，读者看不到：请删去，改用“配图”。"))
    for use in row.photos.all():
        if use.photo.lacks_alt:
            message = _("配图“%(photo)s”缺替代文字，请到图片库里补上。") % {"photo": use}
            yield Finding(message, stops=True)


def agreement(row: Article) -> Iterator[Finding]:
    """Quarters and days of story, bulletin and events that contradict each other."""
    if row.bulletin:
        yield from map(Finding, _against_issue(row, row.bulletin))
    for event in (*row.inspections.all(), *row.meetings.all()):
        yield from map(Finding, _against_event(row, event))


def _against_issue(row: Article, issue: Bulletin) -> Iterator[str]:
    if row.quarter != issue.quarter:
        yield _("稿件记入%(own)s，专刊“%(issue)s”记的是%(other)s，请核对。") % {
            "own": row.quarter.label,
            "issue": issue,
            "other": issue.quarter.label,
        }
    if row.issued_on and row.issued_on != issue.issued_on:
        yield _("见报日期是%(own)s，专刊“%(issue)s”的刊期是%(other)s，请核对。") % {
            "own": date_format(row.issued_on),
            "issue": issue,
            "other": date_format(issue.issued_on),
        }


def _against_event(row: Article, event: Event) -> Iterator[str]:
    of_its_day = Quarter.of(event.ends_on or event.held_on)
    if row.quarter != event.quarter:
        yield _("稿件记入%(own)s，所记活动“%(event)s”记入%(other)s，请核对。") % {
            "own": row.quarter.label,
            "event": event,
            "other": event.quarter.label,
        }
    elif event.quarter != of_its_day and event.quarter != (natural := event.natural_quarter()):
        yield _("活动“%(event)s”记入%(own)s，按%(source)s是%(other)s，请核对。") % {
            "event": event,
            "own": event.quarter.label,
            "source": event.source_of("quarter"),
            "other": natural.label,
        }
    if row.issued_on and row.issued_on < event.held_on:
        yield _("见报日期%(own)s早于所记活动“%(event)s”的%(other)s，请核对。") % {
            "own": date_format(row.issued_on),
            "event": event,
            "other": date_format(event.held_on),
        }


def names(row: Article) -> Iterator[Finding]:
    yield from map(Finding, name_warnings(row))


#: Each gets the draft or working copy, loaded by ``versions.load``.
CHECKS = (text, pictures, agreement, names)


def findings(review_state: ReviewState, person: User) -> list[Finding]:
    """Findings of all checks, and warnings about accounts for ``person``; errors first."""
    found = [finding for one in CHECKS for finding in one(review_state.row)]
    found += map(Finding, account_warnings(review_state, person))
    return sorted(found, key=lambda finding: not finding.stops)
