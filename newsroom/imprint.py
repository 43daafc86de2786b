"""What the law has a site print in its foot: settings, each of which vanishes where it is empty."""

import re

from django.conf import settings
from django.utils.translation import gettext_lazy as _

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
