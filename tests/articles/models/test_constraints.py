"""What the database itself refuses, and what a form says of it."""

import re

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint

from articles.models import (
    Article,
    Byline,
    Merge,
    Milestone,
)
from people.models import (
    Reporter,
)
from tests.support.rows import (
    DAY,
    NOON,
    RECORD,
    YESTERDAY,
    attendance,
    called,
    credential,
    inspection,
    live,
    logged,
    meeting,
    photo,
    placed,
    report,
    second_byline,
    second_milestone,
    signed,
    story,
    submission,
    term,
    twice,
    version,
)

HAN = re.compile(r"[\u4e00-\u9fff]")

CONSTRAINTS = {
    constraint.name: constraint
    for app in ("people", "articles")
    for model in apps.get_app_config(app).get_models()
    for constraint in model._meta.constraints
}


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
    ("article_next_review_known", lambda _: story(next_review="fourth")),
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
