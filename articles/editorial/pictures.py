"""Adding of pictures to a story."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from articles.editorial.drafts import lock_draft
from articles.editorial.write_path import writing
from articles.models import Article, ArticlePhoto, Photo
from articles.models.base import LAST
from articles.versions import row_at_work, save_version
from people.models import User


@writing()
def add_pictures(story: Article, photos: Iterable[Photo], person: User) -> list[ArticlePhoto]:
    """Append ``photos`` to the draft or working copy, except those it has; return the new rows."""
    row = lock_draft(row_at_work(story))
    shown = dict(row.photos.values_list("photo", "order"))
    last = max((order for order in shown.values() if order < LAST), default=0)
    added = [
        ArticlePhoto.objects.create(article=row, photo=photo, order=last + number)
        for number, photo in enumerate((one for one in photos if one.pk not in shown), 1)
    ]
    save_version(row, person=person, reason=_("加%(count)d张配图") % {"count": len(added)})
    return added
