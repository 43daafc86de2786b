"""What no page asks, at every address of the desk: refused in words, never an error of ours."""

import contextlib
from urllib.parse import quote

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from articles.editorial.roles import CHIEF
from articles.models import Article, Section
from newsroom.desk_admin import MOST_AT_ONCE, MOST_LETTERS, MOST_WORDS, DeskAdmin
from tests.support.scenes import one_of_each
from tests.support.security import logged_in, tried, undrawn

BIG, LONG, NUL = "9" * 20, "9" * 5000, "\0"
#: Values that are none: too large, too long, no text, another alphabet's, several.
NO_VALUES = ("", "abc", "-1", BIG, LONG, NUL, f"{BIG},1", "1e400", "2021-02-31", "٣")
#: Questions that no list has a filter for.
NOT_ASKED = (
    "id__in=1",
    f"id__in={BIG}",
    f"id__range={BIG},1",
    "id__range=",
    "id__exact=1",
    "id__regex=(.|.)*%2501",
    "pk=1",
    "nothing=1",
    "e=1&nothing=1",
    "=1",
)
#: Parameters that Django's lists understand, with what is no answer to them.
ODD = (
    "e=1",
    "all=x",
    f"p={BIG}",
    f"p={LONG}",
    "p=-1",
    "p=x",
    "o=",
    "o=1.-2",
    "_facets=1",
    "_popup=x",
    "_to_field=",
    "q=%22",
    "q=%25_%27%5C",
)
REFUSED = (
    "o=x",
    "o=--1",
    f"o={BIG}",
    "o=" + ".".join(["1", "-2"] * 800),
    "_to_field=nothing",
    "q=%00",
    "o=%00",
    "p=%00",
    "%00=1",
    "_changelist_filters=%00",
)
DAYS = ("year", "month", "day")


@pytest.fixture
def ask(account):
    """Status of a request by a superuser who finds one thing of every kind; an error fails."""
    boss = logged_in(one_of_each(account))

    def send(path, data=None, *, is_drawn=False):
        with contextlib.nullcontext() if is_drawn else undrawn():
            answer, _written = tried(boss, "get" if data is None else "post", path, data)
        assert answer.status_code < 500, (path[:200], data)
        return answer.status_code

    return send


def address(model, page, *args):
    """Path of a page of the desk about ``model``."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def each_page():
    """Models of the desk with what their pages are made by."""
    return admin.site._registry.items()  # noqa: SLF001  no door lists them


def test_every_model_has_pages_that_answer_no_more_than_they_ask():
    assert [page for _, page in each_page() if not isinstance(page, DeskAdmin)] == []


def test_a_list_answers_any_question(ask):
    for model, page in each_page():
        path = address(model, "changelist")
        columns = [f"{field.name}__regex=(.|.)*%2501" for field in model._meta.fields[:4]]
        for query in (*NOT_ASKED, *REFUSED, *columns):
            assert ask(f"{path}?{query}") == 400, query
        for query in ODD:
            assert ask(f"{path}?{query}", is_drawn=True) == 200, query
        if page.date_hierarchy:
            for value in NO_VALUES:
                query = f"{page.date_hierarchy}__gte={quote(value)}"
                assert ask(f"{path}?{query}") == 400, query


@pytest.mark.parametrize(
    ("query", "status"),
    [
        *((f"year={quote(value)}", 400) for value in NO_VALUES[:-1]),
        *((f"year=2021&month={quote(value)}", 400) for value in NO_VALUES[:-1]),
        *((f"year=2021&month=2&day={quote(value)}", 400) for value in NO_VALUES[:-1]),
        ("year=9999", 400),
        ("year=9999&month=12&day=31", 400),
        ("year=1", 400),
        ("month=3", 400),
        ("year=2021&day=3", 400),
        ("year=2021&month=2&day=29", 400),
        ("year=2021&year=2021", 400),
        ("year=9998&month=12&day=31", 200),
        ("year=2", 200),
        ("year=2021&month=3&day=31", 200),
        ("year=٢٠٢١", 200),
    ],
)
def test_the_calendar_of_a_list_knows_days_alone(at_desk, query, status):
    asked = "&".join(f"issued_on__{one}" for one in query.split("&"))
    answer = at_desk(CHIEF).get(f"{reverse('admin:articles_article_changelist')}?{asked}")
    assert answer.status_code == status


def test_a_filter_takes_any_value(ask):
    for model, page in each_page():
        path = address(model, "changelist")
        for one in page.list_filter:
            name = one if isinstance(one, str) else one.parameter_name
            for tail in ("", "__exact", "__id__exact", "__isnull"):
                for value in NO_VALUES:
                    ask(f"{path}?{name}{tail}={quote(value)}")
            assert ask(f"{path}?{name}__regex=(.|.)*%2501") == 400
            assert ask(f"{path}?{name}=1&{name}=1") == 400


def test_a_form_takes_nothing_from_its_address(ask):
    for model, _page in each_page():
        path = address(model, "add")
        for field in model._meta.get_fields():
            for value in ("abc", BIG):
                assert ask(f"{path}?{field.name}={value}") in (200, 403), field
        assert ask(path, {"_saveasnew": "1"}) == 400


def test_a_key_in_an_address_may_be_anything(ask):
    keys = [quote(one, safe="") for one in NO_VALUES if one]
    for model, _page in each_page():
        kind = ContentType.objects.get_for_model(model).pk
        room = f"/admin/{model._meta.app_label}/{model._meta.model_name}"
        for key in (*keys, "_5F", "_0A", "1_2F2", "%201", "x" * 3000):
            for page in ("change", "delete", "history", "password", "compare", f"restore/{key}"):
                ask(f"{room}/{key}/{page}/")
            ask(f"{room}/{key}/change/", {"name": "x"})
            ask(f"/admin/r/{kind}/{key}/")
    story = "/admin/articles/article"
    for key in keys:
        for page in ("sheet", "preview", f"transition/{key}", "transition/publish"):
            ask(f"{story}/{key}/{page}/")
        for path in (f"{story}/{key}/", f"/admin/r/{key}/1/", f"/admin/{key}/", f"{story}/{key}"):
            ask(path)


def test_a_page_of_a_thing_takes_any_parameter(ask):
    for model, page in each_page():
        thing = model.objects.first()
        for name in ("change", "delete", "history"):
            path = address(model, name, thing.pk)
            for query in ("_popup=", "_to_field=", "_to_field=abc", "p=x", f"p={BIG}", "old=x"):
                ask(f"{path}?{query}")
            for field in model._meta.get_fields():
                ask(f"{path}?_to_field={field.name}")
        path = address(model, "change", thing.pk)
        for name in ("_popup", "_to_field", "_continue", "_addanother", "_opened"):
            for value in ("", "abc", BIG):
                ask(path, {name: value})
        assert ask(path, {"_saveasnew": "1"}) == 400, page


def test_versions_are_compared_and_restored_by_number_alone(ask):
    path = f"/admin/articles/article/{Article.objects.get().pk}"
    for value in NO_VALUES:
        expected = 400 if value == NUL else 404
        for name, other in (("old", "new"), ("new", "old")):
            assert ask(f"{path}/compare/?{name}={quote(value)}&{other}=1") == expected
        if value:
            assert ask(f"{path}/restore/{quote(value)}/") in (404, 302)


def test_an_action_takes_keys_alone(ask):
    for model, page in each_page():
        path, key = address(model, "changelist"), str(model.objects.first().pk)
        chosen = {"action": "delete_selected", "post": "yes"}
        for value in ("", "abc", "-1", BIG, NUL):
            status = ask(path, {**chosen, "_selected_action": [value, key]})
            assert status == (200 if page.actions is None else 400)
        for name in ("action", "index", "select_across", "kept"):
            for value in ("abc", BIG):
                ask(path, {**chosen, "_selected_action": key, name: value})


def test_rows_edited_in_a_list_take_any_number_and_any_key(ask):
    path = reverse("admin:articles_section_changelist")
    for value in NO_VALUES:
        for count in ("0", "1", "3000", *NO_VALUES):
            head = {"form-TOTAL_FORMS": count, "form-INITIAL_FORMS": count}
            assert ask(path, {**head, "form-0-id": value, "form-0-order": value, "_save": "1"})


def test_a_picker_answers_for_the_fields_of_forms_alone(ask):
    declared = admin.site.pickers
    assert ("articles", "article", "bulletin") in declared
    for model in apps.get_models():
        for field in model._meta.get_fields(include_hidden=True):
            names = (model._meta.app_label, model._meta.model_name, field.name)
            query = "app_label={}&model_name={}&field_name={}".format(*map(quote, names))
            status = ask(f"{reverse('admin:autocomplete')}?{query}")
            assert status == (200 if names in declared else 403), names


def test_a_picker_takes_any_words(ask):
    known = {"app_label": "articles", "model_name": "milestone", "field_name": "article"}
    for name in (*known, "term", "page"):
        for value in NO_VALUES:
            asked = {**known, "term": "x", name: value}
            query = "&".join(f"{one}={quote(words)}" for one, words in asked.items())
            status = ask(f"{reverse('admin:autocomplete')}?{query}")
            assert status == 400 if NUL in value else status in (200, 403, 404), asked


WORDS = {
    " ".join("字" * MOST_WORDS): True,
    "字" * MOST_LETTERS: True,
    " ".join("字" * (MOST_WORDS + 1)): False,
    " ".join("字" * 300): False,
    "字" * (MOST_LETTERS + 1): False,
    '"' * 5000: False,
    "'\\" * 50_000: False,
}


@pytest.mark.parametrize("words", WORDS)
def test_words_beyond_the_limit_are_refused_and_kept(bulletin, at_desk, words):
    client, told = at_desk(CHIEF), f"一次最多查找{MOST_WORDS}个词、{MOST_LETTERS}个字"
    for model in ("articles_article", "people_official", "articles_photo"):
        page = client.get(reverse(f"admin:{model}_changelist"), {"q": words})
        assert (told in page.text) == (not WORDS[words])
        assert page.context["cl"].query == words
        assert page.context["cl"].result_count == 0
    asked = {"app_label": "articles", "model_name": "mention", "field_name": "official"}
    found = client.get(reverse("admin:autocomplete"), {**asked, "term": words}).json()
    assert [told in one["text"] for one in found["results"]] == [True] * (not WORDS[words])


def test_an_action_takes_as_many_rows_as_a_page_shows(at_desk):
    numbers = range(MOST_AT_ONCE + 1)
    Section.objects.bulk_create(Section(name=f"栏{one}", slug=f"s{one}") for one in numbers)
    client, path = at_desk(CHIEF), address(Section, "changelist")
    chosen = {"action": "delete_selected", "post": "yes"}
    keys = [str(key) for key in Section.objects.values_list("pk", flat=True)]
    for more in ({"_selected_action": keys}, {"_selected_action": keys[:1], "select_across": "1"}):
        answer = client.post(path, {**chosen, **more}, follow=True)
        assert f"一次最多处理{MOST_AT_ONCE}条" in answer.text
        assert Section.objects.count() == MOST_AT_ONCE + 1
    client.post(path, {**chosen, "_selected_action": keys[:MOST_AT_ONCE]})
    assert Section.objects.count() == 1
