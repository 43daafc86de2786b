"""All components of the public pages with their states, on one page for the desk."""

import datetime

from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles.devdata.component_rows import (
    ACTS,
    ASKED_AT_MEETING,
    AT_EVENTS,
    DAY,
    DAYS,
    FIELD,
    FIGURE,
    FULL,
    LEADER,
    LONG,
    LONG_PARTY,
    MEETING,
    NAMED,
    NOBODY,
    PAGES,
    PARTY,
    QUARTER,
    SECTIONS,
    VISIT,
    Thing,
    event,
    linked,
    pager,
    person,
    photo,
    picture,
    record,
    related,
    story,
)
from articles.public import Day, ListedStory, Month, StoryRecord
from articles.quarter import Quarter

#: Style of pages that have some of their own.
SHEETS = ("css/story.css", "css/front.css", "css/figures.css")
#: Context by state, for each file of templates/components; a state is named in the desk's words.
SAMPLES = {
    "_appearances": {_("一日两场"): {"days": [Day(DAY, ACTS)]}},
    "_link_to_all": {
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
    "_read_aloud": {_("有中文语音的浏览器才显示"): {}},
    "_quarter_demands": {
        _("有名，无名"): {
            "askers": [
                Thing(
                    name="甲某",
                    official=NAMED,
                    titles=["区长"],
                    rows=AT_EVENTS[:1],
                    demands=LEADER.demands,
                ),
                Thing(name=_("会议提出"), rows=[ASKED_AT_MEETING], demands=("抓紧。",)),
            ]
        },
        _("没有"): {"askers": []},
    },
    "_demand_folds": {_("收起"): {"rows": [LEADER], "heading": "h3"}},
    "_counts": {
        _("一个季度"): {
            "counts": Thing(
                inspections=4, stops=25, projects=15, meetings=4, officials=7, stories=6
            )
        }
    },
    "_day": {_("全"): {"day": DAY}},
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
        _("有地点"): {"record": record(VISIT), "place": "南部城区"},
        _("几日，见一篇"): {
            "record": record(
                event(until=_("至4月3日"), other_quarter=True),
                meeting=linked(name="项目推进会"),
                stories=[story()],
            )
        },
    },
    "_meeting_names": {
        _("各种人"): {"record": record(event(open_ended=True))},
        _("都未列名"): {"record": record(present=[NOBODY])},
        _("没有人"): {"record": record(present=[])},
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
            "pages_of_paper": [Thing(name="关于本报", address="#")],
            "imprint": [
                Thing(label=_("主办："), text="某区融媒体中心"),
                Thing(label="", text="备案号若干", address="#"),
            ],
        },
        _("没有"): {"imprint": []},
    },
    "_record_links": {
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
            "sections": SECTIONS,
            "here": "b",
            "current": "true",
        }
    },
    "_further_reading": {
        _("有相关，有前后"): {
            "related": [related(), related(**LONG), related()],
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
        _("去看了几处"): {
            "record": StoryRecord(inspections=[record(VISIT, parties=[PARTY])]),
            "heading": "h3",
        },
        _("开了会"): {
            "record": StoryRecord(meetings=[record(MEETING, asked=[LEADER])]),
            "heading": "h3",
        },
    },
    "_dossier_stories": {
        _("一个季度"): {
            "quarter": QUARTER,
            "quarters": [Quarter(2021, 2), QUARTER],
            "stories": [ListedStory(story()), ListedStory(story())],
            "story_count": 12,
            "total": 70,
        },
        _("都在这里"): {
            "quarters": [QUARTER],
            "stories": [ListedStory(story())],
            "story_count": 1,
            "total": 1,
        },
    },
    "_story_row": {
        _("最少"): {"story": story()},
        _("全"): {"story": story(**FULL)},
        _("长题"): {"story": story(**LONG)},
        _("在某日之下"): {"story": story(), "under_day": True},
    },
    "_story_text": {_("最少"): {"story": story()}, _("全"): {"story": story(**FULL)}},
    "_story_titles": {
        _("最少"): {"story": story(), "heading": "h3"},
        _("全"): {"story": story(**FULL), "heading": "h3", "subhead": FULL["subhead"]},
        _("通栏"): {"story": story(), "heading": "h2", "banner": True},
    },
    "_text_size": {_("中"): {"display": "medium"}, _("大"): {"display": "large"}},
    "_event_stories": {_("见两篇"): {"stories": [story(**FULL), story()]}},
    "_tools": {_("平常"): {"display": "medium"}, _("老年人模式中"): {"display": "elder"}},
    "_parties_by_day": {
        _("不折叠"): {"months": [Month(None, DAYS)]},
        _("折叠"): {"months": [Month(DAY, DAYS), Month(DAY, DAYS)]},
    },
    "_site_links": {_("两个栏目"): {"sections": SECTIONS}},
    "_subscribe": {_("可以订阅"): {"subscription": {"address": "/feeds/"}}},
    "_attendance_fold": {
        _("有人未列名"): {"record": record(), "heading": "h3"},
        _("没有人"): {"record": record(present=[]), "heading": "h3"},
    },
    "_attendance": {
        _("各种人"): {
            "rows": [LEADER, person("乙某", "", official=False), NOBODY],
            "open_ended": True,
        },
        _("没有人"): {"rows": []},
    },
}


@require_safe
def component_library(request):
    """Each component of ``SAMPLES`` as the public pages draw it, in the reader's own mode."""
    components = {
        name: {
            state: render_to_string(f"components/{name}.html", context, request)
            for state, context in states.items()
        }
        for name, states in SAMPLES.items()
    }
    context = {"components": components, "sheets": SHEETS}
    return render(request, "admin/components.html", context)
