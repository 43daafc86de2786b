"""Whoever stands in the titles and nowhere in the record is warned of, meeting or not."""

import datetime

import pytest

from articles.editorial import findings, review_state_of
from articles.models import Article, Attendance, Byline, Meeting, Mention
from people.models import Official, Reporter
from people.names import names_in

pytestmark = pytest.mark.django_db

DAY = datetime.date(2021, 3, 25)


@pytest.fixture
def warned(draft, chief):
    """Names of whom the checklist warns, for a story with these columns."""

    def ask(**columns):
        Article.objects.filter(pk=draft.pk).update(**columns)
        draft.refresh_from_db()
        said = [finding.message for finding in findings(review_state_of(draft), chief)]
        return [line.partition("“")[2].partition("”")[0] for line in said if "没有这个人" in line]

    return ask


@pytest.fixture(params=["with", "without"])
def meeting(request, draft):
    """A meeting that the story tells of; none, without."""
    if request.param == "without":
        return None
    meeting = Meeting.objects.create(name="会", held_on=DAY)
    Attendance.objects.create(meeting=meeting, printed_name="赵某")
    draft.meetings.add(meeting)
    return meeting


@pytest.mark.parametrize("column", ["kicker", "headline", "subhead", "summary"])
@pytest.mark.parametrize("kind", [Official, Reporter])
def test_a_registered_name_is_warned_of(warned, meeting, column, kind):
    kind.objects.create(name="王伟")
    assert warned(**{column: "王伟到企业调研"}) == ["王伟"]


def test_the_warning_says_where(draft, chief):
    Official.objects.create(name="王伟")
    draft.subhead = "王伟讲话"
    draft.save()
    said = [finding.message for finding in findings(review_state_of(draft), chief)]
    assert any(line.startswith("副题里有“王伟”") for line in said)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("兰海", "兰　海到会"),
        ("兰海", "兰\u200b海到会"),
        ("马里", "⻢里到会"),
        ("买买提·吐尔逊", "买买提•吐尔逊到会"),
        ("买买提·吐尔逊", "买买提吐尔逊到会"),
        ("阿不都热依木·买买提江·吐尔逊", "记阿不都热依木・买买提江・吐尔逊"),
        ("Ｊohn Smith", "John Smith来访"),
        ("欧阳克强民", "欧阳克强民来访"),
    ],
)
def test_names_are_compared_folded(warned, meeting, name, written):
    Official.objects.create(name=name)
    assert warned(headline=written) == [Official.objects.get().name]


@pytest.mark.parametrize("name", ["王", "甲" * 21])
def test_a_letter_or_a_sentence_is_no_name(warned, name):
    Official.objects.create(name=name)
    assert warned(headline=f"{name}到会") == []


def test_the_longest_name_is_the_one_that_stands_there(warned, draft):
    for name in ("王伟", "王伟民"):
        Official.objects.create(name=name)
    assert warned(headline="王伟民到会") == ["王伟民"]
    assert warned(headline="王伟民、王伟到会") == ["王伟民", "王伟"]
    Mention.objects.create(article=draft, printed_name="王伟民")
    assert warned(headline="王伟民到会") == []


def test_whom_the_story_alone_knows_hides_a_shorter_name(warned, draft):
    Official.objects.create(name="王伟")
    Mention.objects.create(article=draft, printed_name="王伟民")
    assert warned(headline="王伟民到会") == []


@pytest.mark.parametrize("place", ["mention", "attendance", "byline", "linked", "alias"])
def test_whom_the_record_has_is_not_warned_of(warned, draft, place):
    official = Official.objects.create(name="王伟", aliases="王大伟")
    if place == "attendance":
        meeting = Meeting.objects.create(name="会", held_on=DAY)
        Attendance.objects.create(meeting=meeting, printed_name="王　伟")
        draft.meetings.add(meeting)
    elif place == "byline":
        Byline.objects.create(article=draft, printed_name="王伟")
    elif place == "mention":
        Mention.objects.create(article=draft, printed_name="王伟")
    else:
        Mention.objects.create(article=draft, printed_name="王处", official=official)
    written = "王大伟" if place == "alias" else "王伟"
    assert warned(headline=f"{written}到会") == []


def test_an_alias_is_a_name(warned):
    Official.objects.create(name="王伟", aliases="旧名\n王大伟")
    assert warned(headline="王大伟到会") == ["王大伟"]


@pytest.mark.parametrize("where", ["mention", "attendance"])
def test_whom_another_record_has_is_known_too(warned, where):
    other = Article.objects.create(headline="别的", slug="other")
    if where == "mention":
        Mention.objects.create(article=other, printed_name="井长安")
    else:
        meeting = Meeting.objects.create(name="会", held_on=DAY)
        Attendance.objects.create(meeting=meeting, printed_name="井长安")
        Attendance.objects.create(meeting=meeting, printed_title="区四个班子领导")
    assert warned(headline="井长安的一天") == ["井长安"]


def test_a_name_is_not_put_together_out_of_two_titles(warned):
    Official.objects.create(name="王伟")
    assert warned(kicker="称王", headline="伟大的一天") == []


def test_each_is_warned_of_once(warned):
    Official.objects.create(name="王伟")
    assert warned(headline="王伟到会", summary="王伟到会讲话，王伟说。") == ["王伟"]


def test_names_are_found_in_their_order_longest_first():
    known = {"王伟", "王伟民", "李", ""}
    assert names_in("李王伟民王伟李", known) == ["李", "王伟民", "王伟"]
    assert names_in("王伟", set()) == []


def test_the_register_is_asked_once(draft, django_assert_max_num_queries):
    from articles.editorial.names import printed, unrecorded_names  # noqa: PLC0415

    Official.objects.bulk_create(
        Official(name=f"王{number}", slug=f"w{number}", pinyin="wang") for number in range(300)
    )
    with django_assert_max_num_queries(7):
        list(unrecorded_names(draft, list(printed(draft))))
