"""The index beside what it would be if it were made anew, and a plain search of all texts."""

from django.db import connection

from articles.models import SearchDocument
from articles.search import SUBJECTS, Audience, Search, fold, parse, refresh
from articles.search.documents import written
from articles.search.index import _document, _tokens

COLUMNS = (
    *("article_id", "for_public", "for_desk", "original", "text"),
    *("headlines_end", "names_end", "record_end"),
)


def everything():
    """Keys of all things, by model."""
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in SUBJECTS}


def reindex():
    """Index what tests have written."""
    refresh(everything())


def wanted():
    """Columns of all documents as they would be made now, by key."""
    texts = list(written(everything()))
    documents = [one for text in texts if (one := _document(text))]
    return {
        one.pk: (*(getattr(one, name) for name in COLUMNS), frozenset(_tokens(one)))
        for one in documents
    }


def indexed():
    """Columns of all documents as they are, by key; what SQLite has beside them agrees."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO articles_searchindex(articles_searchindex, rank) "
                "VALUES ('integrity-check', 1)"
            )
    rows = SearchDocument.objects.values_list("pk", *COLUMNS, "tokens")
    return {
        pk: (*columns, frozenset(tokens.replace("'", "").split())) for pk, *columns, tokens in rows
    }


def is_indexed(*stories):
    """Whether each story is in the index as it is now, and all else that is in it is right.

    Other things may lack where a test wrote them past ``writing()``. Only ``stories`` are looked
    at, if any are named.
    """
    stored, right = indexed(), wanted()
    if stories:
        keys = {story.pk for story in stories}
        stored, right = (
            {pk: row for pk, row in rows.items() if row[0] in keys} for rows in (stored, right)
        )
    lacking = [row for pk, row in right.items() if pk not in stored and row[0]]
    return not lacking and all(right.get(pk) == row for pk, row in stored.items())


def found(things, typed, audience=Audience.PUBLIC):
    """Keys of things that match what is typed."""
    return set(Search(things, parse(typed), audience).matching().values_list("pk", flat=True))


def plainly(texts, typed):
    """Keys of ``texts``, lines by key, that have all words which are typed, and none to leave out.

    As anyone would write it who had no index.
    """
    query = parse(typed)
    folded = {key: [fold(line) for line in lines] for key, lines in texts.items()}

    def has(key, word):
        return any(word in line for line in folded[key])

    return {
        key
        for key in texts
        if query
        and all(has(key, word) for word in query.words)
        and not any(has(key, word) for word in query.without)
    }
