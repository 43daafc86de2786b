"""Results come in an order, with a count and a passage in the characters that are printed."""

import datetime

import pytest
from django.db import OperationalError, connection

from articles.models import Article, Attendance, Byline, Inspection, Meeting, Project, Stop
from articles.search import Audience, BadQuery, Order, Search, marked, parse, results
from people.models import Official, Reporter
from tests.support.scenes import DAY
from tests.support.searching import found, reindex

pytestmark = pytest.mark.django_db
WORD = "普乐天地"


def search(typed=WORD, things=None):
    things = Article.objects.all() if things is None else things
    return Search(things, parse(typed), Audience.DESK)


def headlines(answer):
    rows = Article.objects.in_bulk([hit.key for hit in answer.hits])
    return [rows[hit.key].headline for hit in answer.hits]


def written(headline, days=0, **fields):
    """A story; a day later for each of ``days``."""
    fields = {"issued_on": DAY + datetime.timedelta(days), "slug": headline, **fields}
    return Article.objects.create(headline=headline, **fields)


@pytest.fixture
def stories():
    """One story for each place of the word, the weightier the older, and one without it."""
    inspection = Inspection.objects.create(title="观摩", held_on=DAY)
    Stop.objects.create(inspection=inspection, place=WORD)
    written(f"{WORD}开工", 1)
    Byline.objects.create(article=written("署名", 2), printed_name=WORD)
    written("所记", 3).inspections.add(inspection)
    written("正文", 4, body=f"<p>今天</p><p>{WORD}通车</p>")
    written("摘要", 5, summary=f"到{WORD}去")
    written("别的", 6)
    reindex()


@pytest.mark.usefixtures("stories")
def test_the_weightiest_come_first_and_of_one_weight_the_newest():
    ranked = [f"{WORD}开工", "署名", "所记", "摘要", "正文"]
    assert headlines(search().find()) == ranked
    assert headlines(search().find(Order.DATE)) == ["摘要", "正文", "所记", "署名", f"{WORD}开工"]
    assert headlines(search(f"{WORD} 通车").find()) == ["正文"]
    assert headlines(search(f"{WORD} -通车 -开工").find(limit=2)) == ["署名", "所记"]
    assert headlines(search().find(offset=3)) == ["摘要", "正文"]


@pytest.mark.usefixtures("stories")
@pytest.mark.parametrize("newest", [0, 3, 100])
def test_of_many_the_newest_can_be_seen_those_with_the_word_in_a_headline_first(
    monkeypatch, newest
):
    monkeypatch.setattr(results, "MOST_COUNTED", 3)
    monkeypatch.setattr(results, "_NEWEST", newest)
    answer = search().find(limit=2)
    assert (answer.count, answer.is_more) == (3, True)
    assert headlines(answer) == [f"{WORD}开工", "摘要"]
    assert headlines(search().find(offset=2, limit=2)) == ["正文", "所记"]
    assert headlines(search().find(Order.DATE, limit=2)) == ["摘要", "正文"]
    assert headlines(search().find(Order.DATE, offset=4)) == [f"{WORD}开工"]
    monkeypatch.setattr(results, "MOST_COUNTED", 0)
    assert headlines(search().find(limit=1)) == [f"{WORD}开工"]


@pytest.mark.usefixtures("stories")
def test_a_search_among_some_finds_some(django_assert_max_num_queries):
    some = Article.objects.filter(issued_on__gt=DAY + datetime.timedelta(3))
    with django_assert_max_num_queries(3):
        assert headlines(search(things=some).find()) == ["摘要", "正文"]
    assert [one.headline for one in search(things=some.order_by("issued_on")).matching()] == [
        "正文",
        "摘要",
    ]
    assert search("没有").find() == results.Results()
    assert search("").find() == results.Results()
    assert search("-没有").find() == results.Results()


def test_a_passage_shows_the_words_as_they_are_printed():
    long = "前" * 200
    written("長標題", body=f"<p>开头</p><p>{long}蘇建設到８０㎡的厂房，{long}</p><p>苏建设</p>")
    reindex()
    [hit] = search("苏建设 m2").find().hits
    shown = hit.passage
    assert [piece for piece, is_marked in shown.pieces if is_marked] == ["蘇建設", "㎡"]
    assert (shown.is_cut_before, shown.is_cut_behind) == (True, True)
    assert shown.text.startswith("前" * 20 + "蘇")
    assert "".join(piece for piece, _marked in shown.pieces) == shown.text
    assert not search("长标题").find().hits[0].passage
    assert marked("長標題", ("标",)).pieces == [("長", False), ("標", True), ("題", False)]


def test_every_kind_of_thing_is_found_by_what_is_written_of_it():
    official = Official.objects.create(name="苏建设", aliases="苏大力")
    reporter = Reporter.objects.create(name="王某", unit="融媒体中心")
    project = Project.objects.create(name=WORD, place="大学路", note="内部备注")
    meeting = Meeting.objects.create(name="推进会", held_on=DAY, venue="一楼")
    inspection = Inspection.objects.create(title="观摩", held_on=DAY)
    Stop.objects.create(inspection=inspection, place="南部城区", group="一组")
    said = {"printed_name": "苏建设", "printed_title": "区长", "remarks": "抓紧\n真抓"}
    Attendance.objects.create(meeting=meeting, **said)
    Attendance.objects.create(inspection=inspection, **said)
    reindex()
    for thing, words in (
        (official, ["蘇大力"]),
        (reporter, ["王某", "媒体"]),
        (project, ["普乐", "大学路"]),
        (meeting, ["推进", "一楼", "区长苏建设", "真抓"]),
        (inspection, ["观摩", "南部", "一组", "抓紧"]),
    ):
        things = type(thing)._default_manager.all()
        assert [found(things, word) for word in words] == [{thing.pk}] * len(words)
        assert found(things, "紧真") == set()
    assert found(Project.objects.all(), "内部") == set()
    assert found(Project.objects.all(), "内部", Audience.DESK) == {project.pk}
    assert found(Project.objects.all(), "普乐", Audience.DESK) == {project.pk}


def test_a_search_that_the_database_gives_up_is_said_to_be_too_wide(monkeypatch):
    class Cause(Exception):
        sqlite_errorcode, pgcode = 9, "57014"

    def give_up(*_args):
        raise OperationalError from Cause()

    with (
        connection.execute_wrapper(give_up),
        pytest.raises(BadQuery, match="多写几个字"),
    ):
        search().find()
