"""Renditions: made beside the requests, offered by pages, and seen by whom the story is seen."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from articles import rendition_files
from articles.editorial.roles import EDITOR, REPORTER
from articles.models import Article, Photo
from tests.support.desk import change, filled
from tests.support.pictures import (
    MARK,
    addresses,
    encoded,
    files,
    from_a_telephone,
    halves,
    make,
    stored,
)
from tests.support.stories import live, put

ADD = reverse("admin:articles_photo_add")


@pytest.fixture
def started(monkeypatch, settings, django_capture_on_commit_callbacks):
    """Commands of the processes that would have been started; callbacks run after each ``with``."""
    commands = []

    class Process:
        def __init__(self, command, **options):
            commands.append((command[1:], options))

        def wait(self):
            """End at once."""

    settings.RENDITIONS_AT_ONCE = True
    monkeypatch.setattr(rendition_files, "subprocess", SimpleNamespace(Popen=Process, DEVNULL=None))
    return commands


def upload(client, content, name="工地照片.jpg", **fields):
    """Answer to an upload at the desk."""
    posted = filled(client.get(ADD), **{"alt": "工地全景", **fields})
    return client.post(ADD, {**posted, "image": SimpleUploadedFile(name, content)})


def fetched(client, address, **headers):
    """Answer that was read to its end, which closes the file."""
    answer = client.get(address, headers=headers)
    answer.body = b"".join(answer)
    return answer


def test_an_upload_and_a_new_focus_start_a_process_once_committed(
    at_desk, started, django_capture_on_commit_callbacks, settings
):
    client = at_desk(REPORTER)
    with django_capture_on_commit_callbacks(execute=True):
        upload(client, encoded(halves()).getvalue())
        assert started == []
    photo = Photo.objects.get()
    ((command, options),) = started
    assert command == ["manage.py", "make_renditions", str(photo.pk)]
    assert options["start_new_session"]
    assert (settings.BASE_DIR / "manage.py").exists()
    assert "shell" not in options

    make(photo.pk)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(change(photo), filled(client.get(change(photo)), caption="图说"))
    photo.refresh_from_db()
    assert (len(started), len(photo.renditions)) == (1, 6)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(change(photo), filled(client.get(change(photo)), focal_x="0.9"))
    photo.refresh_from_db()
    assert (len(started), photo.renditions) == (2, [])


def test_a_process_that_cannot_start_stops_no_upload(
    at_desk, started, django_capture_on_commit_callbacks, monkeypatch
):
    def refuse(*_args, **_options):
        raise OSError

    monkeypatch.setattr(rendition_files, "subprocess", SimpleNamespace(Popen=refuse, DEVNULL=None))
    with django_capture_on_commit_callbacks(execute=True):
        assert upload(at_desk(REPORTER), encoded(halves()).getvalue()).status_code == 302


def test_the_command_line_that_is_started_is_one_that_runs(settings):
    command = [sys.executable, "manage.py", "make_renditions", "--help"]
    asked = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, check=True)
    assert b"PK" in asked.stdout


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_rendition_tells_where_a_picture_was_taken(at_desk, settings, kind):
    upload(at_desk(REPORTER), from_a_telephone(kind, halves(900, 600)).getvalue())
    make()
    photo = Photo.objects.get()
    assert len(photo.renditions) == 18
    for name in files(settings.MEDIA_ROOT / "photos"):
        path = settings.MEDIA_ROOT / "photos" / name
        assert MARK.encode() not in path.read_bytes()
        with Image.open(path) as image:
            assert not image.getexif()


@pytest.mark.django_db
def test_renditions_are_made_once_and_named_in_the_row(settings):
    photo = stored(halves(500, 300))
    assert make() == f"picture {photo.pk}: made\n"
    photo.refresh_from_db()
    assert photo.renditions[0] == {
        "name": "full-400.avif",
        "shape": "full",
        "format": "avif",
        "width": 400,
        "height": 240,
    }
    assert len(photo.renditions) == 12
    names = {made["name"] for made in photo.renditions} | {"picture.jpg"}
    assert {path.name for path in photo.folder.iterdir()} == names
    content = {path: path.read_bytes() for path in photo.folder.iterdir()}
    assert make() == ""
    make(photo.pk)
    assert {path: path.read_bytes() for path in photo.folder.iterdir()} == content


@pytest.mark.django_db
def test_one_bad_picture_does_not_stop_the_others(capsys):
    lost, damaged, good = stored(), stored(halves(20, 20)), stored(halves(30, 20))
    lost.image.storage.delete(lost.image.name)
    (damaged.folder / "picture.jpg").write_bytes(b"damaged")
    with pytest.raises(CommandError, match="3 failed"):
        call_command("make_renditions", str(lost.pk), str(damaged.pk), "99999", str(good.pk))
    said = capsys.readouterr().err
    for pk in (lost.pk, damaged.pk, 99999):
        assert f"picture {pk}: " in said
    assert [bool(photo.renditions) for photo in Photo.objects.order_by("pk")] == [
        False,
        False,
        True,
    ]


@pytest.mark.django_db
def test_a_focus_set_meanwhile_wins(monkeypatch):
    photo = stored()
    real = rendition_files.renditions

    def overtaken(file, focal):
        Photo.objects.update(focal_x=0.9)
        yield from real(file, focal)

    monkeypatch.setattr(rendition_files, "renditions", overtaken)
    make(photo.pk)
    photo.refresh_from_db()
    assert photo.renditions == []
    monkeypatch.undo()


@pytest.mark.django_db
def test_a_picture_deleted_meanwhile_leaves_no_file(monkeypatch):
    photo = stored()
    real = rendition_files.renditions

    def overtaken(file, focal):
        Photo.objects.all().delete()
        yield from real(file, focal)

    monkeypatch.setattr(rendition_files, "renditions", overtaken)
    make(photo.pk)
    assert not photo.folder.exists()


def test_a_story_offers_each_format_and_size(client, bulletin, no_query_in_templates):
    photo = stored(halves(900, 600), credit="王某 摄")
    page = live(photo).get_absolute_url()
    before = client.get(page).text
    assert f'<img src="{photo.image.url}" width="900" height="600" alt="工地全景"' in before
    assert "srcset" not in before
    make()
    after = client.get(page).text
    folder = photo.image.url.rpartition("/")[0]
    for kind in ("avif", "webp"):
        srcset = ", ".join(f"{folder}/full-{width}.{kind} {width}w" for width in (400, 800, 900))
        assert f'<source type="image/{kind}" srcset="{srcset}" sizes="' in after
    assert f'<img src="{folder}/full-900.jpg" srcset="{folder}/full-400.jpg 400w, ' in after
    assert 'width="900" height="600" alt="工地全景" decoding="async"' in after


def test_a_decorative_picture_has_an_empty_alt(client, bulletin):
    page = client.get(live(stored(alt="", is_decorative=True)).get_absolute_url()).text
    assert 'alt="" decoding="async"' in page


def test_pictures_cost_a_story_no_query(
    client, bulletin, django_assert_max_num_queries, monkeypatch
):
    none, some = live(headline="甲"), live(stored(), stored(halves(20, 20)), headline="乙")
    make()
    client.get(none.get_absolute_url())  # some of a page is remembered
    with CaptureQueriesContext(connection) as bare:
        client.get(none.get_absolute_url())
    with django_assert_max_num_queries(len(bare)):
        client.get(some.get_absolute_url())


@pytest.mark.usefixtures("db")
def test_a_picture_vanishes_with_its_story(client, at_desk, monkeypatch):
    monkeypatch.setattr("mimetypes.guess_type", lambda _name: (None, None))  # as on a bare machine
    photo = stored()
    make()
    photo.refresh_from_db()
    article = live(photo)
    for address in addresses(photo):
        answer = fetched(client, address)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["X-Content-Type-Options"] == "nosniff"
        kind = {"jpg": "jpeg"}.get(address.rpartition(".")[2], address.rpartition(".")[2])
        assert answer["Content-Type"] == f"image/{kind}"
        head = client.head(address)
        assert b"".join(head) == b""
        assert head["Content-Length"] == str(len(answer.body))
        assert fetched(client, address, if_none_match=answer["ETag"]).status_code == 304
        assert client.post(address).status_code == 405
    tag = answer["ETag"]
    put(Article.objects.filter(pk=article.pk), visibility="withdrawn")
    for address in addresses(photo):
        assert fetched(client, address).status_code == 404
        assert fetched(client, address, if_none_match=tag).status_code == 404
    client = at_desk(REPORTER)
    assert {fetched(client, address).status_code for address in addresses(photo)} == {200}


@pytest.mark.usefixtures("db")
def test_no_address_reaches_another_file(at_desk, settings):
    photo = stored()
    (settings.MEDIA_ROOT / "secret.jpg").write_bytes(b"secret")
    (photo.folder / ".part.jpg").write_bytes(b"part")
    client = at_desk(EDITOR)
    folder = f"/media/photos/{photo.digest}"
    for address in (
        f"{folder}/../../secret.jpg",
        f"{folder}/..%2f..%2fsecret.jpg",
        f"{folder}/%2e%2e/%2e%2e/secret.jpg",
        f"{folder}/.part.jpg",
        f"{folder}/picture.jpg%00",
        f"{folder}/picture.jpg%0a",
        f"{folder}/picture.JPG",
        f"{folder}/none.jpg",
        f"{folder}/",
        f"/media/photos/{'0' * 32}/picture.jpg",
        "/media/renditions.lock",
        "/media/secret.jpg",
    ):
        assert client.get(address).status_code == 404, address


@pytest.mark.usefixtures("db")
def test_a_file_costs_at_most_one_query(client, django_assert_max_num_queries):
    photo = stored()
    live(photo)
    with django_assert_max_num_queries(1):
        fetched(client, photo.image.url)
