"""What readers find: every page, every fact, everything within two clicks."""

import html
import re

import pytest
from django.urls import reverse

from articles.editorial import rebuild_appearances
from articles.models import Article, Attendance, Inspection, Meeting, Project, Stop
from people.models import Official, Reporter
from tests.support.stories import put

pytestmark = pytest.mark.usefixtures("bulletin")

QUARTER = "/quarters/2021q1/"

ADDRESSES = """
/ /articles/ /articles/2021/ /articles/2021/04/ /articles/2021/04/06/ /sections/hui-yi/ /projects/
/inspections/ /meetings/ /quarters/ /quarters/2021q1/ /officials/ /officials/su-jian-she/
/reporters/ /reporters/zhang-gai-hua/ /bulletins/ /bulletins/2021q1/ /sitemap.xml
/sitemap-articles.xml /robots.txt /healthz
""".split()

#: Figures, names and demands of the bulletin, each to stand somewhere on the site.
FACTS = """
174个 57个 34个 140余名 55名 “11463” 一条主线 一个战略 四个方面 六大工程 三个起来 十四五
首季度开门红 建党100周年 2020年度网络主题宣传活动优秀组织单位 连续4年
人民网网民留言办理民心汇聚单位 全国疫情防控最美志愿者 全市唯一 居全市第一
3个新时代文明实践分中心 郑好看 樱桃沟景区 瑞光创意工厂 二七万达 二七广场 十佳夜游好去处
祥云里 三路一园 陈顶 两委 二七人才新政 三个二七 六大提升工程 四力 二七精神 我为群众办实事
举旗帜、聚民心、育新人、兴文化、展形象 一园一路一廊 双创十字街区 生命线 主战场 店小二 发动机 指挥棒
一盘棋 倒排工期 挂图作战 日调度例会制度 六小 举一反三 问题台账 小散乱污 黑臭水体 旱厕
智慧充电桩 智慧电力 领导专班 友谊大厦 联合执法 占道经营 墙体广告 长效机制 严防反弹 城市精细化管理
区四个班子领导 各镇街道（管委会）党政主要负责人 区直单位负责人 马寨镇主要领导 区委主要领导
区委政法委、区政法各单位主要负责同志和分管同志 井长安 电视电话会议 座谈会 南部城区组 中心城区观摩组
区人民法院 区人民检察院 区司法局 二七公安分局 火车站分局
""".split()

DEMANDS = (
    ("陈红民", 7),
    ("苏建设", 8 + 12),
    ("时博", 5),
)


def text_of(answer):
    """What a reader sees of a page below its navigation, without its markup."""
    body = re.sub(r"<[^>]+>", "", answer.text.partition("<main")[2])
    return html.unescape(body)


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_address_of_the_contract_answers(client, address):
    assert client.get(address).status_code == 200


#: Answers of the bulletin's pages, walked once a process: no test here changes them.
WALKED = {}


@pytest.fixture
def walked(crawl, no_query_in_templates):
    """Each page of the bulletin that a link reaches; none asks the database in its template."""
    if not WALKED:
        WALKED.update(crawl())
    return WALKED


def test_every_page_that_a_link_reaches_answers_without_a_query_in_its_template(walked):
    assert {answer.status_code for answer in walked.values()} == {200}
    assert len(walked) > 60


def test_everything_of_the_quarter_is_two_clicks_from_the_front_page(crawl, walked):
    answers = crawl("/", known=walked)
    clicks = {address: answer.depth for address, answer in answers.items()}
    things = [
        *Article.objects.all(),
        *Official.objects.all(),
        *Project.objects.all(),
        *Meeting.objects.all(),
        *Inspection.objects.all(),
    ]
    assert len(things) == 6 + 7 + 15 + 4 + 4
    assert {thing.get_absolute_url(): clicks[thing.get_absolute_url()] for thing in things}
    assert max(clicks[thing.get_absolute_url()] for thing in things) <= 2


def test_the_quarter_page_links_each_story_official_project_and_event(client):
    page = client.get(QUARTER).text
    for model in (Article, Official, Project, Meeting, Inspection):
        for thing in model.objects.all():
            assert f'href="{thing.get_absolute_url()}"' in page, thing


def test_each_byline_name_is_one_click_from_the_quarter_page(crawl, walked):
    answers = crawl(QUARTER, known=walked)
    clicks = {address: answer.depth for address, answer in answers.items()}
    for reporter in Reporter.objects.all():
        assert clicks[reporter.get_absolute_url()] <= 2
    stories = [story.get_absolute_url() for story in Article.objects.all()]
    signed = "".join(answers[address].text for address in stories)
    for reporter in Reporter.objects.all():
        assert reporter.name in signed


def test_each_figure_name_and_demand_of_the_bulletin_stands_on_the_site(walked):
    whole = "\n".join(text_of(answer) for answer in walked.values())
    assert [fact for fact in FACTS if fact not in whole] == []


@pytest.mark.parametrize(("name", "count"), DEMANDS)
def test_the_dossier_of_an_official_holds_each_demand(client, name, count):
    official = Official.objects.get(name=name)
    page = text_of(client.get(official.get_absolute_url()))
    demands = [demand for row in official.attendance.all() for demand in row.demands]
    assert len(demands) == count
    assert [demand for demand in demands if demand not in page] == []


def test_the_quarter_page_shows_groups_leaders_stops_in_order_and_open_lists(client):
    page = text_of(client.get(QUARTER))
    assert "南部城区组，陈红民带队" in page
    assert "中心城区观摩组，苏建设带队" in page
    visit = Inspection.objects.get(title__contains="重大项目")
    page = page[page.rindex("逐场列出") : page.index("提出的要求")]
    places = [page.index(stop.place) for stop in Stop.objects.filter(inspection=visit)]
    assert places == sorted(places)
    assert page.count("名单未尽") == 4


def test_the_quarter_page_counts_what_it_shows(client):
    counts = re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", client.get(QUARTER).text)
    assert [int(number) for _word, number in counts] == [4, 25, 14, 4, 7, 6]


def test_officials_stand_in_the_papers_order_of_rank_and_then_as_printed(client):
    page = client.get(QUARTER).text
    section = page[page.index('id="people"') :]
    askers = re.findall(r'<h3 class="fold-word">([^<]+) <small>', section)
    assert askers[:5] == ["陈红民", "苏建设", "时博", "会议提出", "未列名"]
    silent = section[: section.index("到场，原文没有写出要求")].rpartition("<p")[2]
    assert re.findall(r">([^<]+)</a>", silent) == ["唐莉军", "兰海", "武永祥", "辛忠良"]


def test_the_quarter_page_holds_each_demand_under_who_asked_it(client):
    page = text_of(client.get(QUARTER))
    rows = Attendance.objects.exclude(remarks="")
    demands = [demand for row in rows for demand in row.demands]
    assert [demand for demand in demands if demand not in page] == []
    for name, count in DEMANDS:
        assert re.search(rf"{name} [^。；]*?{count}条", page), name


@pytest.mark.parametrize(
    ("name", "title"),
    [("时博", "区委副书记"), ("苏建设", "区委副书记、区长"), ("陈红民", "区委书记")],
)
def test_the_title_of_the_day_stands_beside_the_name(client, name, title):
    official = Official.objects.get(name=name)
    row = official.attendance.first()
    for address in (
        official.get_absolute_url(),
        row.event.get_absolute_url(),
        row.event.articles.get().get_absolute_url(),
        QUARTER,
    ):
        assert title in text_of(client.get(address)), address


def test_an_event_of_april_says_both_its_day_and_its_quarter(client):
    page = text_of(client.get(Inspection.objects.get(kind="supervision").get_absolute_url()))
    assert "2021年4月5日 · 记入2021年第一季度" in page


def test_the_note_of_a_doubtful_project_is_for_the_desk_alone(crawl):
    note = Project.objects.exclude(note="").get().note
    assert all(note not in answer.text for answer in crawl().values())


def test_a_capital_q_leads_to_the_address(client):
    answer = client.get("/quarters/2021Q1/")
    assert (answer.status_code, answer["Location"]) == (301, QUARTER)


def test_an_empty_site_says_so(client):
    put(Article.objects.all(), visibility="withdrawn")
    rebuild_appearances(Article.objects.all())
    assert "还没有稿件" in client.get("/").text
    assert client.get(QUARTER).status_code == 404
    for name in ("articles", "projects", "officials", "inspections", "meetings", "reporters"):
        page = client.get(reverse(name)).text
        # No condition is to blame, so none is offered; the page leads on.
        assert "还没有记录" in page
        assert 'class="filters"' not in page
        assert 'id="look-up"' in page


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_answer_only_what_asks(client, address):
    assert client.post(address).status_code == 405


def test_pages_carry_a_strict_policy(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "nonce" not in policy
    for part in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'"):
        assert part in policy
