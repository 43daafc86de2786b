"""A sample of every component in each of its states, for the page that staff look at.

Plain things in the place of rows: nothing here is stored, and nobody is meant.
"""

import datetime
from types import SimpleNamespace

from django.utils.translation import gettext_lazy as _

from articles.public import Day, Month
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
    return Thing(get_absolute_url="#", **fields)


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
    """A place on the way, with the projects seen there."""
    return Thing(place=place, seen=[linked(name=name) for name in projects])


def event(**fields):
    """What a visit and a meeting have."""
    whole = {
        "held_on": DAY,
        "until": "",
        "get_part_of_day_display": "",
        "quarter": QUARTER,
        "stories": [],
        "present": [LEADER, person(), NOBODY],
        "named": [LEADER, person()],
        "unnamed": [NOBODY],
        "open_ended": False,
    }
    return linked(**{**whole, **fields})


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
        "reason": _("同一项目"),
        "subject": "大桥项目",
    }
    return linked(**{**whole, **fields})


def covered(**record):
    """A story with its record."""
    return story(record=Thing(**{"photos": [], "inspections": [], "meetings": [], **record}))


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


BYLINES = [
    Thing(get_role_display=role, printed_name=name)
    for role, name in (("记者", "甲某"), ("通讯员", "欧阳某某"))
]
LEADER = person(role="带队", demands=("抓紧施工。", "按期完工，不误农时。"))
NOBODY = person("", "区四个班子领导", official=False)
FIGURE = timeline([Fact("visit", DAY, QUARTER, "看大桥")], "大桥项目的进展")
PARTY = Thing(
    name="南部城区组",
    leaders=[LEADER],
    stops=[stop("大桥", "大桥项目"), stop("东站和西站", "东站", "西站"), stop("河边")],
    projects=["大桥项目", "东站", "西站"],
    names=["甲某"],
)
LONG_PARTY = Thing(**{**vars(PARTY), "stops": [stop(f"大桥{number}") for number in range(20)]})
FULL = {
    "kicker": "引题在上",
    "subhead": "副题在下",
    "summary": "提要一两句，说清谁在哪里做了什么。",
    "bylines": Thing(all=BYLINES),
}
LONG = {"headline": "主题很长 分成几段 每段自成一句 " * 2}
WALKED = {
    "title": "看重大项目",
    "get_kind_display": "观摩",
    "place": "南部城区",
    "parties": [PARTY],
    "company": [],
}
VISIT = event(**WALKED)
MEETING = event(name="项目推进会", form="", venue="")
NAMED = linked(name="甲某")
ACTS = [
    Thing(**{**vars(LEADER), "event": VISIT, "meeting_id": None, "group": "南部城区组"}),
    Thing(**{**vars(person(title="")), "event": MEETING, "meeting_id": 1, "group": ""}),
]
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

#: Context by state, for each file of templates/components; a state is named in the desk's words.
SAMPLES = {
    "_acts": {_("一日两场"): {"days": [Day(DAY, ACTS)]}},
    "_all": {
        _("都在这里"): {
            "page": "inspections",
            "quarter": QUARTER,
            "count": 4,
            "shown": 4,
            "unit": _("次"),
        },
        _("还有更多"): {
            "page": "meetings",
            "quarter": QUARTER,
            "count": 60,
            "shown": 20,
            "unit": _("场"),
        },
    },
    "_aloud": {_("有中文语音的浏览器才显示"): {}},
    "_askers": {
        _("有名，无名"): {
            "askers": [
                Thing(
                    name="甲某",
                    official=NAMED,
                    titles=["区长"],
                    rows=ACTS[:1],
                    demands=LEADER.demands,
                ),
                Thing(name=_("会议提出"), rows=[ASKED_AT_MEETING], demands=("抓紧。",)),
            ]
        },
        _("没有"): {"askers": []},
    },
    "_asked_folds": {_("收起"): {"rows": [LEADER], "heading": "h3"}},
    "_bylines": {_("一人"): {"bylines": BYLINES[:1]}, _("两种身份"): {"bylines": BYLINES}},
    "_counts": {
        _("一个季度"): {
            "counts": Thing(
                inspections=4, stops=25, projects=15, meetings=4, officials=7, stories=6
            )
        }
    },
    "_day": {_("全"): {"day": DAY}, _("不带年"): {"day": DAY, "short": True}},
    "_elder_switch": {_("平常"): {"display": "medium"}, _("老年人模式中"): {"display": "elder"}},
    "_event_line": {
        _("有地点"): {"event": VISIT, "kind": "观摩", "place": "南部城区"},
        _("没有"): {"event": MEETING, "kind": _("会议")},
    },
    "_event_meta": {
        _("一日"): {"event": event(get_part_of_day_display="上午")},
        _("几日"): {"event": event(ends_on=DAY + datetime.timedelta(2), until=_("至4月3日"))},
    },
    "_event_notes": {
        _("有地点"): {"event": VISIT, "place": "南部城区"},
        _("几日，见一篇"): {
            "event": event(
                until=_("至4月3日"),
                other_quarter=True,
                related_meeting=linked(name="项目推进会"),
                stories=[story()],
            )
        },
    },
    "_few_names": {
        _("各种人"): {"event": event(open_ended=True)},
        _("都未列名"): {"event": event(named=[])},
        _("没有人"): {"event": event(named=[], unnamed=[])},
    },
    "_figure": {
        _("表收起"): {"figure": FIGURE},
        _("页上另有文字"): {"figure": FIGURE, "in_words": True},
    },
    "_filters": {
        _("有条件，有错"): {
            "fields": [FIELD],
            "page_obj": Thing(paginator=Thing(count=12, is_capped=False)),
            "unit": _("篇"),
            "chosen": [Thing(label=_("季度"), value=QUARTER.label, rest="")],
            "is_narrowed": True,
            "orders": [(_("最近看过"), None, True), (_("按名称"), "name", False)],
        }
    },
    "_foot": {
        _("全"): {
            "pages_of_paper": [linked(title="关于本报")],
            "imprint": [
                Thing(label=_("主办："), text="某区融媒体中心"),
                Thing(label="", text="备案号若干", address="#"),
            ],
        },
        _("没有"): {"imprint": []},
    },
    "_jumps": {
        _("有路线"): {"counts": {"present": 2, "stops": 13, "is_route": True, "demands": 15}},
        _("只有人物和项目"): {"mentions": [NAMED], "projects": [NAMED, NAMED]},
    },
    # Stands in the head: there is nothing to be seen.
    "_metadata": {},
    "_nameplate": {_("画的或写的"): {}},
    "_month_links": {
        _("两个月"): {"months": {DAY: 6, DAY.replace(month=3): 12}, "month": DAY, "unit": _("篇")}
    },
    "_nav": {
        _("在栏目中"): {
            "sections": [linked(slug="a", name="要闻"), linked(slug="b", name="项目")],
            "here": "b",
        }
    },
    "_onward": {
        _("有相关，有前后"): {
            "related": [story(), story(**LONG), story()],
            "previous": story(),
            "next": story(**LONG),
        },
        _("本期第一篇"): {"next": story()},
    },
    "_pager": {_("首页"): pager(1), _("中间"): pager(3), _("末页"): pager(PAGES)},
    "_party_fold": {
        _("名单未尽"): {"party": PARTY, "open_ended": True, "heading": "h3"},
        _("点位很多"): {"party": LONG_PARTY, "heading": "h3"},
    },
    "_person_plate": {_("有职务"): {"person": Thing(official=NAMED, title="区长", stories=[1, 2])}},
    "_photo": {
        _("有图说和署名"): {"use": photo("工地全景", "记者 甲某 摄")},
        _("都没有"): {"use": photo("", "")},
    },
    "_picture": {_("横"): {"picture": picture(600, 400)}, _("竖"): {"picture": picture(400, 600)}},
    "_quarters": {_("两季"): {"quarters": [Quarter(2021, 2), QUARTER], "quarter": QUARTER}},
    "_route": {
        _("名单已尽"): {"stops": PARTY.stops},
        _("名单未尽"): {"stops": PARTY.stops, "open_ended": True},
        _("没有点位"): {"stops": []},
    },
    "_routes": {
        _("去看了几处"): {"story": covered(inspections=[VISIT]), "heading": "h3"},
        _("开了会"): {
            "story": covered(meetings=[event(name="项目推进会", asked=[LEADER])]),
            "heading": "h3",
        },
    },
    "_stories_of": {
        _("一个季度"): {
            "quarter": QUARTER,
            "quarters": [Quarter(2021, 2), QUARTER],
            "stories": [story(), story()],
            "story_count": 12,
            "total": 70,
        },
        _("都在这里"): {"quarters": [QUARTER], "stories": [story()], "story_count": 1, "total": 1},
    },
    "_story_row": {
        _("最少"): {"story": story()},
        _("全"): {"story": story(**FULL)},
        _("长题"): {"story": story(**LONG)},
        _("在某日之下"): {"story": story(), "under_day": True},
    },
    "_story_meta": {_("最少"): {"story": story()}, _("两种身份"): {"story": story(**FULL)}},
    "_text_size": {_("中"): {"display": "medium"}, _("大"): {"display": "large"}},
    "_told_in": {_("见两篇"): {"stories": [story(**FULL), story()]}},
    "_tools": {_("平常"): {"display": "medium"}, _("老年人模式中"): {"display": "elder"}},
    "_walks": {
        _("不折叠"): {"months": [Month(None, DAYS)]},
        _("折叠"): {"months": [Month(DAY, DAYS), Month(DAY, DAYS)]},
    },
    "_ways": {_("两个栏目"): {"sections": [linked(name="要闻"), linked(name="项目")]}},
    "_who_fold": {
        _("有人未列名"): {"event": event(), "heading": "h3"},
        _("没有人"): {"event": event(present=[], named=[], unnamed=[]), "heading": "h3"},
    },
    "_who": {
        _("各种人"): {
            "rows": [LEADER, person("乙某", "", official=False), NOBODY],
            "open_ended": True,
        },
        _("没有人"): {"rows": []},
    },
}
