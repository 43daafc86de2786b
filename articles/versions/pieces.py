"""Two texts laid over one another: what stayed, what went, what came."""

from dataclasses import dataclass
from itertools import groupby

from articles.versions.alignment import ALIKE, Match, likeness, matches, readable, shingles
from articles.versions.vocabulary import Token, Vocabulary

#: Edits after which a text is compared by clauses, and after which one of these counts as replaced.
_MOST, _MOST_IN_CLAUSES = 600, 200
_ENDS_CLAUSE = frozenset("，。；：！？,;!?\n")


@dataclass(frozen=True)
class Piece:
    """A stretch of text. ``mark`` tells what a removed or added one is, where that matters.

    ``kind`` is same, removed or added; ``mark`` is "" or one of name, title, number, date.
    """

    kind: str
    text: str
    mark: str = ""


def pieces_of(old: str, new: str, vocabulary: Vocabulary) -> tuple[Piece, ...]:
    """The texts over one another: same and removed give ``old``, same and added give ``new``."""
    if old == new:
        return (Piece("same", old),) if old else ()
    olds, news = vocabulary.tokens(old), vocabulary.tokens(new)
    # What two unlike texts have in common is chance.
    unlike = likeness(shingles(old), shingles(new)) < ALIKE / 2
    found = [] if unlike else _matches(olds, news)
    # What a reader looks for is told apart, changed or not.
    marked = {token.text for token in (*olds, *news) if token.mark}
    texts = [token.text for token in olds], [token.text for token in news]
    found = readable(found, *texts, marked.__contains__)
    return tuple(_pieces(found, olds, news))


def _matches(olds, news):
    found = matches(olds, news, _MOST)
    return _by_clauses(olds, news) if found is None else found


def _by_clauses(olds, news):
    """Matches of long texts that differ much: of whole clauses, then inside those that changed."""
    old_clauses, new_clauses = _clauses(olds), _clauses(news)
    found = matches([c for c, _at in old_clauses], [c for c, _at in new_clauses], _MOST) or []
    old_at = [at for _clause, at in old_clauses] + [len(olds)]
    new_at = [at for _clause, at in new_clauses] + [len(news)]
    all_found, old_done, new_done = [], 0, 0
    for old, new, size in (*found, (len(old_clauses), len(new_clauses), 0)):
        gap = (slice(old_done, old_at[old]), slice(new_done, new_at[new]))
        all_found += _inside(olds, news, *gap)
        old_done, new_done = old_at[old + size], new_at[new + size]
        if size:
            all_found.append(Match(old_at[old], new_at[new], old_done - old_at[old]))
    return all_found


def _inside(olds, news, old_gap, new_gap):
    mine, other = olds[old_gap], news[new_gap]
    texts = ("".join(token.text for token in side) for side in (mine, other))
    if not mine or not other or likeness(*map(shingles, texts)) < ALIKE:
        return []
    found = matches(mine, other, _MOST_IN_CLAUSES) or []
    return [
        match._replace(old=match.old + old_gap.start, new=match.new + new_gap.start)
        for match in found
    ]


def _clauses(tokens):
    """Clauses as tuples of tokens, each with the place where it begins."""
    clauses, start = [], 0
    for at, token in enumerate(tokens, 1):
        if token.text in _ENDS_CLAUSE or at == len(tokens):
            clauses.append((tuple(tokens[start:at]), start))
            start = at
    return clauses


def _pieces(found, olds, news):
    old_done, new_done = 0, 0
    for old, new, size in (*found, (len(olds), len(news), 0)):
        yield from _marked("removed", olds[old_done:old])
        yield from _marked("added", news[new_done:new])
        old_done, new_done = old + size, new + size
        if size:
            yield Piece("same", "".join(token.text for token in olds[old:old_done]))


def _marked(kind: str, tokens: list[Token]):
    """Pieces of what went or came: each token with a mark by itself, the rest together."""
    for mark, group in groupby(tokens, key=lambda token: token.mark):
        if mark:
            yield from (Piece(kind, token.text, mark) for token in group)
        else:
            yield Piece(kind, "".join(token.text for token in group))


def whole(kind: str, text: str, vocabulary: Vocabulary) -> tuple[Piece, ...]:
    """A text all of which went or came."""
    return tuple(_marked(kind, vocabulary.tokens(text)))


def replaced(old: str, new: str, _vocabulary=None) -> tuple[Piece, ...]:
    """The one text instead of the other, whatever they share."""
    return tuple(Piece(kind, text) for kind, text in (("removed", old), ("added", new)) if text)


def parted(pieces: tuple[Piece, ...], size: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Pieces up to ``size`` characters of the new text, and those after."""
    before, after = [], []
    for piece in pieces:
        if after or (size <= 0 and piece.kind != "removed"):
            after.append(piece)
        elif piece.kind == "removed" or len(piece.text) <= size:
            before.append(piece)
            size -= 0 if piece.kind == "removed" else len(piece.text)
        else:
            before.append(Piece(piece.kind, piece.text[:size], piece.mark))
            after.append(Piece(piece.kind, piece.text[size:], piece.mark))
    return tuple(before), tuple(after)
