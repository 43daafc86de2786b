"""Two rows of the register that turn out to be one: merged, with a version that says so."""

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.editorial.locking import lock_stories
from articles.editorial.write_path import touch, writing
from articles.models import Article, Merge, Project
from articles.versions import SPECS, name_anew, save_version
from people.models import Official
from people.shared import merging

#: From a story to the rows that link it to a person or a project.
_LINKS = {
    Official: (
        "mentions__official",
        "meetings__attendance__official",
        "inspections__attendance__official",
    ),
    Project: ("projects", "inspections__stops__projects", "milestones__project"),
}


@writing()
def merge(kept, absorbed, *, person) -> None:
    """Make one of two rows, as ``people.shared.merging`` does; ``person`` has a version of it.

    Versions of before link the kept one from then on, so that no signature is lost.
    """
    keys = set()
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
