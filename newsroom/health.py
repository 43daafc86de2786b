"""Answers for whoever watches the process, and what `check --deploy` tells of the machine."""

import logging
import shutil
from functools import cache

from django.conf import settings
from django.core.checks import Info
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.urls import resolve, reverse
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)
#: Bytes that must be free where the database and the pictures lie.
ROOM = 200 * 1024 * 1024


@require_safe
def healthz(_request):
    """``ok`` while the process lives; looks at nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request):
    """200 when the site can serve, 503 otherwise; one line a look, and the reasons in the log."""
    looks = {"database": _database, "migrations": _migrations, "page": _page, "disk": _disk}
    found = {name: _passes(name, look, request) for name, look in looks.items()}
    lines = [f"{name}: {'ok' if good else 'not ok'}\n" for name, good in found.items()]
    status = 200 if all(found.values()) else 503
    return HttpResponse("".join(lines), content_type="text/plain", status=status)


def _passes(name, look, request):
    try:
        return look(request)
    except Exception:
        logger.exception("Not ready: %s", name)
        return False


def _database(_request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _migrations(_request):
    return _migrations_on_disk() <= set(MigrationRecorder(connection).applied_migrations())


@cache
def _migrations_on_disk():
    """Those of the code that this process runs: read once, since reading takes half a second."""
    return set(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


def _page(request):
    """The front page, whose queries touch what most pages ask for."""
    return bool(resolve(reverse("front")).func(request).render().content)


def _disk(_request):
    return settings.VAR_DIR.is_dir() and shutil.disk_usage(settings.VAR_DIR).free > ROOM


def sqlite_journal(**_options):
    """Which SQLite it is, and which journal it may keep; no fault, whichever it is."""
    if connection.vendor != "sqlite":
        return []
    return [Info(connection.journal_in_words(), id="newsroom.I001")]
