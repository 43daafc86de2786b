"""Whose title of which day a page prints: posts over, to come, undated, or of a namesake."""

import datetime
import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from articles.editorial import rebuild_appearances
from articles.editorial.roles import CHIEF, EDITOR, HEAD
from articles.models import Attendance, Inspection, Meeting, Mention
from people.models import Appointment, Official, Organisation, Reporter
from tests.support.desk import change
from tests.support.every_page import names_whole
from tests.support.stories import live

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = datetime.timedelta(1)
OLD = datetime.date(2020, 12, 31)


def holder(*posts, name="王伟", shown=True):
    """An official with posts ``(title, body, term)``, in a live story unless told otherwise."""
    official = Official.objects.create(name=name)
    for title, body, term in posts:
        organisation, _new = Organisation.objects.get_or_create(name=body)
        Appointment.objects.create(
            official=official, organisation=organisation, title=title, **term
        )
    if shown:
        story = live(headline=f"稿{official.slug}", issued_on=datetime.date(2021, 4, 6))
        Mention.objects.create(article=story, official=official, printed_name=name)
        rebuild_appearances([story])
    return official


def text_of(page):
    """What a reader sees of an answer, in one line."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", page.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def cells(client):
    """Rows of the list of officials: name and posts."""
    page = client.get(reverse("officials")).text
    roster = re.search(r'class="roster">(.*?)</ul>', names_whole(page))[1]
    return re.findall(r"<li><a [^>]*>([^<]+)</a>(?: <span>)?([^<]*)", roster)


FORMER = ("局长", "商贸局", {"starts": datetime.date(2016, 8, 1), "ends": OLD})
CASES = {
    "one over beside one held": (
        [FORMER, ("区长", "区政府", {"starts": OLD})],
        "区长（区政府）",
    ),
    "one over beside an undated one": ([FORMER, ("区长", "区政府", {})], "区长（区政府）"),
    "only one that is over": ([FORMER], "曾任局长（商贸局，2016—2020年）"),
    "several that are over, the last first": (
        [FORMER, ("主任", "管委会", {"ends": datetime.date(2016, 8, 1)})],
        "曾任局长（商贸局，2016—2020年）、主任（管委会，至2016年）",
    ),
    "over within a year": (
        [("局长", "商贸局", {"starts": datetime.date(2020, 2, 1), "ends": OLD})],
        "曾任局长（商贸局，2020年）",
    ),
    "over with the last day of the year before": (
        [("局长", "商贸局", {"ends": datetime.date(2021, 1, 1)})],
        "曾任局长（商贸局，至2020年）",
    ),
    "over since today": (
        [("局长", "商贸局", {"starts": TODAY - DAY, "ends": TODAY})],
        f"曾任局长（商贸局，{(TODAY - DAY).year}年）",
    ),
    "held for the last day": ([("局长", "商贸局", {"ends": TODAY + DAY})], "局长（商贸局）"),
    "begun today": ([("局长", "商贸局", {"starts": TODAY})], "局长（商贸局）"),
    "beginning tomorrow": ([("局长", "商贸局", {"starts": TODAY + DAY})], "没有登记职务"),
    "one over beside one to come": (
        [FORMER, ("区长", "区政府", {"starts": TODAY + DAY})],
        "曾任局长（商贸局，2016—2020年）",
    ),
    "two held, by rank": (
        [("区长", "区政府", {"rank": 3}), ("副书记", "区委", {"rank": 2})],
        "副书记（区委）、区长（区政府）",
    ),
    "nothing": ([], "没有登记职务"),
}


@pytest.mark.parametrize(("posts", "said"), CASES.values(), ids=CASES)
def test_the_list_of_officials_and_the_desk_say_who_is_what_today(client, at_desk, posts, said):
    holder(*posts)
    # Who has no post has a name alone: a list has no words for what is not there.
    assert cells(client) == [("王伟", "" if "没有" in said else said)]
    listed = at_desk(EDITOR).get(reverse("admin:people_official_changelist")).text
    assert (said if posts and said[0] != "没" else "—") in listed


@pytest.mark.parametrize(("posts", "said"), CASES.values(), ids=CASES)
def test_a_dossier_calls_nobody_what_he_is_not(client, posts, said):
    page = client.get(holder(*posts).get_absolute_url())
    head = re.search(r'<p class="(subhead|soft)">([^<]*)', page.text)
    description = re.search(r'name="description" content="([^"]*)', page.text)[1]
    if "曾任" in said:
        assert head[2] == said
        assert description.startswith("王伟：")
    elif "没有" in said:
        assert head[1] == "soft"
        assert description.startswith("王伟：")
    else:
        titles = re.sub(r"（\w+）", "", said)
        assert head[2] == titles
        assert description.startswith(f"王伟（{titles}）：")


def test_a_post_to_come_is_nowhere_before_its_day(client):
    page = client.get(holder(("区长", "区政府", {"starts": TODAY + DAY})).get_absolute_url())
    assert "区长" not in page.text
    assert "区政府" not in page.text


def test_linked_data_says_when_a_post_ended(client):
    page = client.get(holder(FORMER, ("区长", "区政府", {"starts": OLD})).get_absolute_url())
    assert '"roleName": "局长"' in page.text
    assert '"endDate": "2020-12-31"' in page.text


@pytest.mark.parametrize("kind", ["meeting", "inspection", "mention"])
def test_the_story_prints_the_title_of_its_day_for_each_of_two_namesakes(client, kind):
    then = datetime.date(2020, 6, 1)
    first = holder(FORMER, ("区长", "区政府", {"starts": OLD}), shown=False)
    second = holder(("校长", "一中", {}), ("院长", "医院", {"starts": OLD}), shown=False)
    story = live(issued_on=then)
    rows = [{"official": one, "printed_name": "王伟"} for one in (first, second)]
    if kind == "mention":
        for row in rows:
            Mention.objects.create(article=story, **row)
    else:
        model, field = {
            "meeting": (Meeting, {"name": "会"}),
            "inspection": (Inspection, {"title": "行"}),
        }[kind]
        event = model.objects.create(held_on=then, **field)
        getattr(story, f"{kind}s").add(event)
        for row in rows:
            Attendance.objects.create(**{kind: event}, remarks="要抓紧。", **row)
    rebuild_appearances([story])
    said = text_of(client.get(story.get_absolute_url()))
    assert re.findall(r"王伟 (\S+长)", said) == ["局长", "校长"]
    said = text_of(client.get(first.get_absolute_url()))
    assert ("局长王伟" if kind == "mention" else "局长，参加") in said.replace(" ", "")
    page = client.get("/quarters/2020q2/")
    assert "局长" in page.text
    assert "区长" not in page.text


def test_the_front_page_calls_people_as_their_newest_story_does(client):
    """A title of an older story is not printed of who held it then and now has another, or none."""
    former = holder(FORMER, name="甲某", shown=False)
    present = holder(FORMER, ("区长", "区政府", {"starts": OLD}), name="乙某", shown=False)
    printed = holder(name="丙某", shown=False)
    old = live(headline="旧稿", issued_on=datetime.date(2020, 6, 1))
    new = live(headline="新稿", issued_on=datetime.date(2021, 4, 6))
    for story, title in ((old, "局长"), (new, "")):
        for person in (former, present):
            Mention.objects.create(
                article=story, official=person, printed_name=person.name, printed_title=title
            )
    Mention.objects.create(
        article=new, official=printed, printed_name="丙某", printed_title="志愿者"
    )
    page = client.get("/").text
    plates = re.findall(r'class="plate"><b>(\S某)</b>(.*?)</span></span></span>', page)
    assert {name: strip_tags(title) for name, title in plates} == {
        "甲某": "",
        "乙某": "区长",
        "丙某": "志愿者",
    }


# ---- Where one of several is chosen ----


@pytest.fixture
def namesakes():
    """Two officials of one name, and what a choice says of each."""
    first = holder(FORMER, ("区长", "区政府", {"starts": OLD}))
    second = holder(("局长", "教育局", {}))
    return {
        first: "王伟　区长（区政府）　曾任局长（商贸局，2016—2020年）",
        second: "王伟　局长（教育局）",
    }


@pytest.mark.parametrize("words", ["王伟", "ww", "wang wei"])
@pytest.mark.parametrize(("app", "model"), [("articles", "mention"), ("articles", "attendance")])
def test_the_picker_says_post_and_body(namesakes, at_desk, words, app, model):
    asked = {"app_label": app, "model_name": model, "field_name": "official", "term": words}
    answer = at_desk(EDITOR).get(reverse("admin:autocomplete"), asked).json()
    assert {one["text"] for one in answer["results"]} == set(namesakes.values())


def test_what_was_picked_says_the_same_on_the_form(namesakes, at_desk):
    meeting = Meeting.objects.create(name="会", held_on=TODAY)
    for official in namesakes:
        Attendance.objects.create(meeting=meeting, official=official, printed_name="王伟")
    page = at_desk(EDITOR).get(change(meeting)).text
    for label in namesakes.values():
        assert f"selected>{label}</option>" in page


def test_merging_shows_who_is_who(namesakes, at_desk):
    chosen = {"action": "merge_selected", "_selected_action": [one.pk for one in namesakes]}
    page = at_desk(HEAD).post(reverse("admin:people_official_changelist"), chosen).text
    for label in namesakes.values():
        assert label in page


@pytest.mark.parametrize("room", ["articles", "meetings", "inspections"])
def test_a_public_filter_says_whose_rows_it_shows(namesakes, client, room):
    for official, label in namesakes.items():
        page = client.get(reverse(room), {"official": official.slug}).text
        assert f"人物：{label}</a>" in page


def test_two_reporters_of_one_name_are_told_apart(client, at_desk):
    staff = Reporter.objects.create(name="张伟")
    Reporter.objects.create(name="张伟", kind="correspondent", unit="区委宣传部")
    asked = {"app_label": "articles", "model_name": "byline", "field_name": "reporter"}
    answer = at_desk(CHIEF).get(reverse("admin:autocomplete"), {**asked, "term": "zw"}).json()
    assert {one["text"] for one in answer["results"]} == {
        "张伟（记者）",
        "张伟（通讯员，区委宣传部）",
    }
    story = live()
    story.bylines.create(printed_name="张伟", reporter=staff)
    page = client.get(reverse("articles"), {"reporter": staff.slug}).text
    assert "张伟（记者）</a>" in page
