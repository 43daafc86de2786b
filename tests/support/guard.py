"""Fails what the product writes past the one way to write; what a test itself sets up may.

Also what it writes for readers inside of it without saying so: pages that are kept would be old.
"""

import inspect
import re
from pathlib import Path

from django.apps import apps

from articles.editorial import is_writing, write_path
from articles.models import (
    Article,
    ArticlePhoto,
    Byline,
    ErrorReport,
    Mention,
    Merge,
    OfficialAppearance,
    Photo,
    Placement,
    ProjectAppearance,
    PublicRevision,
    SearchDocument,
    SignOff,
    Transition,
    Version,
)
from people.models import CredentialChange, Submission, User

ROOT = f"{Path(__file__).resolve().parents[2]}/"
#: Rows that no reader sees, or not as long as their story is a draft, or that follow from others;
#: placements go with a draft or copy, and the desk says it of each that is saved there.
HIDDEN = (
    *(Article, ArticlePhoto, Byline, Mention, Merge, OfficialAppearance, ProjectAppearance),
    *(Placement, PublicRevision, SearchDocument, SignOff, Transition, Version),
)
#: Whoever calls these is who writes.
TOOLS = (
    ".venv/",
    "articles/editorial/derived.py",
    "articles/models/",
    "articles/search/",
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
        """Know the tables, and look at the end of each ``writing()``."""
        self.tables = guarded_tables()
        self.hidden = {
            table
            for model in HIDDEN
            for table in (
                model._meta.db_table,
                *(link.remote_field.through._meta.db_table for link in model._meta.many_to_many),
            )
        }
        self.unsaid = ""
        write_path.derive = self._look_at_the_end(write_path.derive)

    def _look_at_the_end(self, derive):
        def looking(batch):
            unsaid, self.unsaid = self.unsaid, ""
            derive(batch)
            self.unsaid = ""
            assert batch.is_public or not unsaid, f"no touch_public(): {unsaid}"

        return looking

    def __call__(self, execute, sql, params, many, context):
        """Run a statement, unless it writes outside ``writing()``."""
        found = _WRITE.match(sql)
        if found and found[1] in self.tables and not is_writing():
            path = writer()
            if path and not path.startswith(FREE):
                msg = f"{path} writes {found[1]} outside editorial.writing(): {sql[:200]}"
                raise AssertionError(msg)
        if found and found[1] in self.tables - self.hidden and is_writing():
            path = writer()
            # A picture is seen once a story shows it.
            is_new_photo = found[1] == Photo._meta.db_table and sql.startswith("INSERT")
            if path and not path.startswith(FREE) and not is_new_photo:
                self.unsaid = f"{path} writes {found[1]}: {sql[:200]}"
        return execute(sql, params, many, context)
