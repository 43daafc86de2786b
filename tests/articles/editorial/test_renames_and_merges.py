"""What a story links may be renamed, or merged into another: no signature is lost by it."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from articles.editorial import (
    counts,
    current_review_state,
    execute,
    merge,
    open_working_copy,
    restore,
)
from articles.editorial.roles import CHIEF
from articles.models import (
    Article,
    Bulletin,
    Inspection,
    Meeting,
    Merge,
    Photo,
    Project,
    Section,
    Version,
)
from articles.versions import (
    bare,
    build_version,
    changed_events,
    digest,
    resolved,
    restored,
    save_version,
    snapshot,
)
from articles.versions.diff import compare
from people.models import Official, Organisation, Reporter
from tests.support.desk import change
from tests.support.stories import edited, reviewers, signed

DAY = datetime.date(2021, 3, 20)


def waits(person):
    """Queues with something in them for ``person``: the story, or its copy."""
    return {name for name, number in counts(person).items() if number}


SLUGGED = (Official, Project, Section, Bulletin, Reporter, Meeting, Inspection)
RENAMES = {
    **dict.fromkeys(SLUGGED, ("slug", "renamed")),
    Organisation: ("name", "另一局"),
    Photo: ("image", "photos/renamed/picture.jpg"),
}


@pytest.mark.parametrize("model", RENAMES, ids=lambda model: model.__name__)
def test_a_rename_voids_nothing_and_a_restore_keeps_the_link(linked, account, author, model):
    signed(linked, account)
    before = snapshot(linked)
    name, value = RENAMES[model]
    model.objects.update(**{name: value})
    assert snapshot(linked) == before or model is Organisation  # whose name is a label
    assert digest(snapshot(linked)) == digest(before)
    assert build_version(linked).pk
    assert current_review_state(linked).missing_sign_offs() == []
    assert changed_events(before) == []
    version = linked.versions.first()
    for relation in ("projects", "meetings", "inspections"):
        getattr(linked, relation).clear()
    for relation in ("mentions", "bylines", "photos"):
        getattr(linked, relation).all().delete()
    linked.section = linked.bulletin = None
    edited(linked, author)
    assert restored(version.content)[1] == []
    assert restore(linked, version, author) == []
    linked.refresh_from_db()
    assert digest(snapshot(linked)) == digest(before)


def twins(model, story):
    """What the story links, and its double, whom no one links."""
    names = {Official: "苏建某", Project: "大桥"}
    return model.objects.get(), model.objects.create(name=names[model])


MERGED = pytest.mark.parametrize("model", [Official, Project], ids=lambda model: model.__name__)


@MERGED
def test_a_merge_voids_nothing_and_flags_nothing(linked, account, author, chief, model):
    signed(linked, account)
    absorbed, kept = twins(model, linked)
    named = list(linked.versions.values_list("content", flat=True))
    merge(kept, absorbed, person=chief)
    linked.refresh_from_db()
    assert build_version(linked).pk == linked.versions.first().pk
    assert current_review_state(linked).missing_sign_offs() == []
    assert waits(chief) == {"signed"}
    # What was saved is as it was saved; its name alone follows.
    assert list(linked.versions.values_list("content", flat=True)) == named
    for version in Version.objects.all():
        assert version.digest == digest(resolved(version.content))
    execute("publish", linked, person=chief)
    assert linked.is_live()
    assert linked.record_changed_at is None


@MERGED
def test_a_live_story_is_not_marked_and_events_agree(linked, account, chief, model):
    signed(linked, account)
    execute("publish", linked, person=chief)
    for event in (linked.meetings.get(), linked.inspections.get()):
        save_version(event, person=chief)
    absorbed, kept = twins(model, linked)
    merge(kept, absorbed, person=chief)
    linked.refresh_from_db()
    assert linked.record_changed_at is None
    things = [linked, linked.meetings.get(), linked.inspections.get(), kept]
    assert [one for one in things if build_version(one).pk is None] == []
    assert waits(chief) == set()


@MERGED
def test_an_old_version_links_the_kept_row_after_a_chain_of_merges(linked, author, chief, model):
    version = linked.versions.first()
    before = version.digest
    first, second = twins(model, linked)
    third = model.objects.create(name="第三个")
    merge(second, first, person=chief)
    merge(third, second, person=chief)
    version.refresh_from_db()
    assert before != version.digest == digest(snapshot(linked))
    linked.mentions.all().delete()
    linked.projects.clear()
    edited(linked, author)
    content, lost = restored(version.content)
    assert lost == []
    assert restore(linked, version, author) == []
    linked.refresh_from_db()
    assert compare(content, bare(snapshot(linked))) == ()
    assert third in {*linked.projects.all(), *(one.official for one in linked.mentions.all())}
    assert digest(snapshot(linked)) == version.digest


@MERGED
def test_two_versions_of_one_thing_do_not_differ_on_the_page(linked, at_desk, author, model):
    absorbed, kept = twins(model, linked)
    kept.save()
    if model is Official:
        linked.mentions.update(official=kept)
    else:
        linked.projects.set([kept])
    edited(linked, author)
    newest, older = linked.versions.values_list("number", flat=True)[:2]
    page = f"{change(linked).removesuffix('change/')}compare/?old={older}&new={newest}"
    client = at_desk(CHIEF)
    assert client.get(page).context["comparison"]
    merge(kept, absorbed, person=author)
    assert not client.get(page).context["comparison"]


def test_what_both_were_linked_to_links_one(linked, account, chief):
    """At a story, at a stop, at a meeting: twice the one is once."""
    signed_by = reviewers(account)
    kept = Project.objects.create(name="大桥")
    linked.projects.add(kept)
    linked.inspections.get().stops.get().projects.add(kept)
    save_version(linked, person=chief)
    execute("submit", linked, person=chief, accepted=True)
    for verb, person in signed_by.items():
        execute(verb, linked, person=person, accepted=True)
    absorbed = Project.objects.get(name="桥")
    version = linked.versions.first()
    merge(kept, absorbed, person=chief)
    linked.refresh_from_db()
    assert build_version(linked).pk == version.pk
    assert current_review_state(linked).missing_sign_offs() == []
    assert compare(resolved(version.content), snapshot(linked)) == ()
    assert restored(version.content)[1] == []


def test_a_copy_keeps_its_signatures_too(linked, account, author, chief):
    signed(linked, account)
    execute("publish", linked, person=chief)
    copy = edited(open_working_copy(linked, author), author, headline="桥通车了")
    signed(copy, account, author=author)
    absorbed, kept = twins(Official, linked)
    merge(kept, absorbed, person=chief)
    assert waits(chief) == {"signed", "changed"}
    execute("publish", copy, person=chief)
    linked.refresh_from_db()
    assert linked.headline == "桥通车了"
    assert linked.mentions.get().official == kept


def test_what_is_gone_stays_gone_whatever_has_its_name_now(linked, author):
    version = linked.versions.first()
    content = version.content
    content["lists"]["projects"] = [{"key": ["qiao"], "label": "桥"}]
    now = snapshot(linked)
    assert restored(content)[1] == ["桥"]
    assert digest(content) != digest(now)


def test_the_database_lets_a_merge_alone_name_a_version_anew(linked, chief):
    version = linked.versions.first()
    versions = Version.objects.filter(pk=version.pk)

    def refused(**values):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            versions.update(**values)

    refused(digest="0" * 64)
    merge(Official.objects.create(name="苏建某"), Official.objects.get(name="苏某"), person=chief)
    refused(content={})
    refused(number=9, digest="0" * 64)
    other = save_version(Meeting.objects.create(name="另一会", held_on=DAY))
    versions = Version.objects.filter(pk=other.pk)
    refused(digest="0" * 64)
    for write in (lambda: Merge.objects.update(kept=1), lambda: Merge.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            write()


def test_a_key_that_begins_alike_is_another(linked, chief):
    """Key 1 is not key 17: a merge touches the names of what links the absorbed alone."""
    story = Article.objects.create(headline="无关")
    other = save_version(story)
    before = other.digest
    absorbed, kept = twins(Official, linked)
    merge(kept, absorbed, person=chief)
    other.refresh_from_db()
    assert other.digest == before
