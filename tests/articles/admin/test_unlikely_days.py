"""Days that are hardly meant: every form asks, no page breaks on what is stored all the same."""

import datetime
import importlib
import json

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from articles.editorial import adopt, rebuild_appearances
from articles.editorial.roles import CHIEF
from articles.models import (
    Article,
    Attendance,
    Bulletin,
    Byline,
    Inspection,
    Meeting,
    Mention,
    Project,
    QuarterCounts,
    Stop,
)
from articles.quarter import Quarter, QuarterFormField
from people.models import Official, Organisation, Reporter
from people.shared.days import Asked
from tests.support.desk import change, filled
from tests.support.stories import live, signed

#: The ends of the calendar, a slip of the finger, and a year to come.
DAYS = [
    datetime.date(1, 1, 1),
    datetime.date(202, 4, 6),
    datetime.date(2201, 4, 6),
    datetime.date(9999, 12, 31),
]


class Paper:
    """A paper of one official, one project and one reporter, with something of each kind a day."""

    def __init__(self):
        """Those of whom it tells."""
        self.project = Project.objects.create(name="桥")
        self.official = Official.objects.create(name="苏某")
        self.reporter = Reporter.objects.create(name="张某")
        self.body = Organisation.objects.create(name="某局")

    def print(self, day):
        """A live story of ``day`` with all that it can record, of that day; what has a page."""
        who = {"printed_name": "苏某", "official": self.official}
        bulletin = Bulletin.objects.create(title="旧刊", issued_on=day)
        self.official.appointments.create(organisation=self.body, title="局长", starts=day)
        self.official.appointments.create(organisation=self.body, title=f"{day}前", ends=day)
        meeting = Meeting.objects.create(name="大会", held_on=day)
        days = {"held_on": day, "ends_on": day}
        inspection = Inspection.objects.create(title="行", meeting=meeting, **days)
        for event in ({"meeting": meeting}, {"inspection": inspection}):
            Attendance.objects.create(**event, **who, remarks="快")
        Stop.objects.create(inspection=inspection, place="桥").projects.add(self.project)
        story = live(issued_on=day, bulletin=bulletin)
        story.inspections.add(inspection)
        story.meetings.add(meeting)
        story.projects.add(self.project)
        Byline.objects.create(article=story, printed_name="张某", reporter=self.reporter)
        Mention.objects.create(article=story, **who)
        self.project.milestones.create(status="signed", reached_on=day, article=story)
        rebuild_appearances([story])
        return [story, bulletin, meeting, inspection]


@pytest.fixture
def printed(db):
    """A paper of four days that cannot be, and of one that can; what has a page."""
    paper = Paper()
    things = [thing for day in [*DAYS, datetime.date(2021, 4, 6)] for thing in paper.print(day)]
    adopt()
    return [*things, paper.project, paper.official, paper.reporter]


def wrong(client, addresses):
    """Addresses that are answered with an error of ours."""
    answers = {address: client.get(address).status_code for address in addresses}
    return {address: status for address, status in answers.items() if status >= 500}


def test_no_page_of_readers_breaks_on_a_day_that_is_stored(printed, crawl):
    found = crawl()
    assert {address for address, one in found.items() if one.status_code >= 500} == set()
    assert {thing.get_absolute_url() for thing in printed} <= set(found)


def test_no_page_of_the_desk_breaks_on_a_day_that_is_stored(printed, at_desk):
    pages = [change(thing) for thing in printed]
    stories = [thing for thing in printed if isinstance(thing, Article)]
    pages += [
        f"{change(story).removesuffix('change/')}{name}/"
        for story in stories
        for name in ("history", "sheet", "preview", "transition/withdraw")
    ]
    assert wrong(at_desk(CHIEF), pages) == {}


@pytest.mark.parametrize(
    ("model", "column"),
    [("article", "issued_on"), ("bulletin", "issued_on"), ("meeting", "held_on")],
)
def test_the_lists_of_the_desk_go_to_the_ends_of_the_calendar(printed, at_desk, model, column):
    changelist = reverse(f"admin:articles_{model}_changelist")
    pages = [changelist]
    for day in [*DAYS, datetime.date(9999, 1, 1)]:
        query = f"{changelist}?{column}__year={day.year}"
        pages += [query, f"{query}&{column}__month={day.month}"]
        pages += [f"{pages[-1]}&{column}__day={day.day}"]
    assert wrong(at_desk(CHIEF), pages) == {}


ENDS = """
/articles/0000/ /articles/0202/ /articles/0202/04/ /articles/9999/12/31/ /articles/0000/00/00/
/quarters/0000q1/ /quarters/0001q1/ /quarters/9999q4/ /quarters/2201Q2/
/articles/?quarter=0000q1 /articles/?quarter=9999q4 /meetings/?quarter=0001q1
/bulletins/?year=0 /bulletins/?year=202 /bulletins/?year=9999 /bulletins/?year=10000
/reporters/zhang-mou/?month=0000-00 /reporters/zhang-mou/?month=0202-04
/officials/su-mou/?month=9999-13 /officials/su-mou/?month=0001-01
/officials/su-mou/?quarter=0000q1 /officials/su-mou/?quarter=0202q2
""".split()


@pytest.mark.usefixtures("db")
def test_the_ends_of_the_calendar_are_addresses_like_others(client):
    assert wrong(client, ENDS) == {}


@pytest.mark.usefixtures("printed")
def test_where_something_was_printed_on_such_a_day_too(client):
    assert wrong(client, ENDS) == {}
    for found in ("/articles/0202/", "/quarters/0001q1/", "/reporters/zhang-mou/?month=0202-04"):
        assert client.get(found).status_code == 200


@pytest.mark.usefixtures("printed")
def test_a_filter_says_what_is_wrong_with_a_day(client):
    for room in ("articles", "inspections", "meetings"):
        for name in ("date_after", "date_before"):
            for day in DAYS:
                page = client.get(f"/{room}/?{name}={day}")
                assert page.status_code == 200
                assert f"年份是{day.year}，" in page.text
                assert str(day) in page.text


@pytest.mark.parametrize("day", DAYS[2:])
def test_a_day_to_come_leads_no_front_page(db, client, day):
    live(headline="未来", issued_on=day)
    live(headline="今天", issued_on=timezone.localdate())
    live(headline="明天", issued_on=timezone.localdate() + datetime.timedelta(days=1))
    live(headline="昨天", issued_on=timezone.localdate() - datetime.timedelta(days=1))
    page = client.get("/")
    assert [one.story.headline for one in page.context["top"]] == ["明天", "今天"]
    assert "未来" not in [story.headline for story in page.context["told"] + page.context["briefs"]]


def test_quarters_that_no_page_could_read_are_read_after_the_migration(db, monkeypatch):
    migration = importlib.import_module("articles.migrations.0016_quarter_width")
    today = [name.replace("Story", "Appearance") for name in migration.HOLDERS]
    monkeypatch.setattr(migration, "HOLDERS", today)
    story = live(issued_on=datetime.date(202, 4, 6))
    counts = QuarterCounts.objects.create(quarter=Quarter(1, 4))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET quarter = '202q2'")
        cursor.execute("UPDATE articles_quartercounts SET quarter = '1q4'")
    with pytest.raises(ValueError, match="202q2"):
        story.refresh_from_db()
    migration.widen(apps, None)
    story.refresh_from_db()
    assert story.quarter == Quarter(202, 2)
    assert list(QuarterCounts.objects.all()) == [counts]


# ---- Forms


def forms_of_the_desk(request):
    """Each form class of the desk, those of rows included, by whose page it is."""
    for model in filter(admin.site.is_registered, apps.get_models()):
        model_admin = admin.site.get_model_admin(model)
        yield model, model_admin.get_form(request)
        for formset, _inline in model_admin.get_formsets_with_inlines(request):
            yield model, formset.form


def test_every_date_of_the_desk_asks(rf, db, account):
    request = rf.get("/")
    request.user = account(CHIEF)
    request.user.is_superuser = True
    kinds = (forms.DateField, forms.DateTimeField, QuarterFormField)
    fields = [
        (f"{model.__name__} {name}", isinstance(field, Asked))
        for model, form in forms_of_the_desk(request)
        for name, field in form.base_fields.items()
        if isinstance(field, kinds)
    ]
    assert len(fields) > 10
    assert [name for name, asks in fields if not asks] == []


#: Addresses of forms, and what else a row of a new thing needs, by the field of the day.
FORMS = {
    "article issued_on": {"headline": "桥"},
    "article quarter": {"headline": "桥"},
    "bulletin issued_on": {"title": "专刊"},
    "bulletin quarter": {"title": "专刊", "issued_on": "2021-04-06"},
    "meeting held_on": {"name": "大会"},
    "meeting quarter": {"name": "大会", "held_on": "2021-04-06"},
    "inspection held_on": {"title": "行", "kind": "tour"},
    "inspection ends_on": {"title": "行", "kind": "tour", "held_on": "1949-01-01"},
    "official appointments-0-starts": {"name": "苏某", "appointments-0-title": "局长"},
    "official appointments-0-ends": {"name": "苏某", "appointments-0-title": "局长"},
    "placement ends": {"place": "lead"},
    "placement starts": {"place": "lead", "ends": "2027-01-01T10:00"},
}


def values(field):
    """What a slip of the finger makes of a day, a moment or a quarter; one that stands, last."""
    if field.endswith("quarter"):
        return ["0202q1", "2201q1", "2021q1"]
    hour = "T10:00" if field.startswith("placement") else ""
    years = ["2201", "2301", "2021"] if field.endswith("ends_on") else ["0202", "2201", "2021"]
    return [f"{year}-04-06{hour}" for year in years]


@pytest.mark.parametrize("field", FORMS)
def test_a_form_asks_for_an_unlikely_year_and_keeps_what_was_typed(at_desk, field):
    model, name = field.split()
    client, app = at_desk(CHIEF), "people" if model == "official" else "articles"
    body = Organisation.objects.create(name="某局")
    story = live(issued_on=datetime.date(2021, 4, 6))
    address = reverse(f"admin:{app}_{model}_add")
    rows = {"article": story.pk} if model == "placement" else {}
    if model == "official":
        rows = {"appointments-TOTAL_FORMS": "1", "appointments-0-organisation": body.pk}
    slip, other, _likely = values(field)
    posted = filled(client.get(address), **FORMS[field], **rows, **{name: slip})
    held = apps.get_model(app, model).objects.count()
    page = client.post(address, posted)
    assert page.status_code == 200
    assert "年份是" in page.text
    assert f'name="{name}-sure" value="{slip}">' in page.text
    for typed in [*FORMS[field].values(), slip]:
        assert typed in page.text
    # A tick is good for the day that it was given to.
    page = client.post(address, {**posted, name: other, f"{name}-sure": slip})
    assert f'name="{name}-sure" value="{other}">' in page.text
    assert apps.get_model(app, model).objects.count() == held
    saved = client.post(address, {**posted, f"{name}-sure": slip})
    assert saved.status_code == 302
    assert apps.get_model(app, model).objects.count() == held + 1
    # What was meant once stays as it is, unless it is touched.
    thing = apps.get_model(app, model).objects.latest("pk")
    page = client.get(change(thing))
    assert f'name="{name}-sure" value="{slip}" checked>' in page.text


@pytest.mark.parametrize("field", FORMS)
def test_a_likely_day_is_taken_without_a_question(at_desk, field):
    model, name = field.split()
    client, app = at_desk(CHIEF), "people" if model == "official" else "articles"
    body = Organisation.objects.create(name="某局")
    story = live(issued_on=datetime.date(2021, 4, 6))
    address = reverse(f"admin:{app}_{model}_add")
    rows = {"article": story.pk} if model == "placement" else {}
    if model == "official":
        rows = {"appointments-TOTAL_FORMS": "1", "appointments-0-organisation": body.pk}
    posted = filled(client.get(address), **FORMS[field], **rows, **{name: values(field)[-1]})
    assert client.post(address, posted).status_code == 302


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "0202-04-06"])
def test_the_ends_of_the_calendar_can_be_meant(at_desk, day):
    client = at_desk(CHIEF)
    for model, named in (("meeting", {"name": "大会"}), ("inspection", {"title": "行"})):
        address = reverse(f"admin:articles_{model}_add")
        posted = filled(client.get(address), held_on=day, **named, **{"held_on-sure": day})
        assert client.post(address, posted).status_code == 302
        thing = apps.get_model("articles", model).objects.get()
        assert thing.held_on.isoformat() == day
        assert client.get(change(thing)).status_code == 200


@pytest.mark.parametrize("hour", ["0001-01-01T00:00", "0202-04-06T10:00", "9999-12-31T23:59"])
def test_an_hour_is_asked_for_too(draft, account, at_desk, hour):
    signed(draft, account)
    client = at_desk(CHIEF)
    address = reverse("admin:articles_article_transition", args=[draft.pk, "schedule"])
    page = client.get(address)
    posted = {
        "state_token": page.context["form"].initial["state_token"],
        "at": hour,
        "reason": "改天",
    }
    page = client.post(address, posted)
    assert page.status_code == 200
    assert page.context["form"].errors["at"]
    assert 'value="' + hour in page.text
    page = client.post(address, {**posted, "at-sure": hour})
    assert page.status_code == (302 if hour.startswith("9999") else 200)


def test_json_of_the_ends_of_the_calendar_is_json(printed, client):
    for thing in printed:
        page = client.get(thing.get_absolute_url())
        for block in page.text.split('<script type="application/ld+json">')[1:]:
            json.loads(block.partition("</script>")[0])
