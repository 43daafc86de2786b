"""Answers for whoever watches the process."""

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.http import require_safe

#: Bytes that must be free where the database and the pictures lie.
ROOM = 200 * 1024 * 1024


@require_safe
def healthz(_request):
    """``ok`` while the process lives; looks at nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(_request):
    """200 when the site can serve, 503 otherwise; one line a look, and never a detail."""
    looks = {"database": _database, "migrations": _migrations, "disk": _disk}
    found = {name: look() for name, look in looks.items()}
    lines = [f"{name}: {'ok' if good else 'not ok'}\n" for name, good in found.items()]
    status = 200 if all(found.values()) else 503
    return HttpResponse("".join(lines), content_type="text/plain", status=status)


def _database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations():
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return False
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _disk():
    return settings.VAR_DIR.is_dir() and shutil.disk_usage(settings.VAR_DIR).free > ROOM
