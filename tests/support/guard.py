"""Fails what the product writes past the one way to write; what a test itself sets up may."""

import inspect
import re
from pathlib import Path

from django.apps import apps

from articles.editorial import is_writing
from articles.models import ErrorReport
from people.models import CredentialChange, Submission, User

ROOT = f"{Path(__file__).resolve().parents[2]}/"
#: Whoever calls these is who writes.
TOOLS = (
    ".venv/",
    "articles/editorial/derived.py",
    "articles/models/",
    "articles/versions/",
    "people/models/",
    "people/shared/",
    "tests/support/guard.py",
)
#: These may write: what sets tests up, and what invents data.
FREE = ("tests/", "articles/devdata/", "articles/migrations/", "people/migrations/", "manage.py")
_WRITE = re.compile(r'(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) "?(\w+)"?')


def guarded_tables():
    """Tables of what is signed or shown, links and derived rows among them."""
    free = {ErrorReport, CredentialChange, Submission, User}
    return {
        model._meta.db_table
        for app in ("articles", "people")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model not in free and model._meta.auto_created not in free
    }


def writer():
    """File of ours that writes, as its path in the tree; None where no file of ours does."""
    frame = inspect.currentframe()
    while frame := frame.f_back:
        path = frame.f_code.co_filename
        if path.startswith(ROOT) and not path.removeprefix(ROOT).startswith(TOOLS):
            return path.removeprefix(ROOT)
    return None


class WriteGuard:
    """Wrapper of a connection's statements."""

    def __init__(self):
        """Know the tables."""
        self.tables = guarded_tables()

    def __call__(self, execute, sql, params, many, context):
        """Run a statement, unless it writes outside ``writing()``."""
        found = _WRITE.match(sql)
        if found and found[1] in self.tables and not is_writing():
            path = writer()
            if path and not path.startswith(FREE):
                msg = f"{path} writes {found[1]} outside editorial.writing(): {sql[:200]}"
                raise AssertionError(msg)
        return execute(sql, params, many, context)
