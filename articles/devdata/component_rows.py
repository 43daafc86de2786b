"""What the samples of components show: plain things in the place of rows. Nobody is meant."""

import datetime
from types import SimpleNamespace

from django.utils.translation import gettext_lazy as _

from articles.models import Byline
from articles.public import Day, EventRecord, Party, PrintedStop
from articles.public.charts import Fact, timeline
from articles.quarter import Quarter

DAY = datetime.date(2021, 4, 1)
QUARTER = Quarter(2021, 1)
PAGES = 9


class Thing(SimpleNamespace):
    """Whatever a component asks for."""

    def __str__(self):
        """Its name, as a row has one."""
        return self.name if hasattr(self, "name") else self.title


def linked(**fields):
    """A thing with a page."""
    return Thing(get_absolute_url=lambda: "#", **fields)


def person(name="甲某", title="区长", role="参加", *, official=True, demands=()):
    """A row of attendance."""
    return Thing(
        printed_name=name,
        title=title,
        get_role_display=role,
        official=official and linked(),
        demands=demands,
    )


def stop(place, *projects):
    """A place on the way, with its projects."""
    return PrintedStop(place, [linked(name=name) for name in projects])


def event(**fields):
    """What a visit and a meeting have."""
    whole = {
        "held_on": DAY,
        "until": "",
        "get_part_of_day_display": "",
        "quarter": QUARTER,
        "open_ended": False,
    }
    return linked(**{**whole, **fields})


def record(of=None, **rows):
    """The record of an event: someone with a title, someone else, and a body of people."""
    return EventRecord(**{"event": of or event(), "present": [LEADER, person(), NOBODY], **rows})


def picture(width, height):
    """What a photo prepares for the page: here the paper's own icon."""
    return {"src": "/static/icon.svg", "width": width, "height": height, "alt": _("样图")}


def photo(caption, credit):
    """A picture in a story."""
    return Thing(caption=caption, photo=Thing(picture=picture(600, 400), caption="", credit=credit))


def story(**fields):
    """A story as lists print it."""
    whole = {
        "kicker": "",
        "headline": "大桥通车",
        "subhead": "",
        "summary": "",
        "issued_on": DAY,
        "section": linked(name="要闻"),
        "bylines": Thing(all=BYLINES[:1]),
    }
    return linked(**{**whole, **fields})


def related(**fields):
    """A story that shares a subject with another."""
    return Thing(story=story(**fields), reason=_("同一项目"), subject="大桥项目")


def pager(number):
    """Page ``number`` of ``PAGES``."""
    page = Thing(
        has_other_pages=True,
        number=number,
        has_previous=number > 1,
        has_next=number < PAGES,
        previous_page_number=number - 1,
        next_page_number=number + 1,
    )
    return {"page_obj": page, "pages": [*range(1, 6), "…", PAGES], "ellipsis": "…"}


SECTIONS = [
    Thing(slug="a", name="要闻", address="#"),
    Thing(slug="b", name="项目", address="#"),
]
BYLINES = [
    Byline(role=role, printed_name=name)
    for role, name in ((Byline.Role.REPORTER, "甲某"), (Byline.Role.CORRESPONDENT, "欧阳某某"))
]
LEADER = person(role="带队", demands=("抓紧施工。", "按期完工，不误农时。"))
NOBODY = person("", "区四个班子领导", official=False)
FIGURE = timeline([Fact("visit", DAY, QUARTER, "看大桥")], "大桥项目的进展")
PARTY = Party(
    "南部城区组",
    [stop("大桥", "大桥项目"), stop("东站和西站", "东站", "西站"), stop("河边")],
    [LEADER],
)
LONG_PARTY = Party("南部城区组", [stop(f"大桥{number}") for number in range(20)], [LEADER])
FULL = {
    "kicker": "引题在上",
    "subhead": "副题在下",
    "summary": "提要一两句，说清谁在哪里做了什么。",
    "bylines": Thing(all=BYLINES),
}
LONG = {"headline": "主题很长 分成几段 每段自成一句 " * 2}
VISIT = event(title="看重大项目", get_kind_display="观摩", place="南部城区")
MEETING = event(name="项目推进会", form="", venue="")
NAMED = linked(name="甲某")
AT_EVENTS = [
    Thing(**{**vars(LEADER), "event": VISIT, "meeting_id": None, "group": "南部城区组"}),
    Thing(**{**vars(person(title="")), "event": MEETING, "meeting_id": 1, "group": ""}),
]
ACTS = [Thing(row=row, stories=[]) for row in AT_EVENTS]
ASKED_AT_MEETING = Thing(
    **{
        **vars(person("", "会议", demands=("抓紧。",))),
        "event": MEETING,
        "group": "",
        "is_speakerless": True,
    }
)
WALK = Thing(
    group="南部城区组", there=[("带队", [Thing(name="甲某", official=NAMED)])], stops=PARTY.stops
)
DAYS = [
    Day(
        DAY,
        [
            Thing(day=DAY, kind="观摩", event=VISIT, walks=[WALK]),
            Thing(day=DAY, kind=_("会议"), event=MEETING, walks=[Thing(is_meeting=True)]),
        ],
    )
]
FIELD = Thing(id="id_sample", label=_("季度"), html="", errors=[_("写成2021q1。")], is_hidden=False)
