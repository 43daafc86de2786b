"""The index follows what is written: documents of things that were touched are made anew."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from articles.models import Article, Inspection, Meeting, Project, SearchDocument
from articles.models.search_document import Match
from articles.search.documents import Things, Written, written
from articles.search.folding import BREAK, composed, fold
from articles.search.tokens import in_headlines, tokens
from people.models import Official, Reporter

#: Raised when the same texts make other documents. ``reindex_search`` then makes them anew.
FORMAT = 1
#: Foreign key of a document by what it is of. Of one day the last is shown first.
SUBJECTS: dict[type[Model], str] = {
    Official: "official",
    Reporter: "reporter",
    Project: "project",
    Meeting: "meeting",
    Inspection: "inspection",
    Article: "article",
}
#: Things whose texts are in memory at a time.
BATCH = 200
#: Distinct tokens of a document at most: PostgreSQL's tsvector ends at a megabyte. One with more is
#: looked at whatever is searched for.
MOST_TOKENS = 80_000
_COMPARED = (
    *(f"{subject}_id" for subject in SUBJECTS.values()),
    *("for_public", "for_desk", "format"),
    *("original", "text", "headlines_end", "names_end", "record_end"),
)


def refresh(touched: Things) -> None:
    """Bring the documents of things up to date, and of the stories that record an event of them.

    Called at the end of ``writing()``, which has locked them.
    """
    things = {model: set(keys) for model, keys in touched.items() if model in SUBJECTS}
    stories = things.setdefault(Article, set())
    for model in (Inspection, Meeting):
        if things.get(model):
            stories |= _stories_of(model, things[model])
    for part in _in_batches(things):
        _refresh(part)


def _stories_of(model: type[Model], keys: set[int]) -> set[int]:
    links = getattr(Article, model.in_stories).through.objects  # type: ignore[attr-defined]
    linked = links.filter(**{f"{SUBJECTS[model]}__in": keys})
    return {
        original or own
        for own, original in linked.order_by().values_list("article", "article__copy_of")
    }


def _in_batches(things: dict[type[Model], set[int]]) -> Iterator[dict[type[Model], set[int]]]:
    """Keep what one write touches together, as long as it is little."""
    every = iter([(model, key) for model, keys in things.items() for key in sorted(keys)])
    while some := list(islice(every, BATCH)):
        part: dict[type[Model], set[int]] = {}
        for model, key in some:
            part.setdefault(model, set()).add(key)
        yield part


def _refresh(things: dict[type[Model], set[int]]) -> None:
    """Make documents anew, but for those that would be the same."""
    wanted = {one.pk: one for text in written(things) if (one := _document(text))}
    theirs = Q(pk__in=wanted)
    for model, keys in things.items():
        theirs |= Q(**{f"{SUBJECTS[model]}__in": keys})
    rows = SearchDocument.objects.filter(theirs).values_list("pk", *_COMPARED)
    stored = {pk: tuple(columns) for pk, *columns in rows}
    same = {
        pk
        for pk, one in wanted.items()
        if stored.get(pk) == tuple(getattr(one, name) for name in _COMPARED)
    }
    if gone := stored.keys() - same:
        SearchDocument.objects.filter(pk__in=gone).delete()
    new = [one for pk, one in wanted.items() if pk not in same]
    for one in new:
        one.tokens = _tokens(one)  # type: ignore[assignment]
    SearchDocument.objects.bulk_create(new)


def _document(text: Written) -> SearchDocument | None:
    """Document without tokens; None where it would be for nobody."""
    if not (text.for_public or text.for_desk):
        return None
    parts = ["", "", "", ""]
    for weight, lines in enumerate(text.lines):
        kept = dict.fromkeys(composed(" ".join(line.split())) for line in lines)
        parts[weight] = "".join(line + BREAK for line in kept if line)
    headlines, names, record, _body = map(len, folded := list(map(fold, parts)))
    return SearchDocument(
        pk=place(text),
        for_public=text.for_public,
        for_desk=text.for_desk,
        original="".join(parts),
        text="".join(folded),
        headlines_end=headlines,
        names_end=headlines + names,
        record_end=headlines + names + record,
        format=FORMAT,
        **{f"{SUBJECTS[text.model]}_id": text.key},
    )


def _tokens(document: SearchDocument) -> set[str]:
    found = tokens(document.text)
    found |= in_headlines(tokens(document.text[: document.headlines_end]))
    return found if len(found) <= MOST_TOKENS else {Match.ANY}


def place(text: Written) -> int:
    """Key of a document: of two the one of the newer day is higher, and it says what it is of.

    A draft without a day comes before all others.
    """
    undated = date.max if text.model is Article else date.min
    rank = (text.day or undated).toordinal() * 8 + list(SUBJECTS).index(text.model)
    return ((rank << 37) + text.key) * 2 + (not text.for_public)


def things_of(model: type[Model]) -> QuerySet:
    """All things of a model that have documents, but for working copies, which share a story's."""
    things = model._default_manager.order_by("pk")
    return things.filter(copy_of=None) if model is Article else things


def stale(model: type[Model]) -> QuerySet:
    """Things that have no document of this release."""
    made = SearchDocument.objects.filter(**{SUBJECTS[model]: OuterRef("pk")}, format=FORMAT)
    return things_of(model).filter(~Exists(made))


def drop_orphans() -> None:
    """Delete documents of things that are gone: they were deleted past ``writing()``."""
    for model, subject in SUBJECTS.items():
        of_model = SearchDocument.objects.filter(**{f"{subject}__isnull": False})
        things = things_of(model).filter(pk=OuterRef(subject))
        of_model.filter(~Exists(things)).delete()
