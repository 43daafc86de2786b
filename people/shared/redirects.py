"""Redirects that a renamed thing leaves behind."""

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.db import transaction


@transaction.atomic
def move_redirects(old_path: str, new_path: str) -> None:
    """What led to a former address leads to the new one."""
    Redirect.objects.filter(site=settings.SITE_ID, old_path=new_path).delete()
    Redirect.objects.filter(site=settings.SITE_ID, new_path=old_path).update(new_path=new_path)


@transaction.atomic
def leave_redirect(old_path: str, new_path: str) -> None:
    """Lead from a former address to the new one; earlier ones lead there too, without a detour."""
    move_redirects(old_path, new_path)
    Redirect.objects.update_or_create(
        site_id=settings.SITE_ID, old_path=old_path, defaults={"new_path": new_path}
    )
