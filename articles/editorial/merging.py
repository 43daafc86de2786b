"""Merging of two officials, reporters or projects, with a version that says so."""

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from articles.editorial.locking import lock_stories
from articles.editorial.write_path import touch, writing
from articles.models import Article, Merge, Project
from articles.versions import SPECS, name_anew, save_version
from people.models import Official, User
from people.shared import merging

#: Paths from a story to the links to an official or project.
_LINKS: dict[type[Model], tuple[str, ...]] = {
    Official: (
        "mentions__official",
        "meetings__attendance__official",
        "inspections__attendance__official",
    ),
    Project: ("projects", "inspections__stops__projects", "milestones__project"),
}


@writing()
def merge(kept: Official | Project, absorbed: Official | Project, *, person: User) -> None:
    """Do what ``people.shared.merging`` does, and save a version of the kept row by ``person``.

    The digests of older versions are recomputed with the key of the kept row, so that no signature
    becomes void.
    """
    keys: set[int] = set()
    for link in _LINKS[type(kept)] if isinstance(absorbed, type(kept)) else ():
        shows = Q(**{link: kept}) | Q(**{link: absorbed})
        keys.update(Article.objects.filter(shows).order_by().values_list("pk", flat=True))
    touch(lock_stories(keys))
    key, name = absorbed.pk, str(absorbed)
    merging.merge(kept, absorbed)
    Merge.objects.create(model=kept._meta.label_lower, absorbed=key, kept=kept.pk)
    name_anew(type(kept), kept.pk)
    if type(kept) in SPECS:
        save_version(kept, person=person, reason=_("并入“%(name)s”") % {"name": name})
