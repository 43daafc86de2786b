"""The index of the search: what is written of a story, project, person or event."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Lookup


class TokensField(models.TextField):
    """Tokens of [0-9a-z] with blanks between them; nothing reads more into them.

    PostgreSQL keeps them as tsvector under a GIN index. On SQLite triggers hand them to the FTS5
    table ``articles_searchindex``; migration 0027 makes both. A migration that changes a column of
    the document has SQLite remake its table: it has to make the triggers anew.
    """

    def db_type(self, connection) -> str | None:
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_prep_value(self, value) -> str | None:
        return value if isinstance(value, str | None) else " ".join(value)


@TokensField.register_lookup
class Match(Lookup):
    """``__match``: rows with all of some tokens or with ``ANY``; ``abc*`` is any that begins so."""

    lookup_name = "match"
    #: The token of a text with so many that it may have any; it is looked at whatever is asked.
    ANY = "zany"
    rhs: Iterable[str]

    def get_prep_lookup(self) -> list[str]:
        return sorted(self.rhs)

    def as_postgresql(self, compiler, connection) -> tuple[str, list]:
        column, params = self.process_lhs(compiler, connection)
        tokens = " & ".join(self.rhs).replace("*", ":*")
        return f"{column} @@ %s::tsquery", [*params, f"({tokens}) | {self.ANY}"]

    def as_sqlite(self, compiler, connection) -> tuple[str, list]:
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        found = "SELECT rowid FROM articles_searchindex WHERE articles_searchindex MATCH %s"
        tokens = " AND ".join(self.rhs)
        return f"{table}.id IN ({found})", [f"({tokens}) OR {self.ANY}"]


def _subject(model: str) -> models.ForeignKey:
    """Key of what a document is of, which may be deleted: the document goes with it in time."""
    return models.ForeignKey(
        model, models.DO_NOTHING, null=True, db_constraint=False, related_name="search_documents"
    )


class SearchDocument(models.Model):
    """A text that readers, the desk or both search; the row of ``articles.search.index``.

    The desk has another one where a draft, a working copy or a note is not for readers. Documents
    for readers are joined with what is live: that decides, whatever is here.
    """

    #: Made of day and subject, so that the newest is the highest: ``articles.search.index.place``.
    id = models.BigIntegerField(primary_key=True)
    for_public = models.BooleanField()
    for_desk = models.BooleanField()
    official = _subject("people.Official")
    reporter = _subject("people.Reporter")
    project = _subject("articles.Project")
    meeting = _subject("articles.Meeting")
    inspection = _subject("articles.Inspection")
    article = _subject("articles.Article")
    #: Lines, the weightiest first, as they are printed and as they are compared.
    original = models.TextField()
    text = models.TextField()
    #: Where in ``text`` the headlines end, the names and titles, and the record.
    headlines_end = models.PositiveIntegerField()
    names_end = models.PositiveIntegerField()
    record_end = models.PositiveIntegerField()
    tokens = TokensField()
    #: That of ``articles.search.index`` which made it.
    format = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.original.partition("\n")[0]
