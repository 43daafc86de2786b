"""Chinese names: how they are compared, read, and turned into addresses."""

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Project
from people.models import Official, Reporter
from people.names import fold, initials, is_phrase, name_slug, pinyin
from people.shared.pinyin import SLUG_LENGTH, free_slug, text_slug

ADDRESS = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("兰　海", "兰海"),
        ("兰 海", "兰海"),
        ("\t王某某\n", "王某某"),
        *((f"艾力{dot}买提", "艾力买提") for dot in "·•‧・･"),
        ("Ｚｏｅ", "zoe"),
        ("王某\uf9f4", "王某林"),
    ],
)
def test_names_are_compared_without_spacing_width_and_case(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("name", "reading", "letters"),
    [
        ("苏建设", "su jian she", "sjs"),
        ("兰　海", "lan hai", "lh"),
        ("艾力·买买提", "ai li mai mai ti", "almmt"),
        ("欧阳某某", "ou yang mou mou", "oymm"),
        ("单某某", "shan mou mou", "smm"),
        ("曾某某", "zeng mou mou", "zmm"),
        ("单于某", "chan yu mou", "cym"),
        ("尉迟某某", "yu chi mou mou", "ycmm"),
        ("李长葛", "li chang ge", "lcg"),
    ],
)
def test_a_name_is_read_by_the_tables_before_the_library(name, reading, letters):
    assert pinyin(name) == reading
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("written", "phrase"),
    [
        ("区四个班子领导", True),
        ("区委主要领导", True),
        ("各镇街道（管委会）党政主要负责人", True),
        ("区 领 导", True),
        ("区直单位负责人", True),
        ("时博", False),
        ("兰　海", False),
        ("欧阳某某", False),
        ("王　某　某　某", False),
        ("张某（女，回族）", False),
        *((f"阿卜杜拉赫曼{dot}买买提", False) for dot in "·•‧・･"),
        ("Zoe Newman", False),
        ("", False),
    ],
)
def test_a_phrase_is_told_from_a_name_where_that_is_plain(written, phrase):
    assert is_phrase(written) == phrase


def test_the_reading_of_a_surname_is_for_the_head_of_a_name_alone():
    assert pinyin("单单") == "shan dan"


@pytest.mark.parametrize(
    ("name", "address"),
    [("苏建设", "su-jian-she"), ("曾　某", "zeng-mou"), ("艾力·买提", "ai-li-mai-ti")],
)
def test_the_address_of_a_person_is_the_reading_of_the_name(name, address):
    assert name_slug(name) == address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("二七区观摩", "er-qi-qu-guan-mo"),
        ("长葛与中牟结对", "chang-ge-yu-zhong-mu-jie-dui"),
        ("\u2f06七区", "er-qi-qu"),  # the radical, as copied out of some PDF files
        ("２０２１年 第一季度", "2021-nian-di-yi-ji-du"),
        ("5G 产业园（二期）", "5g-chan-ye-yuan-er-qi"),
    ],
)
def test_the_address_of_a_thing_is_the_reading_of_its_title(text, address):
    assert text_slug(text) == address


@pytest.mark.parametrize(
    ("text", "length", "address"),
    [
        ("观" * 40, SLUG_LENGTH, "-".join(["guan"] * 12)),
        ("观" * 11 + "帅", SLUG_LENGTH, "guan-" * 11 + "shuai"),
        ("观" * 11 + "庄", SLUG_LENGTH, "-".join(["guan"] * 11)),
        ("观摩观摩", 10, "guan-mo"),
    ],
    ids=["long", "of 60", "of 61", "shorter limit"],
)
def test_an_address_ends_with_a_whole_syllable(text, length, address):
    assert text_slug(text, length) == address
    assert len(address) <= length


@pytest.mark.parametrize("text", ["Readers of the paper write " * 3, "a" * (SLUG_LENGTH + 1)])
def test_a_long_latin_title_is_cut_and_not_dropped(text):
    assert text_slug(text).startswith(text[:7].lower())


@pytest.mark.parametrize("text", ["", "　", "！？", "🙂"])
@pytest.mark.parametrize("slug", [name_slug, text_slug])
def test_what_cannot_be_read_is_x(slug, text):
    assert slug(text) == "x"


@settings(deadline=None)  # the first text loads the pinyin library
@given(st.text() | st.text(alphabet="单曾于中牟长葛观aZ_- ·１", max_size=80))
def test_any_text_has_an_address(text):
    for slug in (name_slug(text), text_slug(text)):
        assert ADDRESS.fullmatch(slug)
        assert len(slug) <= SLUG_LENGTH


LONGEST = "a" * SLUG_LENGTH


@pytest.mark.parametrize(
    ("base", "taken", "free"),
    [
        ("su", set(), "su"),
        ("su", {"su"}, "su-2"),
        ("su", {"su", "su-2"}, "su-3"),
        ("su", {"su", "su-3"}, "su-2"),
        ("su", {"su-2"}, "su"),
        (LONGEST, {LONGEST}, "a" * 58 + "-2"),
        (
            LONGEST,
            {LONGEST, *(f"{'a' * 58}-{number}" for number in range(2, 10))},
            "a" * 57 + "-10",
        ),
        ("a" * 57 + "-bc", {"a" * 57 + "-bc"}, "a" * 57 + "-2"),
    ],
)
def test_a_taken_address_is_numbered(base, taken, free):
    assert free_slug(base, taken) == free


@pytest.mark.django_db
def test_homophones_of_full_length_have_addresses_of_their_own():
    names = [sound * 11 + "帅" for sound in "观官冠"]
    slugs = [Project.objects.create(name=name).slug for name in names]
    assert slugs == ["guan-" * 11 + "shuai", "guan-" * 11 + "shu-2", "guan-" * 11 + "shu-3"]


@pytest.mark.django_db
def test_an_address_that_was_given_stays_when_its_thing_is_renamed():
    official = Official.objects.create(name="王某某", slug="wang-mou-mou")
    official.name = "李某"
    official.save()
    official.refresh_from_db()
    assert (official.name, official.slug) == ("李某", "wang-mou-mou")


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("阚志强", "kan zhi qiang"),
        ("仇某", "qiu mou"),
        ("区某某", "ou mou mou"),
        ("缪某", "miao mou"),
        ("郇某", "xun mou"),
        ("卜某", "bu mou"),
        ("洗某", "xian mou"),
        ("种某", "chong mou"),
        ("长孙某", "zhang sun mou"),
        ("乐正某", "yue zheng mou"),
        ("乐某", "yue mou"),
        ("解放", "xie fang"),
        ("王\u200b伟", "wang wei"),
        ("⻢里", "ma li"),
        ("买买提．吐尔逊", "mai mai ti tu er xun"),
    ],
)
def test_a_surname_is_read_as_one(name, reading):
    assert pinyin(name) == reading
    assert name_slug(name) == reading.replace(" ", "-")


@pytest.mark.parametrize("model", [Official, Reporter])
@pytest.mark.django_db
class TestReading:
    """A person's reading and initials, as they are corrected."""

    def stored(self, person):
        """Reading and initials of the row."""
        person = type(person).objects.get(pk=person.pk)
        return person.pinyin, person.initials

    def read(self, model, **fields):
        """The person, read from the database."""
        return model.objects.get(pk=model.objects.create(**fields).pk)

    @pytest.mark.parametrize("typed", ["chong mou", "Chóng  Mǒu", "CHONG-MOU", "chong\u3000mou "])
    def test_a_corrected_reading_corrects_the_initials(self, model, typed):
        person = self.read(model, name="重某", pinyin="zhong mou")
        assert self.stored(person) == ("zhong mou", "zm")
        person.pinyin = typed
        person.save()
        assert self.stored(person) == ("chong mou", "cm")

    def test_initials_that_were_typed_beside_it_stay(self, model):
        person = self.read(model, name="重某", pinyin="zhong mou")
        person.pinyin, person.initials = "chong mou", "xx"
        person.save()
        assert self.stored(person) == ("chong mou", "xx")

    def test_a_corrected_name_is_read_anew_unless_its_reading_was_corrected(self, model):
        person = self.read(model, name="王某")
        person.name = "李某"
        person.save()
        assert self.stored(person) == ("li mou", "lm")
        person = self.read(model, name="王重", pinyin="wang chong")
        person.name = "王重某"
        person.save()
        assert self.stored(person) == ("wang chong", "wc")

    @pytest.mark.parametrize("typed", ["kanzhiqiang", "kan zhiqiang", "k"])
    def test_a_reading_without_spaces_is_asked_for_with_them(self, model, typed):
        person = self.read(model, name="阚志强")
        person.pinyin = typed
        with pytest.raises(ValidationError) as refused:
            person.full_clean()
        assert "用空格分开" in str(refused.value.message_dict["pinyin"])
