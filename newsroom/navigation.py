"""Where the navigation and the foot of every page lead: the same in all of them."""

from functools import cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.public import ROOMS

#: Rooms of the archive (档案), each with what one finds in it.
ARCHIVE = {
    "quarters": _("每季一页：谁去了哪里，提了什么要求"),
    "inspections": _("观摩、调研、督导，一站一站记下"),
    "meetings": _("每场会议：到场的人和提出的要求"),
    "projects": _("每个项目哪天有人看过"),
    "officials": _("职务、到场、要求，职务照当日原文"),
    "reporters": _("记者与通讯员的稿件"),
}


class Entry(NamedTuple):
    """A link: name of the list, its address, its label and what is in it."""

    name: str
    address: str
    label: str
    says: str = ""


# Kept, as finding two dozen addresses is a tenth of the time that a small page takes. The paper
# has one language.
@cache
def navigation() -> dict:
    """Addresses ``front`` and ``display``; Entries ``paper``, ``stories`` and ``archive``."""
    return {
        "front": reverse("front"),
        "display": reverse("display"),
        "paper": _entry("bulletins"),
        "stories": _entry("articles"),
        "archive": [_entry(name, str(says)) for name, says in ARCHIVE.items()],
    }


def _entry(name, says=""):
    return Entry(name, reverse(name), str(ROOMS[name]), says)
