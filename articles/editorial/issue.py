"""A story in its bulletin: its place there, which is not signed, and the bulletin's quarter."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from articles.editorial.commands import Refused, log_transition
from articles.editorial.locking import lock_events, lock_stories, locked
from articles.editorial.records import flag, keep_received
from articles.editorial.write_path import touch, touch_public, writing
from articles.models import Article, Bulletin, Inspection, Meeting, Transition
from articles.models.choices import TransitionName, Visibility
from articles.quarter import Quarter
from articles.versions import save_version
from people.models import User


@writing()
def set_layout(
    story: Article, *, person: User, page: str, position: int, state_token: str
) -> Transition | None:
    """Set page and position, and log the old and the new layout; None if they are the same.

    This is possible at any stage. It makes no version, voids no signature, and does not make
    ``person`` a contributor. ``state_token`` is ``Article.layout`` as it was on the screen.
    PermissionDenied; Refused if someone else has changed the layout since.
    """
    if not person.has_perm("articles.layout_article"):
        raise PermissionDenied
    story, _row = locked(story)
    if story.layout != state_token:
        raise Refused(
            _("这篇稿件的版面刚被别人改成“%(layout)s”，请看过再改。")
            % {"layout": story.layout or _("未定")}
        )
    story.page, story.position = page, position
    if story.layout == state_token:
        return None
    Article.objects.filter(pk=story.pk).update(page=page, position=position)
    touch_public()
    told = f"{state_token or _('未定')} → {story.layout or _('未定')}"
    return log_transition(story, TransitionName.LAYOUT, person=person, reason=told)


@writing()
def move_issue(issue: Bulletin, before: Quarter, *, person: User, reason: str) -> None:
    """Move stories of quarter ``before``, and their events, to the new quarter of their bulletin.

    Each gets a version by ``person``; live stories are flagged, also others with these events.
    """
    of_issue = issue.articles.filter(quarter=before)
    events = {
        model: model.objects.filter(articles__in=of_issue.values("pk"), quarter=before).distinct()
        for model in (Inspection, Meeting)
    }
    shown = [Q(**{f"{model.in_stories}__in": list(rows)}) for model, rows in events.items()]
    keys = Article.objects.filter(shown[0] | shown[1]).values_list("pk", flat=True)
    own = set(of_issue.values_list("pk", flat=True))
    stories = lock_stories(own | set(keys))
    lock_events(stories)
    touch(stories)
    touch_public()
    for model, rows in events.items():
        for event in list(rows):
            keep_received(event)
            model.objects.filter(pk=event.pk).update(quarter=issue.quarter)
            save_version(event, person=person, reason=reason)
    Article.objects.filter(pk__in=own).update(quarter=issue.quarter)
    for story in stories:
        if story.pk in own:
            save_version(story, person=person, reason=reason)
        if story.pk not in own or story.visibility == Visibility.LIVE:
            flag(story, person=person, reason=reason)
