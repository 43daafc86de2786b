"""No body takes long, whatever was sent: what is too long or too deep is refused with a reason."""

import time
from contextlib import suppress
from html.parser import HTMLParser
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.models import Article
from articles.public.seo.pages import opening
from articles.sanitise import LONGEST, MOST_MARKS, clean_body
from articles.versions import snapshot
from articles.versions.diff import Vocabulary, compare, diff_bodies


def filled(unit, most):
    """``unit`` as often as a body may hold it."""
    marks = unit.count("<") + unit.count("&")
    return unit * min(most // len(unit), MOST_MARKS // max(marks, 1))


#: Each took the parser or one of our patterns a time that grows with its square, or grows itself.
ENDLESS = [
    *(
        "<ul><li>",
        "<figure><figcaption>",
        "<table><tr><td>",
        "<blockquote>",
        "<div>",
        "<b>",
        "<p>x",
    ),
    *(
        "<b><p>x",
        "<ul><li><table></li></ul></table>",
        "<b><p></b></p>",
        "<li>甲",
        "<table>甲</table>",
    ),
    *(
        "<img src=x>",
        "<p> ",
        "<br><br>甲",
        "<br>&nbsp;x",
        "</p>",
        "<svg><p>",
        "<b></b>",
        "&",
        "<",
        "甲",
    ),
    *(
        "<!--",
        "<a ",
        "<a b='",
        "<script>",
        "<script></script",
        "<figure><figcaption>a</figcaption>x",
    ),
    *(
        "<i style='font-weight:400'>x</i>",
        "<b style=font-weight:700>x</b>",
        "</x>",
        "\x00",
        "x ",
        "\n",
    ),
]
HEADS = [
    "<b>" * 50,
    "<p>",
    "<li>",
    "<a ",
    "<p><b><i><s><sup>",
    "<a href='",
    "<a x='",
    "<ul><li>" * 25,
]


def seconds(html):
    """Processor time that cleaning takes, refused or not."""
    start = time.process_time()
    with suppress(ValidationError):
        clean_body(html)
    return time.process_time() - start


@pytest.mark.parametrize("unit", ENDLESS)
def test_no_body_holds_up_those_who_write(unit):
    longest = unit * (40 * LONGEST // len(unit))
    for body in (
        longest,
        filled(unit, LONGEST),
        *(f"{head}{filled(unit, 150_000)}" for head in HEADS),
    ):
        assert seconds(body) < 1 or min(seconds(body) for _try in range(3)) < 1, body[:99]


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<ul><li>" * 40_000, "320000"),
        ("<ul><li>" * 2000, "最多60层"),
        ("<b>" * 61, "最多60层"),
        ("<ul><li><table></li></ul></table>" * 30, "最多60层"),
        ("<p>" * 20_001, "20001处"),
        ("<p>甲</p>" * 9000 + "甲" * LONGEST, "272000个字符"),
        # It would be too long only once it is clean.
        ("&" * 15_000 + "甲" * 180_000, "255000个字符"),
    ],
)
def test_what_nobody_wrote_is_refused_with_a_reason(html, why):
    with pytest.raises(ValidationError) as refusal:
        clean_body(html)
    assert why in refusal.value.messages[0]


@pytest.mark.parametrize(
    "html",
    [
        "<p>甲</p>" * 5000,
        "<p>甲" * 4000,
        "<ul><li>甲" * 10 + "</ul>" * 10,
        "<table>" + "<tr><td>甲<td>乙<td>丙<td>丁" * 1000 + "</table>",
        "<div><span>" * 15 + "甲",
        "<p>" + "甲" * 190_000 + "</p>",
    ],
    ids=range(6),
)
def test_what_somebody_might_write_is_taken(html):
    assert clean_body(html).count("甲") == html.count("甲")


TAGS = "p h2 ul li strong em blockquote table tr td div span caption figure a".split()
PIECES = [
    *(f"<{tag}>" for tag in TAGS),
    *(f"</{tag}>" for tag in TAGS),
    "甲",
    "<br>",
    "<!--",
    "-->",
]


class Depth(HTMLParser):
    """How deep its elements lie."""

    now = deepest = 0

    def handle_starttag(self, tag, attrs):
        self.now += tag not in ("br", "hr", "img")
        self.deepest = max(self.deepest, self.now)

    def handle_endtag(self, tag):
        self.now -= 1


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=12).map("".join), st.integers(1, 60))
@example("<ul><li><table></li></ul></table>", 50)
@example("<b><p></b></p>", 50)
@example("<blockquote><ul></blockquote><li></ul></blockquote>", 50)
def test_nothing_lies_deeper_than_was_counted(unit, times):
    with mock.patch("articles.markup.DEPTH", 8), suppress(ValidationError):
        depth = Depth()
        depth.feed(clean_body(unit * times))
        assert depth.deepest <= 8 + 2  # a table brings its tbody, an item its paragraph


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>" + "甲乙，" * 60_000 + "</p>", "<p>" + "乙甲，" * 60_000 + "</p>"),
        ("<p>甲</p>" * 4900, "<p>乙</p>" * 4900),
        ("<p>甲乙丙丁戊己</p>" * 4900, "<p>甲乙丁丙戊己</p>" * 4900),
        ("<p>" + "<p>".join("甲乙" * 300 for _ in range(300)), "<p>乙甲" * 300),
    ],
    ids=range(4),
)
def test_two_long_bodies_are_compared_in_bounded_time(old, new):
    start = time.process_time()
    blocks = diff_bodies(clean_body(old), clean_body(new), Vocabulary())
    assert time.process_time() - start < 8  # 2 on an idle machine; it was a minute
    assert any(block.kind != "same" for block in blocks)


@pytest.mark.django_db
def test_a_page_shows_so_many_changes_and_says_so():
    story = Article.objects.create(headline="甲", body="<p>甲</p>" * 1500)
    old = snapshot(story)
    story.body = "<p>乙</p>" * 1500
    story.save()
    (change,) = [one for one in compare(old, snapshot(story)) if one.kind == "body"]
    assert len(change.blocks) == 1000
    assert "只列出前1000处" in change.notes[0]


@pytest.mark.django_db
def test_an_opening_neither_lowers_a_power_nor_says_what_is_struck_out():
    assert opening("<p>10<sup>4</sup> <s>甲</s>乙 H<sub>2</sub>O</p>") == "10⁴乙H₂O"
