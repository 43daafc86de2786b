"""Pictures that a story gets, several at once."""

from django.db import transaction
from django.utils.translation import gettext as _

from articles.editorial.drafts import open_row
from articles.models import Article, ArticlePhoto
from articles.models.ordered import LAST
from articles.versions import keep


@transaction.atomic
def add_pictures(story: Article, photos, person) -> list[ArticlePhoto]:
    """Put ``photos`` behind those that the story shows, in their order; the new rows.

    An edit like any other: of what is live it opens the working copy. What the story shows
    already it does not show twice.
    """
    row = open_row(story, person)
    shown = dict(row.photos.values_list("photo", "order"))
    last = max((order for order in shown.values() if order < LAST), default=0)
    added = [
        ArticlePhoto.objects.create(article=row, photo=photo, order=last + number)
        for number, photo in enumerate((one for one in photos if one.pk not in shown), 1)
    ]
    keep(row, person=person, reason=_("加%(count)d张配图") % {"count": len(added)})
    return added
