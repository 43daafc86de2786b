"""What is missing or odd in a story before a move: errors stop it, warnings ask.

Other rooms add theirs with ``@check``; each gets the row at work and yields findings.
"""

from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from articles.workflow.accounts import account_warnings
from people.characters import is_seen

CHECKS = []


@dataclass(frozen=True)
class Finding:
    """One thing to mend (``stops``) or to be sure of, in the editor's language."""

    message: str
    stops: bool = False


def check(function):
    """Add a check: a callable that takes an Article and yields findings."""
    CHECKS.append(function)
    return function


def findings(standing, person) -> list[Finding]:
    """All that the checks find, and whose accounts signed, for ``person``; what stops first."""
    found = [finding for one in CHECKS for finding in one(standing.row)]
    found += map(Finding, account_warnings(standing, person))
    return sorted(found, key=lambda finding: not finding.stops)


@check
def text(row):
    """Body, summary and place in the paper."""
    if not is_seen(unescape(strip_tags(row.body))):
        yield Finding(_("正文是空的，请先写正文。"), stops=True)
    if not row.section:
        yield Finding(_("还没有选栏目，请在“所在位置”里选一个。"), stops=True)
    if not row.bylines.exists() and not row.source:
        yield Finding(_("没有署名也没有来源，请至少填一项。"), stops=True)
    if not row.summary:
        yield Finding(_("没有摘要：列表和分享时只显示标题。"))


@check
def pictures(row):
    """Each picture says what it shows."""
    if "<img" in row.body:
        yield Finding(_("正文里有图片，读者看不到：请删去，改用“配图”。"))
    for use in row.photos.select_related("photo"):
        if use.photo.lacks_alt:
            message = _("配图“%(photo)s”缺替代文字，请到图片库里补上。") % {"photo": use}
            yield Finding(message, stops=True)
