"""Which story an address names."""

import datetime

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from articles.models import Article
from articles.views.base import NoSuchPage


def addressed(*, year, month, day, slug, **_further) -> Article:
    """The live story of an address, with section and issue; 404 where there is none."""
    try:
        issued_on = datetime.date(year, month, day)
    except ValueError:
        raise NoSuchPage(_("没有这个日期。")) from None
    stories = Article.objects.live().select_related("section", "bulletin")
    return get_object_or_404(stories, issued_on=issued_on, slug=slug)
