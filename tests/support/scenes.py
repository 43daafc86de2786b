"""A desk with one thing of every kind in every state, for tests that try who may do what."""

import datetime

from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site
from django.db import transaction
from django.utils import timezone

from articles.editorial import amended, execute, handle_report, open_working_copy
from articles.editorial.roles import CHIEF, EDITOR, REPORTER
from articles.models import (
    Article,
    ArticlePhoto,
    Attendance,
    Bulletin,
    Byline,
    ErrorReport,
    Inspection,
    Meeting,
    Mention,
    Milestone,
    Page,
    Placement,
    Project,
    Section,
)
from articles.versions import row_at_work, save_version
from people.models import Appointment, Official, Organisation, Reporter, User
from tests.support.pictures import halves, stored
from tests.support.stories import edited, reviewers, signed

#: In every text that no reader may see.
MARK = "隐记"
#: What readers may see.
PLAIN = {"headline": "新桥通车", "body": "<p>新桥通车。</p>", "summary": "新桥通车。"}
DAY = datetime.date(2021, 3, 20)
HOUR = datetime.timedelta(hours=1)
#: A post, as ``official`` takes it.
MAYOR = ("区长", "区政府", {})


class Scenes:
    """Makers of stories in each state, and a desk that holds one thing of each kind."""

    def __init__(self, account):
        """Take the maker of accounts; whoever acts here is nobody who is tried later."""
        self.account = account
        self.section = Section.objects.get_or_create(name="要闻")[0]

    def person(self, role, username):
        """The account of that name; the same whenever asked."""
        return User.objects.filter(username=username).first() or self.account(role, username)

    @property
    def author(self):
        """A 记者 who wrote every story here, unless told otherwise."""
        return self.person(REPORTER, "scene-author")

    @property
    def chief(self):
        """A 总编 who publishes here."""
        return self.person(CHIEF, "scene-chief")

    def draft(self, author=None, **fields):
        """A story that lacks nothing, with a version of its author's."""
        fields = {
            "headline": f"{MARK}题",
            "body": f"<p>{MARK}正文。</p>",
            "summary": f"{MARK}摘要。",
            "slug": f"s{Article.objects.count()}",
            **fields,
        }
        story = Article.objects.create(section=self.section, issued_on=DAY, **fields)
        Byline.objects.create(article=story, printed_name="王某")
        save_version(story, person=author or self.author)
        return story

    def review(self, author=None, **options):
        """A story that lies at its first review."""
        story = self.draft(author, **options)
        execute("submit", story, person=author or self.author)
        return story

    def signed(self, author=None, **options):
        """A story that all have signed."""
        story = self.draft(author, **options)
        signed(story, self.account, author=author or self.author)
        return story

    def live(self, **options):
        """A story that readers see."""
        story = self.signed(**{**PLAIN, **options})
        execute("publish", story, person=self.chief)
        return story

    def scheduled(self, **options):
        """A story whose first hour is to come."""
        story = self.signed(**options)
        execute("schedule", story, person=self.chief, at=timezone.now() + HOUR)
        return story

    def withdrawn(self, **options):
        """A story that readers saw once."""
        story = self.live(headline=f"{MARK}题", body=f"<p>{MARK}</p>", **options)
        execute("withdraw", story, person=self.chief, reason="核实")
        return story

    def copied(self, editor=None, **options):
        """A live story with an unpublished change; the story."""
        story = self.live(**options)
        editor = editor or self.person(EDITOR, "scene-editor")
        edited(
            open_working_copy(story, editor),
            editor,
            headline=f"{MARK}改题",
            body=f"<p>{MARK}改文</p>",
        )
        return story

    def waiting(self, **options):
        """A live story whose signed change waits for its hour; the story."""
        story = self.copied(**options)
        signed(row_at_work(story), self.account, author=self.author)
        at = timezone.now() + HOUR
        execute("schedule", row_at_work(story), person=self.chief, at=at)
        return story

    def bring(self, story, stage):
        """Submit the row at work and sign it until it lies at ``stage``."""
        row = row_at_work(story)
        execute("submit", row, person=self.author)
        for verb, person in reviewers(self.account).items():
            row.refresh_from_db()
            if row.stage != stage:
                execute(verb, row, person=person)
        return story


def official(name="王伟", *posts, aliases=""):
    """An official with posts ``(title, body, term)``."""
    person = Official.objects.create(name=name, aliases=aliases)
    for title, body, term in posts:
        organisation, _new = Organisation.objects.get_or_create(name=body)
        Appointment.objects.create(official=person, organisation=organisation, title=title, **term)
    return person


def record(mark, *, linked=True):
    """An event of each kind, a project, an official and an organisation, named by ``mark``."""
    body = Organisation.objects.create(name=f"{mark}局")
    official = Official.objects.create(name=f"{mark}官")
    project = Project.objects.create(name=f"{mark}项目", note=f"{mark}备注")
    meeting = Meeting.objects.create(name=f"{mark}会", held_on=DAY)
    inspection = Inspection.objects.create(title=f"{mark}行", held_on=DAY)
    far = official if linked else None
    Attendance.objects.create(meeting=meeting, printed_name=f"{mark}官", official=far)
    if linked:
        Appointment.objects.create(official=official, organisation=body, title=f"{mark}局长")
    for thing in (official, project, meeting, inspection):
        save_version(thing)
    return {
        "organisation": body,
        "official": official,
        "project": project,
        "meeting": meeting,
        "inspection": inspection,
    }


def desk(account) -> dict:
    """One thing of each kind in each state, by its name in docs/security.md."""
    scenes = Scenes(account)
    shown, hidden = record("明记"), record(MARK, linked=False)
    pictures = {"shown": stored(halves(20, 20)), "hidden": stored(halves(21, 21))}
    live = told(scenes, shown, pictures["shown"])
    review = scenes.review()
    Milestone.objects.create(
        project=hidden["project"], status="signed", reached_on=DAY, article=review
    )
    save_version(hidden["project"], person=scenes.author)
    return {
        **{f"{name} hidden": thing for name, thing in hidden.items()},
        **{f"{name} shown": thing for name, thing in shown.items()},
        **{f"photo {name}": photo for name, photo in pictures.items()},
        "story draft": scenes.draft(),
        "story in review": review,
        "story at 二审": scenes.bring(scenes.draft(), "second"),
        "story at 三审": scenes.bring(scenes.draft(), "third"),
        "story signed": scenes.signed(),
        "story live": live,
        "story live, copy": scenes.copied(),
        "story live, copy scheduled": scenes.waiting(),
        "story scheduled": scenes.scheduled(),
        "story withdrawn": scenes.withdrawn(),
        **unused(),
        "errorreport open": report_of(scenes),
        "errorreport handled": report_of(scenes, handled=True),
        "page shown": Page.objects.create(title="隐私", body="<p>文</p>"),
        "page hidden": Page.objects.create(title=f"{MARK}页"),
        "section used": scenes.section,
        "placement": Placement.objects.create(
            article=live, ends=timezone.now() + HOUR, person=scenes.chief
        ),
        "user of a role": scenes.author,
        "user superuser": User.objects.create_superuser("boss", password="correct horse"),
        "redirect": Redirect.objects.create(site_id=1, old_path="/a/", new_path="/b/"),
        "site": Site.objects.get_or_create(pk=1)[0],
    }


def unused() -> dict:
    """What no story shows, by its name in docs/security.md."""
    bulletin = {"title": "专刊", "quarter": "2021q1", "issued_on": DAY, "slug": "zhuan-kan"}
    return {
        "project unused": Project.objects.create(name=f"{MARK}空项目"),
        "section unused": Section.objects.create(name="副刊"),
        "bulletin unused": Bulletin.objects.create(**bulletin),
        "reporter unused": Reporter.objects.create(name="赵某"),
    }


def one_of_each(account):
    """A superuser, and a thing of every kind: more quickly made than those in every state."""
    boss, scenes = User.objects.create_superuser("boss"), Scenes(account)
    story = scenes.draft()
    record(MARK)
    stored(halves(20, 20))
    Bulletin.objects.create(title="专刊", quarter="2021q1", issued_on=DAY)
    Reporter.objects.create(name="赵某")
    Page.objects.create(title="隐私")
    Placement.objects.create(article=story, ends=timezone.now() + HOUR, person=boss)
    ErrorReport.objects.create(article=story, wrong="错", right="对")
    Redirect.objects.create(site_id=1, old_path="/a/", new_path="/b/")
    return boss


def report_of(scenes, *, handled=False):
    """What a reader wrote of a live story."""
    story = scenes.live()
    report = ErrorReport.objects.create(article=story, wrong=f"{MARK}错", right=f"{MARK}对")
    if handled:
        handle_report(report, outcome=f"{MARK}果", person=scenes.chief)
    return report


def told(scenes, shown, photo=None):
    """A live story that shows the record, one event of which was changed since."""
    story = scenes.draft(**PLAIN)
    for name in ("meeting", "inspection", "project"):
        getattr(story, f"{name}s").add(shown[name])
    Mention.objects.create(article=story, printed_name="明记官", official=shown["official"])
    if photo:
        ArticlePhoto.objects.create(article=story, photo=photo)
    save_version(story, person=scenes.author)
    signed(story, scenes.account, author=scenes.author)
    execute("publish", story, person=scenes.chief)
    shown["meeting"].attendance.update(remarks="要抓紧")
    with transaction.atomic():
        amended(shown["meeting"], person=scenes.chief, reason="补记")
    return story
