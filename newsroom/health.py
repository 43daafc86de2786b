"""Health checks over HTTP, and a system check of the database for ``check --deploy``."""

import logging
import shutil
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.core.checks import Info
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)
#: Bytes that must be free in VAR_DIR.
ROOM = 200 * 1024 * 1024


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 if the site can serve pages, else 503. One line a check; the log has the reasons."""
    checks = {"database": _database, "migrations": _migrations, "page": _page, "disk": _disk}
    found = {name: _passes(name, check, request) for name, check in checks.items()}
    lines = [f"{name}: {'ok' if good else 'not ok'}\n" for name, good in found.items()]
    status = 200 if all(found.values()) else 503
    return HttpResponse("".join(lines), content_type="text/plain", status=status)


def _passes(name: str, check: Callable[[HttpRequest], bool], request: HttpRequest) -> bool:
    try:
        return check(request)
    except Exception:
        logger.exception("Not ready: %s", name)
        return False


def _database(_request: HttpRequest) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _migrations(_request: HttpRequest) -> bool:
    return _migrations_on_disk() <= set(MigrationRecorder(connection).applied_migrations())


@cache
def _migrations_on_disk() -> set[tuple[str, str]]:
    """Migrations of the code that this process runs. Reading them takes half a second."""
    return set(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


def _page(request: HttpRequest) -> bool:
    """Whether the front page renders, which queries most tables."""
    return bool(resolve(reverse("front")).func(request).render().content)


def _disk(_request: HttpRequest) -> bool:
    return settings.VAR_DIR.is_dir() and shutil.disk_usage(settings.VAR_DIR).free > ROOM


def sqlite_journal(**_options) -> list[Info]:
    """Tell the operator the version of SQLite and its journal mode."""
    if connection.vendor != "sqlite":
        return []
    return [Info(connection.journal_in_words(), id="newsroom.I001")]
