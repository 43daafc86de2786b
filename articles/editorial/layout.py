"""Where a story stands in its issue: no part of the text that people sign."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.execution import Refused
from articles.editorial.locking import locked
from articles.editorial.write_path import writing
from articles.models import Article, Transition
from articles.models.choices import TransitionName


@writing()
def set_layout(
    story: Article, *, person, page: str, position: int, state_token: str
) -> Transition | None:
    """Put a story on ``page`` of its issue; its line in the log says from where to where.

    At any stage, also of what is signed or live: no version is made, no signature lost, and
    ``person`` counts as nobody who changed the story. ``state_token`` is the layout, in words, that
    was on the screen. None where the story stands there already. Raises PermissionDenied; Refused
    where someone else has placed it meanwhile.
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
