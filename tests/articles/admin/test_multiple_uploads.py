"""Nine pictures in one upload: each kept or named, in the library or behind those of a story."""

import errno

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse
from PIL import Image

from articles.admin import uploads
from articles.editorial import review_state_of
from articles.editorial.roles import EDITOR, REPORTER
from articles.models import ArticlePhoto, Photo
from articles.storage import file_lock
from articles.versions import newest_of_row, row_at_work
from newsroom.limits import body_limit
from tests.support.desk import begin, change, messages
from tests.support.pictures import encoded, files, halves, stored
from tests.support.scenes import Scenes
from tests.support.stories import signed

pytestmark = pytest.mark.django_db

UPLOAD, WORDS = reverse("admin:articles_photo_upload"), reverse("admin:articles_photo_words")


def picture(number, name=None):
    """An upload that is unlike others."""
    image = Image.new("RGB", (60, 40), (number * 20, 40, 90))
    return SimpleUploadedFile(name or f"{number}.jpg", encoded(image).getvalue())


def broken(name="坏.jpg"):
    """An upload that is no picture."""
    return SimpleUploadedFile(name, b"x" * 100)


@pytest.fixture
def desk(at_desk, settings, tmp_path):
    """A browser of a role; what it uploads waits for nobody else's."""
    settings.VAR_DIR = tmp_path

    def enter(role=REPORTER):
        client = at_desk(role)
        client.raise_request_exception = False
        return client

    return enter


def send(client, *uploaded, address=UPLOAD, **fields):
    """Send the form; the answer, which is followed to the end."""
    return client.post(address, {"images": uploaded, **fields}, follow=True)


def test_nine_come_at_once_in_their_order(desk):
    answer = send(desk(), *map(picture, range(9)), credit="记者 王某 摄")
    assert messages(answer) == ["传好了9张。"]
    photos = [photo for photo, _picture, _form in answer.context["rows"]]
    assert [photo.pk for photo in photos] == sorted(Photo.objects.values_list("pk", flat=True))
    assert {photo.credit for photo in photos} == {"记者 王某 摄"}
    assert answer.text.count("缺替代文字</span>") == 9


def test_a_bad_one_is_named_and_the_others_are_kept(desk):
    answer = send(desk(), picture(1), broken("断<b>.jpg"), picture(2))
    assert messages(answer)[0] == "传好了2张。"
    assert messages(answer)[1].startswith("“断<b>.jpg”没有收：这个文件不是图片")
    assert "断&lt;b&gt;.jpg" in answer.text
    assert Photo.objects.count() == 2


def test_nothing_but_bad_ones_is_told_on_the_form(desk):
    answer = send(desk(), broken(), credit="记者 王某 摄")
    assert "“坏.jpg”没有收：这个文件不是图片" in answer.text
    assert 'value="记者 王某 摄"' in answer.text
    assert not Photo.objects.exists()


def test_no_file_at_all_is_asked_for(desk):
    assert "请至少选一张图片" in send(desk(), credit="x").text
    assert "请至少选一张图片" in desk().post(UPLOAD, {"images": "text"}).text


def test_more_than_nine_are_named_and_the_first_nine_kept(desk):
    answer = send(desk(), *map(picture, range(11)))
    assert messages(answer)[0] == "传好了9张。"
    assert messages(answer)[1:] == [
        f"“{number}.jpg”没有收：一次最多9张，这一张没有收，请再传一次。" for number in (9, 10)
    ]
    assert Photo.objects.count() == 9


def test_one_that_is_there_already_is_used_and_said(desk):
    known = send(desk(), picture(1)).context["rows"][0][0]
    Photo.objects.update(alt="桥")
    answer = send(desk(), picture(1), picture(2), picture(2), credit="另一人")
    assert messages(answer) == ["传好了1张。有1张图片库里已经有了，用的就是那几张。"]
    known.refresh_from_db()
    assert (known.alt, known.credit) == ("桥", "")
    assert Photo.objects.count() == 2


def test_a_picture_too_large_is_named_beside_good_ones(desk):
    heavy = SimpleUploadedFile("重.jpg", encoded(halves()).getvalue() + bytes(21 * 1024 * 1024))
    answer = send(desk(), heavy, picture(1))
    assert "“重.jpg”没有收：图片文件有21.0 MB，最多收20 MB" in messages(answer)[1]


@pytest.mark.parametrize("address", [UPLOAD, "/admin/articles/article/1/pictures/"])
def test_nine_pictures_of_a_camera_fit(address):
    assert body_limit(address) >= 9 * 20 * 1024 * 1024


def test_what_is_too_much_in_all_is_said_with_the_limit(desk):
    answer = desk().post(UPLOAD, {"a": "b"}, headers={"content-length": str(300 * 1024 * 1024)})
    assert answer.status_code == 413
    assert "最多收181" in answer.text


def test_each_is_stored_before_the_next_is_looked_at(desk, monkeypatch):
    there, taken = [], uploads.taken

    def watched(file, patience):
        there.append(Photo.objects.count())
        return taken(file, patience)

    monkeypatch.setattr(uploads, "taken", watched)
    send(desk(), *map(picture, range(3)))
    assert there == [0, 1, 2]


def test_who_does_not_get_a_turn_is_named(desk, settings, monkeypatch):
    monkeypatch.setattr(uploads, "PATIENCE", 0)
    client = desk()
    with file_lock(settings.VAR_DIR / "uploads.lock", 0):
        answer = send(client, picture(1), picture(2))
    assert answer.text.count("还没有轮到") == 2


def test_a_turn_may_come_late_for_one_of_several(desk, settings, monkeypatch):
    monkeypatch.setattr(uploads, "PATIENCE", 2)
    waited = []
    monkeypatch.setattr(
        uploads,
        "taken",
        lambda _file, patience: waited.append(patience) or uploads.NotAPicture("x"),
    )
    send(desk(), *map(picture, range(9)))
    assert all(17 < seconds <= 18 for seconds in waited)


def test_no_more_uploads_than_leave_threads_for_readers(desk, monkeypatch):
    for _upload in range(uploads.AT_ONCE):
        uploads._threads.acquire()  # noqa: SLF001  as so many requests at once
    try:
        answer = desk().post(UPLOAD, {"images": [picture(1)], "credit": "王某"})
    finally:
        uploads._threads.release(uploads.AT_ONCE)  # noqa: SLF001
    assert answer.status_code == 503
    assert "一张都没有收" in answer.text
    assert 'value="王某"' in answer.text
    assert send(desk(), picture(1)).status_code == 200


def full(*_args, **_options):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_said_and_leaves_no_file(desk, settings, monkeypatch):
    monkeypatch.setattr(FileSystemStorage, "_save", full)
    answer = desk().post(UPLOAD, {"images": [picture(1), picture(2)]})
    assert answer.status_code == 503
    assert (files(settings.MEDIA_ROOT), Photo.objects.count()) == ([], 0)


def test_a_disk_that_fills_up_meanwhile_keeps_what_was_stored(desk, settings, monkeypatch):
    save = FileSystemStorage._save  # noqa: SLF001  what a disk does cannot be had otherwise
    saved = []

    def second(storage, name, content):
        saved.append(name)
        return save(storage, name, content) if len(saved) == 1 else full()

    monkeypatch.setattr(FileSystemStorage, "_save", second)
    answer = send(desk(), picture(1), picture(2))
    assert messages(answer) == ["传好了1张。", "“2.jpg”没有收：现在存不下，请过一会儿再传这一张。"]
    assert len(files(settings.MEDIA_ROOT)) == Photo.objects.count() == 1


def test_a_database_that_fails_leaves_no_file(desk, settings, monkeypatch):
    def refuse(*_args, **_options):
        raise OperationalError

    monkeypatch.setattr(Photo, "save", refuse)
    assert desk().post(UPLOAD, {"images": [picture(1)]}).status_code >= 500
    assert files(settings.MEDIA_ROOT) == []


# ---- Pictures of a story ----


def of_story(story):
    """Address of the upload for a story."""
    return reverse("admin:articles_article_pictures", args=[story.pk])


def numbers(row):
    """Credits of the pictures that a row shows, in order."""
    return [use.photo.credit for use in row.photos.order_by("order")]


def test_a_story_gets_them_behind_its_own_in_the_chosen_order(draft, desk):
    ArticlePhoto.objects.create(article=draft, photo=stored(credit="旧"), order=1)
    client = desk()
    assert of_story(draft) in client.get(change(draft)).text
    answer = send(client, picture(3), broken(), picture(1), address=of_story(draft), credit="新")
    assert [use.order for use in draft.photos.all()] == [1, 2, 3]
    assert numbers(draft) == ["旧", "新", "新"]
    first, second = (use.photo for use in draft.photos.all()[1:])
    assert [photo.pk for photo, _picture, _form in answer.context["rows"]] == [first.pk, second.pk]
    assert first.pk < second.pk
    version = newest_of_row(draft)
    assert (version.reason, version.person) == ("加2张配图", answer.wsgi_request.user)
    assert f"{change(draft)}#photos-group" in answer.text


def test_what_a_story_shows_already_it_does_not_show_twice(draft, desk):
    for _again in range(2):
        send(desk(), picture(1), address=of_story(draft))
    assert draft.photos.count() == Photo.objects.count() == 1


def test_a_live_story_gets_them_in_its_working_copy(live, desk):
    begin(desk(EDITOR), live)
    send(desk(EDITOR), picture(1), address=of_story(live))
    assert not live.photos.exists()
    assert row_at_work(live).photos.count() == 1


def test_signatures_are_said_before_and_void_after(draft, desk, account):
    signed(draft, account)
    client = desk()
    assert "这些签字失效，要重新签：一审" in client.get(of_story(draft)).text
    send(client, picture(1), address=of_story(draft))
    assert len(review_state_of(draft).void) == 3


def test_a_story_that_waits_for_its_hour_gets_none(account, desk):
    story = Scenes(account).scheduled()
    for answer in (
        desk(EDITOR).get(of_story(story), follow=True),
        send(desk(EDITOR), picture(1), address=of_story(story)),
    ):
        assert "请先取消定时" in answer.text
    assert not Photo.objects.exists()


def test_an_hour_that_was_set_meanwhile_leaves_the_pictures_in_the_library(
    account, desk, monkeypatch
):
    story = Scenes(account).scheduled()
    monkeypatch.setattr(uploads, "why_not_edited", lambda _row: "")
    answer = send(desk(EDITOR), picture(1), address=of_story(story))
    assert "图片都在图片库里，没有加到稿件" in "".join(messages(answer))
    assert Photo.objects.count() == 1
    assert not story.photos.exists()
