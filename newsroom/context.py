"""What each page says about the site itself: settings only, never a query."""

from django.conf import settings


def site(_request):
    """Name and imprint; each vanishes from the page where it is empty."""
    return {
        "site_name": settings.SITE_NAME,
        "site_latin": settings.SITE_LATIN,
        "site_owner": settings.SITE_OWNER,
        "site_licences": settings.SITE_LICENCES,
    }
