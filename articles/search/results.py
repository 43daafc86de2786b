"""Results: which things are found, the best first, and where in them the words stand."""

from bisect import bisect_left
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import OperationalError
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest, StrIndex
from django.utils.translation import gettext as _

from articles.database_faults import Fault, fault_of
from articles.models import SearchDocument
from articles.search.index import SUBJECTS
from articles.search.passages import Passage, passage_of
from articles.search.query import BadQuery, Query
from articles.search.tokens import in_headlines, tokens_of_word

#: Results are counted, and ranked by all weights, up to this number.
MOST_COUNTED = 1000
#: Newest documents that are looked at for a frequent word before its index is.
_NEWEST = 2000
_DOCUMENTS = "search_documents"
_ALL = Q()


class Audience(StrEnum):
    """For whom is searched: the flag of a document."""

    PUBLIC = "for_public"
    DESK = "for_desk"


class Order(StrEnum):
    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True)
class Hit:
    """Key of a thing that was found, and a passage with the words; empty if a headline has them."""

    key: int
    passage: Passage


@dataclass(frozen=True)
class Results:
    hits: list[Hit] = field(default_factory=list)
    #: MOST_COUNTED if ``is_more``.
    count: int = 0
    is_more: bool = False


@dataclass(frozen=True)
class Search:
    """A search among things that the audience may see, such as ``Article.objects.live()``.

    For the desk these are stories themselves: they are found by the text of their working copy.
    """

    things: QuerySet
    query: Query
    audience: Audience

    def matching(self) -> QuerySet:
        """All things whose text has the words, in the order that they have."""
        return self._holding(self._candidates())

    def find(self, order: Order = Order.RELEVANCE, *, offset: int = 0, limit: int = 20) -> Results:
        """Find those things, the best or the newest first.

        BadQuery where so many texts have to be looked at that the database gives up.
        """
        try:
            return self._find(order, offset, limit)
        except OperationalError as error:
            if fault_of(error) is not Fault.SLOW:
                raise
            message = _("要看的文字太多，没有查完。请多写几个字再查。")
            raise BadQuery(message) from error

    def _find(self, order, offset, limit):
        found = _rows(self.matching())
        if is_more := len(found) > MOST_COUNTED:
            keys = self._of_many(order, offset, limit)
        else:
            found.sort(key=lambda row: (order == Order.RELEVANCE and _weight(*row), -row[0]))
            keys = [key for _place, key, *_ends in found[offset : offset + limit]]
        passages = self._passages(keys)
        hits = [Hit(key, passages[key]) for key in keys if key in passages]
        return Results(hits, min(len(found), MOST_COUNTED), is_more)

    def _candidates(self, *, in_headline=False):
        """Things that may match, as their text has all tokens."""
        wanted = set().union(*map(tokens_of_word, self.query.words))
        if not wanted:
            return self.things.none()
        wanted = in_headlines(wanted) if in_headline else wanted
        return self.things.filter(**self._theirs(tokens__match=wanted))

    def _theirs(self, **conditions):
        """Conditions of the one document of a thing that the audience has."""
        conditions |= {self.audience: True, f"{SUBJECTS[self.things.model]}__isnull": False}
        return {f"{_DOCUMENTS}__{name}": value for name, value in conditions.items()}

    def _holding(self, candidates):
        """Candidates whose text does match, with place and ends of their document."""
        text, words = f"{_DOCUMENTS}__text", (*self.query.words, *self.query.without)
        at = {f"search_{number}": StrIndex(text, Value(word)) for number, word in enumerate(words)}
        first, *others = map(F, list(at)[: len(self.query.words)]) if self.query else [Value(0)]
        found = candidates.alias(
            **at,
            search_place=F(f"{_DOCUMENTS}__pk"),
            search_end=Greatest(first, *others) if others else first,
            search_headlines_end=F(f"{_DOCUMENTS}__headlines_end"),
            search_names_end=F(f"{_DOCUMENTS}__names_end"),
            search_record_end=F(f"{_DOCUMENTS}__record_end"),
        )
        for number, name in enumerate(at):
            found = found.filter(
                **({f"{name}__gt": 0} if number < len(self.query.words) else {name: 0})
            )
        return found

    def _of_many(self, order, offset, limit):
        """Keys of the newest of many; by relevance, those with the words in a headline come first.

        Other weights are not told apart: for that, all of them would have to be read.
        """
        if order == Order.DATE:
            return self._newest(offset, limit)
        in_headline = Q(search_end__lte=F("search_headlines_end"))
        found = _rows(self._holding(self._candidates(in_headline=True)).filter(in_headline))
        if len(found) > MOST_COUNTED:
            return self._newest(offset, limit, in_headline)
        found.sort(reverse=True)
        first = [key for _place, key, *_ends in found[offset : offset + limit]]
        if len(first) == limit:
            return first
        return first + self._newest(max(0, offset - len(found)), limit - len(first), ~in_headline)

    def _newest(self, offset, limit, condition=_ALL):
        """Keys of the newest that match.

        Of a frequent word there are enough among the newest documents, each of which is looked at:
        that is quicker than to sort all that the index has.
        """
        newest = SearchDocument.objects.order_by("-pk").values_list("pk", flat=True)
        oldest = newest[_NEWEST : _NEWEST + 1].first() or 0
        recent = self.things.filter(**self._theirs(pk__gte=oldest))
        keys = []
        for candidates in (recent, self._candidates()):
            found = self._holding(candidates).filter(condition).order_by("-search_place")
            keys = list(found.values_list("pk", flat=True)[offset : offset + limit])
            if len(keys) == limit:
                break
        return keys

    def _passages(self, keys):
        subject = SUBJECTS[self.things.model]
        rows = SearchDocument.objects.filter(**{f"{subject}__in": keys, self.audience: True})
        columns = rows.values_list(subject, "original", "text", "headlines_end") if keys else ()
        return {key: passage_of(*texts, self.query.words) for key, *texts in columns}


def _rows(found: QuerySet) -> list[tuple[int, ...]]:
    """Place, key and ends of what was found, one more than is counted at most."""
    ends = map(F, ("search_end", "search_headlines_end", "search_names_end", "search_record_end"))
    return list(found.order_by().values_list(F("search_place"), "pk", *ends)[: MOST_COUNTED + 1])


def _weight(_place: int, _key: int, end: int, *ends: int) -> int:
    """The part of a document by whose end all words have occurred."""
    return bisect_left(ends, end)
