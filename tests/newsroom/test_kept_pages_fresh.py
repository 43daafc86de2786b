"""No kept page is shown when readers would see something else; what fails is done without."""

import datetime
from unittest import mock

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.utils import timezone

from articles.editorial import (
    execute,
    merge,
    open_working_copy,
    publish_due,
    set_layout,
    touch_public,
    writing,
)
from articles.editorial.roles import CHIEF
from articles.models import Article, Placement, PublicRevision, Section
from articles.models.public_revision import MOST_MOMENTS
from newsroom import kept_pages
from people.models import Official

STORY = "/articles/2021/04/06/"
PAGES = ("/", "/articles/", "/articles/?quarter=2021q1", "/quarters/2021q1/", "/sections/hui-yi/")


pytestmark = pytest.mark.usefixtures("kept")


@pytest.fixture
def story(bulletin):
    return Article.objects.live().order_by("pk").first()


def withdraw(story, chief):
    execute("withdraw", story, person=chief, reason="核实", accepted=True)


def publish_again(story, chief):
    Article.objects.filter(pk=open_working_copy(story, chief).pk).update(headline="换了标题")
    execute("urgent", story.working_copy, person=chief, reason="更正", accepted=True)


def lay_out(story, chief):
    set_layout(story, person=chief, page="08版", position=9, state_token=story.layout)


def merge_people(story, chief):
    kept, absorbed = Official.objects.public()[:2]
    merge(kept, absorbed, person=chief)


@pytest.mark.parametrize("change", [withdraw, publish_again, lay_out, merge_people])
def test_after_a_change_every_page_is_made_anew(client, made, story, account, change):
    chief = account(CHIEF)
    before = {page: client.get(page).content for page in PAGES}
    count = made()
    change(story, chief)
    after = {page: client.get(page).content for page in PAGES}
    assert made() == count + len(PAGES)
    assert before != after


def test_a_page_saved_at_the_desk_is_seen_at_once(client, at_desk):
    client.get("/")
    section = Section.objects.order_by("order").first()
    desk = at_desk(CHIEF)
    address = f"/admin/articles/section/{section.pk}/change/"
    data = {"name": "改名的栏目", "slug": section.slug, "order": section.order}
    assert desk.post(address, data).status_code == 302
    assert "改名的栏目" in client.get("/").text


def test_work_on_a_draft_throws_no_page_away(client, made, account, story):
    chief = account(CHIEF)
    client.get("/")
    copy = open_working_copy(story, chief)
    execute("discard", copy, person=chief)
    client.get("/")
    assert made() == 1


def fail_after_a_change():
    touch_public()
    raise RuntimeError


def test_a_write_that_failed_leaves_what_was_kept(client, made):
    client.get("/")
    with pytest.raises(RuntimeError), writing():
        fail_after_a_change()
    client.get("/")
    assert made() == 1


def test_reading_raises_no_number(client):
    number = PublicRevision.objects.get().number
    for page in PAGES:
        client.get(page)
    assert PublicRevision.objects.get().number == number


def test_the_state_of_a_page_is_not_what_another_thread_reads_meanwhile(monkeypatch):
    last = kept_pages.KeptPages(None).last_state
    rows = iter([PublicRevision(number=1), PublicRevision(number=2)])
    monkeypatch.setattr(PublicRevision, "current", lambda: next(rows))
    between = iter([last.read])

    def monotonic():
        for read in between:  # once, while the first of the two is at work
            assert read().startswith("2.")
        return 0.0

    monkeypatch.setattr(kept_pages.time, "monotonic", monotonic)
    assert last.read().startswith("1.")


# ---- The clock


def at(moment):
    return mock.patch.object(timezone, "now", return_value=moment)


def test_the_clock_alone_changes_a_page(client, made, story, account):
    noon = timezone.localtime().replace(hour=12)
    hour = noon + datetime.timedelta(hours=1)  # of the same day
    chief = account(CHIEF)
    with at(noon), writing():
        Placement.objects.create(article=story, ends=hour, person=chief)
        touch_public()
    with at(noon):
        client.get("/")
    with at(hour - datetime.timedelta(seconds=1)):
        client.get("/")
    assert made() == 1
    with at(hour):
        client.get("/")
        client.get("/")
    assert made() == 2


def test_another_day_is_another_page(client, made):
    client.get("/")
    with at(timezone.now() + datetime.timedelta(days=1)):
        client.get("/")
    assert made() == 2


def test_past_the_last_moment_that_is_known_nothing_is_kept(client, made):
    now = timezone.now().timestamp()
    PublicRevision.objects.update(moments=[now - number for number in range(MOST_MOMENTS, 0, -1)])
    client.get("/")
    client.get("/")
    assert made() == 2
    publish_due()
    client.get("/")
    client.get("/")
    assert made() == 3


def test_the_row_knows_the_next_moments(story, account):
    now = timezone.now()
    hours = [now + datetime.timedelta(hours=number) for number in (3, 1, 2)]
    with writing():
        Placement.objects.create(
            article=story, starts=hours[1], ends=hours[0], person=account(CHIEF)
        )
        Article.objects.filter(pk=story.pk).update(expires_at=hours[2])
        touch_public()
    assert PublicRevision.objects.get().moments == sorted(hour.timestamp() for hour in hours)


# ---- What fails


def failing(*_args, **_options):
    raise OperationalError


def test_a_cache_that_fails_is_done_without_and_said_once(client, made, caplog):
    broken = mock.Mock(get=failing, set=failing)
    with mock.patch.object(kept_pages, "cache", broken):
        for _time in range(3):
            assert client.get("/").status_code == 200
    assert made() == 3
    assert [record.name for record in caplog.records].count("newsroom.kept_pages") == 1


def test_without_the_database_a_page_is_shown_for_a_minute(client, monkeypatch):
    handler = client.handler
    page = client.get("/").content
    with mock.patch.object(PublicRevision, "current", failing):
        answer = client.get("/")
        assert answer.content == page
        assert "database-away" in answer["Cache-Status"]
        later = kept_pages.time.monotonic() + kept_pages.WITHOUT_DATABASE + 1
        monkeypatch.setattr(kept_pages.time, "monotonic", lambda: later)
        assert "Cache-Status" not in client.get("/")
    assert client.handler is handler


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="a file ends no connection")
def test_a_connection_that_the_server_ended_is_opened_again(client, made):
    client.get("/")
    connection.connection.close()
    answer = client.get("/")
    assert (answer.status_code, made()) == (200, 1)
    assert "Cache-Status" not in answer


def test_without_the_row_pages_are_made(client, made):
    PublicRevision.objects.all().delete()
    client.get("/")
    client.get("/")
    assert made() == 2


def test_random_addresses_and_cookies_are_not_kept(client):
    client.get("/")
    used = caches["default"].used_bytes
    for number in range(100):
        client.get(f"/articles/?x{number}=1", headers={"cookie": f"a{number}={number}"})
        client.get(f"/?q{number}", headers={"cookie": f"display={number}"})
    assert caches["default"].used_bytes == used


@pytest.mark.django_db(transaction=True)
def test_a_page_is_made_in_one_snapshot_that_nobody_can_write_in():
    with kept_pages.one_snapshot():
        PublicRevision.objects.first()
        assert connection.in_atomic_block
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SHOW transaction_isolation")
                assert cursor.fetchone() == ("repeatable read",)
                cursor.execute("SHOW transaction_read_only")
                assert cursor.fetchone() == ("on",)
    assert not connection.in_atomic_block
