"""Texts of synthetic stories: sentences of a few hundred words, drawn by Zipf's law."""

from articles.devdata import words
from articles.devdata.randomness import Zipf, chance

#: Characters after which a body ends with the next paragraph, from the shortest to the longest.
SHORTEST, LONGEST = 300, 900

_ADVERBS = Zipf(words.ADVERBS)
_VERBS = Zipf(words.VERBS)
_NOUNS = Zipf(words.NOUNS)
_OPENERS = Zipf(words.OPENERS)


def clauses(rng, count) -> list[str]:
    """``count`` clauses of a verb and its object, some with an adverb; no object comes twice."""
    return [
        f"{adverb if chance(rng, 0.4) else ''}{verb}{noun}"
        for adverb, verb, noun in zip(
            _ADVERBS.draw(rng, count),
            _VERBS.draw(rng, count),
            _NOUNS.distinct(rng, count),
            strict=True,
        )
    ]


def sentence(rng) -> str:
    """A sentence of three to five clauses, 20 to 80 characters."""
    opener = _OPENERS.one(rng) if chance(rng, 0.5) else ""
    tail = f"，{rng.choice(words.TAILS)}" if chance(rng, 0.3) else ""
    joint = rng.choice(("，", "，", "；要", "、"))
    return f"{opener}{joint.join(clauses(rng, rng.randint(3, 5)))}{tail}。"


def body(rng, lead: str) -> str:
    """Body in the editor's own form: ``lead``, then paragraphs of two to four sentences."""
    wanted = rng.randint(SHORTEST, LONGEST)
    paragraphs, written = [lead], len(lead)
    while written < wanted:
        paragraph = "".join(sentence(rng) for _ in range(rng.randint(2, 4)))
        paragraphs.append(paragraph)
        written += len(paragraph)
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def headline(rng) -> str:
    """Two clauses, as the paper sets them."""
    return " ".join(clauses(rng, 2))


def remarks(rng) -> str:
    """What a speaker asked for, one to five demands."""
    return "\n".join(clauses(rng, rng.randint(1, 5)))


def keywords(rng) -> str:
    """Three to five subjects."""
    return "、".join(_NOUNS.distinct(rng, rng.randint(3, 5)))


def task(rng) -> str:
    """A subject that someone sees to."""
    return _NOUNS.one(rng)


def day_of(day) -> str:
    """Day as a story writes it, without the year."""
    return f"{day.month}月{day.day}日"


def listed(things) -> str:
    """Enumeration of a story."""
    return "、".join(things)
