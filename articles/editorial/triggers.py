"""Triggers: the database refuses a state without its transition, and changes of append-only tables.

They are dropped before migrations and created after them. SQLite rebuilds a table to alter a
column, and then loses the triggers on it and fails at others that name it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections

from articles.models import Article, Merge, SignOff, Transition, Version
from people.models import CredentialChange

_ARTICLE, _TRANSITION = Article._meta.db_table, Transition._meta.db_table
_VERSION = Version._meta.db_table
#: Messages of the triggers, on which callers rely.
UNLOGGED = "the newest line of the log does not name this stage and visibility"
FINAL = "append-only"

#: The newest transition of a story or of its working copy, if it names the new state.
_NAMED = f"""
    SELECT 1 FROM {_TRANSITION} AS line
    WHERE line.id = (
        SELECT MAX(newest.id) FROM {_TRANSITION} AS newest
        WHERE newest.story_id = COALESCE(NEW.copy_of_id, NEW.id)
        AND newest.of_copy = (NEW.copy_of_id IS NOT NULL)
    ) AND line.stage = NEW.stage AND line.visibility = NEW.visibility
"""  # noqa: S608  names of our own tables
#: Versions that may not be deleted: all but those of a story without transitions.
_KEPT = f"""
    OLD.story_id IS NULL OR EXISTS (SELECT 1 FROM {_TRANSITION} WHERE story_id = OLD.story_id)
"""  # noqa: S608
#: A merge of a row that the content links, by which a version gets another digest.
_MERGED = f"""
    SELECT 1 FROM {Merge._meta.db_table} AS merged
    WHERE CAST(OLD.content AS text) LIKE '%"key": ' || merged.absorbed || ',%'
"""  # noqa: S608


@dataclass(frozen=True)
class _Guard:
    """A trigger before ``event`` on ``table`` that fails with ``message`` where it ``refuses``."""

    name: str
    table: str
    event: str
    message: str
    refuses: str = "1 = 1"
    #: Rows for which it runs: an expression of OLD and NEW only.
    when: str = "1 = 1"


def _guards() -> Iterator[_Guard]:
    yield _Guard(
        "article_state_logged",
        _ARTICLE,
        "UPDATE OF stage, visibility",
        UNLOGGED,
        refuses=f"NOT EXISTS ({_NAMED})",
        when="(OLD.stage <> NEW.stage OR OLD.visibility <> NEW.visibility)",
    )
    for model in (Transition, SignOff, Version, CredentialChange, Merge):
        table = model._meta.db_table
        columns = [name for one in model._meta.local_fields if (name := one.column)]
        if model is Version:
            columns.remove("digest")
            refuses = f"NOT EXISTS ({_MERGED})"
            yield _Guard(f"{table}_digest_merged", table, "UPDATE OF digest", FINAL, refuses)
        yield _Guard(f"{table}_no_update", table, f"UPDATE OF {', '.join(columns)}", FINAL)
        kept = _KEPT if model is Version else "1 = 1"
        yield _Guard(f"{table}_no_delete", table, "DELETE", FINAL, refuses=kept)


def set_up(using: str) -> None:
    """Create the triggers of a database, or replace them."""
    connection = connections[using]
    write = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        for guard in _guards():
            for statement in write(guard):
                cursor.execute(statement)


def take_down(using: str) -> None:
    """Drop the triggers, as is needed to flush SQLite. ``set_up`` runs after a flush anyway."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for guard in _guards():
            on_table = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on_table}")


def _sqlite(guard: _Guard) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS {guard.name}"
    yield (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"WHEN {guard.when} AND ({guard.refuses}) "
        f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
    )


def _postgresql(guard: _Guard) -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {guard.refuses} THEN "
        f"RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'check_violation'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    yield f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}"
    yield (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW "
        f"WHEN ({guard.when}) EXECUTE FUNCTION {guard.name}()"
    )


def before_migrations(*, using: str, **_signal: Any) -> None:
    """Drop the triggers on the signal ``pre_migrate``."""
    take_down(using)


def after_migrations(*, using: str, **_signal: Any) -> None:
    """Create the triggers on ``post_migrate``, unless a migration back has dropped a table.

    A flush sends the signal too.
    """
    if {guard.table for guard in _guards()} <= set(connections[using].introspection.table_names()):
        set_up(using)
