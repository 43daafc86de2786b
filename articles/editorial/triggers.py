"""What the database itself refuses: a state that the log does not name, a change of the log.

The triggers are taken down before migrations and set up after them, and not by one: SQLite rebuilds
a table when a column is altered, loses the triggers on it and stumbles over those that name it.
"""

from dataclasses import dataclass

from django.db import connections

from articles.models import Article, Merge, SignOff, Transition, Version
from people.models import CredentialChange

_ARTICLE, _TRANSITION = Article._meta.db_table, Transition._meta.db_table
_VERSION = Version._meta.db_table
#: Message that the workflow and the tests know.
UNLOGGED = "the newest line of the log does not name this stage and visibility"
FINAL = "append-only"

#: A row's newest line: that of the story, or the newest copy line of the original.
_NAMED = f"""
    SELECT 1 FROM {_TRANSITION} AS line
    WHERE line.id = (
        SELECT MAX(newest.id) FROM {_TRANSITION} AS newest
        WHERE newest.story_id = COALESCE(NEW.copy_of_id, NEW.id)
        AND newest.of_copy = (NEW.copy_of_id IS NOT NULL)
    ) AND line.stage = NEW.stage AND line.visibility = NEW.visibility
"""  # noqa: S608  names of our own tables
#: Versions of a story that was never moved go with it; all others stay.
_KEPT = f"""
    OLD.story_id IS NULL OR EXISTS (SELECT 1 FROM {_TRANSITION} WHERE story_id = OLD.story_id)
"""  # noqa: S608
#: What the content of a version links was merged into another: its name is another then.
_MERGED = f"""
    SELECT 1 FROM {Merge._meta.db_table} AS merged
    WHERE CAST(OLD.content AS text) LIKE '%"key": ' || merged.absorbed || ',%'
"""  # noqa: S608


@dataclass(frozen=True)
class _Guard:
    """A trigger: before ``event`` on ``table`` it answers ``message`` to what it ``refuses``."""

    name: str
    table: str
    event: str
    message: str
    refuses: str = "1 = 1"
    #: Rows it looks at: an expression of OLD and NEW alone.
    when: str = "1 = 1"


def _guards():
    yield _Guard(
        "article_state_logged",
        _ARTICLE,
        "UPDATE OF stage, visibility",
        UNLOGGED,
        refuses=f"NOT EXISTS ({_NAMED})",
        when="(OLD.stage <> NEW.stage OR OLD.visibility <> NEW.visibility)",
    )
    for model in (Transition, SignOff, Version, CredentialChange, Merge):
        table, columns = model._meta.db_table, [field.column for field in model._meta.local_fields]
        if model is Version:
            columns.remove("digest")
            refuses = f"NOT EXISTS ({_MERGED})"
            yield _Guard(f"{table}_digest_merged", table, "UPDATE OF digest", FINAL, refuses)
        yield _Guard(f"{table}_no_update", table, f"UPDATE OF {', '.join(columns)}", FINAL)
        kept = _KEPT if model is Version else "1 = 1"
        yield _Guard(f"{table}_no_delete", table, "DELETE", FINAL, refuses=kept)


def set_up(using: str) -> None:
    """Write the triggers of the database ``using`` anew."""
    connection = connections[using]
    write = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        for guard in _guards():
            for statement in write(guard):
                cursor.execute(statement)


def take_down(using: str) -> None:
    """Remove them, as a flush of SQLite needs; ``set_up`` follows a flush by itself."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for guard in _guards():
            on_table = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on_table}")


def _sqlite(guard):
    yield f"DROP TRIGGER IF EXISTS {guard.name}"
    yield (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"WHEN {guard.when} AND ({guard.refuses}) "
        f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
    )


def _postgresql(guard):
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


def before_migrations(*, using, **_signal) -> None:
    """Receiver of pre_migrate."""
    take_down(using)


def after_migrations(*, using, **_signal) -> None:
    """Receiver of post_migrate, which a flush sends as well, and a migration back as well."""
    if {guard.table for guard in _guards()} <= set(connections[using].introspection.table_names()):
        set_up(using)
