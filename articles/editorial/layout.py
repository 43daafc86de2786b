"""Page and position of a story in its issue, which are not part of what is signed."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.execution import Refused
from articles.editorial.locking import locked
from articles.editorial.write_path import writing
from articles.models import Article, Transition
from articles.models.choices import TransitionName
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
    return Transition.objects.create(
        story=story,
        name=TransitionName.LAYOUT,
        stage=story.stage,
        visibility=story.visibility,
        person=person,
        reason=f"{state_token or _('未定')} → {story.layout or _('未定')}",
        made_at=timezone.now(),
    )
