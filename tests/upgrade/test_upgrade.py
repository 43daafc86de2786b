"""A newsroom of an earlier day is migrated: every signature counts, every hour comes.

`cfb6e0d/` is named for the commit whose code made it. A script, run in a checkout of that commit,
put a clock of its own in the place of `timezone.now` before Django was loaded, migrated an empty
database, made six accounts that cannot log in, a record and a story in every state by the verbs of
`articles.editorial` (a story's slug says its state), and wrote what `counted` below answers. Both
databases gave the same `counted.json`. `sqlite.sql` is `iterdump()` of Python's sqlite3;
`postgresql.sql` is `pg_dump --inserts --rows-per-insert=1000 --no-owner --no-privileges` without
comments, settings and blank lines. None of it is ever changed by hand.
"""

import datetime
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections

from articles.editorial import is_live_original, publish_due, review_state_of, waits_for_hour
from articles.editorial.roles import CHIEF
from articles.models import Article, Inspection, Meeting, Project, Version
from articles.versions import build_version, digest, row_at_work, save_version
from people.models import Official, User
from tests.support.desk import begin, change, filled
from tests.support.stories import next_reviews, stored_next_reviews
from tests.support.worlds import forget_keys

DUMP = Path(__file__).parent / "cfb6e0d"
COUNTED = json.loads((DUMP / "counted.json").read_text("utf-8"))
#: The hour that was set and is still to come; another had passed before any timer ran.
HOUR = datetime.datetime(2099, 1, 1, 1, tzinfo=datetime.UTC)
BEFORE = HOUR - datetime.timedelta(seconds=1)
#: What a save that changes nothing leaves.
KEPT = ("rows", "valid", "counted", "missing", "void")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def _upgraded(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database of its own, of the tests' kind, in the place of theirs: the dump, migrated."""
    own = connections["default"]
    is_file = own.vendor == "sqlite"
    folder = tmp_path_factory.mktemp("upgrade")
    name = str(folder / "db.sqlite3") if is_file else f"{own.settings_dict['NAME']}_upgraded"
    with django_db_blocker.unblock():
        if not is_file:
            own.cursor().execute(f'DROP DATABASE IF EXISTS "{name}"')
            own.cursor().execute(f'CREATE DATABASE "{name}"')
        connections["default"] = type(own)({**own.settings_dict, "NAME": name}, "default")
        forget_keys()
        load((DUMP / f"{own.vendor}.sql").read_text("utf-8"))
        call_command("migrate", verbosity=0)
        yield
        connections["default"].close()
        connections["default"] = own
        forget_keys()
        if not is_file:
            own.cursor().execute(f'DROP DATABASE "{name}"')


def load(statements):
    """Run a dump: SQLite's names tables before they are there, by a call for many statements."""
    connection = connections["default"]
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        getattr(cursor, "executescript", cursor.execute)(statements)


def hour(moment):
    """A moment as plain data."""
    return moment and moment.astimezone(datetime.UTC).isoformat()


def counted(story, row=None):
    """What counts of a story, whose row at work may be known, and its log, as plain data."""
    review_state = review_state_of(story, row)
    row = review_state.row
    times = ("published_at", "expires_at", "updated_at", "record_changed_at")
    rows = {"story": [story.stage, story.visibility, *(hour(getattr(story, at)) for at in times)]}
    if review_state.is_copy:
        rows["copy"] = [row.stage, row.visibility, hour(row.scheduled_for)]
    void = [one.sign_off for one in review_state.void]
    return {
        "rows": rows,
        "valid": {stage: named(one)[1:] for stage, one in review_state.valid.items()},
        "counted": sorted(map(named, review_state.counted())),
        "missing": list(review_state.missing_sign_offs()),
        "void": list(map(named, void)),
        "log": list(
            map(line, story.transitions.select_related("version", "person").order_by("pk"))
        ),
        "versions": [
            [one.number, one.of_copy, username(one), one.reason, hour(one.made_at)]
            for one in story.versions.select_related("person").order_by("number")
        ],
    }


def named(sign_off):
    """Review, number of the version and person of a signature."""
    return [sign_off.stage, sign_off.version.number, username(sign_off)]


def line(move):
    """A line of the log."""
    state = [move.name, move.of_copy, move.stage, move.visibility]
    number = move.version and move.version.number
    return [*state, number, username(move), move.reason, hour(move.made_at)]


def username(row):
    """Whoever did it."""
    return row.person and row.person.username


def story(slug):
    """The story of that state."""
    return Article.objects.originals().get(slug=slug)


def test_every_state_is_there():
    assert set(Article.objects.originals().values_list("slug", flat=True)) == COUNTED.keys()


@pytest.mark.parametrize("slug", COUNTED)
def test_what_counted_counts_and_the_log_is_the_same(slug):
    assert counted(story(slug)) == COUNTED[slug]


def test_every_version_agrees_with_its_digest():
    assert [one for one in Version.objects.all() if one.digest != digest(one.content)] == []


def test_what_is_stored_is_what_its_newest_version_says():
    things = [
        thing
        for model in (Article, Inspection, Meeting, Project, Official)
        for thing in model.objects.all()
    ]
    changed = [thing for thing in things if build_version(thing).pk is None]
    # What the log itself says: its record was changed, and nobody has looked at it yet.
    assert changed == [story("amended")]


def test_every_hour_comes():
    def live(at=None):
        return set(Article.objects.live(at).values_list("slug", flat=True))

    assert "scheduled-hour-passed" in live()
    assert live(HOUR) - live(BEFORE) == {"scheduled"}
    assert live(BEFORE) - live(HOUR) == {"expires"}
    texts = {
        slug: row_at_work(story(slug)).summary
        for slug in ("copy-scheduled-hour-passed", "copy-scheduled")
    }
    for moment, slug in ((None, "copy-scheduled-hour-passed"), (HOUR, "copy-scheduled")):
        (result,) = publish_due(moment)
        assert (result.story.slug, result.failure) == (slug, "")
        assert story(slug).summary == texts[slug]
    assert publish_due(HOUR) == []


def test_which_review_is_next_is_written_down_after_migrations_and_by_the_timer():
    assert stored_next_reviews() == next_reviews()
    Article.objects.update(next_review="")
    publish_due()
    assert stored_next_reviews() == next_reviews()
    assert set(next_reviews().values()) == {"", "first", "second", "third"}


@pytest.mark.parametrize("slug", COUNTED)
def test_saving_nothing_voids_nothing(client, slug):
    """Also where a working copy is opened first: of what readers have."""
    client.force_login(User.objects.filter(groups__name=CHIEF).first())
    row = row_at_work(story(slug))
    page = change(row.copy_of or row)
    if is_live_original(row) and not waits_for_hour(row):
        begin(client, row)
    answer = client.post(page, filled(client.get(page)))
    # What waits for its hour is not saved, whatever was typed.
    assert answer.status_code == (409 if waits_for_hour(row) else 302)
    now = counted(story(slug), row)
    assert {part: now[part] for part in KEPT} == {part: COUNTED[slug][part] for part in KEPT}
    assert slug == "amended" or save_version(row) is None
