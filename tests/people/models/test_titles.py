"""The title of that day: which of a person's posts a page prints."""

import datetime

import pytest

from articles.models import Attendance, Inspection, Meeting
from people.models import Appointment, Official, Organisation

DAY = datetime.date(2021, 4, 1)
YESTERDAY, TOMORROW = DAY - datetime.timedelta(1), DAY + datetime.timedelta(1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder():
    """Maker of an official who holds the posts given."""

    def make(*posts):
        official = Official.objects.create(name="王某某")
        for body, term in posts:
            organisation, _created = Organisation.objects.get_or_create(name=body)
            official.appointments.create(organisation=organisation, **term)
        return official

    return make


def post(title, *, body="甲区政府", **term):
    """A post at a body; undated and without rank unless told."""
    return body, {"title": title, **term}


TERMS = {
    "without dates": ({}, True),
    "that begins today": ({"starts": DAY}, True),
    "that begins tomorrow": ({"starts": TOMORROW}, False),
    "that ends tomorrow": ({"ends": TOMORROW}, True),
    "that ends today": ({"ends": DAY}, False),
    "that ended yesterday": ({"ends": YESTERDAY}, False),
    "of this day alone": ({"starts": DAY, "ends": TOMORROW}, True),
    "of the day before": ({"starts": YESTERDAY, "ends": DAY}, False),
}


@pytest.mark.parametrize(("term", "covers"), TERMS.values(), ids=TERMS)
def test_a_term_runs_up_to_but_not_including_its_end(holder, term, covers):
    official = holder(post("区长", **term))
    assert official.title_on(DAY) == ("区长" if covers else "")
    assert [row.covers(DAY) for row in Appointment.objects.all()] == [covers]


@pytest.mark.parametrize(
    ("posts", "title"),
    [
        ([], ""),
        ([post("副区长"), post("区长", starts=DAY)], "区长"),
        ([post("副区长"), post("区长", ends=TOMORROW)], "区长"),
        ([post("副区长"), post("区长", starts=TOMORROW)], "副区长"),
        ([post("副区长"), post("区长", ends=DAY)], "副区长"),
        ([post("副区长", ends=DAY), post("区长", starts=DAY)], "区长"),
        ([post("副书记", body="甲区委"), post("区长", starts=DAY)], "副书记、区长"),
        ([post("副书记", body="甲区委"), post("区长", starts=TOMORROW)], "副书记"),
    ],
    ids=[
        "nothing is known",
        "begun and dated beside undated",
        "ending and dated beside undated",
        "not yet begun beside undated",
        "over beside undated",
        "one follows the other",
        "dated beside undated of another body",
        "not yet begun beside undated of another body",
    ],
)
def test_a_dated_post_of_a_body_goes_before_its_undated_one(holder, posts, title):
    assert holder(*posts).title_on(DAY) == title


def test_titles_stand_by_rank_then_by_body_and_those_without_rank_last(holder):
    Organisation.objects.create(name="甲区委", block_order=1)
    Organisation.objects.create(name="甲区人大", block_order=2)
    official = holder(
        post("顾问", body="甲区委"),
        post("主任", body="甲区人大", rank=5),
        post("书记", body="甲区委", rank=5),
        post("组长", body="甲区人大", rank=1),
    )
    assert official.title_on(DAY) == "组长、书记、主任、顾问"


@pytest.fixture(params=["meeting", "inspection"])
def event(request):
    """A meeting, then an inspection, of the day."""
    if request.param == "meeting":
        return {"meeting": Meeting.objects.create(name="甲区工作会议", held_on=DAY)}
    return {"inspection": Inspection.objects.create(title="甲区观摩", held_on=DAY)}


@pytest.fixture
def promoted(holder):
    """An official who became head of the district the day after."""
    return holder(post("副区长", ends=TOMORROW), post("区长", starts=TOMORROW))


def test_the_printed_title_of_an_attendance_wins(event, promoted):
    row = Attendance(official=promoted, printed_name="王某某", printed_title="代区长", **event)
    assert row.title == "代区长"


def test_without_a_printed_title_the_one_of_the_day_is_shown(event, promoted):
    assert Attendance(official=promoted, printed_name="王某某", **event).title == "副区长"


def test_an_anonymous_phrase_stays(event):
    assert Attendance(printed_title="区四个班子领导", **event).title == "区四个班子领导"


def test_a_name_that_nobody_knows_gets_no_title(event, promoted):
    assert Attendance(printed_name="王某某", **event).title == ""
