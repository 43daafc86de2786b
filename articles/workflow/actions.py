"""The verbs. Each checks permission and move, writes, and logs, in one transaction."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Move, retrace
from articles.models.choices import VerbName, Visibility
from articles.workflow.moves import VERBS
from articles.workflow.readiness import missing


class Refused(ValidationError):
    """A move that cannot be made now; the messages say why, in the user's language."""


def perform(name: str, article: Article, *, person, reason: str = "") -> Move:
    """Make the move ``name`` with ``article`` and return its line in the log.

    Raises PermissionDenied where ``person`` may not, Refused where the story is not ready, has no
    such move, or was moved by someone else meanwhile (compare-and-set on what the caller saw).
    """
    verb = VERBS[name]
    if not person.has_perm(verb.permission):
        raise PermissionDenied
    if article.visibility not in verb.sources or article.copy_of_id:
        raise Refused(
            _("稿件现在是“%(state)s”，不能%(verb)s。")
            % {"state": article.get_visibility_display(), "verb": verb.label}
        )
    reason = reason.strip()
    if verb.asks_reason and not reason:
        raise Refused(_("请写明%(verb)s的理由。") % {"verb": verb.label})
    change = {"stage": verb.stage, "visibility": verb.visibility}
    if verb.visibility == Visibility.LIVE:
        change |= _first_publication(article)
    with transaction.atomic():
        seen = Article.objects.filter(
            pk=article.pk, visibility=article.visibility, stage=article.stage
        )
        if not seen.update(**change):
            raise Refused(_("这篇稿件刚被别人处理过，请重新打开看现在的状态。"))
        move = _log(article, verb.name, person=person, reason=reason)
        retrace([article])
    article.refresh_from_db()
    return move


def adopt(articles=None) -> int:
    """Log each live story that came in live and has no line yet; how many there were.

    For what enters in bulk: the fixture, imports, synthetic stories. Doing it again adds nothing.
    """
    stories = Article.objects.all() if articles is None else articles
    unlogged = stories.filter(visibility=Visibility.LIVE, moves=None)
    now = timezone.now()
    with transaction.atomic():
        lines = [
            Move(
                story=story,
                verb=VerbName.ADOPT,
                stage=story.stage,
                visibility=story.visibility,
                made_at=now,
            )
            for story in unlogged.only("pk", "stage", "visibility")
        ]
        Move.objects.bulk_create(lines, batch_size=1000)
    return len(lines)


def _first_publication(article):
    """Columns that the first publication fixes; Refused where something is missing."""
    if problems := missing(article):
        raise Refused(problems)
    day = article.issued_on or (article.bulletin.issued_on if article.bulletin else None)
    change = {
        "published_at": article.published_at or timezone.now(),
        "issued_on": day or timezone.localdate(),
    }
    taken = Article.objects.originals().filter(issued_on=change["issued_on"], slug=article.slug)
    if taken.exclude(pk=article.pk).exists():
        raise Refused(_("当日已有同一网址名的稿件，请先换一个网址名再发布。"))
    return change


def _log(article, verb, *, person, reason):
    now = timezone.now()
    state = Article.objects.values("stage", "visibility").get(pk=article.pk)
    return Move.objects.create(
        story=article, verb=verb, person=person, reason=reason, made_at=now, **state
    )
