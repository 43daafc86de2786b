"""The calendar of issues, and an issue by its pages."""

import datetime
import re

import pytest

from articles.models import Bulletin
from articles.public.charts import page_thumbnail
from tests.support.every_page import names_whole
from tests.support.stories import live, put

pytestmark = pytest.mark.django_db


def issue(day, title=None, **story):
    """An issue of a day of 2021 or of an ISO day, with a live story."""
    day = datetime.date.fromisoformat(day)
    bulletin = Bulletin.objects.create(title=title or f"{day}刊", issued_on=day)
    live(bulletin=bulletin, issued_on=day, **story)
    return bulletin


def months(page):
    """Days with an issue, by the caption of their table."""
    tables = re.findall(r"<caption>(.*?)</caption>(.*?)</table>", page, re.DOTALL)
    return {name: re.findall(r'aria-label="([^"]+)"', body) for name, body in tables}


def calendar(client):
    """HTML of the digital paper from its calendar on; before it stands the newest issue."""
    return client.get("/bulletins/").text.partition('class="issues"')[2]


def test_the_calendar_shows_the_newest_year_and_only_months_with_issues(client):
    for day in ("2020-12-31", "2021-04-06", "2021-04-20", "2021-02-01"):
        issue(day)
    Bulletin.objects.create(title="没有稿件", issued_on=datetime.date(2021, 6, 1))
    page = client.get("/bulletins/").text
    assert months(page) == {
        "2021年4月": ["6日 2021-04-06刊", "20日 2021-04-20刊"],
        "2021年2月": ["1日 2021-02-01刊"],
    }
    assert re.findall(r'<a href="\?year=(\d+)"', page) == ["2021", "2020"]
    assert list(months(client.get("/bulletins/?year=2020").text)) == ["2020年12月"]


def test_each_day_of_a_month_stands_under_its_weekday(client):
    issue("2021-04-06")
    rows = re.findall(r"<tr>(<td>.*?)</tr>", client.get("/bulletins/").text)
    weeks = [re.findall(r"<td>(?:<a[^>]*>)?(\d*)", row) for row in rows]
    assert weeks[0] == ["", "", "", "1", "2", "3", "4"]
    assert weeks[1][1] == "6"
    assert {len(week) for week in weeks} == {7}


def test_two_issues_of_a_day_are_both_linked(client):
    first, second = issue("2021-04-06", "早刊"), issue("2021-04-06", "晚<b>刊")
    page = calendar(client)
    for one in (first, second):
        assert page.count(f'href="{one.get_absolute_url()}"') == 2
    assert "晚<b>" not in page


def test_of_a_daily_paper_the_days_alone_are_linked(client):
    issues = [issue(f"2021-04-{day:02d}") for day in range(1, 8)]
    page = calendar(client)
    assert [page.count(f'href="{one.get_absolute_url()}"') for one in issues] == [1] * 7
    put(issues[0].articles.all(), visibility="withdrawn")
    assert calendar(client).count(f'href="{issues[1].get_absolute_url()}"') == 2


def test_issues_of_a_quarter_are_shown_whatever_their_year(client):
    issue("2020-03-01")
    issue("2021-04-06")
    assert list(months(client.get("/bulletins/?quarter=2020q1").text)) == ["2020年3月"]


@pytest.mark.parametrize("year", ["x", "2021.5", "0", "-1", "10000", "9" * 40, "%00"])
def test_a_bad_year_is_a_message(client, year):
    issue("2021-04-06")
    answer = client.get(f"/bulletins/?year={year}")
    assert answer.status_code == 200
    assert re.search(r'class="error"[^>]*>[^<]+<', answer.text)


def test_a_year_without_an_issue_says_so(client):
    issue("2021-04-06")
    assert "没有符合条件的专刊" in client.get("/bulletins/?year=1999").text


def test_an_issue_leads_to_the_ones_beside_it(client):
    first, second, third = issue("2021-04-06"), issue("2021-04-06", "晚刊"), issue("2021-05-01")
    Bulletin.objects.create(title="没有稿件", issued_on=datetime.date(2021, 4, 20))
    pages = {one: client.get(one.get_absolute_url()).text for one in (first, second, third)}
    turn = re.compile(r'rel="(prev|next)" href="([^"]+)"')
    links = {one: turn.findall(page) for one, page in pages.items()}
    assert links == {
        first: [("next", second.get_absolute_url())],
        second: [("prev", first.get_absolute_url()), ("next", third.get_absolute_url())],
        third: [("prev", second.get_absolute_url())],
    }


def test_an_issue_is_laid_out_by_page_and_position(client):
    bulletin = issue("2021-04-06", headline="甲", page="02版：项目", position=1)
    for headline, page, position in (
        ("乙", "01版：要闻", 2),
        ("丙", "01版：要闻", 1),
        ("丁", "02版：会议", 2),
        ("戊", "", 0),
    ):
        live(headline=headline, bulletin=bulletin, page=page, position=position)
    page = client.get(bulletin.get_absolute_url()).text
    sheets = re.findall(r'id="(sheet-\d)">(.*?)</section>', page, re.DOTALL)
    found = {
        re.search(r"<h2>(.*?)</h2>", sheet)[1]: "".join(re.findall(r'phrase">(.)<', sheet))
        for _name, sheet in sheets
    }
    # A page that is about two things goes by its number; what names no page goes last.
    assert found == {"01版：要闻": "丙乙", "02版": "甲丁", "未分版": "戊"}
    assert list(found)[-1] == "未分版"
    assert re.findall(r'href="#(sheet-\d)"><svg.*?</svg><span><b>([^<]+)<', page) == [
        (name, number) for (name, _), number in zip(sheets, ["01版", "02版", "未分版"], strict=True)
    ]
    assert page.count("page-nameplate") == 1
    assert "第2条" in page
    assert "第0条" not in page


def test_a_place_that_two_stories_of_a_page_share_is_not_said(client):
    bulletin = issue("2021-04-06", page="01版", position=3)
    live(headline="乙", bulletin=bulletin, page="01版", position=3)
    assert "第3条" not in client.get(bulletin.get_absolute_url()).text


def test_months_of_a_year_are_folds_for_elder_readers_whatever_the_width(client):
    issue("2021-04-06")
    assert "open-wide" in calendar(client)
    client.cookies["display"] = "elder"
    assert "open-wide" not in calendar(client)


def test_the_digital_paper_opens_with_the_newest_issue_by_its_pages(client):
    issue("2021-04-01", headline="旧稿")
    newest = issue("2021-04-06", "新刊", headline="头条 一句", page="01版：要闻", position=1)
    live(headline="会<b>议", bulletin=newest, page="02版：会议", position=1)
    page = names_whole(client.get("/bulletins/").text)
    front = page.partition('class="issues"')[0]
    names = [re.sub(r"<[^>]+>", "", name) for name in re.findall("<h2><a.*?</h2>", front)]
    assert names == ["01版 要闻", "02版 会议"]
    assert "旧稿" not in front
    assert "会<b>议" not in front
    first, second = re.findall(r'class="page-view".*?</svg>', front)
    # A part of a headline has a line to itself; the first page alone has the paper's name.
    assert re.findall(r'class="page-title"[^>]*>([^<]+)', first) == ["头条", "一句"]
    assert "page-nameplate" in first
    assert "page-nameplate" not in second


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 60])
def test_a_page_in_small_keeps_within_its_sheet(count):
    headlines = [f"全区重点项目建设推进会召开 第{number}次部署" * 3 for number in range(count)]
    drawn = page_thumbnail(headlines)
    places = [tuple(map(float, place)) for place in re.findall(r'x="([\d.]+)" y="([\d.]+)"', drawn)]
    assert len(places) >= min(count, 7)
    assert all(6 <= x <= 94 and 20 <= y <= 132 for x, y in places)
    ends = [float(x) + float(width) for x, width in re.findall(r"M([\d.]+) [\d.]+h([\d.]+)", drawn)]
    assert max(ends) <= 94.1
