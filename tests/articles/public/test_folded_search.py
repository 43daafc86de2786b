"""What is searched for is found however wide its letters are, by readers and at the desk."""

import pytest
from django.urls import reverse

from articles.editorial.roles import CHIEF
from articles.models import Article, Inspection, Meeting, Project
from tests.support.stories import live

pytestmark = pytest.mark.django_db

WRITTEN = [
    ("PPP项目（二期）", "ＰＰＰ项目(二期)"),
    ("ＰＰＰ项目(二期)", "ppp项目（二期）"),
    ("ＰＰＰ项目", "ppp"),
    ("ppp项目", "ＰＰＰ"),
    ("5G产业园", "５ｇ产业"),
    ("５Ｇ产业园", "5g"),
    ("Ⅲ期·5㎡", "III期·5m2"),
    ("ﾊﾟｰｸ", "パーク"),
    ("100%", "100％"),
    ("林区", "\uf9f4区"),
    ("马寨", "⻢寨"),
]


def record(text):
    """A story, a project and two events that are called so, all public."""
    story = live(headline=text)
    story.projects.add(project := Project.objects.create(name=text))
    story.meetings.add(Meeting.objects.create(name=text, held_on=story.issued_on))
    story.inspections.add(Inspection.objects.create(title=text, held_on=story.issued_on))
    project.appearances.create(article=story, issued_on=story.issued_on, quarter=story.quarter)


@pytest.mark.parametrize(("stored", "typed"), WRITTEN)
def test_readers_find_it(client, stored, typed):
    record(stored)
    for room in ("articles", "projects", "meetings", "inspections"):
        page = client.get(reverse(room), {"q": typed})
        assert len(page.context["rows"]) == 1, room
        assert not client.get(reverse(room), {"q": f"{typed}无"}).context["rows"]


@pytest.mark.parametrize(("stored", "typed"), WRITTEN)
def test_the_desk_finds_it(at_desk, stored, typed):
    record(stored)
    desk = at_desk(CHIEF)
    for model in (Article, Project, Meeting, Inspection):
        found = desk.get(
            reverse(f"admin:articles_{model._meta.model_name}_changelist"), {"q": typed}
        )
        assert found.context["cl"].result_count == 1, model


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'"])
def test_a_sign_of_the_database_is_a_sign(client, typed):
    record("甲乙")
    assert not client.get(reverse("articles"), {"q": typed}).context["rows"]
    record(f"甲{typed}乙")
    assert len(client.get(reverse("articles"), {"q": typed}).context["rows"]) == 1
