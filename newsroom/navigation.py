"""Where the navigation and the foot of every page lead: the same in all of them."""

from functools import cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

#: Lists by the name of their address, beside the sections of the navigation.
RECORDS = {
    "bulletins": _("数字报"),
    "quarters": _("季度"),
    "inspections": _("观摩录"),
    "meetings": _("会议录"),
    "projects": _("项目库"),
    "officials": _("人物"),
}
#: The same for the two columns of the foot.
FOOT = (
    {"articles": _("全部稿件"), "bulletins": _("专刊"), "quarters": _("季度记录")},
    {"officials": _("人物"), "reporters": _("记者与通讯员"), "projects": _("项目库")},
)


class Entry(NamedTuple):
    """A link: name of the list, its address and its label."""

    name: str
    address: str
    label: str


# Kept, as finding two dozen addresses is a tenth of the time that a small page takes. The paper
# has one language.
@cache
def navigation() -> dict:
    """Addresses ``front`` and ``display``, Entries ``records``, and ``foot``, such by column."""
    return {
        "front": reverse("front"),
        "display": reverse("display"),
        "records": _entries(RECORDS),
        "foot": [_entries(column) for column in FOOT],
    }


def _entries(labels):
    return [Entry(name, reverse(name), str(label)) for name, label in labels.items()]
