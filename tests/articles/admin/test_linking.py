"""A typed name that the register has: linked or asked, and offered where it was typed before."""

import datetime

import pytest
from django.urls import reverse

from articles.editorial import findings, review_state_of
from articles.editorial.roles import EDITOR, REPORTER
from articles.models import Attendance, Byline, Meeting, Mention
from people.models import Reporter
from tests.support.desk import change, filled, messages, said_on_saving
from tests.support.scenes import MAYOR, official

pytestmark = pytest.mark.django_db

DAY = datetime.date(2021, 3, 25)
ADD = {
    "meeting": (reverse("admin:articles_meeting_add"), {"name": "会", "held_on": "2021-03-25"}),
    "inspection": (
        reverse("admin:articles_inspection_add"),
        {"title": "行", "held_on": "2021-03-25"},
    ),
    "mention": (
        reverse("admin:articles_article_add"),
        {"headline": "题", "issued_on": "2021-03-25"},
    ),
}


FORMER = ("局长", "商贸局", {"ends": datetime.date(2020, 1, 1)})


@pytest.fixture
def typed(at_desk):
    """Enter rows ``(name, title)`` in a new thing of a kind; the rows, and what the desk says."""

    def enter(kind, *rows):
        client = at_desk(EDITOR)
        address, fields = ADD[kind]
        prefix = "mentions" if kind == "mention" else "attendance"
        posted = filled(client.get(address), **fields)
        for number, (name, title) in enumerate(rows):
            posted |= {
                f"{prefix}-{number}-printed_name": name,
                f"{prefix}-{number}-printed_title": title,
            }
        answer = client.post(address, posted, follow=True)
        rows = (Mention if kind == "mention" else Attendance).objects.all()
        return list(rows), messages(answer)

    return enter


@pytest.mark.parametrize("kind", ADD)
@pytest.mark.parametrize("name", ["王伟", "王　伟", "王\u200b伟", "王⺒"])
def test_a_name_that_one_has_is_linked_and_said(typed, kind, name):
    person = official(name.replace("\u200b", "").replace("　", ""), MAYOR)
    (row,), said = typed(kind, (name, ""))
    assert row.official == person
    assert f"王{person.name[1]}　区长（区政府）" in said[0]


AGREEING = ["", "区长", "区委副书记、区长", "二七区区长", "区领导", "常委，区长", "区长兼指挥长"]
CONTRADICTING = ["副区长", "区委书记", "志愿者", "原区长", "局长", "区长助理"]


@pytest.mark.parametrize("title", AGREEING)
def test_a_title_that_agrees_links(typed, title):
    person = official("王伟", FORMER, MAYOR)
    (row,), _said = typed("meeting", ("王伟", title))
    assert row.official == person


@pytest.mark.parametrize("title", CONTRADICTING)
def test_a_title_that_the_posts_of_the_day_contradict_is_asked_about(typed, title):
    official("王伟", FORMER, MAYOR)
    (row,), said = typed("meeting", ("王伟", title))
    assert row.official is None
    assert "没有连上，请看一看" in said[0]
    assert "王伟　区长（区政府）　曾任局长" in said[0]
    assert f'href="{change(row.meeting)}#attendance-group"' in said[0]


@pytest.mark.parametrize("kind", ADD)
def test_of_two_of_a_name_the_editor_is_asked_with_post_and_body(typed, kind):
    official("王伟", MAYOR)
    official("王伟民", ("校长", "一中", {}), aliases="王伟")
    (row,), said = typed(kind, ("王伟", "区长"))
    assert row.official is None
    assert "王伟　区长（区政府）；王伟民　校长（一中）" in said[0]


def test_an_alias_and_a_dotted_name_are_names(typed):
    official("买买提·吐尔逊", aliases="老买\n买買提")
    rows, _said = typed("meeting", ("买买提•吐尔逊", ""), ("老买", ""), ("买卖提", ""))
    assert [row.official is not None for row in rows] == [True, True, False]


def test_a_byline_links_the_reporter_of_that_name_and_no_official(at_desk):
    official("张伟")
    reporter = Reporter.objects.create(name="张伟")
    client = at_desk(REPORTER)
    address = reverse("admin:articles_article_add")
    posted = filled(client.get(address), headline="题", **{"bylines-0-printed_name": "张伟"})
    said = client.post(address, posted, follow=True).context["messages"]
    assert Byline.objects.get().reporter == reporter
    assert "张伟（记者）" in "".join(map(str, said))


def test_who_was_unlinked_by_hand_stays_so(typed, at_desk):
    person = official("王伟", MAYOR)
    (row,), _said = typed("meeting", ("王伟", ""))
    client, meeting = at_desk(EDITOR), row.meeting
    assert "已经连上" not in said_on_saving(client, meeting, **{"attendance-0-official": ""})
    assert "已经连上" not in said_on_saving(client, meeting, **{"attendance-0-remarks": "要抓紧"})
    assert "已经连上" not in said_on_saving(
        client, meeting, **{"attendance-0-printed_title": "区长"}
    )
    row.refresh_from_db()
    assert row.official is None
    said_on_saving(client, meeting, **{"attendance-0-printed_name": "王伟民"})
    said_on_saving(client, meeting, **{"attendance-0-printed_name": "王伟"})
    row.refresh_from_db()
    assert row.official == person


def test_a_row_that_was_asked_about_is_not_asked_about_at_the_next_save(typed, at_desk):
    official("王伟", MAYOR)
    (row,), _said = typed("meeting", ("王伟", "副区长"))
    assert "没有连上" not in said_on_saving(at_desk(EDITOR), row.meeting, summary="开会")


def test_a_form_that_is_refused_links_and_says_nothing(at_desk):
    official("王伟", MAYOR)
    client, address = at_desk(EDITOR), ADD["meeting"][0]
    posted = filled(client.get(address), name="会", held_on="没有")
    answer = client.post(address, posted | {"attendance-0-printed_name": "王伟"})
    assert answer.status_code == 200
    assert "已经连上" not in answer.text
    assert not Attendance.objects.exists()


def test_many_rows_cost_no_more_queries_for_their_names(at_desk, django_assert_max_num_queries):
    people = [official(f"王{number}") for number in range(60)]
    client, address = at_desk(EDITOR), ADD["meeting"][0]
    posted = filled(client.get(address), name="会", held_on="2021-03-25")
    for number, person in enumerate(people):
        posted[f"attendance-{number}-printed_name"] = person.name
        posted[f"attendance-{number}-role"] = "attend"
    posted["attendance-TOTAL_FORMS"] = "60"
    with django_assert_max_num_queries(9 * 60):  # as for names that nobody has
        assert client.post(address, posted).status_code == 302
    assert Attendance.objects.exclude(official=None).count() == 60


# ---- At each review ----


def warnings(row, person):
    """What the checklist says of names."""
    said = [finding.message for finding in findings(review_state_of(row), person)]
    return [line for line in said if "没有连到" in line]


def test_the_checklist_names_whom_the_register_has_and_the_row_does_not_link(draft, chief):
    mention = Mention.objects.create(article=draft, printed_name="王伟")
    meeting = Meeting.objects.create(name="会", held_on=DAY)
    Attendance.objects.create(meeting=meeting, printed_name="李民", printed_title="局长")
    Attendance.objects.create(meeting=meeting, printed_title="区四个班子领导")
    draft.meetings.add(meeting)
    Byline.objects.create(article=draft, printed_name="张伟")
    assert warnings(draft, chief) == []
    person = official("王伟", MAYOR)
    official("李民")
    Reporter.objects.create(name="张伟")
    said = warnings(draft, chief)
    assert [line[:8] for line in said] == ["文中人物“王伟”", "署名“张伟”没有", "出席“李民”没有"]
    assert "王伟　区长（区政府）" in said[0]
    mention.official = person
    mention.save()
    assert len(warnings(draft, chief)) == 2
