"""What gets past the front door of a story: crafted fields, keys of others, the public pages."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.editorial import execute, publish_due
from articles.editorial.roles import CHIEF, EDITOR, HEAD, REPORTER, ROLES
from articles.models import Article, Byline, Milestone, Transition, Version
from articles.versions import row_at_work, save_version
from people.models import User
from tests.support.desk import begin, change, filled, page_of
from tests.support.scenes import DAY, HOUR, MARK, PLAIN, desk
from tests.support.security import logged_in, tried
from tests.support.stories import edited, put, signed

STORIES = reverse("admin:articles_article_changelist")
HOURS = ("published_at", "updated_at", "expires_at", "scheduled_for", "record_changed_at")
#: What the workflow alone writes, as a form would post it: in one field or in two.
STATE = {
    "stage": "signed",
    "visibility": "live",
    "copy_of": "1",
    "failure": "x",
    **dict.fromkeys(HOURS, "2021-04-06 08:00"),
    **{f"{name}_0": "2021-04-06" for name in HOURS},
    **{f"{name}_1": "08:00" for name in HOURS},
}
WRITTEN_BY_WORKFLOW = ("stage", "visibility", "copy_of", *HOURS, "failure")


def state_of(story):
    """What only the workflow may change."""
    return Article.objects.values(*WRITTEN_BY_WORKFLOW).get(pk=story.pk)


@pytest.mark.parametrize("state", ["draft", "review", "signed", "live", "copied", "withdrawn"])
def test_no_form_writes_what_is_the_workflows(scenes, account, state):
    story = getattr(scenes, state)()
    before = state_of(story)
    boss = logged_in(User.objects.create_superuser("boss", password="x"))
    if state == "live":
        begin(boss, story)
    for role in ROLES:
        posted = filled(boss.get(change(story)), summary=f"{role}改", **STATE)
        status = logged_in(account(role, f"tried-{role}")).post(change(story), posted).status_code
        assert status == (403 if story.published_at and role == REPORTER else 302)
        assert state_of(story) == before
    row = row_at_work(Article.objects.get(pk=story.pk))
    assert row.summary == f"{CHIEF}改"
    if row.pk != story.pk:
        blank = dict.fromkeys(HOURS) | {"failure": ""}
        draft = {"stage": "draft", "visibility": "unpublished", "copy_of": story.pk}
        assert state_of(row) == blank | draft
    moves = Transition.objects.filter(person__username__startswith="tried")
    assert not moves.exclude(name="open").exists()


def test_no_new_story_comes_in_moved(at_desk):
    add = reverse("admin:articles_article_add")
    for role in ROLES:
        client = at_desk(role)
        client.post(add, filled(client.get(add), headline=role, body="<p>文</p>", **STATE))
        story = Article.objects.get(headline=role)
        assert (story.stage, story.visibility, story.copy_of) == ("draft", "unpublished", None)
        assert {getattr(story, name) for name in HOURS} == {None}


@pytest.mark.parametrize(
    "forged",
    [
        {"bylines-0-id": "theirs"},
        {"bylines-0-id": "theirs", "bylines-0-article": "live"},
        {"bylines-0-article": "live"},
        {"bylines-0-id": "theirs", "bylines-0-DELETE": "on"},
    ],
)
@pytest.mark.parametrize("role", [REPORTER, EDITOR])
def test_rows_of_another_story_are_not_reached_through_a_form(scenes, account, role, forged):
    live, draft = scenes.live(), scenes.draft()
    theirs = live.bylines.get()
    keys = {"theirs": theirs.pk, "live": live.pk}
    client = logged_in(account(role, "tried"))
    posted = filled(client.get(change(draft)), **{"bylines-0-printed_name": "改"})
    posted |= {name: keys.get(value, value) for name, value in forged.items()}
    assert client.post(change(draft), posted).status_code in (200, 302)
    assert [(one.pk, one.printed_name) for one in live.bylines.all()] == [(theirs.pk, "王某")]


def test_rows_of_a_live_story_change_in_its_copy_alone(scenes, account):
    live = scenes.live()
    begin(logged_in(account(EDITOR, "e")), live)
    posted = filled(
        logged_in(User.objects.get(username="e")).get(change(live)),
        **{"bylines-0-printed_name": "李某"},
    )
    assert logged_in(account(REPORTER, "r")).post(change(live), posted).status_code == 403
    assert logged_in(User.objects.get(username="e")).post(change(live), posted).status_code == 302
    assert live.bylines.get().printed_name == "王某"
    assert row_at_work(live).bylines.get().printed_name == "李某"
    # Once there is a copy, the live story's own row is out of reach.
    client = logged_in(User.objects.get(username="e"))
    posted = filled(client.get(change(live)), **{"bylines-0-printed_name": "赵某"})
    posted |= {"bylines-0-id": live.bylines.get().pk, "bylines-0-article": live.pk}
    assert client.post(change(live), posted).status_code == 200
    assert Byline.objects.filter(printed_name="赵某").count() == 0


def test_a_reporter_writes_no_milestone_by_form_or_by_restoring(account):
    things = desk(account)
    project = things["project hidden"]
    boss, client = logged_in(things["user superuser"]), logged_in(account(REPORTER, "tried"))
    posted = filled(boss.get(change(project)), **{"milestones-0-status": "completed"})
    assert client.post(change(project), posted).status_code == 302
    assert Milestone.objects.get().status == "signed"
    Milestone.objects.update(status="started")
    save_version(project)
    address = reverse("admin:articles_project_restore", args=[project.pk, 1])
    assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)
    history = client.get(reverse("admin:articles_project_history", args=[project.pk]))
    assert address not in history.text
    assert Milestone.objects.get().status == "started"


def test_restoring_brings_no_former_address_back(scenes, account):
    story = scenes.draft(slug="former")
    edited(story, scenes.author, slug="known")
    people = signed(story, account, author=scenes.author)
    execute("publish", story, person=scenes.chief)
    client = logged_in(account(EDITOR, "tried"))
    assert client.post(page_of("restore", story, 1)).status_code == 302
    copy = row_at_work(story)
    assert (copy.pk == story.pk, copy.slug, copy.issued_on) == (False, "known", DAY)
    execute("urgent", copy, person=people["sign"], reason="急", accepted=True)
    story.refresh_from_db()
    assert (story.slug, story.issued_on) == ("known", DAY)


def test_versions_of_other_stories_and_no_versions_are_404(scenes, account):
    one, other = scenes.draft(), scenes.draft()
    edited(other, scenes.author, headline=f"{MARK}第二")
    client = logged_in(account(CHIEF, "tried"))
    for query in ("old=1&new=2", "old=2&new=1", "old=1", "", "old=1&new=x", "old=-1&new=1"):
        assert client.get(f"{page_of('compare', one)}?{query}").status_code == 404, query
    assert client.get(f"{page_of('compare', one)}?old=1&new={10**12}").status_code == 404
    assert client.get(page_of("restore", one, 2)).status_code == 404
    assert client.post(page_of("restore", one, 2)).status_code == 404
    assert not Version.objects.filter(story=one, number=2).exists()


def test_the_key_of_a_working_copy_opens_nothing(scenes, account):
    copy = row_at_work(scenes.copied())
    client = logged_in(account(CHIEF, "tried"))
    for name, args in (
        ("change", ()),
        ("delete", ()),
        ("history", ()),
        ("compare", ()),
        ("sheet", ()),
        ("restore", (1,)),
        ("transition", ("discard",)),
    ):
        for method in ("get", "post"):
            answer, written = tried(client, method, page_of(name, copy, *args), {"post": "yes"})
            assert answer.status_code in (302, 404), name
            assert not written
            assert MARK not in answer.text
    for action in ("delete_selected", "execute_submit"):
        chosen = {"action": action, "_selected_action": [copy.pk], "post": "yes"}
        assert not tried(client, "post", STORIES, chosen)[1]


def test_a_copy_is_found_by_no_autocomplete(scenes, account):
    scenes.copied()
    query = {
        "app_label": "articles",
        "model_name": "milestone",
        "field_name": "article",
        "term": f"{MARK}改题",
    }
    answer = logged_in(account(CHIEF, "tried")).get(reverse("admin:autocomplete"), query)
    assert answer.json()["results"] == []


@pytest.mark.parametrize("role", [REPORTER, EDITOR, HEAD, CHIEF])
def test_all_rows_of_the_list_at_once_delete_no_printed_story(scenes, account, role):
    scenes.live()
    scenes.review()
    scenes.draft()
    client = logged_in(account(role, "tried"))
    chosen = {"action": "delete_selected", "_selected_action": ["1"], "select_across": "1"}
    client.post(STORIES, {**chosen, "index": "0", "post": "yes"})
    client.post(STORIES, {**chosen, "post": "yes"})
    assert Article.objects.count() == 3


def test_the_clocks_word_is_not_taken_from_a_form(scenes, account):
    story = scenes.waiting()
    client = logged_in(account(CHIEF, "tried"))
    seen = client.get(page_of("transition", story, "publish")).context["review_state"].state_token
    client.post(
        page_of("transition", story, "publish"),
        {"state_token": seen, "due": "on", "accepted": "on"},
    )
    assert row_at_work(story) != story
    assert publish_due() == []


def test_a_picture_of_a_story_to_come_is_an_amenders(account):
    things = desk(account)
    photo, story = things["photo hidden"], things["story scheduled"]
    put(Article.objects.filter(pk=story.pk), published_at=timezone.now() + HOUR)
    story.photos.create(photo=photo)
    boss, client = logged_in(things["user superuser"]), logged_in(account(REPORTER, "tried"))
    posted = filled(boss.get(change(photo)), caption="改")
    assert client.post(change(photo), posted).status_code == 403


@pytest.mark.parametrize("who", [None, CHIEF])
def test_what_is_not_published_is_on_no_public_page(account, crawl, client, who):
    things = desk(account)
    if who:
        client.force_login(account(who, "tried"))
    asked = [f"/articles/?q={MARK}", f"/officials/?q={MARK}", f"/projects/?q={MARK}"]
    answers = crawl("/", "/sitemap.xml", "/quarters/2021q1/", "/inspections/", "/meetings/", *asked)
    assert any(PLAIN["headline"] in answer.text for answer in answers.values())
    for address, answer in answers.items():
        # The bare mark is what the reader typed.
        assert not re.search(rf"{MARK}\w", answer.text), address
    for name, thing in things.items():
        is_live = isinstance(thing, Article) and thing.is_live()
        if hasattr(thing, "get_absolute_url") and not is_live and "shown" not in name:
            if name.startswith("section"):
                continue  # a word of the navigation, not a text
            answer = client.get(thing.get_absolute_url())
            assert answer.status_code == 404, name
            assert MARK not in answer.text
    picture = client.get(things["photo hidden"].image.url)
    picture.close()
    assert picture.status_code == (200 if who else 404)
