"""Quarter and address of a story and an event follow at the desk until they are set by hand."""

import pytest

from articles.models import Article, Bulletin, Meeting
from tests.browser.filling import follow

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]


def save(page, **typed):
    """Type into fields by name, save, and stay on the form."""
    for name, text in typed.items():
        page.fill(f"#id_{name}", text)
    follow(page.locator("[name=_continue]").last)
    page.wait_for_selector(".messagelist .success")


def told(page, name):
    """What is typed in a field, what stands in it in grey, and what is said beside it."""
    box = page.locator(f"#id_{name}")
    hint = page.inner_text(f"#id_{name}_helptext")
    return box.input_value(), box.get_attribute("placeholder"), hint


def test_a_story_follows_its_headline_and_its_day_until_they_are_set(desk):
    page = desk("/admin/articles/article/add/")
    save(page, headline="桥通了", issued_on="2021-03-06")
    typed, grey, hint = told(page, "quarter")
    assert (typed, grey) == ("", "随见报日期")
    assert "现在是2021q1" in hint
    assert "qiao-tong-le" in told(page, "slug")[2]
    save(page, headline="路通了", issued_on="2021-04-06")
    assert "现在是2021q2" in told(page, "quarter")[2]
    assert "lu-tong-le" in told(page, "slug")[2]
    save(page, quarter="2021q1", slug="new-road")
    assert told(page, "quarter")[0] == "2021q1"
    save(page, headline="渠通了", issued_on="2021-07-06")
    assert (told(page, "quarter")[0], told(page, "slug")[0]) == ("2021q1", "new-road")
    save(page, quarter="", slug="")
    story = Article.objects.get()
    assert (str(story.quarter), story.slug) == ("2021q3", "qu-tong-le")


def test_an_event_follows_the_issue_of_its_story(desk):
    page = desk("/admin/articles/meeting/add/")
    save(page, name="通车会", held_on="2021-04-05")
    assert "现在是2021q2，随日期" in told(page, "quarter")[2]
    meeting = Meeting.objects.get()
    issue = Bulletin.objects.create(title="季刊", issued_on="2021-04-06", quarter="2021q1")
    story = Article.objects.create(headline="桥通了")
    page = desk(f"/admin/articles/article/{story.pk}/change/")
    for name, thing in (("bulletin", issue), ("meetings", meeting)):
        chosen = "(box, key) => box.append(new Option('x', key, true, true))"
        page.locator(f"#id_{name}").evaluate(chosen, str(thing.pk))
    save(page)
    assert "现在是2021q1，随专刊" in told(page, "quarter")[2]
    page = desk(f"/admin/articles/meeting/{meeting.pk}/change/")
    assert "现在是2021q1，随专刊" in told(page, "quarter")[2]
