"""What each page says about the site itself: settings only, never a query."""

from django.conf import settings

from newsroom.display import SIZES, mode_of
from newsroom.imprint import imprint
from newsroom.nameplate import nameplate
from newsroom.navigation import navigation


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
