"""Lists: what narrows them, and what they answer to nonsense."""

import datetime

import pytest

from articles.models import Article, Section
from articles.quarter import Quarter
from tests.support.pictures import halves, stored
from tests.support.stories import live, put

LISTS = (
    "/articles/",
    "/articles/2021/",
    "/sections/hui-yi/",
    "/projects/",
    "/inspections/",
    "/meetings/",
    "/officials/",
    "/reporters/",
    "/bulletins/",
)
PARAMETERS = (
    "quarter section date_after date_before official reporter project area sector status kind q"
).split()
NONSENSE = (
    "x",
    "0",
    "-1",
    "999999",
    "2021q9",
    "2021-02-31",
    "no-such-thing",
    "%00",
    "%ED%A0%80",
    "字" * 10_000,
    "'\"><script>",
    "%",
)


@pytest.mark.usefixtures("bulletin")
@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/articles/?quarter=2021q1", "6篇"),
        ("/articles/?section=hui-yi", "3篇"),
        ("/articles/?official=su-jian-she", "2篇"),
        ("/articles/?reporter=li-hui", "1篇"),
        ("/articles/?project=pu-le-tian-di-xiang-mu", "1篇"),
        ("/articles/?date_after=2021-04-07", "0篇"),
        ("/articles/?q=电力", "1篇"),
        ("/articles/?q=电力&section=hui-yi", "0篇"),
        ("/inspections/?kind=tour", "2次"),
        ("/inspections/?official=su-jian-she", "2次"),
        ("/inspections/?project=pu-le-tian-di-xiang-mu", "1次"),
        ("/inspections/?date_before=2021-03-28", "2次"),
        ("/meetings/?kind=座谈会", "1场"),
        ("/meetings/?official=lan-hai", "1场"),
        ("/projects/?area=南部城区", "9个"),
        ("/projects/?area=中心城区", "5个"),
        ("/projects/?status=signed", "0个"),
        ("/projects/?quarter=2021q1", "15个"),
        ("/officials/?q=sjs", "1人"),
        ("/officials/?quarter=2020q4", "0人"),
        ("/bulletins/?quarter=2021q1", "1期"),
    ],
)
def test_a_filter_narrows_its_list(client, address, count):
    assert f"<strong>{count}</strong>" in client.get(address).text


@pytest.mark.usefixtures("bulletin")
@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_nonsense_in_a_parameter_is_no_error_of_ours(client, address, parameter):
    for value in NONSENSE:
        answer = client.get(f"{address}?{parameter}={value}&{parameter}={value}")
        assert answer.status_code == 200, value[:20]


@pytest.mark.usefixtures("bulletin")
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("quarter=2021q7", "“2021q7”不是季度，请写成2021q1这样。"),
        ("section=no-such", "没有这个栏目，请从列表中选择。"),
        ("date_after=2021-02-31", "请写成2021-04-06这样的日期。"),
        ("official=no-such", "没有“no-such”这个人物，请从人物页点进来。"),
    ],
)
def test_a_bad_value_is_a_message_and_the_other_conditions_hold(client, query, message):
    page = client.get(f"/articles/?{query}&q=电力").text
    assert message in page
    assert "<strong>1篇</strong>" in page


@pytest.mark.usefixtures("bulletin")
@pytest.mark.parametrize("address", ["/articles/", "/inspections/", "/meetings/"])
def test_dates_the_wrong_way_round_are_said(client, address):
    said = "两个日期写反了"
    page = client.get(f"{address}?date_after=2021-03-01&date_before=2021-02-01")
    assert said in page.text
    assert page.context["rows"]
    assert "date_before" not in page.context["metadata"].path
    same = client.get(f"{address}?date_after=2021-03-01&date_before=2021-03-01")
    assert said not in same.text


@pytest.mark.usefixtures("bulletin")
@pytest.mark.parametrize("address", LISTS)
def test_a_condition_that_a_list_has_not_is_said(client, address):
    said = "不是这份名单的条件"
    assert f"“month”{said}" in client.get(f"{address}?month=2021-04").text
    # What a messenger hangs on a link that it passes on is nobody's condition.
    assert said not in client.get(f"{address}?page=1&utm_source=x&from=timeline").text


@pytest.mark.usefixtures("bulletin")
@pytest.mark.parametrize("address", LISTS)
def test_conditions_are_folded_until_one_holds_or_is_mistaken(client, address):
    def is_open(query):
        return 'filter-fold" open' in client.get(f"{address}?{query}").text

    known = "year" if address == "/bulletins/" else "q"
    assert not is_open("")
    assert not is_open(f"page=1&{known}=")
    assert is_open(f"{known}=2021")
    assert is_open(f"{known}=%00")


def test_a_list_shows_the_first_picture_of_a_story(client, db):
    live(stored(alt="先"), stored(halves(601, 400), alt="后"), headline="有图")
    live(headline="无图")
    page = client.get("/articles/").text
    assert page.count('class="thumb"') == page.count('alt="先"') == 1
    assert 'alt="后"' not in page


@pytest.mark.usefixtures("bulletin")
@pytest.mark.parametrize("page", ["x", "0", "-1", "2", "101", "999999", "%00", "last", ""])
def test_a_page_that_is_not_there_is_404_in_the_sites_own_look(client, page):
    answer = client.get(f"/articles/?page={page}")
    assert answer.status_code == 404
    assert 'href="/articles/"' in answer.text


@pytest.mark.usefixtures("bulletin")
@pytest.mark.parametrize(
    "address",
    [
        "/articles/0000/",
        "/articles/2021/13/",
        "/articles/2021/02/31/",
        "/articles/2019/",
        "/articles/2021/04/07/",
        "/articles/2021/04/06/no-such/",
        "/articles/2021/02/31/no-such/",
        "/quarters/2021q9/",
        "/quarters/2019q1/",
        "/officials/no-such/",
        "/sections/no-such/",
        "/media/photos/none.jpg",
        "/media/%00",
        "/media/../manage.py",
        "/no/such/page/",
    ],
)
def test_an_unknown_address_is_404(client, address):
    assert client.get(address).status_code == 404


@pytest.fixture
def many(db):
    """45 live stories of one section, one a day."""
    section = Section.objects.create(name="要闻")
    day = datetime.date(2021, 1, 1)
    Article.objects.bulk_create(
        Article(
            headline=f"第{number}件事",
            slug=f"story-{number}",
            section=section,
            issued_on=day + datetime.timedelta(days=number),
            quarter=Quarter(2021, 1),
            visibility=Article.Visibility.LIVE,
            published_at=datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC),
        )
        for number in range(45)
    )


@pytest.mark.usefixtures("many")
def test_links_between_pages_keep_the_filters_and_drop_the_page(client):
    page = client.get("/articles/?section=yao-wen&page=2").text
    assert 'href="?section=yao-wen&amp;page=3"' in page
    assert 'href="/articles/"' in page
    assert "第24件事" in page
    assert "第44件事" not in page


@pytest.mark.usefixtures("many", "shell")
def test_a_list_costs_the_same_number_of_queries_however_long(
    client, django_assert_max_num_queries
):
    client.get("/articles/")
    # Two of them read the state of what readers see (newsroom.kept_pages).
    with django_assert_max_num_queries(10):
        client.get("/articles/?page=2")


@pytest.mark.usefixtures("many")
def test_counts_are_capped_and_the_reader_is_sent_to_the_archive(client, monkeypatch):
    monkeypatch.setattr("articles.public.base.CappedPaginator.limit", 40)
    assert "<strong>40篇以上</strong>" in client.get("/articles/").text
    answer = client.get("/articles/?page=3")
    assert answer.status_code == 404
    assert "更早的请按日期查找" in answer.text


@pytest.mark.usefixtures("many")
def test_the_archive_offers_the_years_that_have_stories(client):
    Article.objects.filter(slug="story-3").update(issued_on=datetime.date(2014, 12, 31))
    Article.objects.filter(slug="story-4").update(issued_on=datetime.date(2014, 1, 1))
    Article.objects.filter(slug="story-5").update(issued_on=datetime.date(2009, 7, 1))
    hidden = Article.objects.filter(slug="story-6")
    put(hidden, issued_on=datetime.date(2017, 7, 1), visibility="withdrawn")
    answer = client.get("/articles/")
    assert answer.context["years"] == [2021, 2014, 2009]
    for year in answer.context["years"]:
        assert client.get(f"/articles/{year}/").status_code == 200
