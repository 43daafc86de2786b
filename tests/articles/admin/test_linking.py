"""A typed name that the register has: linked or asked, and offered where it was typed before."""

import datetime

import pytest
from django.urls import reverse

from articles import models
from articles.editorial import execute, findings, open_working_copy, review_state_of
from articles.editorial.roles import CHIEF, EDITOR, REPORTER
from articles.models import Article, Attendance, Byline, Inspection, Meeting, Mention
from articles.versions import newest_of_row, row_at_work, save_version
from people.models import Appointment, Official, Organisation, Reporter
from tests.support.desk import change, filled
from tests.support.scenes import Scenes
from tests.support.stories import signed

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


def official(name="王伟", *posts, aliases=""):
    """An official with posts ``(title, body, term)``."""
    person = Official.objects.create(name=name, aliases=aliases)
    for title, body, term in posts:
        organisation, _new = Organisation.objects.get_or_create(name=body)
        Appointment.objects.create(official=person, organisation=organisation, title=title, **term)
    return person


MAYOR = ("区长", "区政府", {})
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
        said = [str(message) for message in answer.context["messages"]]
        return list((Mention if kind == "mention" else Attendance).objects.all()), said

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


def saved(client, thing, **changes):
    """Save the form of a thing again; what the desk says."""
    posted = filled(client.get(change(thing)), **changes)
    answer = client.post(change(thing), posted, follow=True)
    assert answer.status_code == 200
    return "".join(str(message) for message in answer.context["messages"])


def test_who_was_unlinked_by_hand_stays_so(typed, at_desk):
    person = official("王伟", MAYOR)
    (row,), _said = typed("meeting", ("王伟", ""))
    client, meeting = at_desk(EDITOR), row.meeting
    assert "已经连上" not in saved(client, meeting, **{"attendance-0-official": ""})
    assert "已经连上" not in saved(client, meeting, **{"attendance-0-remarks": "要抓紧"})
    assert "已经连上" not in saved(client, meeting, **{"attendance-0-printed_title": "区长"})
    row.refresh_from_db()
    assert row.official is None
    saved(client, meeting, **{"attendance-0-printed_name": "王伟民"})
    saved(client, meeting, **{"attendance-0-printed_name": "王伟"})
    row.refresh_from_db()
    assert row.official == person


def test_a_row_that_was_asked_about_is_not_asked_about_at_the_next_save(typed, at_desk):
    official("王伟", MAYOR)
    (row,), _said = typed("meeting", ("王伟", "副区长"))
    assert "没有连上" not in saved(at_desk(EDITOR), row.meeting, summary="开会")


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


# ---- Offered when the register learns of someone ----


@pytest.fixture
def printed(account):
    """What printed 王伟 before anyone registered him, in each state; by name."""
    scenes = Scenes(account)
    meeting = Meeting.objects.create(name="会", held_on=DAY)
    tour = Inspection.objects.create(title="行", held_on=DAY)
    Attendance.objects.create(meeting=meeting, printed_name="王伟", printed_title="区长")
    Attendance.objects.create(inspection=tour, printed_name="王　伟", printed_title="志愿者")
    things = {"meeting": meeting, "inspection": tour}
    for event in things.values():
        save_version(event)
    live = scenes.live()
    live.meetings.add(meeting)
    for name, story in {
        "draft": scenes.draft(),
        "review": scenes.draft(headline="送审的"),
        "live": live,
        "copied": scenes.live(headline="在改的"),
    }.items():
        Mention.objects.create(article=story, printed_name="王伟")
        save_version(story, person=scenes.author)
        things[name] = story
    execute("submit", things["review"], person=scenes.author, accepted=True)
    things["copy"] = open_working_copy(things["copied"], scenes.person(EDITOR, "scene-editor"))
    return things


def links(person):
    """Address of the page that offers the rows."""
    return reverse(f"admin:people_{person._meta.model_name}_links", args=[person.pk])


def offered(answer):
    """Things that the page offers, and whether the row is ticked; None where it is only told."""
    return {one.thing: None if one.why_not else one.is_likely for one in answer.context["offers"]}


def test_whoever_is_registered_is_offered_what_printed_the_name(printed, at_desk):
    client = at_desk(EDITOR)
    add = reverse("admin:people_official_add")
    body = Organisation.objects.create(name="区政府")
    posted = filled(client.get(add), name="王伟") | {
        "appointments-0-title": "区长",
        "appointments-0-organisation": body.pk,
    }
    answer = client.post(add, posted, follow=True)
    person = Official.objects.get()
    assert f'<a href="{links(person)}">' in "".join(map(str, answer.context["messages"]))
    assert "有6处印着这个姓名" in client.get(change(person)).text
    page = client.get(links(person))
    assert offered(page) == {
        printed["meeting"]: True,
        printed["inspection"]: False,
        printed["draft"]: True,
        printed["copy"]: True,
        printed["review"]: None,
        printed["live"]: None,
    }
    assert "已经发布过" in page.text
    assert "已经送审" in page.text
    assert f'href="{change(printed["copied"])}"' in page.text


def link(client, person, *rows, **changes):
    """Press the button with these rows ticked; the answer."""
    keys = [f"{row._meta.model_name}.{row.pk}" for row in rows]
    return client.post(links(person), {"row": keys, "reason": "补登记", **changes}, follow=True)


def test_ticked_rows_are_linked_with_a_version_and_a_reason(printed, at_desk):
    person, client = official("王伟", MAYOR), at_desk(EDITOR)
    live, meeting = printed["live"], printed["meeting"]
    answer = link(client, person, meeting.attendance.get(), printed["draft"].mentions.get())
    assert {str(one) for one in answer.context["messages"]} == {
        "《隐记题》：已连到王伟。",
        "《会》：已连到王伟。",
    }
    for thing in (meeting, printed["draft"]):
        version = newest_of_row(thing)
        assert (version.reason, version.person) == ("补登记", answer.wsgi_request.user)
    assert meeting.attendance.get().official == person
    assert printed["inspection"].attendance.get().official is None
    live.refresh_from_db()
    assert live.record_changed_at is not None
    assert models.OfficialAppearance.objects.filter(official=person, article=live).exists()
    assert set(offered(client.get(links(person)))) == {
        printed[name] for name in ("inspection", "review", "live", "copy")
    }


def test_all_are_linked_but_what_is_signed_or_live(printed, at_desk):
    person, client = official("王伟", MAYOR), at_desk(EDITOR)
    link(client, person, _all="1")
    assert set(offered(client.get(links(person)))) == {printed["review"], printed["live"]}
    assert printed["live"].mentions.get().official is None
    assert printed["copied"].mentions.get().official is None
    assert row_at_work(printed["copied"]).mentions.get().official == person


def test_a_live_story_or_one_in_review_is_not_linked_by_a_crafted_post(printed, at_desk):
    person, client = official("王伟", MAYOR), at_desk(EDITOR)
    rows = [printed[name].mentions.get() for name in ("live", "review")]
    answer = link(client, person, *rows)
    assert "没有勾选" in answer.text
    assert not Mention.objects.exclude(official=None).exists()


def test_rows_of_others_are_not_linked_by_a_crafted_post(at_desk, draft):
    person, client = official("王伟", MAYOR), at_desk(EDITOR)
    official("李民")
    other = Mention.objects.create(article=draft, printed_name="李民")
    link(client, person, other, row=["mention.x", "mention.", f"mention.{'9' * 30}", "\0"])
    link(client, person, other)
    other.refresh_from_db()
    assert other.official is None


def test_without_a_reason_nothing_is_linked(printed, at_desk):
    person, client = official("王伟", MAYOR), at_desk(EDITOR)
    answer = link(client, person, printed["meeting"].attendance.get(), reason=" ")
    assert answer.context["form"].errors
    assert not Attendance.objects.exclude(official=None).exists()


def test_what_became_of_a_story_meanwhile_is_said(printed, at_desk, monkeypatch):
    person, client = official("王伟", MAYOR), at_desk(EDITOR)
    draft = printed["draft"]
    monkeypatch.setattr("articles.admin.people.why_not_linked", lambda _thing: "")
    answer = link(client, person, printed["review"].mentions.get(), draft.mentions.get())
    said = "".join(str(one) for one in answer.context["messages"])
    assert "《送审的》没有连上：已经送审" in said
    assert draft.mentions.get().official == person


def test_signatures_that_a_link_would_void_are_said_before(draft, at_desk, account):
    meeting = Meeting.objects.create(name="会", held_on=DAY)
    Attendance.objects.create(meeting=meeting, printed_name="王伟")
    draft.meetings.add(meeting)
    save_version(draft)
    signed(draft, account)
    person = official("王伟", MAYOR)
    page = at_desk(EDITOR).get(links(person)).text
    assert "这些签字失效，要重新签：《桥通了》一审" in page


def test_an_alias_that_comes_later_offers_too(printed, at_desk):
    person, client = official("王大伟", MAYOR), at_desk(EDITOR)
    assert client.get(links(person)).context["offers"] == []
    assert "看看要不要连上" in saved(client, person, aliases="王伟")
    assert len(client.get(links(person)).context["offers"]) == 6


def test_a_reporter_is_offered_bylines(draft, at_desk):
    client = at_desk(EDITOR)
    add = reverse("admin:people_reporter_add")
    answer = client.post(add, filled(client.get(add), name="王某"), follow=True)
    assert "看看要不要连上" in answer.text
    person = Reporter.objects.get()
    link(client, person, draft.bylines.get())
    assert draft.bylines.get().reporter == person


def test_what_lies_in_the_bin_is_not_offered(draft, at_desk):
    Mention.objects.create(article=draft, printed_name="王伟")
    client = at_desk(EDITOR)
    client.post(reverse("admin:articles_article_delete", args=[draft.pk]), {"post": "yes"})
    assert not Article.objects.exists()
    assert client.get(links(official())).context["offers"] == []


def test_the_page_shows_so_many_and_then_the_next(draft, at_desk, monkeypatch):
    monkeypatch.setattr("articles.admin.people.MOST", 2)
    for _number in range(5):
        Mention.objects.create(article=draft, printed_name="王伟")
    person, client = official(), at_desk(CHIEF)
    for left in (3, 1, 0):
        link(client, person, _all="1")
        assert draft.mentions.filter(official=None).count() == left


def test_the_page_costs_no_more_queries_for_more_rows(at_desk, django_assert_max_num_queries):
    for number in range(40):
        meeting = Meeting.objects.create(name=f"会{number}", held_on=DAY)
        Attendance.objects.create(meeting=meeting, printed_name="王伟")
    person, client = official("王伟", MAYOR), at_desk(EDITOR)
    client.get(links(person))
    with django_assert_max_num_queries(20):
        assert len(client.get(links(person)).context["offers"]) == 40
