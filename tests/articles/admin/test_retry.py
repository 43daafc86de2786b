"""A form that gave way to another is taken at a second attempt, as if there had been no first."""

import functools
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F
from django.http import HttpResponse
from django.urls import path, reverse, reverse_lazy
from django.views.decorators.csrf import csrf_exempt

from articles.admin.article import ArticleAdmin
from articles.admin.bulletin import SectionAdmin
from articles.admin.photo import PhotoAdmin
from articles.editorial import commands, write_path
from articles.editorial.roles import CHIEF, EDITOR, HEAD, REPORTER
from articles.models import Article, Photo, Section, Transition
from newsroom import retry, urls
from tests.support.desk import begin, change, filled
from tests.support.pictures import encoded, halves
from tests.support.stories import signed

LIST = reverse_lazy("admin:articles_article_changelist")

pytestmark = pytest.mark.django_db(transaction=True)


def busy():
    """What Django raises where another connection holds a lock for too long."""
    error = OperationalError("database is locked")
    error.__cause__ = OperationalError()
    error.__cause__.sqlite_errorcode = 5
    return error


@pytest.fixture
def gives_way(monkeypatch):
    """Let a function do its work and then give way, the first ``times`` it is called."""

    def patch(owner, name, times=1):
        original, calls = getattr(owner, name), []

        @functools.wraps(original)
        def wrapped(*args, **kwargs):
            answer = original(*args, **kwargs)
            calls.append(name)
            if len(calls) <= times:
                raise busy()
            return answer

        monkeypatch.setattr(owner, name, wrapped)
        return calls

    return patch


def test_a_save_that_gave_way_is_made_once(live, at_desk, gives_way, caplog):
    desk = at_desk(EDITOR)
    posted = filled(begin(desk, live), headline="桥通车了")
    posted |= {"bylines-0-printed_name": "王某某"}
    calls = gives_way(ArticleAdmin, "keep_version")
    answer = desk.post(change(live), posted, follow=True)
    assert len(calls) == 2
    copy = Article.objects.get(copy_of=live)
    assert (copy.headline, copy.bylines.get().printed_name) == ("桥通车了", "王某某")
    assert [one.printed_name for one in live.bylines.all()] != ["王某某"]
    assert len(answer.context["messages"]) == 1
    assert any("Tried again" in line.message for line in caplog.records)


def test_a_save_that_gives_way_twice_is_told_and_writes_nothing(live, at_desk, gives_way):
    desk = at_desk(EDITOR)
    desk.raise_request_exception = False
    posted = filled(begin(desk, live), headline="桥通车了")
    calls = gives_way(ArticleAdmin, "keep_version", times=9)
    assert desk.post(change(live), posted).status_code == 503
    assert len(calls) == 2
    assert Article.objects.get(copy_of=live).headline == live.headline


def test_an_upload_that_gave_way_is_read_again(at_desk, gives_way):
    desk = at_desk(EDITOR)
    address = reverse("admin:articles_photo_add")
    picture = SimpleUploadedFile("a.png", encoded(halves()).getvalue())
    gives_way(PhotoAdmin, "save_model")
    posted = filled(desk.get(address), alt="桥", image=picture)
    assert desk.post(address, posted).status_code == 302
    assert Photo.objects.get().image.size


@pytest.fixture
def publish_all(draft, account, at_desk, gives_way):
    """Publish from the list, while the verb gives way some ``times``; the list then."""
    signed(draft, account)

    def act(times):
        calls = gives_way(write_path, "rebuild_appearances", times)
        data = {"action": "execute_publish", "_selected_action": [draft.pk]}
        answer = at_desk(CHIEF).post(LIST, data, follow=True)
        assert len(calls) == 2
        return answer.text

    return act


def test_a_name_that_another_took_since_the_check_is_told(at_desk, monkeypatch):
    desk, add = at_desk(CHIEF), reverse("admin:articles_section_add")
    save = SectionAdmin.save_model

    def late(*args):
        monkeypatch.setattr(SectionAdmin, "save_model", save)
        raise IntegrityError

    monkeypatch.setattr(SectionAdmin, "save_model", late)
    # Between the two attempts, where the first has let go of everything.
    monkeypatch.setattr(retry.logger, "warning", lambda *_: Section.objects.create(name="副刊"))
    page = desk.post(add, filled(desk.get(add), name="副刊", order="9"))
    assert page.status_code == 200
    assert page.context["adminform"].form.errors["name"]
    assert Section.objects.filter(name="副刊").count() == 1


def test_each_of_many_stories_is_moved_once(publish_all):
    assert "：已发布" in publish_all(times=1)
    assert Article.objects.live().count() == Transition.objects.filter(name="publish").count() == 1


def test_of_many_stories_the_one_that_gave_way_twice_is_named(publish_all):
    assert "《桥通了》没能发布：现在太忙" in publish_all(times=2)
    assert not Article.objects.live().exists()


def test_what_was_committed_is_not_done_again(at_desk, gives_way):
    desk = at_desk(HEAD)
    desk.raise_request_exception = False
    calls = gives_way(SectionAdmin, "response_add")
    # The whole save is one transaction: only what comes after it cannot be undone.
    gives_way(SectionAdmin, "changeform_view")
    assert (
        desk.post(reverse("admin:articles_section_add"), {"name": "副刊", "order": 9}).status_code
        == 503
    )
    assert len(calls) == 2
    assert Section.objects.filter(name="副刊").count() == 1


def test_a_move_that_gave_way_is_made_once(draft, author, at_desk, gives_way):
    desk = at_desk(REPORTER)
    address = reverse("admin:articles_article_transition", args=[draft.pk, "submit"])
    form = desk.get(address).context["form"]
    calls = gives_way(commands, "log_transition")
    data = {"state_token": form.initial["state_token"], "accepted": "on"}
    assert desk.post(address, data).status_code == 302
    assert len(calls) == 2
    assert Transition.objects.filter(name="submit").count() == 1


@pytest.fixture
def two_sections(transactional_db):
    """Two rows that two people lock in opposite order."""
    return [Section.objects.create(name=name) for name in ("要闻", "会议")]


def lock_both(first, second, meet):
    """Change one section and then the other, with another person between the two."""
    with transaction.atomic():
        Section.objects.filter(pk=first.pk).update(order=F("order") + 1)
        meet()
        Section.objects.filter(pk=second.pk).update(order=F("order") + 1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks the whole database")
def test_a_deadlock_costs_nobody_anything(two_sections, client, settings):
    one, two = two_sections
    meeting = threading.Barrier(2, timeout=30)
    waits = [meeting.wait]

    def view(_request):
        lock_both(one, two, waits.pop() if waits else int)
        return HttpResponse("done")

    def other():
        lock_both(two, one, meeting.wait)
        connection.close()

    with connection.cursor() as cursor:
        # Who waits this long looks for a deadlock, and is the one to give way.
        cursor.execute("SET deadlock_timeout = '10ms'")
    settings.ROOT_URLCONF = (*urls.urlpatterns, path("both/", csrf_exempt(view)))
    with ThreadPoolExecutor() as threads:
        done = threads.submit(other)
        assert client.post("/both/").text == "done"
        done.result()
    assert set(Section.objects.values_list("order", flat=True)) == {102}
    assert waits == []
    connection.close()  # and with it what was set
