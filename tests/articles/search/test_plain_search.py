"""What is found is what a plain search of the folded texts finds: no miss, no false hit."""

import html
import random
import re

import pytest

from articles.models import Article, Byline, Mention, SearchDocument
from articles.search import Audience, BadQuery, parse, refresh
from articles.search import index as search_index
from articles.search.query import MOST_LETTERS
from tests.support.scenes import DAY
from tests.support.searching import found, plainly, reindex
from tests.support.worlds import invent

#: Stories are of the same characters, so that a word is often nearly in one.
SIGNS = "区委项目建設设苏蘇红 a1Ａ２0C9-.,，。：“”\"'*%_\\ﬁ㎡ßé\U00020000𠮷　"
CUT, UNKNOWN = 2000, 500


def stories_of(chance, count):
    """Stories of random texts, and their lines by key."""

    def line(most):
        return "".join(chance.choices(SIGNS, k=chance.randint(1, most)))

    texts = {}
    for number in range(count):
        body = [line(60) for _paragraph in range(chance.randint(1, 4))]
        story = Article.objects.create(
            headline=line(20),
            kicker=line(8),
            slug=f"s{number}",
            issued_on=DAY,
            body="".join(f"<p>{text.replace('<', '')}</p>" for text in body),
        )
        Byline.objects.create(article=story, printed_name=line(4))
        Mention.objects.create(article=story, printed_name=line(3), printed_title=line(5))
    for story in Article.objects.prefetch_related("bylines", "mentions"):
        texts[story.pk] = [
            *(story.kicker, story.headline, story.body),
            *(byline.printed_name for byline in story.bylines.all()),
            *(f"{one.printed_title}{one.printed_name}" for one in story.mentions.all()),
        ]
    return texts


def lines_of(texts):
    """Bodies by paragraph, as they are read."""
    return {
        key: [html.unescape(part) for line in lines for part in re.split("</?p>", line)]
        for key, lines in texts.items()
    }


def queries_of(chance, texts):
    """What is typed: parts of texts, and as much that was never written."""
    lines = [line for some in texts.values() for line in some if line]
    for _number in range(CUT):
        line = chance.choice(lines)
        at = chance.randrange(len(line))
        yield line[at : at + chance.randint(1, 8)]
    for _number in range(UNKNOWN):
        yield "".join(chance.choices(SIGNS, k=chance.randint(2, 8)))
    for _number in range(UNKNOWN // 5):
        parts = [line[at : at + 3] for line in chance.choices(lines, k=3) for at in (0,)]
        yield f'{parts[0]} "{parts[1]}" -{parts[2]}'


@pytest.mark.django_db
def test_what_is_found_is_what_a_plain_search_finds():
    chance = random.Random(17)  # noqa: S311
    texts = lines_of(stories_of(chance, 60))
    reindex()
    wrong = [
        typed
        for typed in queries_of(chance, texts)
        if found(Article.objects.all(), typed, Audience.DESK) != plainly(texts, typed)
    ]
    assert wrong == []


@pytest.mark.django_db
def test_invented_stories_are_found_as_a_plain_search_finds_them():
    """Of texts as papers print them, in the index as loading leaves it."""
    invent(60)
    chance = random.Random(18)  # noqa: S311
    rows = SearchDocument.objects.filter(for_public=True).exclude(article=None)
    texts = {key: text.split("\n") for key, text in rows.values_list("article", "original")}
    live = set(Article.objects.live().values_list("pk", flat=True))
    assert texts.keys() == live
    typed = list(queries_of(chance, texts))[: CUT // 4]
    wrong = [one for one in typed if found(Article.objects.live(), one) != plainly(texts, one)]
    assert wrong == []


@pytest.mark.django_db
def test_long_bodies_are_found_by_whatever_is_in_them(monkeypatch):
    chance = random.Random(19)  # noqa: S311
    han = [chr(code) for code in range(0x4E00, 0x9F00)]
    body = "".join(chance.choices(han, k=60_000))
    pages = (
        f"<p>{body}</p>",
        "<p>的</p>" * 3000 + "<p>末尾的一句</p>",
        "<p>" + "文的" * 30_000 + "</p>",
    )
    stories = [
        Article.objects.create(headline=f"长{number}", slug=f"s{number}", body=text)
        for number, text in enumerate(pages)
    ]
    for most in (search_index.MOST_TOKENS, 1000):
        monkeypatch.setattr(search_index, "MOST_TOKENS", most)
        SearchDocument.objects.all().delete()
        reindex()
        desk = Article.objects.all()
        for at in (0, 16_380, 16_383, 40_000, 59_992):
            assert found(desk, body[at : at + 8], Audience.DESK) == {stories[0].pk}
        assert found(desk, "末尾的一句", Audience.DESK) == {stories[1].pk}
        assert found(desk, "的文的", Audience.DESK) == {stories[2].pk}
        assert found(desk, "没有写过", Audience.DESK) == set()


@pytest.mark.django_db
def test_a_phrase_is_not_found_across_paragraphs_or_fields():
    story = Article.objects.create(
        headline="重点项目",
        slug="a",
        body="<p>今天开<strong>工</strong>建</p><p>设大桥<br>通车</p>",
    )
    refresh({Article: {story.pk}})
    desk = Article.objects.all()
    assert found(desk, "开工建", Audience.DESK) == {story.pk}
    assert found(desk, "开工 大桥 项目", Audience.DESK) == {story.pk}
    for typed in ("建设", "桥通", "目今", "车重"):
        assert found(desk, typed, Audience.DESK) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        *('"', "''", "-", "*", "**", "%", "_", "\\", "\0", "\ud800", "\u200f\u202e区", "a OR b"),
        *("NEAR(a b)", "x:y", "^a", "{a}", "(", ")", "a & b | !c", "<->", "'; DROP TABLE x; --"),
        *("区" * MOST_LETTERS, "\ufdfa" * MOST_LETTERS, "0" * MOST_LETTERS, "-区", '-"', ""),
        *("zany", "z0", "z"),
    ],
)
def test_nothing_that_is_typed_is_a_command(typed):
    story = Article.objects.create(headline="平常的标题", slug="a")
    refresh({Article: {story.pk}})
    assert found(Article.objects.all(), typed, Audience.DESK) == set()
    with pytest.raises(BadQuery):
        parse("区" * 10_000)
