"""The rows of a story's form: who signed it, whom it names, and in which order they stand."""

import datetime

import pytest

from articles.editorial.roles import REPORTER
from articles.models import (
    Article,
    Byline,
    Meeting,
    Section,
)
from people.models import Official, Reporter
from tests.support.desk import change, filled


@pytest.fixture
def draft(db):
    """A draft with two bylines."""
    section = Section.objects.create(name="要闻")
    story = Article.objects.create(headline="桥通了", body="<p>通车。</p>", section=section)
    for order, name in enumerate(("王某", "李某"), 1):
        Byline.objects.create(article=story, printed_name=name, order=order)
    return story


def test_two_bylines_may_swap_names(at_desk, draft):
    client = at_desk(REPORTER)
    posted = filled(client.get(change(draft)))
    posted |= {"bylines-0-printed_name": "李某", "bylines-1-printed_name": "王某"}
    assert client.post(change(draft), posted).status_code == 302
    assert [byline.printed_name for byline in draft.bylines.all()] == ["李某", "王某"]


def test_one_name_twice_in_a_role_is_a_message(at_desk, draft):
    client = at_desk(REPORTER)
    posted = filled(client.get(change(draft)), **{"bylines-1-printed_name": "王某"})
    answer = client.post(change(draft), posted)
    assert "有两行的署名、身份相同，请改掉一行。" in answer.text
    assert [byline.printed_name for byline in draft.bylines.all()] == ["王某", "李某"]


@pytest.mark.parametrize(
    ("typed", "result"),
    [
        (("1", "2", ""), ["王某", "李某", "张某"]),
        (("1", "2", "1"), ["张某", "王某", "李某"]),
        (("2", "2", ""), ["李某", "王某", "张某"]),
        (("1", "1", "2"), ["李某", "王某", "张某"]),
        (("30", "20", "10"), ["张某", "李某", "王某"]),
        (("", "2", "1"), ["张某", "李某", "王某"]),
    ],
)
def test_rows_stand_where_the_numbers_say(at_desk, draft, typed, result):
    client = at_desk(REPORTER)
    posted = filled(client.get(change(draft)), **{"bylines-2-printed_name": "张某"})
    posted |= {f"bylines-{row}-order": order for row, order in enumerate(typed)}
    assert client.post(change(draft), posted).status_code == 302
    rows = list(draft.bylines.all())
    assert [row.printed_name for row in rows] == result
    assert [row.order for row in rows] == [1, 2, 3]


def test_a_linked_person_lends_the_name(at_desk, draft):
    reporter = Reporter.objects.create(name="赵某")
    official = Official.objects.create(name="钱某")
    client = at_desk(REPORTER)
    posted = filled(client.get(change(draft)))
    posted |= {"bylines-2-reporter": reporter.pk, "mentions-0-official": official.pk}
    assert client.post(change(draft), posted).status_code == 302
    assert draft.bylines.get(reporter=reporter).printed_name == "赵某"
    assert draft.mentions.get().printed_name == "钱某"


def test_a_row_about_nobody_is_a_message(at_desk, draft):
    client = at_desk(REPORTER)
    posted = filled(client.get(change(draft)), **{"mentions-0-printed_title": "主任"})
    assert "请填写见报的姓名" in client.post(change(draft), posted).text


def test_a_phrase_for_a_name_is_a_message_that_says_where_it_goes(at_desk, draft):
    client = at_desk(REPORTER)
    meeting = Meeting.objects.create(name="通车调度会", held_on=datetime.date(2021, 4, 5))
    for thing, rows, said in (
        (meeting, "attendance", "请把姓名留空，填在“职务或称谓”里"),
        (draft, "mentions", "请登记为会议或观摩督导的出席"),
    ):
        name = f"{rows}-0-printed_name"
        posted = filled(client.get(change(thing)), **{name: "区委主要领导"})
        answer = client.post(change(thing), posted)
        assert "“区委主要领导”不是人名。" in answer.text
        assert said in answer.text
        posted[name] = "阿卜杜拉赫曼·买买提"
        assert client.post(change(thing), posted).status_code == 302
        assert getattr(thing, rows).get().printed_name == "阿卜杜拉赫曼·买买提"


def test_a_long_name_is_believed_of_whom_the_record_has_and_a_body_may_sign(at_desk, draft):
    official = Official.objects.create(name="阿卜杜拉赫曼")
    client = at_desk(REPORTER)
    posted = filled(client.get(change(draft)))
    posted |= {"mentions-0-official": official.pk, "mentions-0-printed_name": "阿卜杜拉 赫曼"}
    posted |= {"bylines-2-printed_name": "本报评论员"}
    assert client.post(change(draft), posted).status_code == 302
    assert draft.mentions.get().printed_name == "阿卜杜拉 赫曼"
    assert draft.bylines.count() == 3
