"""What is not live is nowhere: one story in every state, and a walk over every address."""

import datetime
import io

import pytest
from django.utils import timezone
from PIL import Image

from articles.decoder import normalised
from articles.editorial import rebuild_appearances
from articles.models import (
    Article,
    ArticlePhoto,
    Attendance,
    Bulletin,
    Byline,
    Inspection,
    Meeting,
    Mention,
    Milestone,
    Photo,
    Project,
    Section,
    Stop,
)
from articles.quarter import Quarter
from articles.rendition_files import make_renditions
from people.models import Appointment, Official, Organisation, Reporter
from tests.support.every_page import as_read
from tests.support.stories import put

NOW = timezone.now()
HOUR = datetime.timedelta(hours=1)
STATES = {
    "draft": {},
    "signed": {"stage": "signed"},
    "withdrawn": {"visibility": "withdrawn", "published_at": NOW - HOUR},
    "to come": {"visibility": "live", "published_at": NOW + HOUR},
    "expired": {
        "visibility": "live",
        "published_at": NOW - 2 * HOUR,
        "expires_at": NOW - HOUR,
    },
}
#: In every text of the hidden story and its record, so that any trace of it is found.
MARK = "隐记"
DAY = datetime.date(2021, 3, 20)

LISTS = """
/ /articles/ /articles/2021/ /articles/2021/03/ /articles/2021/03/20/ /sections/lan-mu/ /projects/
/inspections/ /meetings/ /quarters/ /quarters/2021q1/ /officials/ /reporters/ /bulletins/
/sitemap.xml /sitemap-articles.xml /sitemap-officials.xml /sitemap-projects.xml
/sitemap-inspections.xml /sitemap-meetings.xml /sitemap-reporters.xml /sitemap-bulletins.xml
/sitemap-news.xml /sitemap-quarters.xml /robots.txt
/articles/?quarter=2021q1 /articles/?q=隐记 /articles/?section=lan-mu
/articles/?official=yin-guan /articles/?reporter=yin-ji /articles/?project=yin-xiang
/inspections/?official=yin-guan /inspections/?project=yin-xiang /inspections/?kind=study
/inspections/?q=隐记 /meetings/?official=yin-guan /meetings/?q=隐记 /meetings/?kind=隐记形式
/projects/?area=隐记片区 /projects/?sector=隐记类型 /projects/?status=signed /projects/?q=隐记
/feeds/ /feeds/?official=yin-guan /feeds/articles.atom /feeds/articles.rss /feeds/articles.json
/feeds/articles.atom?q=隐记 /feeds/sections/lan-mu.atom /feeds/quarters/2021q1.atom
/feeds/events.ics /feeds/quarters/2021q1.ics
/officials/?q=隐记 /reporters/?q=隐记 /officials/?quarter=2021q1 /bulletins/?quarter=2021q1
""".split()


#: Things with feeds of their own that only the story shows.
FOLLOWED = ("officials/yin-guan", "reporters/yin-ji", "projects/yin-xiang")


@pytest.fixture
def record(bulletin):
    """A story with everything that can hang on one, each thing its own and marked."""
    official = Official.objects.create(name=f"{MARK}官", slug="yin-guan")
    body = Organisation.objects.create(name=f"{MARK}局")
    Appointment.objects.create(official=official, organisation=body, title=f"{MARK}局长")
    reporter = Reporter.objects.create(name=f"{MARK}者", slug="yin-ji")
    project = Project.objects.create(
        name=f"{MARK}项目", slug="yin-xiang", area=f"{MARK}片区", sector=f"{MARK}类型"
    )
    meeting, inspection = events(official, body, project)
    story = Article.objects.create(
        headline=f"{MARK}题",
        slug="yin-ti",
        body=f"<p>{MARK}文</p>",
        summary=f"{MARK}摘",
        section=Section.objects.create(name="栏", slug="lan-mu"),
        bulletin=Bulletin.objects.create(title=f"{MARK}刊", slug="yin-kan", issued_on=DAY),
        issued_on=DAY,
    )
    story.projects.add(project)
    story.inspections.add(inspection)
    story.meetings.add(meeting)
    Byline.objects.create(article=story, printed_name=reporter.name, reporter=reporter)
    Mention.objects.create(article=story, printed_name=official.name, official=official)
    Milestone.objects.create(project=project, status="signed", reached_on=DAY, article=story)
    photo = Photo.of(normalised(pixel().getvalue()), alt=f"{MARK}图")
    photo.save()
    list(make_renditions([photo.pk]))
    ArticlePhoto.objects.create(article=story, photo=photo)
    rebuild_appearances([story])
    return story


def events(official, body, project):
    """A meeting and the inspection before it, marked."""
    who = {"printed_name": official.name, "official": official}
    meeting = Meeting.objects.create(
        name=f"{MARK}会", slug="yin-hui", held_on=DAY, form=f"{MARK}形式"
    )
    meeting.organisers.add(body)
    inspection = Inspection.objects.create(
        title=f"{MARK}行", slug="yin-xing", held_on=DAY, kind="study", meeting=meeting
    )
    stop = Stop.objects.create(inspection=inspection, place=f"{MARK}处", organisation=body)
    stop.projects.add(project)
    Attendance.objects.create(inspection=inspection, **who, role="lead")
    Attendance.objects.create(meeting=meeting, **who, remarks=f"{MARK}要求")
    return meeting, inspection


def pixel():
    """File with a picture of one pixel."""
    file = io.BytesIO()
    Image.new("RGB", (1, 1)).save(file, "PNG")
    return file


def own_addresses(story):
    """Pages of the story and of all that only it shows, and its picture in every size."""
    photo = Photo.objects.get()
    folder = photo.image.url.rpartition("/")[0]
    return [
        photo.image.url,
        *(f"{folder}/{made['name']}" for made in photo.renditions),
        story.get_absolute_url(),
        f"{story.get_absolute_url()}correct/",
        f"{story.get_absolute_url()}correct/received/",
        "/officials/yin-guan/",
        "/reporters/yin-ji/",
        "/projects/yin-xiang/",
        "/meetings/yin-hui/",
        "/inspections/yin-xing/",
        "/bulletins/yin-kan/",
        "/articles/2021/03/20/",
        *(f"/feeds/{thing}.{ending}" for thing in FOLLOWED for ending in ("atom", "rss", "json")),
        *(f"/feeds/{thing}.ics" for thing in FOLLOWED if "reporters" not in thing),
        "/feeds/articles.atom?official=yin-guan",
    ]


def status(client, address):
    """Status of an answer that is read to its end, which closes the file of a picture."""
    answer = client.get(address)
    return answer.status_code if b"".join(answer) else None


def test_live_it_is_everywhere(client, record):
    put(Article.objects.filter(pk=record.pk), visibility="live", published_at=NOW - HOUR)
    assert {status(client, address) for address in own_addresses(record)} == {200}
    marked = [address for address in LISTS if MARK in client.get(address).text]
    assert len(marked) > 20


#: What a walk finds while the story is nowhere: the same before each test, so walked once.
WITHOUT = []


@pytest.mark.parametrize("state", STATES)
def test_not_live_it_leaves_no_trace(client, crawl, record, state):
    before = WITHOUT or sorted(crawl())
    WITHOUT[:] = before
    put(Article.objects.filter(pk=record.pk), **STATES[state])

    found = {address: status(client, address) for address in own_addresses(record)}
    assert set(found.values()) == {404}, found
    for address in LISTS:
        answer = client.get(address)
        # An address that names the mark itself echoes it; what it lists must be nothing.
        page = answer.text.replace(f'value="{MARK}"', "").replace(f"：{MARK}</a>", "")
        page = page.replace(f"“{MARK}形式”", "").replace(f"“{MARK}片区”", "")
        page = page.replace(f"“{MARK}类型”", "")
        assert MARK not in page, address
        assert "/yin-" not in page, address
    answers = crawl()
    assert sorted(answers) == before
    assert [address for address, answer in answers.items() if MARK in answer.text] == []


def test_a_working_copy_shows_nowhere(client, crawl, record):
    put(Article.objects.filter(pk=record.pk), visibility="live", published_at=NOW - HOUR)
    rebuild_appearances([record])
    before = as_read(crawl())
    copy = Article.objects.get(pk=record.pk)
    copy.pk, copy.copy_of_id = None, record.pk
    copy.visibility, copy.published_at = "unpublished", None
    copy.headline = "副本题"
    copy.save(force_insert=True)
    copy.meetings.set(record.meetings.all())
    copy.projects.set(record.projects.all())
    Byline.objects.create(article=copy, printed_name="副本者")
    rebuild_appearances([copy])
    assert as_read(crawl()) == before


def test_what_another_live_story_shows_stays(client, record):
    """Of a shared project only what the live story says: not the hidden visit, step or story."""
    shown = Article.objects.live().first()
    project = Project.objects.get(slug="yin-xiang")
    shown.projects.add(project)
    rebuild_appearances([shown])
    page = client.get(project.get_absolute_url())
    assert page.status_code == 200
    for hidden in (f"{MARK}题", f"{MARK}行", f"{MARK}处", "签约 ·"):
        assert hidden not in page.text


@pytest.mark.parametrize("state", [*STATES, "live"])
def test_row_and_queryset_agree(record, state):
    live = {"visibility": "live", "published_at": NOW - HOUR}
    put(Article.objects.filter(pk=record.pk), **STATES.get(state, live))
    record.refresh_from_db()
    assert record.is_live() == Article.objects.live().filter(pk=record.pk).exists()
    assert record.is_live() == (state == "live")


def test_the_clock_is_read_at_call_time(record):
    put(Article.objects.filter(pk=record.pk), visibility="live", published_at=NOW + HOUR)
    live = Article.objects.live
    assert not live().filter(pk=record.pk).exists()
    assert live(at=NOW + 2 * HOUR).filter(pk=record.pk).exists()
    assert Official.objects.public(at=NOW + 2 * HOUR).filter(slug="yin-guan").exists()
    assert Quarter(2021, 1) in live(at=NOW).quarters()
