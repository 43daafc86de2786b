"""Finding a person by what one types: name, alias, pinyin, initials."""

import pytest

from people.models import Official, Reporter

pytestmark = pytest.mark.django_db


def named(queryset):
    """Names found, in order."""
    return [person.name for person in queryset]


@pytest.fixture(params=[Official, Reporter])
def people(request):
    """Three people of one kind, as a queryset."""
    for name in ("苏建设", "孙建社", "李某"):
        request.param.objects.create(name=name)
    return request.param.objects


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("苏建设", ["苏建设"]),
        ("苏　建设", ["苏建设"]),
        (" 苏建设 ", ["苏建设"]),
        ("建", ["苏建设", "孙建社"]),
        ("sjs", ["苏建设", "孙建社"]),
        ("SJS", ["苏建设", "孙建社"]),
        ("ｓｊｓ", ["苏建设", "孙建社"]),
        ("s", ["苏建设", "孙建社"]),
        ("su jian", ["苏建设"]),
        ("Su Jian ", ["苏建设"]),
        ("su-jian-she", ["苏建设"]),
        ("sun", ["孙建社"]),
        ("js", []),
        ("jian", []),
        ("设建", []),
        ("王某某", []),
        ("sujianshe", ["苏建设"]),
    ],
)
def test_people_are_found_by_name_reading_and_initials(people, words, found):
    assert named(people.search(words)) == found


@pytest.mark.parametrize("model", [Official, Reporter])
@pytest.mark.parametrize("words", ["艾力·买提", "艾力买提", "艾力・买提"])
def test_a_transcribed_name_is_found_with_any_dot_or_none(model, words):
    model.objects.create(name="艾力·买提")
    assert named(model.objects.search(words)) == ["艾力·买提"]


def test_a_reading_that_an_editor_corrected_is_the_one_that_finds():
    Official.objects.create(name="李重", pinyin="li chong", initials="lc")
    assert named(Official.objects.search("lc")) == ["李重"]
    assert named(Official.objects.search("lz")) == []


@pytest.mark.parametrize("words", ["王某林", "王 某林", "李某", "某林"])
def test_an_official_is_found_by_an_alias_too(words):
    Official.objects.create(name="王某某", aliases="王某林\n李某")
    assert named(Official.objects.search(words)) == ["王某某"]


def test_whoever_is_found_in_two_ways_comes_once():
    Official.objects.create(name="王某某", aliases="王某某林")
    assert named(Official.objects.search("王某某")) == ["王某某"]


@pytest.mark.parametrize("model", [Official, Reporter])
@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("王伟", "王\u200b伟"),
        ("王伟", "\ufeff王\u2060伟"),
        ("马里", "⻢里"),
        ("马里", "马⾥"),
        ("林某", "\uf9f4某"),
        ("买买提·吐尔逊", "买买提．吐尔逊"),
        ("买买提·吐尔逊", "买买提.吐尔逊"),
        *(("买买提·吐尔逊", f"买买提{dot}吐尔逊") for dot in "・･•‧∙⋅⸱ "),
        ("Ｚｏｅ", "zoe"),
        ("Zoe", "ＺＯＥ"),
    ],
)
def test_whatever_a_name_was_copied_from_it_finds_the_person(model, written, words):
    model.objects.create(name=written)
    assert named(model.objects.search(words)) == [written]
