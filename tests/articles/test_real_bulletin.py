"""The fixture beside the printed bulletin, where that is at hand: all facts, no sentence."""

import re
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from articles.models import Article, Attendance, Meeting, Stop

BULLETIN = Path(__file__).resolve().parents[3] / "shared" / "bulletin-2021q1.txt"
#: Characters in a row that a story may share with the print, names apart: a slogan or an award.
LONGEST = 26

pytestmark = [
    pytest.mark.usefixtures("bulletin"),
    pytest.mark.skipif(not BULLETIN.exists(), reason="the printed bulletin is not at hand"),
]


def plain(text):
    """Text without markup, white space and differences of width."""
    text = unicodedata.normalize("NFKC", re.sub(r"<[^>]+>", "", text))
    return re.sub(r"\s+", "", text)


@pytest.fixture
def printed():
    """The bulletin, its column breaks joined."""
    return plain(BULLETIN.read_text("utf-8"))


@pytest.fixture
def entered():
    """All that the fixture says in words."""
    stories = [f"{story}{story.body}" for story in Article.objects.all()]
    remarks = Attendance.objects.values_list("remarks", flat=True)
    return plain("".join([*stories, *remarks]))


def test_every_figure_of_the_print_is_entered(printed, entered):
    figures = set(re.findall(r"\d+", printed))
    assert {figure for figure in figures if figure not in entered} == set()


def test_every_quoted_name_of_the_print_is_entered(printed, entered):
    quoted = {name for name in re.findall("“([^“”]+)”", printed) if len(name) < 20}
    assert {name for name in quoted if name not in entered} == set()


def test_every_headline_is_the_printed_one(printed):
    for story in Article.objects.all():
        assert plain(story.kicker + story.headline) in printed


def names_of_the_record():
    """Names, titles and places, which stand as printed, the longest first."""
    stops = Stop.objects.values_list("place", flat=True)
    meetings = Meeting.objects.values_list("name", flat=True)
    titles = Attendance.objects.values_list("printed_title", flat=True)
    return sorted(map(plain, {*stops, *meetings, *titles} - {""}), key=len, reverse=True)


def without(text, names, mark):
    """Text with a mark in the place of each name."""
    for name in names:
        text = text.replace(name, mark)
    return text


def test_no_sentence_is_copied(printed):
    names = names_of_the_record()
    printed = without(printed, names, "\r")
    for story in Article.objects.all():
        body = without(plain(story.body), names, "\n")
        match = SequenceMatcher(None, body, printed, autojunk=False).find_longest_match()
        run = body[match.a : match.a + match.size]
        assert match.size < LONGEST, run
