"""The desk: what a role may enter, what a form catches, what no crafted request gets past."""

import datetime

import pytest
from django.urls import reverse

from articles.editorial.roles import CHIEF, EDITOR, HEAD, REPORTER, ROLES
from articles.models import (
    Article,
    Inspection,
    Meeting,
    Section,
    Stop,
    Transition,
)
from articles.versions import row_at_work
from people.models import Official
from tests.support.desk import begin, change, filled
from tests.support.every_page import as_read
from tests.support.stories import edited, signed

ADD = reverse("admin:articles_article_add")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "name", ["article", "inspection", "meeting", "project", "photo", "section", "bulletin"]
)
@pytest.mark.usefixtures("bulletin")
def test_each_list_opens_for_each_role(at_desk, role, name):
    address = reverse(f"admin:articles_{name}_changelist")
    assert at_desk(role).get(f"{address}?q=二七").status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_every_role_enters_a_story(at_desk, role):
    client = at_desk(role)
    posted = filled(client.get(ADD), headline="新桥通车", body="<p>文</p>")
    posted |= {"bylines-0-printed_name": "王某", "bylines-0-role": "reporter"}
    assert client.post(ADD, posted).status_code == 302
    story = Article.objects.get()
    assert (story.slug, story.visibility, story.stage) == (
        "xin-qiao-tong-che",
        "unpublished",
        "draft",
    )
    assert story.bylines.get().order == 1


@pytest.mark.parametrize("role", ROLES)
def test_no_form_moves_a_story(at_desk, draft, role):
    client = at_desk(role)
    forged = {
        "visibility": "live",
        "stage": "signed",
        "published_at_0": "2021-04-06",
        "published_at_1": "08:00",
        "published_at": "2021-04-06 08:00",
        "expires_at_0": "2031-04-06",
        "copy_of": draft.pk,
    }
    posted = filled(client.get(change(draft)), headline="改过的题", **forged)
    assert client.post(change(draft), posted).status_code == 302
    draft.refresh_from_db()
    assert draft.headline == "改过的题"
    assert (draft.visibility, draft.stage) == ("unpublished", "draft")
    assert (draft.published_at, draft.expires_at, draft.copy_of) == (None, None, None)


@pytest.mark.parametrize("role", [REPORTER, EDITOR, HEAD])
@pytest.mark.parametrize("verb", ["publish", "withdraw"])
def test_only_the_chief_sees_and_uses_the_buttons(at_desk, draft, role, verb):
    client = at_desk(role)
    address = reverse("admin:articles_article_transition", args=[draft.pk, verb])
    assert address not in client.get(change(draft)).text
    assert client.get(address).status_code == 403
    assert client.post(address, {"reason": "理由"}).status_code == 403
    assert not Transition.objects.exists()


def test_the_chief_publishes_and_withdraws_by_buttons(at_desk, draft, author, account):
    client = at_desk(CHIEF)
    publish, withdraw = (
        reverse("admin:articles_article_transition", args=[draft.pk, verb])
        for verb in ("publish", "withdraw")
    )
    signed(edited(draft, author, summary=""), account)
    lines = Transition.objects.count()
    assert publish in client.get(change(draft)).text
    seen = client.get(publish).context["review_state"].state_token
    assert Transition.objects.count() == lines  # reading writes nothing
    assert "没有摘要" in client.post(publish, {"state_token": seen}).text
    assert "重新打开" in client.post(publish, {"accepted": "on"}).text
    assert client.post(publish, {"accepted": "on", "state_token": seen}).status_code == 302
    draft.refresh_from_db()
    page = client.get(draft.get_absolute_url())
    assert page.status_code == 200
    assert withdraw in client.get(change(draft)).text
    seen = client.get(withdraw).context["review_state"].state_token
    assert "请写明撤回的理由" in client.post(withdraw, {"reason": "", "state_token": seen}).text
    assert client.post(withdraw, {"reason": "核实中", "state_token": seen}).status_code == 302
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_an_unknown_verb_or_story_is_404(at_desk, draft):
    client = at_desk(CHIEF)
    for pk, verb in (
        (draft.pk, "burn"),
        (draft.pk, "adopt"),
        (10**6, "publish"),
        (10**30, "publish"),
    ):
        address = reverse("admin:articles_article_transition", args=[pk, verb])
        assert client.post(address).status_code in (302, 404)
    assert not Transition.objects.exists()


@pytest.mark.usefixtures("bulletin")
def test_what_is_printed_a_reporter_reads_and_an_editor_amends(at_desk):
    story = Article.objects.get(position=1)
    meeting = Meeting.objects.first()
    for thing, field in ((story, "summary"), (meeting, "summary")):
        client = at_desk(REPORTER)
        assert client.get(change(thing)).status_code == 200
        assert client.post(change(thing), {field: "改"}).status_code == 403
        client = at_desk(EDITOR)
        page = begin(client, thing) if thing is story else client.get(change(thing))
        posted = filled(page, **{field: "改过的摘要"}, reason="更正")
        assert client.post(change(thing), posted).status_code == 302
        row = row_at_work(thing) if thing is story else thing
        row.refresh_from_db()
        assert getattr(row, field) == "改过的摘要"
    story.refresh_from_db()
    assert story.summary != "改过的摘要"  # readers see what was signed


@pytest.mark.usefixtures("bulletin")
def test_a_printed_story_keeps_its_address_and_is_never_deleted(at_desk):
    story = Article.objects.get(position=1)
    before = story.get_absolute_url()
    client = at_desk(CHIEF)
    posted = filled(begin(client, story), slug="other", issued_on="2021-05-01")
    client.post(change(story), posted)
    story.refresh_from_db()
    assert story.get_absolute_url() == before
    delete = reverse("admin:articles_article_delete", args=[story.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [story.pk], "post": "yes"}
    client.post(reverse("admin:articles_article_changelist"), chosen)
    assert Article.objects.originals().count() == 6
    assert Article.objects.get(copy_of=story).natural_key()[:2] == story.natural_key()[:2]


@pytest.mark.usefixtures("bulletin")
def test_saving_a_printed_story_unchanged_changes_nothing(at_desk, crawl):
    client = at_desk(EDITOR)
    before = as_read(crawl())
    things = [*Article.objects.all(), *Inspection.objects.all(), *Meeting.objects.all()]
    for thing in things:
        page = begin(client, thing) if isinstance(thing, Article) else client.get(change(thing))
        posted = filled(page, reason="看过")
        assert client.post(change(thing), posted).status_code == 302
    assert as_read(crawl()) == before


@pytest.mark.usefixtures("bulletin")
@pytest.mark.parametrize(
    ("name", "words", "found"),
    [
        ("people_official", "sjs", "苏建设"),
        ("people_official", "苏", "苏建设"),
        ("people_official", "lan hai", "兰海"),
        ("people_reporter", "zgh", "张改华"),
        ("articles_article", "郭佳星", "提质增效"),
        ("articles_project", "普乐", "普乐天地项目"),
        ("articles_meeting", "老干部", "二七区组织工作暨老干部工作会议"),
    ],
)
def test_lists_find_by_name_and_initials(at_desk, name, words, found):
    page = at_desk(REPORTER).get(reverse(f"admin:{name}_changelist"), {"q": words})
    assert found in page.text
    assert page.context["cl"].result_count == 1


@pytest.mark.usefixtures("bulletin")
def test_autocomplete_finds_by_initials(at_desk):
    query = {
        "app_label": "articles",
        "model_name": "attendance",
        "field_name": "official",
        "term": "sjs",
    }
    answer = at_desk(REPORTER).get(reverse("admin:autocomplete"), query)
    (found,) = answer.json()["results"]
    assert found["text"] == "苏建设　区委副书记（二七区委）、区长（二七区政府）"


def test_a_taken_address_is_a_message(at_desk, draft):
    draft.issued_on = datetime.date(2021, 4, 6)
    draft.save()
    client = at_desk(REPORTER)
    posted = filled(client.get(ADD), headline="另一座", slug=draft.slug, issued_on="2021-04-06")
    answer = client.post(ADD, posted)
    assert "当日已有同一网址名的稿件" in answer.text
    assert Article.objects.count() == 1


@pytest.mark.usefixtures("bulletin")
def test_a_hostile_body_is_stored_clean(at_desk):
    client = at_desk(REPORTER)
    hostile = '<p onclick="x()">文<script>x()</script><img src="https://example.org/a.png"></p>'
    client.post(ADD, filled(client.get(ADD), headline="题", body=hostile))
    assert Article.objects.get(headline="题").body == "<p>文</p>"


@pytest.mark.parametrize("quarter", ["2021q9", "x", "二〇二一"])
def test_a_bad_quarter_is_a_message(at_desk, draft, quarter):
    client = at_desk(REPORTER)
    answer = client.post(change(draft), filled(client.get(change(draft)), quarter=quarter))
    assert f"“{quarter}”不是季度" in answer.text


@pytest.mark.parametrize(
    ("role", "name", "may"),
    [
        (REPORTER, "people_official_add", False),
        (EDITOR, "people_official_add", True),
        (REPORTER, "articles_section_add", False),
        (EDITOR, "articles_bulletin_add", False),
        (HEAD, "articles_bulletin_add", True),
        (REPORTER, "articles_inspection_add", True),
        (REPORTER, "articles_photo_add", True),
    ],
)
def test_each_role_enters_what_is_its_own(at_desk, role, name, may):
    client = at_desk(role)
    status = client.get(reverse(f"admin:{name}")).status_code
    assert status == (200 if may else 403)


@pytest.mark.usefixtures("bulletin")
def test_deleting_what_is_in_use_is_refused_with_the_uses(at_desk):
    client = at_desk(HEAD)
    for thing in (
        Official.objects.get(name="兰海"),
        Section.objects.first(),
        Stop.objects.first().inspection,
    ):
        name = f"admin:{thing._meta.app_label}_{thing._meta.model_name}_delete"
        address = reverse(name, args=[thing.pk])
        assert "无法删除" in client.get(address).text
        client.post(address, {"post": "yes"})
        assert type(thing).objects.filter(pk=thing.pk).exists()


def test_the_desk_asks_for_a_log_in(client):
    assert client.get(ADD).status_code == 302
