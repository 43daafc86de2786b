"""Redirects from the former addresses of renamed pages. Paths start with a slash."""

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.db import transaction


@transaction.atomic
def move_redirects(old_path: str, new_path: str) -> None:
    """Point the redirects to ``old_path`` at ``new_path``, which is no longer redirected itself."""
    Redirect.objects.filter(site=settings.SITE_ID, old_path=new_path).delete()
    Redirect.objects.filter(site=settings.SITE_ID, new_path=old_path).update(new_path=new_path)


@transaction.atomic
def leave_redirect(old_path: str, new_path: str) -> None:
    """Redirect ``old_path``, and what was redirected to it, to ``new_path`` in one step."""
    move_redirects(old_path, new_path)
    Redirect.objects.update_or_create(
        site_id=settings.SITE_ID, old_path=old_path, defaults={"new_path": new_path}
    )
