"""What every page says of the site: from settings and URLs, without a query."""

import re
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.public import ROOMS
from newsroom.display import SIZES, mode_of
from newsroom.nameplate import nameplate

#: Public registers to which the numbers in the foot have to link.
ICP_REGISTER = "https://beian.miit.gov.cn/"
POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch?code={}"


def imprint() -> list[dict]:
    """Lines of the foot that are not empty: ``label``, ``text``, and ``address`` or ""."""
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


#: Lists in the archive (档案), each with what a reader finds in it.
ARCHIVE = {
    "quarters": _("每季一页：谁去了哪里，提了什么要求"),
    "inspections": _("观摩、调研、督导，一站一站记下"),
    "meetings": _("每场会议：到场的人和提出的要求"),
    "projects": _("每个项目哪天有人看过"),
    "officials": _("职务、到场、要求，职务照当日原文"),
    "reporters": _("记者与通讯员的稿件"),
}


class Entry(NamedTuple):
    """A link in the navigation; ``says`` describes the list that it leads to."""

    name: str
    address: str
    label: str
    says: str = ""


# Cached, as reversing two dozen URLs is a tenth of the time that a small page takes. There is only
# one language.
@cache
def navigation() -> dict:
    """URLs ``front``, ``display``, ``feeds``; entries ``paper``, ``stories``; list ``archive``."""
    return {
        "front": reverse("front"),
        "display": reverse("display"),
        "feeds": reverse("feeds"),
        "paper": _entry("bulletins"),
        "stories": _entry("articles"),
        "archive": [_entry(name, str(says)) for name, says in ARCHIVE.items()],
    }


def _entry(name: str, says: str = "") -> Entry:
    return Entry(name, reverse(name), str(ROOMS[name]), says)


def site(request: HttpRequest) -> dict:
    """Context of every template: display mode, names, imprint and navigation."""
    return {
        "display": mode_of(request),
        "sizes": SIZES,
        "site_name": settings.SITE_NAME,
        "site_latin": settings.SITE_LATIN,
        "nameplate": nameplate(),
        "imprint": imprint,
        "navigation": navigation(),
    }
