"""The library of components: all of them, in each state, without a query."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from articles.devdata.components import SAMPLES
from articles.editorial.roles import REPORTER

COMPONENTS = Path(__file__).resolve().parents[3] / "templates" / "components"


def test_every_component_has_a_sample():
    assert {path.stem for path in COMPONENTS.iterdir()} == set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_each_state_of_a_component_is_drawn_and_differs(name):
    request = RequestFactory().get("/admin/components/")
    drawn = [
        render_to_string(f"components/{name}.html", context, request).strip()
        for context in SAMPLES[name].values()
    ]
    assert all(drawn)
    assert len(set(drawn)) == len(drawn)


@pytest.mark.django_db
def test_the_desk_sees_them_on_one_page(at_desk):
    page = at_desk(REPORTER).get("/admin/components/").text
    missing = {name for name, states in SAMPLES.items() if f'id="{name}"' not in page and states}
    assert missing == set()


@pytest.mark.django_db
def test_a_stranger_does_not(client):
    answer = client.get("/admin/components/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")
