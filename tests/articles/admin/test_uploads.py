"""What no upload can do: take the memory, the time or the disk of the others."""

import errno
import io
import struct
import sys
import time
import zlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.urls import reverse
from PIL import Image, PngImagePlugin

from articles import decoder, images
from articles.admin import photo as desk
from articles.admin import uploads
from articles.decoder import RefusedError, Why, normalised
from articles.editorial.roles import REPORTER
from articles.models import Photo
from articles.storage import file_lock
from tests.support.desk import filled
from tests.support.pictures import encoded, files, halves, make, stored

ADD = reverse("admin:articles_photo_add")


@pytest.fixture
def sent(at_desk, settings, tmp_path):
    """Answer to an upload of a picture, by who may; its files lie in a folder of the test."""
    settings.VAR_DIR = tmp_path
    client = at_desk(REPORTER)
    client.raise_request_exception = False
    posted = filled(client.get(ADD), alt="工地全景")

    def send(content):
        return client.post(ADD, {**posted, "image": SimpleUploadedFile("a.jpg", content)})

    return send


def many_scans(scans):
    """Progressive JPEG whose last scan comes again and again."""
    content = encoded(Image.effect_noise((800, 600), 60), progressive=True).getvalue()
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * scans + content[-2:]


def test_scans_are_counted_before_they_are_decoded():
    content = many_scans(600)
    start = time.process_time()
    with pytest.raises(RefusedError) as refusal:
        normalised(content)
    assert refusal.value.why == Why.HEAVY
    assert time.process_time() - start < 1
    assert normalised(many_scans(5)).extension == "jpg"


def test_a_film_behind_a_picture_is_no_scan():
    assert normalised(encoded(halves()).getvalue() + b"\xff\xda\0\x02" * 1000).width == 60


@pytest.mark.parametrize("limit", ["SECONDS", "MEMORY"])
def test_what_takes_too_much_is_ended_and_refused(limit, monkeypatch, tmp_path):
    greedy = {"SECONDS": "import time; time.sleep(60)", "MEMORY": "raise MemoryError"}
    (tmp_path / "greedy.py").write_text(greedy[limit])
    monkeypatch.setattr(images, "SECONDS", 1)
    monkeypatch.setattr(decoder, "__name__", "greedy")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(images.NotAPicture, match="处理不了"):
        images.normalise(encoded(halves()))


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is Linux's")
def test_the_program_limits_its_own_memory(monkeypatch, tmp_path):
    greed = "lambda content: bytearray(2 * decoder.MEMORY)"
    program = f"from articles import decoder\ndecoder.normalised = {greed}\ndecoder.main()"
    (tmp_path / "greedy.py").write_text(program)
    monkeypatch.setattr(decoder, "__name__", "greedy")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(images.NotAPicture, match="处理不了"):
        images.normalise(encoded(halves()))


def test_who_does_not_get_a_turn_is_told(sent, settings, monkeypatch):
    monkeypatch.setattr(uploads, "PATIENCE", 0)
    with file_lock(settings.VAR_DIR / "uploads.lock", 0):
        assert "还没有轮到" in sent(encoded(halves()).getvalue()).text
    assert not Photo.objects.exists()
    assert sent(encoded(halves()).getvalue()).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_picture_is_made_before_the_transaction_opens(sent, monkeypatch):
    inside = []
    taken = desk.taken
    monkeypatch.setattr(
        desk, "taken", lambda file: inside.append(connection.in_atomic_block) or taken(file)
    )
    assert sent(encoded(halves()).getvalue()).status_code == 302
    assert inside == [False]


def full(*_args, **_options):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_said_and_leaves_no_file(sent, settings, monkeypatch):
    save = FileSystemStorage._save  # noqa: SLF001  what a disk does cannot be had otherwise

    def half(storage, name, content):
        save(storage, name, ContentFile(b"half"))
        full()

    monkeypatch.setattr(FileSystemStorage, "_save", half)
    answer = sent(encoded(halves()).getvalue())
    assert answer.status_code == 503
    assert "没有保存" in answer.text
    assert (files(settings.MEDIA_ROOT), Photo.objects.count()) == ([], 0)


def test_a_database_without_room_leaves_no_file(sent, settings, monkeypatch):
    def refuse(*_args, **_options):
        raise OperationalError

    monkeypatch.setattr(desk.PhotoAdmin, "log_addition", refuse)
    assert sent(encoded(halves()).getvalue()).status_code >= 500
    assert files(settings.MEDIA_ROOT) == []


def test_no_room_for_the_upload_itself(sent, settings, monkeypatch):
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", full)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    assert sent(encoded(halves()).getvalue()).status_code == 503


@pytest.mark.django_db
def test_a_full_disk_leaves_no_part_of_a_rendition(settings, monkeypatch):
    photo = stored(halves(900, 600))
    before = files(settings.MEDIA_ROOT)
    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(Exception, match="1 failed"):
        make(photo.pk)
    assert [name for name in files(settings.MEDIA_ROOT) if "lock" not in name] == before


def ramp(top):
    """Grey from black to ``top`` in sixteen bits."""
    values = [x * top // 255 for x in range(256)]
    return Image.frombytes("I;16", (256, 8), struct.pack("<256H", *values) * 8)


@pytest.mark.parametrize("top", [255, 1023, 4095, 65_535])
@pytest.mark.parametrize("extra", [{}, {"transparency": 5}])
def test_grey_of_many_bits_stays_a_ramp(top, extra):
    picture = normalised(encoded(ramp(top), "PNG", **extra).getvalue())
    with Image.open(io.BytesIO(picture.content)) as grey:
        values = [grey.getpixel((x, 4))[0] for x in (0, 64, 128, 192, 255)]
    wanted = (0, 64, 128, 192, 255)
    assert all(abs(one - other) < 6 for one, other in zip(values, wanted, strict=True)), values


@pytest.mark.parametrize("mode", ["I", "F", "I;16B", "I;16L"])
def test_grey_in_any_mode_stays_a_ramp(mode):
    image = ramp(65_535) if mode.startswith("I;16") else ramp(65_535).convert(mode)
    assert abs(decoder._in_eight_bits(image).getpixel((192, 4)) - 192) < 3  # noqa: SLF001


def chunk(name, data):
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


PACKED = zlib.compress(bytes(30_000_000))


@pytest.mark.parametrize(
    "extra",
    [
        chunk(b"zTXt", b"Comment\0\0" + PACKED),
        chunk(b"iTXt", b"Comment\0\1\0\0\0" + PACKED),
        chunk(b"tEXt", b"Comment\0" + b"x" * 1_100_000),
        chunk(b"iCCP", b"profile\0\0" + PACKED),
        chunk(b"iCCP", b"profile"),
        chunk(b"eXIf", bytes(1_000_000)),
        chunk(b"tEXt", b"a\0b") * 100_000,
    ],
    ids=["zTXt", "iTXt", "tEXt", "iCCP", "no iCCP", "eXIf", "many"],
)
def test_what_a_png_brings_along_is_dropped(extra):
    content = encoded(halves(), "PNG").getvalue()
    picture = normalised(content[:33] + extra + content[33:])
    assert (picture.width, picture.height) == (60, 40)


def test_a_png_with_a_long_text_is_taken():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "字" * 1_100_000, zip=True)
    assert normalised(encoded(halves(), "PNG", pnginfo=texts).getvalue()).width == 60


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((1080, 14_000), (1080, 14_000)),
        ((1080, 18_000), (960, 16_000)),
        ((3000, 9000), (1080, 3240)),
        ((300, 5000), (300, 5000)),
        ((14_000, 1080), (3200, 247)),
        ((4000, 1000), (3200, 800)),
        ((1080, 40_000), None),
        ((200, 20_000), None),
    ],
)
def test_a_tall_picture_can_be_read_or_is_asked_to_be_cut(size, kept):
    content = encoded(Image.new("L", size), "PNG").getvalue()
    if kept is None:
        with pytest.raises(RefusedError) as refusal:
            normalised(content)
        assert refusal.value.why == Why.STRIP
        return
    picture = normalised(content)
    assert (picture.width, picture.height) == kept


@pytest.mark.parametrize("orientation", [6, 8])
def test_a_tall_picture_is_tall_as_it_is_held(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = normalised(encoded(Image.new("L", (9000, 1000)), exif=exif).getvalue())
    assert (picture.width, picture.height) == (1000, 9000)


def test_renditions_of_a_tall_picture_are_made():
    picture = normalised(encoded(Image.new("RGB", (900, 9000))).getvalue())
    made = {one.name: one for one in images.renditions(io.BytesIO(picture.content), (0.5, 0.5))}
    assert made["full-900.webp"].height == 9000
    assert made["crop-900.jpg"].height == 600
