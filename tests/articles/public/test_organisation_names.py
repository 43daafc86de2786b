"""A body that was renamed: pages of a day print its name of that day, and no signature is void."""

import datetime
import re

import extruct
import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from articles.editorial import current_review_state, execute, rebuild_appearances
from articles.editorial.roles import CHIEF, EDITOR, REPORTER
from articles.models import Inspection, Meeting, Mention, Stop
from articles.versions import digest, snapshot
from articles.versions.describe import describe
from people.models import Appointment, Official, Organisation, OrganisationName
from tests.support.desk import change, filled
from tests.support.every_page import names_whole
from tests.support.stories import live, signed

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = datetime.timedelta(1)
RENAMED = datetime.date(2024, 3, 1)
OLD_DAY = datetime.date(2019, 5, 6)


@pytest.fixture
def body():
    """A body that has another name since ``RENAMED``."""
    body = Organisation.objects.create(name="区商贸局", short_name="商贸局")
    body.names.create(name="区商务局", short_name="商务局", starts=RENAMED)
    return Organisation.objects.get()


@pytest.mark.parametrize(
    ("day", "name", "short"),
    [
        (OLD_DAY, "区商贸局", "商贸局"),
        (RENAMED - DAY, "区商贸局", "商贸局"),
        (RENAMED, "区商务局", "商务局"),
        (TODAY, "区商务局", "商务局"),
    ],
)
def test_a_body_is_called_as_on_the_day(body, day, name, short):
    assert (body.name_on(day), body.named_on(day).short_name) == (name, short)


@pytest.mark.parametrize(
    ("names", "called"),
    [
        ([], "甲乙甲"[0] * 3),
        ([("乙", None, RENAMED)], "乙甲甲"),
        ([("乙", RENAMED, None)], "甲乙乙"),
        ([("乙", None, None)], "乙乙乙"),
        ([("乙", RENAMED, TODAY)], "甲乙甲"),
        ([("乙", None, RENAMED), ("丙", RENAMED, None)], "乙丙丙"),
        ([("乙", RENAMED, TODAY), ("丙", TODAY, None)], "甲乙丙"),
        ([("乙", TODAY + DAY, None)], "甲甲甲"),
    ],
)
def test_either_end_of_a_name_may_be_unknown(names, called):
    body = Organisation.objects.create(name="甲")
    for name, starts, ends in names:
        body.names.create(name=name, starts=starts, ends=ends)
    assert "".join(map(body.name_on, (OLD_DAY, RENAMED, TODAY))) == called
    assert str(Organisation.objects.get()) == called[2]


def held(body, day, **fields):
    """A meeting of ``day`` that the body convened, in a live story of the same day."""
    meeting = Meeting.objects.create(name=f"{day}工作会", held_on=day, **fields)
    meeting.organisers.add(body)
    story = live(headline=f"{day}稿", issued_on=day)
    story.meetings.add(meeting)
    return meeting


@pytest.mark.parametrize(
    ("day", "printed", "other"),
    [(OLD_DAY, "区商贸局", "区商务局"), (RENAMED, "区商务局", "区商贸局")],
)
def test_the_page_of_a_meeting_keeps_the_name_of_its_day(client, body, day, printed, other):
    page = client.get(held(body, day).get_absolute_url()).text
    convened = re.search(r'<p class="meta">召开：(.*?)</p>', page)[1]
    assert re.sub(r"<[^>]*>", "", convened) == printed
    found = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    (event,) = [one for one in found if one["@type"] == "Event"]
    assert [one["name"] for one in event["organizer"]] == [printed]
    assert other not in page


@pytest.mark.parametrize(
    ("term", "printed"),
    [
        ({}, "区商务局"),
        ({"starts": OLD_DAY}, "区商务局"),
        ({"starts": OLD_DAY, "ends": RENAMED}, "区商贸局"),
        ({"ends": OLD_DAY}, "区商贸局"),
        ({"starts": RENAMED, "ends": TODAY}, "区商务局"),
    ],
)
def test_a_term_has_the_name_of_today_or_of_its_last_day(client, body, term, printed):
    official = Official.objects.create(name="王某某")
    Appointment.objects.create(official=official, organisation=body, title="局长", **term)
    story = live()
    Mention.objects.create(article=story, official=official, printed_name="王某某")
    rebuild_appearances([story])
    other = {"区商务局": "区商贸局", "区商贸局": "区商务局"}[printed]
    for address in (official.get_absolute_url(), reverse("officials")):
        page = names_whole(client.get(address).text)
        assert printed in page
        assert other not in page
    assert printed in Official.objects.get().choice_label
    (links,) = [row["links"] for row in snapshot(official)["children"]["appointments"]]
    assert links["organisation"]["label"] == printed


def test_what_is_signed_says_the_name_of_the_day(body):
    meeting = held(body, OLD_DAY)
    inspection = Inspection.objects.create(title="行", held_on=OLD_DAY)
    Stop.objects.create(inspection=inspection, place="处", organisation=body)
    for thing in (meeting, inspection):
        said = str(describe(snapshot(thing)))
        assert "区商贸局" in said
        assert "区商务局" not in said


@pytest.mark.parametrize(
    "name",
    [
        {"starts": RENAMED},
        {"ends": OLD_DAY},
        {"starts": OLD_DAY - DAY, "ends": OLD_DAY + DAY},
        {},
    ],
)
def test_renaming_voids_no_signature_and_changes_no_digest(draft, author, account, name):
    body = Organisation.objects.create(name="区商贸局")
    meeting = Meeting.objects.create(name="会", held_on=OLD_DAY)
    meeting.organisers.add(body)
    inspection = Inspection.objects.create(title="行", held_on=OLD_DAY)
    Stop.objects.create(inspection=inspection, place="处", organisation=body)
    draft.meetings.add(meeting)
    draft.inspections.add(inspection)
    people = signed(draft, account)
    before = digest(snapshot(draft))
    body.names.create(name="区商务局", **name)
    assert digest(snapshot(draft)) == before
    assert current_review_state(draft).missing_sign_offs() == []
    execute("publish", draft, person=people["sign"], accepted=True)


def test_loading_the_bulletin_again_keeps_what_its_bodies_are_called_since(bulletin):
    body = Organisation.objects.get(name="二七区司法局")
    body.names.create(name="二七区新司法局", starts=RENAMED)
    number = Organisation.objects.count()
    call_command("loaddata", "bulletin_2021q1", verbosity=0)
    assert Organisation.objects.count() == number
    assert str(Organisation.objects.get(pk=body.pk)) == "二七区新司法局"


def test_names_come_back_from_a_dump_as_the_same_rows(body, tmp_path):
    dump = tmp_path / "dump.json"
    options = {"natural_foreign": True, "natural_primary": True, "output": str(dump)}
    call_command("dumpdata", "people.organisation", "people.organisationname", **options)
    before = list(OrganisationName.objects.values())
    call_command("loaddata", str(dump), verbosity=0)
    assert list(OrganisationName.objects.values()) == before


# ---- At the desk ----


@pytest.mark.parametrize("words", ["商贸", "商务", "区商贸局", "商务局"])
def test_a_body_is_found_by_any_name_it_had(body, at_desk, words):
    desk = at_desk(EDITOR)
    asked = {"app_label": "articles", "model_name": "meeting", "field_name": "organisers"}
    found = desk.get(reverse("admin:autocomplete"), {**asked, "term": words}).json()["results"]
    assert [one["text"] for one in found] == ["区商务局（也叫区商贸局）"]
    page = desk.get(reverse("admin:people_organisation_changelist"), {"q": words}).text
    assert page.count("区商务局</a>") == 1


def row(number, **values):
    """Posted row of a name."""
    return {f"names-{number}-{name}": value for name, value in values.items()}


def test_the_form_takes_a_new_name_and_keeps_that_of_registration(body, at_desk):
    desk = at_desk(EDITOR)
    page = desk.get(change(body))
    assert 'name="name"' not in page.text
    posted = filled(page, **row(1, name="区商务和投资局", starts="2025年1月1日"))
    posted |= row(0, ends="2025-01-01")
    assert desk.post(change(body), posted).status_code == 302
    body = Organisation.objects.get()
    assert body.name == "区商贸局"
    assert [body.name_on(day) for day in (OLD_DAY, RENAMED, TODAY)] == [
        "区商贸局",
        "区商务局",
        "区商务和投资局",
    ]


@pytest.mark.parametrize(
    "second",
    [
        {"starts": "2025-01-01"},
        {"starts": "2020-01-01"},
        {"ends": "2024-03-02"},
        {},
        {"starts": "2024-03-02", "ends": "2024-03-03"},
    ],
)
def test_two_names_of_one_day_are_refused_and_nothing_typed_is_lost(body, at_desk, second):
    desk = at_desk(EDITOR)
    posted = filled(desk.get(change(body)), **row(1, name="丙局", **second))
    page = desk.post(change(body), posted)
    assert page.status_code == 200
    assert "“区商务局”和“丙局”的时间有重叠" in page.text
    assert 'value="丙局"' in page.text
    assert OrganisationName.objects.count() == 1


@pytest.mark.parametrize(
    "second", [{"ends": "2024-03-01"}, {"starts": "2020-01-01", "ends": "2024-03-01"}]
)
def test_names_that_follow_one_another_are_taken(body, at_desk, second):
    desk = at_desk(EDITOR)
    posted = filled(desk.get(change(body)), **row(1, name="丙局", **second))
    assert desk.post(change(body), posted).status_code == 302
    assert OrganisationName.objects.count() == 2


def test_a_name_that_ends_before_it_starts_is_refused(body, at_desk):
    desk = at_desk(EDITOR)
    posted = filled(
        desk.get(change(body)), **row(1, name="丙局", starts="2020-01-02", ends="2020-01-02")
    )
    assert "“停用”必须晚于“启用”" in desk.post(change(body), posted).text


@pytest.mark.parametrize("starts", [None, RENAMED])
def test_the_database_refuses_two_names_from_one_day(starts):
    body = Organisation.objects.create(name="甲")
    body.names.create(name="乙", starts=starts)
    with pytest.raises(IntegrityError), transaction.atomic():
        body.names.create(name="丙", starts=starts)


def test_who_may_not_change_bodies_changes_no_names(body, at_desk):
    desk = at_desk(REPORTER)
    assert "区商务局" in desk.get(change(body)).text
    assert desk.post(change(body), {}).status_code == 403
    assert Group.objects.get(name=CHIEF).permissions.filter(codename="delete_organisationname")


def test_a_late_save_calls_a_body_as_the_record_does(body, at_desk):
    meeting = Meeting.objects.create(name="会", held_on=OLD_DAY)
    meeting.organisers.add(body)
    desk = at_desk(EDITOR)
    mine = filled(desk.get(change(meeting)), venue="一楼")
    desk.post(change(meeting), filled(desk.get(change(meeting)), venue="二楼"))
    page = desk.post(change(meeting), mine)
    assert page.status_code == 409
    assert [one.label for one in page.context["differences"]] == ["会场"]
