"""Generated input: whatever is asked or posted, no answer is an error of ours."""

import re
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.editorial.roles import CHIEF
from tests.support.desk import filled

LISTS = (
    "/articles/ /articles/2021/ /articles/2021/04/ /sections/hui-yi/ /projects/ /inspections/ "
    "/meetings/ /officials/ /reporters/ /bulletins/ /officials/su-jian-she/ "
    "/reporters/zhang-gai-hua/ /projects/pu-le-tian-di-xiang-mu/ /quarters/2021q1/"
).split()
PARAMETERS = (
    "quarter section date_after date_before official reporter project area sector status kind q "
    "page"
).split()
DESK = [
    f"/admin/articles/{name}/add/"
    for name in ("article", "meeting", "inspection", "project", "section", "bulletin")
] + [f"/admin/people/{name}/add/" for name in ("official", "reporter", "organisation")]

#: Bytes of a parameter: text with every kind of character, half a character, nothing at all.
values = st.one_of(
    st.text(max_size=30).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=20),
    st.sampled_from([b"2021q1", b"2021-04-06", b"su-jian-she", b"tour", b"1", b"\x00", b"9" * 400]),
)
queries = st.lists(st.tuples(st.sampled_from(PARAMETERS), values), max_size=5)
relaxed = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

pytestmark = pytest.mark.usefixtures("bulletin")


@relaxed
@given(address=st.sampled_from(LISTS), query=queries)
def test_a_list_answers_any_query(client, address, query):
    text = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in query)
    assert client.get(f"{address}?{text}").status_code in (200, 404)


@relaxed
@given(path=st.text(max_size=40))
def test_any_address_is_answered(client, path):
    raw = quote_from_bytes(path.encode("utf-8", "surrogatepass"))
    assert client.get(f"/{raw}").status_code in (200, 301, 302, 404)


@relaxed
@given(data=st.data())
def test_a_form_of_the_desk_takes_any_text(at_desk, data):
    client = at_desk(CHIEF)
    address = data.draw(st.sampled_from(DESK))
    page = client.get(address)
    posted = filled(page)
    names = sorted(set(re.findall(r' name="([a-z][^"]*)"', page.text)))
    for name in data.draw(st.lists(st.sampled_from(names), max_size=6, unique=True)):
        posted[name] = data.draw(st.text(max_size=200))
    assert client.post(address, posted).status_code in (200, 302)
