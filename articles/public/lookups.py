"""What an address names: a live story, a month; 404 where there is none."""

import datetime

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from articles.models import Article
from articles.public.base import NoSuchPage


def live_story_at(*, year, month, day, slug, **_further) -> Article:
    """The live story of an address, with section and issue."""
    try:
        issued_on = datetime.date(year, month, day)
    except ValueError:
        raise NoSuchPage(_("没有这个日期。")) from None
    stories = Article.objects.live().select_related("section", "bulletin")
    return get_object_or_404(stories, issued_on=issued_on, slug=slug)


def chosen_month(request, months):
    """Month of the address among ``months``, else the first of them."""
    wanted = request.GET.get("month")
    if not wanted:
        return next(iter(months))
    for month in months:
        if wanted == month.isoformat()[:7]:
            return month
    raise NoSuchPage(_("这里没有“%(month)s”的记录。") % {"month": wanted[:20]})
