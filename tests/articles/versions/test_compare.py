"""What differs between two saved states, as a reader of the desk is told it."""

import pytest
from django.template.loader import render_to_string

from articles.versions.diff import Vocabulary, compare
from tests.support.comparing import body, content, link, only, row, shown


def rows_told(relation, olds, news, model="articles.article"):
    """What is told of the rows of a child list."""
    contents = (content(model, children={relation: rows}) for rows in (olds, news))
    return [row for change in compare(*contents) for row in change.rows]


# ---- Values, links, lists ----


@pytest.mark.parametrize(
    ("column", "values", "label", "expected"),
    [
        ("article.issued_on", ("2021-04-06", None), "见报日期", ("2021年4月6日", "")),
        ("article.position", (0, 2), "版内位置", ("0", "2")),
        ("article.quarter", ("2021q1", None), "记入季度", ("2021年第一季度", "")),
        ("article.expires_at", ("2021-04-06T00:30Z", None), "下线时间", ("2021年4月6日 08:30", "")),
        ("article.stage", ("draft", "first"), "审稿阶段", ("起草", "一审")),
        ("meeting.open_ended", (True, False), "名单未尽", ("是", "否")),
        ("inspection.kind", ("tour", ""), "类型", ("观摩", "")),
        ("inspection.kind", ("tour", "gone"), "类型", ("观摩", "gone")),
        ("meeting.held_on", ("someday", "2021-04-06"), "日期", ("someday", "2021年4月6日")),
    ],
)  # fmt: skip
def test_a_value_is_said_as_the_desk_says_it(column, values, label, expected):
    model, name = column.split(".")
    contents = (content(f"articles.{model}", fields={name: value}) for value in values)
    change = only(compare(*contents))
    assert (change.kind, change.label, change.old, change.new) == ("value", label, *expected)


def test_a_text_field_tells_its_pieces():
    contents = (content(fields={"headline": text}) for text in ("春耕正忙", "春耕农事正忙"))
    change = only(compare(*contents))
    assert (change.kind, change.label) == ("text", "主题")
    assert shown(change.pieces) == "春耕{+农事}正忙"


def test_a_long_name_in_its_own_field_is_compared_inside():
    names = ("全区重点项目建设集中观摩推进会", "全区重点项目建设集中观摩总结会")
    old, new = (content("articles.meeting", label=name, fields={"name": name}) for name in names)
    assert shown(only(compare(old, new)).pieces) == "全区重点项目建设集中观摩[-推进]{+总结}会"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (content(fields={"kicker": ""}), content()),
        (content(fields={"kicker": None}), content(fields={"kicker": ""})),
        (content(fields={"summary": "甲\r\n乙"}), content(fields={"summary": "甲\n乙"})),
        (content("articles.meeting", fields={"open_ended": False}), content("articles.meeting")),
        (content(label="甲"), content(label="乙")),
        (content(lists={"projects": [link("a", "甲"), link("b", "乙")]}),
         content(lists={"projects": [link("b", "乙"), link("a", "甲改名")]})),
        (content(links={"section": link("a", "甲")}), content(links={"section": link("a", "乙")})),
        (content(events=[content("articles.meeting", key=["a"])]), content()),
    ],
)  # fmt: skip
def test_what_says_nothing_new_is_no_change(old, new):
    comparison = compare(old, new)
    assert not comparison
    assert len(comparison) == 0


def test_links_and_lists_tell_their_labels():
    old = content(
        links={"section": link("yao-wen", "要闻"), "bulletin": None},
        lists={"projects": [link("a", "蓝天花园"), link("b", "东湖书院")]},
    )
    new = content(
        links={"section": None, "bulletin": link("c", "四月专刊")},
        lists={"projects": [link("b", "东湖书院"), link("d", "西岭驿站")]},
    )
    section, bulletin, projects = compare(old, new)
    assert (section.label, section.old, section.new) == ("栏目", "要闻", "")
    assert (bulletin.label, bulletin.old, bulletin.new) == ("专刊", "", "四月专刊")
    assert (projects.kind, projects.label) == ("list", "涉及项目")
    assert (projects.removed, projects.added) == (("蓝天花园",), ("西岭驿站",))


def test_two_of_one_name_are_told_apart():
    rows = [row("章伟", printed_name="章伟", official=link(key, "章伟")) for key in ("a", "a-2")]
    (changed,) = rows_told("mentions", rows[:1], rows[1:])
    assert (only(changed.changes).old, only(changed.changes).new) == (
        "章伟（a）",
        "章伟（a-2）",
    )


def test_changes_stand_in_the_order_of_the_model():
    old = content(fields={"issued_on": "2021-04-06", "subhead": "甲", "kicker": "乙"})
    new = content(links={"section": link("a", "要闻")}, fields={"gone": "丙"})
    names = [change.name for change in compare(old, new)]
    assert names == ["kicker", "subhead", "section", "issued_on", "gone"]


def test_two_models_are_not_compared():
    with pytest.raises(ValueError, match=r"articles\.article cannot be .* articles\.meeting"):
        compare(content(), content("articles.meeting"))


# ---- Rows and events ----


def byline(name, role="reporter"):
    return row(f"记者 {name}", printed_name=name, role=role, reporter=None)


def test_rows_are_known_by_what_they_are():
    olds = [byline("顾小满"), byline("何川"), byline("白露")]
    news = [byline("何川", "correspondent"), byline("白露"), byline("薛平")]
    removed, changed, added = rows_told("bylines", olds, news)
    assert (removed.kind, removed.label, removed.old_place) == ("removed", "记者 顾小满", 1)
    assert (changed.kind, changed.moved) == ("changed", False)
    role = only(changed.changes)
    assert (role.label, role.old, role.new) == ("身份", "记者", "通讯员")
    assert (added.kind, added.new_place) == ("added", 3)


def test_a_corrected_name_is_one_row():
    (changed,) = rows_told("bylines", [byline("顾小曼")], [byline("顾小满")])
    assert changed.kind == "changed"
    assert shown(only(changed.changes).pieces) == "[-顾小曼|name]{+顾小满|name}"


def test_two_known_people_of_like_names_are_two_rows():
    olds, news = (
        [row(name, printed_name=name, official=link(name, name))] for name in ("顾小曼", "顾小满")
    )
    assert {row.kind for row in rows_told("mentions", olds, news)} == {"added", "removed"}


def test_fewest_rows_are_said_to_have_moved():
    rows = [byline(name) for name in ("顾小满", "何川", "白露", "薛平")]
    (moved,) = rows_told("bylines", rows, [*rows[1:], rows[0]])
    assert (moved.kind, moved.label) == ("moved", "记者 顾小满")
    assert (moved.old_place, moved.new_place) == (1, 4)


def test_rows_that_no_editor_orders_do_not_move():
    olds = [row(f"职务{n}", title=f"职务{n}", organisation=link(n, n)) for n in ("甲", "乙")]
    assert rows_told("appointments", olds, olds[::-1], "people.official") == []


def test_a_stop_keeps_its_place_across_groups():
    olds, news = ([row("东湖书院", place="东湖书院", group=group)] for group in ("", "城南组"))
    (changed,) = rows_told("stops", olds, news, "articles.inspection")
    assert only(changed.changes).label == "分组"


def test_doubled_rows_are_counted():
    rows = [byline("何川")] * 2
    assert [row.kind for row in rows_told("bylines", rows, rows[:1])] == ["removed"]


def attendance(shown_title, **fields):
    given = {"printed_name": "苏明远", "printed_title": "", "remarks": "", **fields}
    return {**row("苏明远", **given, official=link("su", "苏明远")), "shown": shown_title}


def test_an_event_is_compared_in_its_story():
    olds, news = (
        content("articles.meeting", key=["m"], label="推进会", fields={"held_on": day},
                children={"attendance": [attendance(title)]})
        for day, title in (("2021-04-01", "区长"), ("2021-04-02", "代区长"))
    )  # fmt: skip
    gone, come = (
        content("articles.inspection", key=[key], label=key) for key in ("城南行", "城北行")
    )
    change = only(compare(content(events=[olds, gone]), content(events=[news, come])))
    told = [(event.kind, event.word, event.label) for event in change.rows]
    assert told == [
        ("changed", "会议", "推进会"),
        ("added", "观摩督导", "城北行"),
        ("removed", "观摩督导", "城南行"),
    ]
    held, attended = change.rows[0].changes
    assert (held.old, held.new) == ("2021年4月1日", "2021年4月2日")
    title = only(attended.rows[0].changes)
    assert (title.label, title.old, title.new) == ("页面所示职务", "区长", "代区长")


def test_names_and_titles_are_known_from_the_record():
    event = content(
        "articles.meeting",
        label="推进会",
        children={"attendance": [attendance("区长", printed_title="区委副书记、区长")]},
    )
    speakerless = row("会议", printed_name="", printed_title="会议")
    story = content(
        label="不是名字",
        events=[event],
        lists={"projects": [link("a", "蓝天花园")]},
        children={"mentions": [speakerless]},
    )
    words = Vocabulary.of(story)
    assert words.names == {"推进会", "苏明远", "蓝天花园"}
    assert words.titles == {"区委副书记、区长", "区委副书记", "区长"}


def test_a_project_and_an_official_are_compared_too():
    for model in ("articles.project", "people.official"):
        olds, news = (content(model, fields={"aliases": text}) for text in ("甲\n乙", "甲\n乙\n丙"))
        assert shown(only(compare(olds, news)).pieces) == "甲\n乙{+\n丙}"


# ---- The page ----

PARTIAL = "admin/articles/_comparison.html"


def printed(old, new):
    return render_to_string(PARTIAL, {"comparison": compare(old, new)})


def test_the_page_says_what_went_and_what_came():
    old, new = (
        content(fields={"body": body(text, "未动。", "未动二。", "未动三。")},
                children={"mentions": [row("", printed_name="方某", printed_title=text[:2])]})
        for text in ("区长来到<strong>工地</strong>查看", "书记来到工地查看")
    )  # fmt: skip
    page = printed(old, new)
    assert '<del><span class="visually-hidden">删去</span>' in page
    assert '<ins><span class="visually-hidden">新增</span>' in page
    assert 'class="mark mark-title"' in page
    assert "加粗有改动" in page
    assert "<details" in page
    assert "未改动的2段" in page


def test_the_page_prints_every_kind_of_change():
    parts = {
        "links": {"section": link("a", "<要闻>")},
        "lists": {"projects": [link("b", "蓝天花园")]},
        "children": {"bylines": [byline("顾小满"), byline("何川")]},
        "events": [content("articles.meeting", key=["m"], label="推进会", fields={"venue": "甲"})],
    }
    other = {
        "fields": {"issued_on": "2021-04-06"},
        "lists": {"projects": [link("c", "西岭驿站")]},
        "children": {"bylines": [byline("何川"), byline("顾小满", "editor"), byline("白露")]},
        "events": [
            content("articles.meeting", key=["m"], label="推进会", fields={"venue": "乙"}),
            content("articles.meeting", key=["n"], label="座谈会"),
        ],
    }
    page = printed(content(**parts), content(**other))
    for word in ("&lt;要闻&gt;", "西岭驿站", "座谈会", "会场", "2021年4月6日", "空白", "白露"):
        assert word in page
    assert "<要闻>" not in page


def test_the_page_says_when_nothing_differs():
    assert "没有不同" in printed(content(), content())


def test_what_has_no_text_is_named():
    page = printed(
        content(fields={"body": "<p>甲</p><p></p>"}),
        content(fields={"body": '<p>甲</p><figure><img src="/media/a/b.jpg" alt="塔吊"></figure>'}),
    )
    assert "空行</del>" in page
    assert "塔吊</ins>" in page
    assert "文件：b.jpg" in page
