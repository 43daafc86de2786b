"""Two rows of the register that turn out to be one: merged, with a version that says so."""

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Merge
from articles.versions import SHAPES, keep, name_anew
from people.shared import merging


@transaction.atomic
def merge(kept, absorbed, *, person) -> None:
    """Make one of two rows, as ``people.shared.merging`` does; ``person`` has a version of it.

    Versions of before link the kept one from then on, so that no signature is lost.
    """
    key, name = absorbed.pk, str(absorbed)
    merging.merge(kept, absorbed)
    Merge.objects.create(model=kept._meta.label_lower, absorbed=key, kept=kept.pk)
    name_anew(type(kept), kept.pk)
    if type(kept) in SHAPES:
        keep(kept, person=person, reason=_("并入“%(name)s”") % {"name": name})
