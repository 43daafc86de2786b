"""What is taken in of a picture, what is left of it, and its sizes."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from articles import images
from articles.decoder import RefusedError, normalised
from articles.images import NotAPicture, renditions
from tests.support.pictures import (
    MARK,
    bomb,
    encoded,
    exif,
    from_a_telephone,
    halves,
    hostile,
    swapped_profile,
)

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("JPEG", "PNG", "WEBP", "AVIF")
RED, BLUE = (254, 0, 0), (0, 0, 254)


def normalise(file):
    """What the program of its own does, here."""
    return normalised(file.getvalue())


def opened(content):
    return Image.open(io.BytesIO(content))


def near(colour, other):
    return all(abs(one - two) < 16 for one, two in zip(colour, other, strict=True))


def made(picture, focal=(0.5, 0.5)):
    return list(renditions(io.BytesIO(picture.content), focal))


@pytest.mark.parametrize("kind", KINDS)
def test_metadata_is_gone_from_the_picture_and_every_rendition(kind):
    file = from_a_telephone(kind)
    with Image.open(file) as before:
        assert before.getexif().get_ifd(0x8825)
    assert MARK.encode() in file.getvalue() or kind == "PNG"  # packed there
    picture = normalise(file)
    files = [picture.content, *(rendition.content for rendition in made(picture))]
    assert len(files) == 7
    for content in files:
        assert MARK.encode() not in content
        with opened(content) as after:
            after.load()
            assert not after.getexif()
            assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(after.info)
            assert "XML:com.adobe.xmp" not in after.info


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [
        (1, (60, 40), (5, 20)),
        (3, (60, 40), (55, 20)),
        (6, (40, 60), (20, 5)),
        (8, (40, 60), (20, 55)),
    ],
)
def test_a_picture_stands_upright(kind, orientation, size, red):
    picture = normalise(encoded(halves(), kind, exif=exif(orientation)))
    assert (picture.width, picture.height) == size
    with opened(picture.content) as after:
        assert after.size == size
        assert near(after.getpixel(red), RED)


@pytest.mark.parametrize("kind", KINDS)
def test_colours_are_those_of_a_screen(kind):
    with opened(normalise(encoded(halves(), kind, icc_profile=swapped_profile())).content) as after:
        assert near(after.getpixel((5, 20)), BLUE)


BROKEN = {"icc_profile": b"no profile", "exif": b"Exif\x00\x00no EXIF", "xmp": b"<no XMP"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", BROKEN)
def test_broken_metadata_breaks_no_picture(kind, name):
    if (kind, name) == ("AVIF", "exif"):
        pytest.skip("Pillow does not write it")
    extras = {name: BROKEN[name]}
    with opened(normalise(encoded(halves(), kind, **extras)).content) as after:
        assert near(after.getpixel((5, 20)), RED)


@pytest.mark.parametrize(
    ("image", "kind", "extension", "left"),
    [
        (halves(), "JPEG", "jpg", RED),
        (halves(mode="CMYK"), "JPEG", "jpg", RED),
        (halves(mode="L"), "JPEG", "jpg", (76, 76, 76)),
        (halves(), "PNG", "jpg", RED),
        (halves(mode="P"), "PNG", "jpg", RED),
        (halves(mode="1"), "PNG", "jpg", None),
        (halves(mode="RGBA"), "PNG", "jpg", RED),
        (Image.new("I;16", (60, 40), 0x4000), "PNG", "jpg", (64, 64, 64)),
        (Image.new("RGBA", (60, 40), (255, 0, 0, 90)), "PNG", "png", (255, 0, 0, 90)),
        (Image.new("LA", (60, 40), (76, 90)), "PNG", "png", (76, 76, 76, 90)),
        (Image.new("RGBA", (60, 40), (255, 0, 0, 90)), "WEBP", "png", None),
        (halves(), "AVIF", "jpg", None),
    ],
)
def test_every_kind_of_picture_comes_out_as_one_of_two(image, kind, extension, left):
    picture = normalise(encoded(image, kind))
    assert picture.extension == extension
    with opened(picture.content) as after:
        assert (after.format, after.mode) in (("JPEG", "RGB"), ("PNG", "RGBA"))
        assert left is None or near(after.getpixel((5, 20)), left)


def test_a_colour_that_means_see_through_is_kept_so():
    picture = normalise(encoded(halves(), "PNG", transparency=(255, 0, 0)))
    with opened(picture.content) as after:
        assert after.getpixel((5, 20))[3] == 0
        assert after.getpixel((55, 20))[3] == 255
    with opened(next(r.content for r in made(picture) if r.extension == "jpg")) as paper:
        assert near(paper.getpixel((5, 20)), (255, 255, 255))


def test_a_large_picture_is_reduced():
    picture = normalise(encoded(halves(4000, 1000)))
    assert (picture.width, picture.height) == (3200, 800)


def test_a_second_picture_of_a_telephone_is_left_out():
    file = encoded(halves(), "MPO", save_all=True, append_images=[halves(10, 10)])
    picture = normalise(file)
    assert (picture.width, picture.height, picture.extension) == (60, 40, "jpg")
    with opened(picture.content) as after:
        assert not getattr(after, "is_animated", False)


def test_what_hangs_behind_a_picture_is_gone():
    script = b"<script>alert(1)</script>"
    picture = normalise(io.BytesIO(encoded(halves()).getvalue() + script))
    assert script not in picture.content


def test_the_digest_is_of_the_pixels():
    plain, told = encoded(halves(), "PNG"), encoded(halves(), "PNG", exif=exif())
    lossless = encoded(halves(), "WEBP", lossless=True)
    assert len({normalise(file).digest for file in (plain, told, lossless)}) == 1
    others = (halves(), halves(mode="L"), Image.new("RGB", (60, 40)), Image.new("RGB", (40, 60)))
    assert len({normalise(encoded(image, "PNG")).digest for image in others}) == 4


@pytest.mark.parametrize(("_name", "content", "said"), hostile().values(), ids=hostile())
def test_a_hostile_file_is_refused_and_told_why(_name, content, said):
    with pytest.raises(NotAPicture) as refusal:
        images.normalise(io.BytesIO(content))
    assert said in refusal.value.message


def test_a_bomb_is_refused_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(Image.Image, "thumbnail", None)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", None)
    with pytest.raises(RefusedError) as refusal:
        normalised(bomb())
    assert refusal.value.found == {"width": 20_000, "height": 20_000}


SMALL = {kind: from_a_telephone(kind, halves(24, 16)).getvalue() for kind in KINDS}


@given(st.sampled_from(KINDS), st.data())
def test_a_damaged_file_is_a_picture_or_refused(kind, data):
    content = bytearray(SMALL[kind])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    try:
        picture = normalise(io.BytesIO(content[:cut] or content))
    except RefusedError:
        return
    with opened(picture.content) as after:
        assert after.size == (picture.width, picture.height)


@pytest.mark.parametrize(
    ("size", "full", "crop"),
    [
        (
            (2000, 1000),
            [(400, 200), (800, 400), (1600, 800)],
            [(400, 267), (800, 533), (1500, 1000)],
        ),
        (
            (1000, 2000),
            [(400, 800), (800, 1600), (1000, 2000)],
            [(400, 267), (800, 533), (1000, 667)],
        ),
        ((300, 200), [(300, 200)], [(300, 200)]),
        ((1, 1), [(1, 1)], [(1, 1)]),
        ((3000, 2), [(400, 1), (800, 1), (1600, 1)], [(3, 2)]),
    ],
)
def test_renditions_have_the_sizes_of_the_table_and_are_never_larger(size, full, crop):
    found = made(normalise(encoded(Image.new("RGB", size))))
    for shape, sizes in (("full", full), ("crop", crop)):
        for extension in ("avif", "webp", "jpg"):
            some = [r for r in found if (r.shape, r.extension) == (shape, extension)]
            assert [(r.width, r.height) for r in some] == sizes
    for rendition in found:
        with opened(rendition.content) as image:
            assert image.format == {"jpg": "JPEG"}.get(
                rendition.extension, rendition.extension.upper()
            )
            assert image.size == (rendition.width, rendition.height)
    assert len({rendition.name for rendition in found}) == len(found)


@pytest.mark.parametrize("size", [(1200, 300), (300, 1200)])
@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.95, 1])
def test_a_crop_holds_the_focal_point(size, share):
    image = Image.new("RGB", size, "white")
    x, y = (round((side - 1) * share) for side in size)
    image.paste("black", (max(0, x - 20), max(0, y - 20), x + 20, y + 20))
    crops = [r for r in made(normalise(encoded(image)), (share, share)) if r.shape == "crop"]
    for crop in crops:
        with opened(crop.content) as cut:
            spot = (
                min(cut.width - 1, round(cut.width * share)),
                min(cut.height - 1, round(cut.height * share)),
            )
            assert cut.convert("L").getpixel(spot) < 60


def test_pictures_are_opened_in_one_place():
    """Pillow's guard is off: that one place has a stricter one."""
    opening = {
        path.relative_to(ROOT).as_posix()
        for room in ("articles", "newsroom", "people")
        for path in (ROOT / room).rglob("*.py")
        if "Image.open(" in path.read_text("utf-8")
    }
    assert opening == {"articles/decoder.py"}
