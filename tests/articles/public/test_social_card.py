"""The picture to share, drawn where a story has no photo, and the address as a QR code."""

import datetime
import io
import re

import pytest
import segno
from django.core.exceptions import ImproperlyConfigured
from PIL import Image

from articles.models import Article
from articles.public.seo import social_card
from articles.public.seo.social_card import Card, can_draw, draw_card, font_of, lines_of
from newsroom.environment import Environment
from tests.support.pictures import halves, stored
from tests.support.stories import live, put

pytestmark = pytest.mark.django_db

OK, SAME = 200, 304
WORDS = {"paper": "甲区新闻", "kicker": "引题", "phrases": ("桥", "通了"), "day": "2021-04-06"}


@pytest.fixture
def faces():
    """Leave the search for a face as it was."""
    if not can_draw():
        pytest.skip("no face with Chinese on this machine")
    social_card.face.cache_clear()
    yield
    social_card.face.cache_clear()


@pytest.fixture
def no_face(monkeypatch):
    """A machine without Chinese."""
    social_card.face.cache_clear()
    monkeypatch.setattr(social_card, "_candidates", lambda: [("/nowhere.ttf", 0)])
    yield
    social_card.face.cache_clear()


def announced(client, story):
    """Path of the picture that the story's page announces; empty for none."""
    found = re.findall(
        r'<meta property="og:image" content="http://testserver([^"]+)">',
        client.get(story.get_absolute_url()).text,
    )
    return "".join(found)


@pytest.mark.usefixtures("faces")
def test_a_story_without_a_photo_has_a_picture_of_its_headline(client):
    story = live(headline="新桥通车 两岸相连", kicker="引题")
    path = announced(client, story)
    assert path == story.address_of("share")
    answer = client.get(path)
    assert answer["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    assert len(answer.content) < 100_000
    page = client.get(story.get_absolute_url()).text
    assert '<meta property="og:image:width" content="1200">' in page


@pytest.mark.usefixtures("faces")
def test_a_page_without_a_picture_of_its_own_shows_the_papers_name(client):
    page = client.get("/articles/").text
    assert '<meta property="og:image" content="http://testserver/share.png">' in page
    answer = client.get("/share.png")
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    assert client.get("/share.png", headers={"If-None-Match": answer["ETag"]}).status_code == SAME


@pytest.mark.usefixtures("faces")
def test_a_story_with_a_photo_shows_that_unless_it_is_too_small(client):
    assert "/media/photos/" in announced(client, live(stored(halves(320, 300))))
    assert announced(client, live(stored(halves(299, 400)))).endswith("/share.png")


@pytest.mark.usefixtures("faces")
def test_a_kept_picture_is_good_until_what_it_says_changes(client):
    story = live(headline="桥通了")
    path = story.address_of("share")
    first = client.get(path)
    assert first["Cache-Control"] == "no-cache"
    known = {"If-None-Match": first["ETag"]}
    assert client.get(path, headers=known).status_code == SAME
    Article.objects.update(headline="桥真的通了")
    assert client.get(path, headers=known).status_code == OK


@pytest.mark.parametrize("name", ["share", "qr"])
def test_only_a_live_story_has_them(client, name):
    story = live()
    assert client.post(story.address_of(name)).status_code == 405
    put([story], visibility="withdrawn")
    assert client.get(story.address_of(name)).status_code == 404


@pytest.mark.usefixtures("no_face")
def test_without_a_face_no_picture_is_announced_and_none_is_there(client):
    story = live()
    assert announced(client, story) == ""
    assert client.get(story.address_of("share")).status_code == 404
    assert "og:image" not in client.get("/").text
    assert client.get("/share.png").status_code == 404


@pytest.mark.usefixtures("faces")
@pytest.mark.parametrize(
    "changes",
    [
        {"phrases": ("字" * 100,)},
        {"phrases": ("，" * 60, "」")},
        {"phrases": ("Word" * 25,)},
        {"phrases": ()},
        {"phrases": ("桥\x00\u202e🙂",)},
        {"kicker": "引" * 100, "paper": "名" * 40},
    ],
)
def test_whatever_it_says_it_can_be_drawn(changes):
    assert draw_card(Card(**{**WORDS, **changes}))


@pytest.mark.usefixtures("faces")
def test_lines_break_between_phrases_where_they_can():
    font = font_of(100)
    assert lines_of(("以项目之进", "支撑发展之稳"), font) == ["以项目之进", "支撑发展之稳"]
    assert lines_of(("桥", "通了"), font) == ["桥　通了"]
    long = lines_of(("字" * 10 + "，" + "字" * 5,), font)
    assert [line[0] for line in long] == ["字", "字"]
    assert "".join(long) == "字" * 10 + "，" + "字" * 5


def test_a_file_that_is_not_there_stops_the_start_and_is_named(monkeypatch):
    monkeypatch.setenv("SITE_FONT_FILE", "/no/such.ttf")
    with pytest.raises(ImproperlyConfigured, match=r"SITE_FONT_FILE='/no/such.ttf': no such file"):
        Environment().file("SITE_FONT_FILE")


def test_a_face_without_chinese_is_none(settings, tmp_path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    settings.SITE_FONT_FILE = str(broken)
    assert not can_draw()


def test_the_qr_code_is_the_canonical_address_of_the_story(client):
    story = live(issued_on=datetime.date(2021, 4, 6))
    answer = client.get(f"{story.address_of('qr')}?from=timeline")
    assert answer["Content-Type"] == "image/svg+xml"
    code = segno.make_qr(f"http://testserver{story.get_absolute_url()}", error="m")
    assert code.svg_inline(light="#fff", omitsize=True).partition("<path")[2] in answer.text
    assert "style=" not in answer.text
    assert (
        client.get(story.address_of("qr"), headers={"If-None-Match": answer["ETag"]}).status_code
        == SAME
    )
    assert f'src="{story.address_of("qr")}"' in client.get(story.get_absolute_url()).text
