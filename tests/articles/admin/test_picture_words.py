"""The table of words of several pictures: alt text, caption and credit, now or later."""

import pytest
from django.urls import reverse
from PIL import Image

from articles.editorial import execute
from articles.editorial.roles import CHIEF, EDITOR, REPORTER
from articles.models import ArticlePhoto, Photo
from tests.support.desk import change, messages
from tests.support.pictures import stored
from tests.support.scenes import Scenes
from tests.support.stories import signed

pytestmark = pytest.mark.django_db

WORDS = reverse("admin:articles_photo_words")


def written(*photos, **words):
    """What the table would post: the stored words, with changes as ``pk__field``."""
    posted = {}
    for photo in photos:
        for name in ("alt", "caption", "credit"):
            posted[f"photo-{photo.pk}-{name}"] = getattr(photo, name)
        if photo.is_decorative:
            posted[f"photo-{photo.pk}-is_decorative"] = "on"
    return posted | words


def pictures(count, **words):
    """Pictures of the library that say nothing."""
    images = (Image.new("RGB", (60, 40 + number)) for number in range(count))
    return [stored(image, **{"alt": "", **words}) for image in images]


def test_words_are_written_in_one_table_and_some_later(at_desk):
    one, two, three = pictures(3)
    client = at_desk(REPORTER)
    address = f"{WORDS}?id={two.pk}&id={one.pk}&id={three.pk}"
    page = client.get(address)
    assert [photo for photo, _picture, _form in page.context["rows"]] == [two, one, three]
    posted = written(two, one, three) | {
        f"photo-{one.pk}-alt": "桥",
        f"photo-{one.pk}-caption": "桥通了",
        f"photo-{three.pk}-is_decorative": "on",
    }
    answer = client.post(address, posted, follow=True)
    assert messages(answer) == ["已保存2张图片的文字。"]
    assert list(Photo.objects.order_by("pk").values_list("alt", "caption", "is_decorative")) == [
        ("桥", "桥通了", False),
        ("", "", False),
        ("", "", True),
    ]
    # What lacks words is what the table shows where it is not told which.
    assert [photo for photo, _picture, _form in client.get(WORDS).context["rows"]] == [two]


def test_words_of_a_decorative_picture_are_asked_about_and_nothing_is_lost(at_desk):
    one, two = pictures(2)
    address = f"{WORDS}?id={one.pk}&id={two.pk}"
    posted = written(one, two) | {
        f"photo-{one.pk}-alt": "桥",
        f"photo-{one.pk}-is_decorative": "on",
        f"photo-{two.pk}-caption": "路",
    }
    page = at_desk(REPORTER).post(address, posted)
    assert "装饰图不用替代文字" in page.text
    assert 'value="桥"' in page.text
    assert 'value="路"' in page.text
    assert not Photo.objects.exclude(caption="").exists()


def test_another_persons_word_is_not_overwritten_by_one_that_was_left(at_desk):
    (one,) = pictures(1, credit="旧")
    client, address = at_desk(REPORTER), f"{WORDS}?id={one.pk}"
    posted = written(one) | {f"photo-{one.pk}-alt": "桥", f"photo-{one.pk}-credit": "新"}
    client.post(address, posted)
    one.refresh_from_db()
    assert (one.alt, one.credit) == ("桥", "新")


def test_words_that_readers_see_are_an_amenders(account, at_desk):
    (one,) = pictures(1)
    story = Scenes(account).draft()
    ArticlePhoto.objects.create(article=story, photo=one)
    Photo.objects.update(alt="桥")
    signed(story, account)
    execute("publish", story, person=account(CHIEF, "publisher"), accepted=True)
    address = f"{WORDS}?id={one.pk}"
    posted = {f"photo-{one.pk}-alt": "新桥"}
    page = at_desk(REPORTER).post(address, posted, follow=True)
    assert Photo.objects.get().alt == "桥"
    assert page.status_code == 200
    assert "只有责任编辑或更高的角色可以改" in at_desk(REPORTER).get(address).text
    at_desk(EDITOR).post(address, {**posted, "reason": "更准"})
    assert Photo.objects.get().alt == "新桥"


@pytest.mark.parametrize("query", ["id=x", "id=", f"id={'9' * 30}", "id=1&id=1", "story=x"])
def test_the_table_answers_any_question(at_desk, query):
    pictures(1)
    assert at_desk(REPORTER).get(f"{WORDS}?{query}").status_code == 200
    assert at_desk(REPORTER).post(f"{WORDS}?{query}", {}).status_code == 302


def test_after_the_words_comes_the_story(draft, at_desk):
    (one,) = pictures(1)
    answer = at_desk(REPORTER).post(f"{WORDS}?id={one.pk}&story={draft.pk}", written(one))
    assert answer["Location"] == f"{change(draft)}#photos-group"


def test_the_table_costs_no_more_queries_for_more_pictures(at_desk, django_assert_max_num_queries):
    photos = pictures(20)
    client = at_desk(REPORTER)
    address = f"{WORDS}?{'&'.join(f'id={photo.pk}' for photo in photos)}"
    client.get(address)
    with django_assert_max_num_queries(15):
        assert len(client.get(address).context["rows"]) == 20
