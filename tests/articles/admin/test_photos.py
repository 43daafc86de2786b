"""The picture library at the desk: taking in, alt text, uses, deletion."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.photo import PhotoForm
from articles.editorial.roles import EDITOR, REPORTER
from articles.models import Article, ArticlePhoto, Photo
from tests.support.desk import change, filled
from tests.support.pictures import (
    MARK,
    encoded,
    files,
    from_a_telephone,
    halves,
    hostile,
    make,
    stored,
)
from tests.support.stories import live, story

ADD = reverse("admin:articles_photo_add")
LIST = reverse("admin:articles_photo_changelist")


@pytest.fixture(autouse=True)
def _own_uploads(settings, tmp_path):
    """Uploads on their way lie in a folder of the test."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()


def upload(client, content, name="工地照片.jpg", **fields):
    """Answer to an upload at the desk."""
    posted = filled(client.get(ADD), **{"alt": "工地全景", **fields})
    return client.post(ADD, {**posted, "image": SimpleUploadedFile(name, content)})


def test_an_upload_is_stored_anew_under_a_name_of_ours(at_desk, settings):
    answer = upload(at_desk(REPORTER), from_a_telephone().getvalue())
    assert answer.status_code == 302
    photo = Photo.objects.get()
    assert photo.image.name == f"photos/{photo.digest}/picture.jpg"
    assert (photo.width, photo.height, photo.renditions) == (60, 40, [])
    assert files(settings.MEDIA_ROOT) == [photo.image.name]
    assert MARK.encode() not in photo.image.read()
    photo.image.close()


@pytest.mark.parametrize(("name", "content", "said"), hostile().values(), ids=hostile())
def test_a_hostile_upload_is_a_message_and_leaves_nothing(at_desk, settings, name, content, said):
    answer = upload(at_desk(REPORTER), content, name)
    assert answer.status_code == 200
    assert said in answer.context["adminform"].form.errors["image"][0]
    assert said in answer.text
    assert not Photo.objects.exists()
    assert not settings.MEDIA_ROOT.exists()
    assert files(settings.FILE_UPLOAD_TEMP_DIR) == []


def test_no_file_and_an_empty_file_are_messages(at_desk):
    client = at_desk(REPORTER)
    posted = filled(client.get(ADD), alt="工地")
    for image in ({}, {"image": SimpleUploadedFile("空.jpg", b"")}, {"image": "text"}):
        answer = client.post(ADD, {**posted, **image})
        assert answer.status_code == 200
        assert answer.context["adminform"].form.errors["image"]
    assert not Photo.objects.exists()


def test_a_polyglot_is_defused(at_desk):
    script = b"<script>alert(1)</script>"
    assert upload(at_desk(REPORTER), encoded(halves()).getvalue() + script).status_code == 302
    with Photo.objects.get().image.open() as file:
        assert script not in file.read()


def test_a_nul_in_a_name_is_no_matter(at_desk):
    assert (
        upload(at_desk(REPORTER), encoded(halves()).getvalue(), "a\x00/../b.jpg").status_code == 302
    )
    assert "picture.jpg" in Photo.objects.get().image.name


def test_the_same_picture_twice_is_noticed(at_desk, settings):
    known = stored(caption="已有的图")
    client = at_desk(REPORTER)
    again = from_a_telephone()  # other metadata, the same pixels
    answer = upload(client, again.getvalue(), "另一个名字.jpg")
    assert answer.status_code == 200
    assert f'已有同一张图片，请直接用它：<a href="{change(known)}">已有的图</a>' in answer.text
    assert Photo.objects.count() == 1
    assert files(settings.MEDIA_ROOT) == [known.image.name]


def test_the_second_click_of_a_double_click_is_a_message(at_desk, monkeypatch, settings):
    """Both requests look before either stores: the database refuses one, which looks again."""
    client = at_desk(REPORTER)
    known = stored()
    clean_image = PhotoForm.clean_image

    def too_early(form):
        monkeypatch.setattr(PhotoForm, "clean_image", clean_image)
        picture = form.cleaned_data["image"]
        form.instance.digest = picture.digest
        return ContentFile(picture.content, name="picture.jpg")

    monkeypatch.setattr(PhotoForm, "clean_image", too_early)
    answer = upload(client, encoded(halves()).getvalue())
    assert "已有同一张图片" in answer.text
    assert Photo.objects.count() == 1
    assert files(settings.MEDIA_ROOT) == [known.image.name]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"alt": ""}, "请写替代文字"),
        ({"alt": "  "}, "请写替代文字"),
        ({"alt": "", "is_decorative": "on"}, None),
        ({"alt": "工地", "is_decorative": "on"}, "装饰图不用替代文字"),
        ({"alt": "字" * 201}, "200"),
        ({"focal_x": "1.5"}, "1"),
        ({"focal_x": "nan"}, ""),
        ({"focal_y": "-1e400"}, ""),
    ],
)
def test_alt_text_or_decorative_and_a_focus_inside(at_desk, fields, said):
    answer = upload(at_desk(REPORTER), encoded(halves()).getvalue(), **fields)
    assert answer.status_code == (302 if said is None else 200)
    assert Photo.objects.exists() == (said is None)
    if said is not None:
        (field,) = answer.context["adminform"].form.errors.values()
        assert len(field) == 1
        assert said in field[0]


def test_the_file_of_a_picture_never_changes(at_desk):
    photo = stored()
    client = at_desk(REPORTER)
    page = client.get(change(photo))
    assert "image" not in page.context["adminform"].form.fields
    other = SimpleUploadedFile("b.jpg", encoded(halves(20, 20)).getvalue())
    assert (
        client.post(change(photo), {**filled(page, caption="新图说"), "image": other}).status_code
        == 302
    )
    after = Photo.objects.get()
    assert (after.caption, after.image, after.digest) == ("新图说", photo.image, photo.digest)


def copy_of(article):
    """Working copy of a story, with its pictures."""
    copy = Article.objects.create(headline="副本题", slug=article.slug, copy_of=article)
    for use in article.photos.all():
        ArticlePhoto.objects.create(article=copy, photo=use.photo)
    return copy


def test_the_list_counts_stories_and_shows_what_lacks_words(at_desk):
    used, bare = stored(), stored(halves(20, 20), alt="")
    copy_of(story(used, headline="甲"))
    story(used, used, headline="乙")
    page = at_desk(REPORTER).get(LIST)
    counts = {photo.pk: photo.stories for photo in page.context["cl"].result_list}
    assert counts == {used.pk: 2, bare.pk: 0}
    assert page.text.count("缺替代文字") == 1
    make()
    folder = used.image.url.rpartition("/")[0]
    assert f'<img class="thumbnail" src="{folder}/crop-60.jpg"' in at_desk(REPORTER).get(LIST).text


def test_the_list_asks_no_more_for_more_pictures(at_desk, django_assert_max_num_queries):
    client = at_desk(REPORTER)
    story(stored(), headline="甲")
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for side in range(20, 26):
        story(stored(halves(side, side)), headline=f"{side}")
    with django_assert_max_num_queries(len(one)):
        client.get(LIST)


def test_the_page_of_a_picture_links_to_its_stories(at_desk):
    photo = stored()
    client = at_desk(REPORTER)
    assert "还没有稿件用它" in client.get(change(photo)).text
    article = story(photo, headline="桥<b>通了")
    copy = copy_of(article)
    page = client.get(change(photo)).text
    assert f'<div><a href="{change(article)}">桥&lt;b&gt;通了</a>（未发布）</div>' in page
    assert change(copy) not in page


def test_a_used_picture_is_not_deleted_and_the_page_says_what_to_do(at_desk):
    photo = stored()
    article = story(photo)
    client = at_desk(EDITOR)
    delete = reverse("admin:articles_photo_delete", args=[photo.pk])
    chosen = {"action": "delete_selected", "_selected_action": [photo.pk], "post": "yes"}
    for answer in (
        client.get(delete),
        client.post(delete, {"post": "yes"}),
        client.post(LIST, chosen),
    ):
        assert answer.status_code == 200
        assert "请先在稿件的“配图”里去掉图片" in answer.text
        assert f'<a href="{change(article)}">{article.headline}</a>' in answer.text
    assert Photo.objects.exists()
    assert (photo.folder / "picture.jpg").exists()


@pytest.mark.parametrize("way", ["one", "selected"])
def test_an_unused_picture_takes_its_files_along(at_desk, way, django_capture_on_commit_callbacks):
    photo, other = stored(), stored(halves(20, 20))
    make()
    client = at_desk(EDITOR)
    with django_capture_on_commit_callbacks(execute=True):
        if way == "one":
            client.post(reverse("admin:articles_photo_delete", args=[photo.pk]), {"post": "yes"})
        else:
            chosen = {"action": "delete_selected", "_selected_action": [photo.pk], "post": "yes"}
            client.post(LIST, chosen)
        assert photo.folder.exists()
    assert list(Photo.objects.all()) == [other]
    assert not photo.folder.exists()
    assert (other.folder / "picture.jpg").exists()


def test_what_readers_see_of_a_picture_is_an_amenders(at_desk):
    photo = stored()
    live(photo)
    assert at_desk(REPORTER).post(change(photo), {"alt": "改"}).status_code == 403
    client = at_desk(EDITOR)
    posted = filled(client.get(change(photo)), alt="改", reason="更准")
    assert client.post(change(photo), posted).status_code == 302
    assert Photo.objects.get().alt == "改"


def test_a_story_at_the_desk_shows_its_pictures_and_what_lacks_words(at_desk):
    photo, bare = stored(), stored(halves(20, 20), alt="")
    page = at_desk(REPORTER).get(change(story(photo, bare))).text
    assert page.count('<img class="thumbnail"') == 2
    assert page.count("缺替代文字") == 1
