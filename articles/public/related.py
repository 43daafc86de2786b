"""Where a reader goes on from a story: its neighbours in the issue, and what shares a subject."""

import datetime
import json
from functools import cache
from operator import itemgetter

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import JSONObject, Now
from django.utils.translation import gettext_lazy as _

from articles.models import Article, OfficialAppearance, ProjectAppearance
from articles.public.queries import ANY_KEY, fetch_compiled

#: Related stories that a page names.
MOST = 6
#: Stories that one project or official brings.
EACH = 3
#: Why a story is related, the strongest reason first.
REASONS = {
    "project": _("同一项目"),
    "inspection": _("同一活动"),
    "meeting": _("同一会议"),
    "official": _("同一人物"),
}
#: Order of the stories of an issue.
IN_ISSUE = ("page", "position", "pk")


def further_reading(story) -> dict:
    """``previous`` and ``next`` of the same issue, or None; ``related``, at most ``MOST``.

    Each project and official of the story brings the ``EACH`` newest other stories that show it,
    each event the newest, so that the cost does not grow with the paper. All in one query. A
    working copy goes on from where its original does.
    """
    beside, sharing = {"previous": None, "next": None}, []
    for kind, subject, packed in fetch_compiled(_statement(), story.copy_of_id or story.pk):
        if not packed:
            continue
        other = _story(**json.loads(packed))
        if kind in beside:
            beside[kind] = other
        else:
            other.reason, other.subject = REASONS[kind], subject
            sharing.append((list(REASONS).index(kind), -other.issued_on.toordinal(), other))
    related = {}
    for _rank, _age, other in sorted(sharing, key=itemgetter(0, 1)):
        related.setdefault(other.pk, other)
    return {**beside, "related": list(related.values())[:MOST]}


def _story(issued_on, **card):
    return Article(issued_on=datetime.date.fromisoformat(issued_on), **card)


@cache
def _statement():
    """SQL of all that is asked, and its parameters; the database's own clock says what is live."""
    here = Article.objects.filter(pk=ANY_KEY)
    first, *others = (
        rows.order_by().values_list(Value(kind), subject, other)
        for kind, rows, subject, other in (
            ("previous", here, Value(""), _neighbour("-", "lt")),
            ("next", here, Value(""), _neighbour("", "gt")),
            *(_shown_by(ProjectAppearance, place) for place in range(EACH)),
            *(_shown_by(OfficialAppearance, place) for place in range(EACH)),
            _recorded_by(Article.inspections, "inspection__title"),
            _recorded_by(Article.meetings, "meeting__name"),
        )
    )
    return first.union(*others, all=True).query.sql_with_params()


def _newest(rows, path="", place=0):
    """Subquery: what a link to the first of ``rows`` needs, or to a later one by its ``place``.

    ``path`` leads to their story.
    """
    columns = {name: F(path + name) for name in ("id", "headline", "slug", "issued_on")}
    return Subquery(rows.values(card=JSONObject(**columns))[place : place + 1])


def _neighbour(sign, compare):
    """The story next to the outer one in its issue, on the side of ``compare``."""
    beyond, same = Q(), {}
    for name in IN_ISSUE:
        beyond |= Q(**same, **{f"{name}__{compare}": OuterRef(name)})
        same[name] = OuterRef(name)
    issue = Article.objects.live(Now()).filter(beyond, bulletin=OuterRef("bulletin"))
    return _newest(issue.order_by(*(sign + name for name in IN_ISSUE)))


def _shown_by(trace, place):
    """Arm for each row of a derived table: another story with the same subject, newest first."""
    kind = trace.subject
    others = trace.objects.live(Now()).filter(**{kind: OuterRef(kind)})
    others = others.exclude(article=OuterRef("article")).order_by("-issued_on", "-article_id")
    mine = trace.objects.filter(article=ANY_KEY)
    return kind, mine, F(f"{kind}__name"), _newest(others, "article__", place)


def _recorded_by(relation, name):
    """Arm for each event of the story: the newest other story that records it."""
    kind = name.partition("__")[0]
    others = Article.objects.live(Now()).filter(**{relation.field.name: OuterRef(kind)})
    others = others.exclude(pk=OuterRef("article")).order_by("-issued_on", "-pk")
    return kind, relation.through.objects.filter(article=ANY_KEY), F(name), _newest(others)
