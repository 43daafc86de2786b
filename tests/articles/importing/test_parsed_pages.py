"""Pages nobody printed: how much of them is read right, and that nothing of them is lost."""

import random

import pytest

from articles.importing.parser import parse
from tests.articles.importing.kept import KEPT
from tests.articles.importing.kept_second import KEPT_SECOND
from tests.articles.importing.kept_third import KEPT_THIRD
from tests.articles.importing.layouts import page
from tests.articles.importing.scoring import score
from tests.articles.importing.tuned import TUNED
from tests.support.machine import times

#: The least share found of what is printed, and right of what is found.
LEAST = {"stories": 0.99, "bylines": 0.98, "persons": 0.97, "stops": 0.95}

PARTS = {"tuned": TUNED, "kept": KEPT, "second": KEPT_SECOND, "third": KEPT_THIRD}

# Ten thousand pages take longer than other tests may.
pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]


@pytest.mark.parametrize("part", PARTS)
def test_pages_of_every_part(part):
    done = score(PARTS[part], part, times(3000))
    low = {
        kind: (done.recall(kind), done.precision(kind))
        for kind, least in LEAST.items()
        if min(done.recall(kind), done.precision(kind)) < least
    }
    assert low == {}, str(done)


def test_no_character_of_any_page_is_lost():
    """``parse`` itself raises Lost."""
    for number in range(times(10_000)):
        rng = random.Random(number)  # noqa: S311
        text, _stories = page(rng, rng.choice(list(PARTS.values())))
        cut = rng.randrange(len(text))
        parse(text)
        parse(text[cut:] + text[:cut])


def test_no_character_of_noise_is_lost():
    """Marks of all kinds in any order."""
    signs = (
        "本报讯记者通讯员王一凡、,。;:()“”【】[] \n\n\n　图摄版下转第2月日区委书记等和及会议召开"
        "\r\u2028\ufeff"
    )
    for number in range(times(20_000)):
        rng = random.Random(number)  # noqa: S311
        parse("".join(rng.choices(signs, k=rng.randrange(200))))
