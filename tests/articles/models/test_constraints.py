"""What the database itself refuses, what a form says of it, and what cannot be deleted."""

import datetime
import re
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, ProtectedError

from articles.models import (
    Article,
    ArticlePhoto,
    Attendance,
    Bulletin,
    Byline,
    ErrorReport,
    Inspection,
    Meeting,
    Mention,
    Merge,
    Milestone,
    Photo,
    Placement,
    Project,
    Section,
    SignOff,
    Stop,
    Transition,
    Version,
)
from people.models import (
    Appointment,
    CredentialChange,
    Official,
    Organisation,
    OrganisationName,
    Reporter,
    Submission,
    User,
)

DAY = datetime.date(2021, 4, 1)
YESTERDAY = DAY - datetime.timedelta(1)
NOON = datetime.datetime(2021, 4, 1, 4, tzinfo=datetime.UTC)
STATE = {"number": 1, "content": {"label": "甲"}, "digest": "0", "made_at": NOON}
RECORD = {"record_model": "articles.meeting", "record_id": 1}
HAN = re.compile(r"[\u4e00-\u9fff]")

CONSTRAINTS = {
    constraint.name: constraint
    for app in ("people", "articles")
    for model in apps.get_app_config(app).get_models()
    for constraint in model._meta.constraints
}


@pytest.fixture
def known(db):
    """One of each thing, by name."""
    return SimpleNamespace(
        article=Article.objects.create(headline="甲", slug="jia", issued_on=DAY),
        bulletin=Bulletin.objects.create(title="一季度专刊", issued_on=DAY),
        inspection=Inspection.objects.create(title="甲区观摩", held_on=DAY),
        meeting=Meeting.objects.create(name="甲区工作会议", held_on=DAY),
        official=Official.objects.create(name="王某某"),
        organisation=Organisation.objects.create(name="甲区政府"),
        photo=Photo.objects.create(image="photos/0.png", digest="0", width=1, height=1),
        project=Project.objects.create(name="甲项目"),
        reporter=Reporter.objects.create(name="李某"),
        section=Section.objects.create(name="要闻"),
        undated=Article.objects.create(headline="乙", slug="yi"),
        user=User.objects.create(username="li"),
        version=Version.objects.create(record_model="articles.project", record_id=1, **STATE),
    )


def story(**fields):
    """A story that nothing forbids, but for ``fields``."""
    return Article(**{"headline": "丙", "slug": "bing", "quarter": "2021q2", **fields})


def live(**fields):
    """A live story that nothing forbids, but for ``fields``."""
    state = {"visibility": "live", "issued_on": DAY, "published_at": NOON}
    return story(**{**state, **fields})


def term(known, **fields):
    """A term of office."""
    return Appointment(
        official=known.official, organisation=known.organisation, title="区长", **fields
    )


def logged(known, **fields):
    """A line of the log, unsaved."""
    line = {"name": "publish", "stage": "signed", "visibility": "live", "made_at": NOON}
    return Transition(story=known.article, **{**line, **fields})


def twice(make, **fields):
    """A row like one that is stored already."""
    make(**fields).save()
    return make(**fields)


def called(known, **fields):
    """A name of an organisation."""
    return OrganisationName(organisation=known.organisation, name="甲区", **fields)


def credential(known, **fields):
    person = User.objects.create(username="zhang")
    whole = {"account": known.user, "person": person, "kind": "reset", **fields}
    return CredentialChange(**whole)


def submission(known):
    """A form that made a row."""
    return Submission(
        person=known.user, model="articles.article", token=UUID(int=1), row=1, digest="0"
    )


def second_byline(known):
    """A name that signs as the same thing twice."""
    fields = {"article": known.article, "printed_name": "李某", "role": "reporter"}
    Byline.objects.create(**fields)
    return Byline(**fields, order=2)


def second_milestone(known):
    """A step that is stored already."""
    fields = {"project": known.project, "article": known.article, "reached_on": DAY}
    Milestone.objects.create(**fields, status="signed")
    return Milestone(**fields, status="signed")


def placed(known, **fields):
    """A placement that nothing forbids, but for ``fields``."""
    return Placement(article=known.article, person=known.user, ends=NOON, **fields)


def report(known, **fields):
    """A reader's report that nothing forbids, but for ``fields``."""
    return ErrorReport(article=known.article, wrong="甲", right="乙", **fields)


def photo(**fields):
    """A picture that nothing forbids, but for ``fields``."""
    return Photo(image="photos/1.png", width=1, height=1, **{"digest": "1", **fields})


def meeting(**fields):
    """A meeting that nothing forbids, but for ``fields``."""
    return Meeting(name="乙区会议", slug="x", held_on=DAY, quarter="2021q2", **fields)


def inspection(**fields):
    """An inspection that nothing forbids, but for ``fields``."""
    return Inspection(title="乙区观摩", slug="x", held_on=DAY, quarter="2021q2", **fields)


def attendance(**fields):
    """A named person, at whatever ``fields`` say."""
    return Attendance(**{"printed_name": "王某某", **fields})


def version(**fields):
    """A first version."""
    return Version(**STATE, **fields)


def signed(known, **fields):
    """A signature that nothing forbids, but for ``fields``."""
    fields = {"stage": "first", "verdict": "passed", "made_at": NOON, **fields}
    return SignOff(version=known.version, person=known.user, **fields)


#: Name of the constraint, and a row that it alone forbids.
FORBIDDEN = [
    ("appointment_ends_after_start", lambda known: term(known, starts=DAY, ends=YESTERDAY)),
    ("appointment_ends_after_start", lambda known: term(known, starts=DAY, ends=DAY)),
    ("appointment_once", lambda known: twice(term, known=known, starts=DAY)),
    ("undated_appointment_once", lambda known: twice(term, known=known)),
    ("organisation_name_ends_after_start", lambda known: called(known, starts=DAY, ends=DAY)),
    ("organisation_name_once", lambda known: twice(called, known=known, starts=DAY)),
    ("undated_organisation_name_once", lambda known: twice(called, known=known)),
    ("credential_change_kind_known", lambda known: credential(known, kind="lent")),
    ("credential_change_of_anothers", lambda known: credential(known, person=known.user)),
    ("submission_once", lambda known: twice(submission, known=known)),
    ("reporter_kind_known", lambda _: Reporter(name="王某", slug="wang-mou", kind="guest")),
    ("article_stage_known", lambda _: story(stage="fourth")),
    ("article_visibility_known", lambda _: story(visibility="hidden")),
    ("article_live_has_time_and_address", lambda _: live(published_at=None)),
    ("article_live_has_time_and_address", lambda _: live(issued_on=None)),
    ("article_live_has_time_and_address", lambda _: live(slug="")),
    ("article_copy_never_live", lambda known: live(copy_of=known.article)),
    ("article_expires_after_publication", lambda _: live(expires_at=NOON)),
    ("article_expires_after_publication", lambda _: story(published_at=NOON, expires_at=NOON)),
    ("article_address_once", lambda _: story(slug="jia", issued_on=DAY)),
    ("article_undated_address_once", lambda _: story(slug="yi")),
    ("byline_once", second_byline),
    (
        "byline_role_known",
        lambda known: Byline(article=known.article, printed_name="李某", role="poet"),
    ),
    ("photo_focus_inside", lambda _: photo(focal_x=1.5)),
    ("photo_focus_inside", lambda _: photo(focal_y=-0.5)),
    ("photo_digest", lambda _: photo(digest="")),
    ("milestone_once", second_milestone),
    (
        "milestone_status_known",
        lambda known: Milestone(
            project=known.project, article=known.article, reached_on=DAY, status="sold"
        ),
    ),
    ("meeting_part_of_day_known", lambda _: meeting(part_of_day="dawn")),
    ("article_only_draft_binned", lambda _: story(stage="first", binned_at=NOON)),
    ("article_only_draft_binned", lambda known: story(copy_of=known.article, binned_at=NOON)),
    ("article_only_signed_copy_scheduled", lambda _: story(scheduled_for=NOON)),
    (
        "article_only_signed_copy_scheduled",
        lambda known: story(copy_of=known.article, scheduled_for=NOON),
    ),
    ("version_of_story_once", lambda known: twice(version, story=known.article)),
    ("version_of_record_once", lambda _: twice(version, **RECORD)),
    ("version_of_one_thing", lambda _: version()),
    ("version_of_one_thing", lambda known: version(story=known.article, **RECORD)),
    ("merged_once", lambda _: twice(Merge, model="people.official", absorbed=1, kept=2)),
    ("placement_place_known", lambda known: placed(known, place="cellar")),
    ("placement_ends_after_start", lambda known: placed(known, starts=NOON)),
    ("errorreport_handled_with_outcome", lambda known: report(known, outcome="属实")),
    ("errorreport_handled_with_outcome", lambda known: report(known, handled_at=NOON)),
    ("errorreport_handled_with_outcome", lambda known: report(known, handled_by=known.user)),
    ("sign_off_stage_known", lambda known: signed(known, stage="fourth")),
    ("sign_off_verdict_known", lambda known: signed(known, verdict="perhaps")),
    ("transition_name_known", lambda known: logged(known, name="burn")),
    ("transition_stage_known", lambda known: logged(known, stage="fourth")),
    ("transition_visibility_known", lambda known: logged(known, visibility="hidden")),
    ("inspection_kind_known", lambda _: inspection(kind="walk")),
    ("inspection_part_of_day_known", lambda _: inspection(part_of_day="dawn")),
    ("inspection_ends_after_start", lambda _: inspection(ends_on=YESTERDAY)),
    ("meeting_ends_after_start", lambda _: meeting(ends_on=YESTERDAY)),
    ("attendance_role_known", lambda known: attendance(meeting=known.meeting, role="guest")),
    (
        "attendance_of_one_event",
        lambda known: attendance(meeting=known.meeting, inspection=known.inspection),
    ),
    ("attendance_of_one_event", lambda _: attendance()),
    (
        "attendance_names_someone",
        lambda known: attendance(meeting=known.meeting, printed_name=""),
    ),
]


@pytest.mark.parametrize(("name", "row"), FORBIDDEN)
def test_the_database_refuses(known, name, row):
    forbidden = row(known)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        type(forbidden).objects.bulk_create([forbidden])
    # SQLite names the columns of a unique constraint.
    if connection.vendor == "postgresql" or isinstance(CONSTRAINTS[name], CheckConstraint):
        assert name in str(refusal.value)
    else:
        assert "UNIQUE" in str(refusal.value)


@pytest.mark.parametrize(("name", "row"), FORBIDDEN)
def test_a_form_says_so_in_chinese(known, name, row):
    with pytest.raises(ValidationError) as refusal:
        row(known).full_clean(exclude=["image"])  # there is no file to measure
    messages = refusal.value.messages
    assert all(HAN.search(message) for message in messages)
    codes = {error.code for errors in refusal.value.error_dict.values() for error in errors}
    spoken_by_the_field = codes & {"invalid_choice", "min_value", "max_value"}
    assert spoken_by_the_field or CONSTRAINTS[name].violation_error_message in messages


def test_every_constraint_was_tried():
    assert {name for name, _row in FORBIDDEN} == set(CONSTRAINTS)


def test_an_update_is_refused_like_an_insert(known):
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=known.article.pk).update(visibility="live")


@pytest.mark.parametrize("original", ["article", "undated"])
def test_a_working_copy_keeps_the_address_of_its_original(known, original):
    original = getattr(known, original)
    copy = story(slug=original.slug, issued_on=original.issued_on, copy_of=original)
    copy.full_clean()
    copy.save()
    assert set(Article.objects.filter(slug=original.slug)) == {original, copy}


@pytest.mark.parametrize(
    "row",
    [
        lambda _: live(),
        lambda known: live(slug=known.article.slug, issued_on=YESTERDAY),
        lambda _: story(published_at=None, expires_at=NOON),
        lambda known: term(known, starts=YESTERDAY, ends=DAY),
        lambda known: twice(term, known=known, starts=DAY) and term(known, starts=YESTERDAY),
        lambda _: inspection(ends_on=DAY),
        lambda known: attendance(inspection=known.inspection, printed_title="区领导"),
        lambda known: attendance(meeting=known.meeting, printed_name="", printed_title="会议"),
    ],
)
def test_what_borders_on_the_forbidden_is_accepted(known, row):
    allowed = row(known)
    allowed.full_clean()
    type(allowed).objects.bulk_create([allowed])


def stop(known, **fields):
    """A stop of the inspection."""
    return Stop.objects.create(inspection=known.inspection, place="甲处", **fields)


def move(known):
    """A line in the log."""
    return Transition.objects.create(
        story=known.article,
        name="publish",
        stage="signed",
        visibility="live",
        person=known.user,
        made_at=NOON,
    )


#: What is in use, and how.
USES = [
    ("official", lambda known: attendance(meeting=known.meeting, official=known.official).save()),
    ("official", lambda known: known.article.mentions.create(official=known.official)),
    ("reporter", lambda known: known.article.bylines.create(reporter=known.reporter)),
    ("section", lambda known: story(section=known.section).save()),
    ("bulletin", lambda known: story(bulletin=known.bulletin).save()),
    ("project", lambda known: known.article.projects.add(known.project)),
    ("project", lambda known: stop(known).projects.add(known.project)),
    ("inspection", lambda known: known.article.inspections.add(known.inspection)),
    ("meeting", lambda known: known.article.meetings.add(known.meeting)),
    ("meeting", lambda known: inspection(meeting=known.meeting).save()),
    ("organisation", lambda known: term(known).save()),
    ("organisation", lambda known: stop(known, organisation=known.organisation)),
    ("organisation", lambda known: known.meeting.organisers.add(known.organisation)),
    ("organisation", lambda known: known.organisation.children.create(name="甲区某局")),
    (
        "photo",
        lambda known: ArticlePhoto.objects.create(article=known.article, photo=known.photo),
    ),
    ("article", second_milestone),
    ("article", move),
    ("user", move),
]


@pytest.fixture(params=["instance", "queryset"])
def delete(request):
    """Deletion of a thing by either way that Django has."""
    if request.param == "instance":
        return lambda thing: thing.delete()
    return lambda thing: type(thing)._base_manager.filter(pk=thing.pk).delete()


@pytest.mark.parametrize(("name", "use"), USES)
def test_what_is_in_use_cannot_be_deleted(known, delete, name, use):
    use(known)
    with pytest.raises(ProtectedError):
        delete(getattr(known, name))
    assert type(getattr(known, name)).objects.filter(pk=getattr(known, name).pk).exists()


@pytest.mark.parametrize("name", sorted({name for name, _use in USES}))
def test_what_is_not_in_use_can_be_deleted(known, delete, name):
    thing = getattr(known, name)
    delete(thing)
    assert not type(thing).objects.filter(pk=thing.pk).exists()


def test_a_draft_takes_its_rows_and_links_along(known, delete):
    known.article.projects.add(known.project)
    known.article.inspections.add(known.inspection)
    known.article.bylines.create(printed_name="李某", reporter=known.reporter)
    known.article.mentions.create(printed_name="王某某", official=known.official)
    delete(known.article)
    assert not Byline.objects.exists()
    assert not Mention.objects.exists()
    for name in ("project", "inspection", "reporter", "official"):
        delete(getattr(known, name))
