"""What every page says about the site itself: settings and addresses, never a query."""

import re
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.public import ROOMS
from newsroom.display import SIZES, mode_of
from newsroom.nameplate import nameplate

#: Registers to which the numbers lead, as those who give them ask.
ICP_REGISTER = "https://beian.miit.gov.cn/"
POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch?code={}"


def imprint() -> list[dict]:
    """Lines of the foot that have something to say: ``label``, ``text``, ``address`` or ""."""
    police = re.search(r"[0-9]{10,}", settings.SITE_POLICE)
    lines = (
        (_("主办："), settings.SITE_OWNER, ""),
        (_("联系："), settings.SITE_CONTACT, ""),
        (_("违法和不良信息举报："), settings.SITE_COMPLAINTS, ""),
        (_("互联网新闻信息服务许可证："), settings.SITE_LICENCE, ""),
        ("", settings.SITE_ICP, ICP_REGISTER),
        ("", settings.SITE_POLICE, POLICE_REGISTER.format(police[0]) if police else ""),
        (_("网站标识码："), settings.SITE_ID_CODE, ""),
    )
    return [
        {"label": label, "text": text, "address": address} for label, text, address in lines if text
    ]


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


def site(request):
    """Name and imprint, each of which vanishes where it is empty; and how the reader wants it."""
    return {
        "display": mode_of(request),
        "sizes": SIZES,
        "site_name": settings.SITE_NAME,
        "site_latin": settings.SITE_LATIN,
        "nameplate": nameplate(),
        "imprint": imprint(),
        "navigation": navigation(),
    }
