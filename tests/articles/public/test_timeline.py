"""The timeline of a project: axis, bars, words and table say the same; silence is said."""

import datetime

import pytest

from articles.editorial import rebuild_appearances
from articles.models import Article, Inspection, Milestone, Project, Stop
from articles.public.charts import Fact, entries_of, timeline
from articles.public.charts.timeline import MOST_NAMED
from articles.quarter import Quarter
from tests.support.charts import collisions, drawings, marks, printed, rows, texts
from tests.support.stories import live, put

Q1, Q2, Q3 = (Quarter(2021, number) for number in (1, 2, 3))


def day(month, number=1, year=2021):
    """Day of a month."""
    return datetime.date(year, month, number)


def drawn(*facts):
    """The timeline as a page has it."""
    return printed(timeline(list(facts), "时间线"))


def layers(drawing):
    """Classes of the paths of a drawing."""
    return {path.get("class") for path in drawing.findall("path")}


def test_a_project_without_facts_has_no_figure():
    assert timeline([], "时间线") is None


def test_each_kind_of_fact_has_its_mark_in_the_order_of_days():
    page = drawn(
        Fact("story", day(3, 31), Q1),
        Fact("visit", day(3, 2), Q1, "观摩"),
        Fact("step", day(1, 15), Q1, "开工"),
    )
    (wide,) = drawings(page, "wide")
    assert [kind for _x, kind in sorted((x, kind) for kind, x, _y in marks(wide))] == [
        "box",
        "dot",
        "ring",
    ]
    assert rows(page) == [["2021年第一季度", "1月15日开工；3月2日观摩；1篇稿件"]]
    assert [words for *_place, words in texts(wide, "label")] == [
        "1月15日开工",
        "3月2日观摩",
        "1篇稿件",
    ]


def test_two_visits_of_one_day_have_two_marks_and_two_stories_one():
    visit, story = Fact("visit", day(2, 3), Q1, "调研"), Fact("story", day(2, 9), Q1)
    (wide,) = drawings(drawn(visit, visit, story, story), "wide")
    assert sorted(kind for kind, *_place in marks(wide)) == ["dot", "dot", "ring"]
    assert len(set(marks(wide))) == 3


def test_what_is_recorded_in_another_quarter_is_led_there_by_a_broken_line():
    at_home = drawn(Fact("visit", day(3, 31), Q1, "观摩"))
    assert "way-open" not in layers(drawings(at_home, "wide")[0])
    away = drawn(Fact("visit", day(4, 1), Q1, "观摩"))
    assert "way-open" in layers(drawings(away, "wide")[0])
    assert rows(away) == [["2021年第一季度", "4月1日观摩"]]


def test_a_quarter_without_record_between_two_is_said_and_drawn_broken():
    page = drawn(Fact("visit", day(2), Q1, "观摩"), Fact("visit", day(8), Q3, "观摩"))
    assert rows(page)[1] == ["2021年第二季度", "没有记录"]
    for drawing in (*drawings(page, "wide"), *drawings(page, "narrow")):
        assert "void" in layers(drawing)
        assert "没有记录" in "".join(words for *_place, words in texts(drawing))
    followed = drawn(Fact("visit", day(2), Q1, "观摩"), Fact("visit", day(5), Q2, "观摩"))
    assert all("void" not in layers(drawing) for drawing in drawings(followed, "wide"))
    assert "没有记录" not in "".join(cell for cells in rows(followed) for cell in cells)


def test_years_without_record_are_one_row_and_no_drawing():
    facts = [
        Fact("visit", day(2), Q1, "观摩"),
        Fact("step", day(2, 1, 2031), Quarter(2031, 1), "竣工"),
    ]
    page = drawn(*facts)
    assert [cells[0] for cells in rows(page)] == [
        "2021年第一季度",
        "2021年第二季度至2030年第四季度",
        "2031年第一季度",
    ]
    assert len(drawings(page, "wide")) == 2


def test_a_full_quarter_is_counted_in_the_drawing_and_told_in_the_table():
    visits = [Fact("visit", day(1, number), Q1, "观摩") for number in range(1, 12)]
    page = drawn(*visits)
    (wide,) = drawings(page, "wide")
    assert [words for *_place, words in texts(wide, "label")][MOST_NAMED:] == ["另有5次"]
    assert rows(page)[0][1].count("观摩") == len(list(marks(wide))) == 11


@pytest.mark.parametrize("count", [1, 2, 9, 200])
@pytest.mark.parametrize("step", [0, 5, 100])
def test_no_word_stands_on_another(count, step):
    kinds = ("visit", "step", "story")
    facts = []
    for number in range(count):
        held = day(1) + datetime.timedelta(step * number)
        quarter = Quarter.of(held).shifted(-(number % 2))
        facts.append(Fact(kinds[number % 3], held, quarter, "观摩，" + "长" * (number % 45)))
    page = drawn(*facts)
    for drawing in (*drawings(page, "wide"), *drawings(page, "narrow")):
        assert collisions(drawing) == []
    told = [entry for entry in entries_of(facts) if entry.facts]
    assert sum(len(entry.facts) for entry in told) == count


# ---- On the page ----


@pytest.fixture
def project(db):
    """A project seen on one day by two parties, whose building was told two quarters later."""
    project = Project.objects.create(name="长桥")
    visit = {"held_on": day(2, 3), "quarter": Q1}
    first = live(headline="看桥", issued_on=day(2, 4), quarter=Q1)
    for title in ("上午观摩", "下午观摩"):
        seen = Inspection.objects.create(title=title, **visit)
        for place in ("桥头", "桥尾"):
            Stop.objects.create(inspection=seen, place=place).projects.add(project)
        first.inspections.add(seen)
    later = live(headline="桥成", issued_on=day(8, 2), quarter=Q3)
    later.projects.add(project)
    Milestone.objects.create(project=project, status="completed", reached_on=day(8), article=later)
    rebuild_appearances(Article.objects.all())
    return project


def test_the_page_draws_both_visits_of_a_day_the_step_and_the_silence(client, project):
    page = client.get(project.get_absolute_url())
    assert page.context["timeline"].rows == [
        ["2021年第一季度", "2月3日观摩；2月3日观摩；1篇稿件"],
        ["2021年第二季度", "没有记录"],
        ["2021年第三季度", "8月1日竣工；1篇稿件"],
    ]
    assert "2021年第二季度没有记录。没有记录不等于没有进展。" in page.text
    assert '<li class="done">竣工 <time datetime="2021-08-01">' in page.text
    assert "桥头" not in page.text
    older = client.get(f"{project.get_absolute_url()}?quarter=2021q1").text
    assert older.count("桥头") == older.count("桥尾") == 2


def test_a_withdrawn_story_takes_its_visits_from_the_timeline(client, project):
    put(Article.objects.filter(headline="看桥"), visibility="withdrawn")
    page = client.get(project.get_absolute_url())
    assert page.context["timeline"].rows == [["2021年第三季度", "8月1日竣工；1篇稿件"]]


@pytest.mark.usefixtures("bulletin")
def test_a_project_of_the_bulletin_has_one_quarter_and_no_stage(client):
    page = client.get("/projects/pu-le-tian-di-xiang-mu/")
    assert page.context["timeline"].rows == [
        ["2021年第一季度", "4月1日观摩，中心城区观摩组；1篇稿件"]
    ]
    assert "没有记录不等于" not in page.text
    assert "报道没有写到处于哪个阶段。" in page.text
