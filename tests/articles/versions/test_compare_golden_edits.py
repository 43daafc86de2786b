"""Ten edits as editors make them, each with what whoever compares the versions must see."""

from dataclasses import dataclass

import pytest

from articles.versions.diff import diff_bodies
from tests.support.comparing import PEOPLE, body, shown

BEFORE = "上周的例会听取了三个专班的汇报。"
AFTER = "散会以后，大家去看了新修的便道。"
LONG = (
    "从去年秋天起，这条街分三段施工，北段铺设雨水管1,240米，中段更换路灯86盏，南段补种行道树310棵，"
    "沿线商户照常营业，车辆改走两侧便道，直到入冬前全部恢复通行。"
)
MORNING = "上午，代表们冒雨参观了三家企业的新车间。"
AFTERNOON = "下午，代表们分成四组讨论，一共提出十二条建议。"
TREES = "河道两岸补种的柳树已经成活。"
SCHOOL = "新学期开学以前，各所学校换上了净水设备。"
SENTENCE = "现场没有安排讲话。"


@dataclass(frozen=True)
class Edit:
    """Blocks before and after, and those that an editor must see: kind, text and notes."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    seen: tuple[tuple[str, str, tuple[str, ...]], ...]


def inside(old, new, text, *notes):
    """An edit within one paragraph, which alone is shown as changed."""
    return Edit((BEFORE, old, AFTER), (BEFORE, new, AFTER), (("changed", text, notes),))


EDITS = {
    "a wrong title corrected": inside(
        "区长苏明远到场，与施工人员交谈。",
        "代区长苏明远到场，与施工人员交谈。",
        "[-区长|title]{+代区长|title}苏明远到场，与施工人员交谈。",
    ),
    "a name added to a list": inside(
        "区领导苏明远、钱涛一同查看。",
        "区领导苏明远、方以宁、钱涛一同查看。",
        "区领导苏明远、{+方以宁|name}{+、}钱涛一同查看。",
    ),
    "two paragraphs swapped": Edit(
        (BEFORE, TREES, SCHOOL, AFTER),
        (BEFORE, SCHOOL, TREES, AFTER),
        (("moved_to", f"{{+{SCHOOL}}}", ()), ("moved_from", f"[-{SCHOOL}]", ())),
    ),
    "a paragraph split": Edit(
        (BEFORE, MORNING + AFTERNOON, AFTER),
        (BEFORE, MORNING, AFTERNOON, AFTER),
        (("changed", MORNING, ()), ("changed", AFTERNOON, ("由上一段分出",))),
    ),
    "two paragraphs joined": Edit(
        (BEFORE, MORNING, AFTERNOON, AFTER),
        (BEFORE, MORNING + AFTERNOON, AFTER),
        (("changed", MORNING + AFTERNOON, ("由前后两段合并",)),),
    ),
    "a figure corrected inside a long sentence": inside(
        LONG,
        LONG.replace("86盏", "68盏"),
        LONG.replace("86", "[-86|number]{+68|number}"),
    ),
    "a sentence moved within its paragraph": inside(
        SENTENCE + MORNING + AFTERNOON,
        MORNING + AFTERNOON + SENTENCE,
        f"[-{SENTENCE}]{MORNING}{AFTERNOON}{{+{SENTENCE}}}",
    ),
    "a link added": inside(
        TREES,
        TREES.replace("柳树", '<a href="/articles/7/">柳树</a>'),
        TREES,
        "新加链接：/articles/7/",
    ),
}


def seen(old, new):
    """What a page of the desk does not leave as it stood."""
    return tuple(
        (block.kind, shown(block.pieces), block.notes)
        for block in diff_bodies(old, new, PEOPLE)
        if block.kind != "same"
    )


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_editor_sees_what_was_done(edit):
    assert seen(body(*edit.old), body(*edit.new)) == edit.seen


def test_an_editor_sees_the_level_of_a_heading_changed():
    old, new = (f"{body(BEFORE)}<{tag}>施工</{tag}>{body(AFTER)}" for tag in ("h2", "h3"))
    assert seen(old, new) == (("changed", "施工", ("由小标题改为次级小标题",)),)


def test_a_text_written_anew_is_shown_whole_and_not_in_crumbs():
    old = ("春灌从本周开始，水库连日放水。", "农技站派人到田头讲解用水的办法。")
    new = ("图书馆延长了周末的开放时间。", "新买的童书占去一整面书架，孩子们席地而坐。")
    expected = [("removed", f"[-{text}]", ()) for text in old]
    expected += [("added", f"{{+{text}}}", ()) for text in new]
    assert seen(body(*old), body(*new)) == tuple(expected)
