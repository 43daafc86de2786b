"""Pictures decoded: ``python -m articles.decoder`` makes one anew, from standard input to output.

A program of its own, since what decoders do with hostile bytes is anyone's guess: it has limits of
time and memory, can be killed, and starts without Django.
"""

import contextlib
import hashlib
import io
import json
import re
import sys
import zlib
from enum import StrEnum
from typing import NamedTuple

from PIL import AvifImagePlugin, Image, ImageCms, ImageOps

try:
    import resource
except ImportError:  # Windows, which has only the time that whoever started us gives
    resource = None

#: Formats that are taken in, and the only decoders that an upload reaches.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
#: Most pixels of a picture (a phone of 48 megapixels passes).
MOST_PIXELS = 50_000_000
#: Most scans of a JPEG; encoders write some ten. Each costs as much as the whole picture.
MOST_SCANS = 50
#: Longest side that is kept, in pixels. A tall picture keeps a width that can be read, up to a
#: height that every format of ours can hold.
LONGEST, READABLE, NARROWEST, TALLEST = 3200, 1080, 800, 16_000
#: Most bytes of a colour profile.
MOST_PROFILE = 1024 * 1024
#: Limits of this program: bytes of memory (50 megapixels of AVIF need 1.3 GB), seconds of a
#: processor.
MEMORY, SECONDS = 1536 * 1024 * 1024, 30

# Pillow's guard against bombs stops at 179 megapixels and hides how large the picture is. Ours, in
# `opened`, is stricter, comes before any pixel too, and a house test sees that nobody opens a
# picture elsewhere.
Image.MAX_IMAGE_PIXELS = None
# One thread: what a picture takes does not grow with the processors of the machine.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1

_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)
_START_OF_SCAN, _END_OF_IMAGE, _START_OF_IMAGE = b"\xda", b"\xd9", b"\xd8"


class Why(StrEnum):
    """Why a file is not taken in."""

    UNKNOWN = "unknown"
    BROKEN = "broken"
    LARGE = "large"
    STRIP = "strip"
    ANIMATED = "animated"
    HEAVY = "heavy"


class RefusedError(ValueError):
    """A file that is not taken in: the reason, and what was found."""

    def __init__(self, why, **found):
        """Keep both for whoever says it in the user's language."""
        super().__init__(why)
        self.why, self.found = why, found


class Normalised(NamedTuple):
    """A picture as the library keeps it; ``digest`` is of its pixels, 32 hexadecimal digits."""

    content: bytes
    extension: str
    width: int
    height: int
    digest: str


def normalised(content: bytes) -> Normalised:
    """Picture made anew of its pixels alone: upright, in sRGB, with no metadata.

    JPEG, or PNG where something shows through; reduced to what is kept. Raises RefusedError.
    """
    if content.startswith(b"\x89PNG"):
        content = b"".join(_needed_chunks(content))
    elif content.startswith(b"\xff\xd8") and _scans(content) > MOST_SCANS:
        raise RefusedError(Why.HEAVY)
    image = opened(io.BytesIO(content))
    size = _kept_size(image)
    try:
        image = _decoded(image, size)
    except MemoryError:
        raise
    except Exception as error:  # what decoders raise on hostile bytes is anyone's guess
        raise RefusedError(Why.BROKEN) from error
    pixels = image.tobytes()
    named = hashlib.sha256(f"{image.mode} {image.width}x{image.height} ".encode() + pixels)
    image = Image.frombytes(image.mode, image.size, pixels)
    if image.mode == "RGBA":
        extension, content = "png", saved(image, "PNG")
    else:
        extension = "jpg"
        content = saved(image, "JPEG", quality=88, progressive=True, optimize=True)
    return Normalised(content, extension, *image.size, named.hexdigest()[:32])


def opened(file):
    """Picture whose header alone has been read; RefusedError where it is none that we take."""
    try:
        image = Image.open(file, formats=FORMATS)
    except MemoryError:
        raise
    except Exception as error:  # as above
        raise RefusedError(Why.UNKNOWN) from error
    if image.width * image.height > MOST_PIXELS:
        raise RefusedError(Why.LARGE, width=image.width, height=image.height)
    # A photo of a telephone may hold a second picture (MPO); the first is the photo.
    if getattr(image, "is_animated", False) and image.format != "MPO":
        raise RefusedError(Why.ANIMATED)
    return image


def saved(image, kind, **options):
    """Bytes of the picture; on white paper where the format knows no transparency."""
    if kind == "JPEG" and image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image)
        image = paper
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _needed_chunks(content):
    """A PNG without its texts, and without a profile that unpacks into more than one needs."""
    yield content[:8]
    at = 8
    while at < len(content):
        kind, end = content[at + 4 : at + 8], at + 12 + int.from_bytes(content[at : at + 4])
        chunk = content[at:end]
        if kind not in (b"tEXt", b"zTXt", b"iTXt") and not (kind == b"iCCP" and _swells(chunk)):
            yield chunk
        at = end


def _swells(chunk):
    """Whether a chunk with a name and packed bytes unpacks into too many, or into none."""
    packed = chunk[8:-4].partition(b"\0")[2][1:]
    try:
        unpacked = zlib.decompressobj().decompress(packed, MOST_PROFILE)
    except zlib.error:
        return True
    return not 0 < len(unpacked) < MOST_PROFILE


def _scans(content):
    """Scans of the first picture of a JPEG, which a marker begins each."""
    scans, at = 0, 2
    while (marker := _MARKER.search(content, at)) and marker[1] != _END_OF_IMAGE:
        at = marker.end()
        if marker[1] != _START_OF_IMAGE:
            at += int.from_bytes(content[at : at + 2])
        scans += marker[1] == _START_OF_SCAN
    return scans


def _kept_size(image):
    """Size to which a picture is reduced, as it lies in the file; RefusedError for a long strip."""
    turned = False
    with contextlib.suppress(Exception):  # EXIF that cannot be read names no orientation
        turned = image.getexif().get(0x0112) in (5, 6, 7, 8)
    width, height = reversed(image.size) if turned else image.size
    share = min(1, max(LONGEST / max(width, height), min(READABLE / width, TALLEST / height)))
    if height > width and width * share < min(width, NARROWEST):
        raise RefusedError(Why.STRIP, width=width, height=height)
    size = max(1, round(width * share)), max(1, round(height * share))
    return size[::-1] if turned else size


def _decoded(image, size):
    """Picture decoded, reduced, upright, in sRGB: RGBA where something shows through, else RGB."""
    if image.mode == "F" or image.mode.startswith("I"):
        image = _in_eight_bits(image)  # convert() would make it all white
    elif image.has_transparency_data:
        image = image.convert("RGBA")
    elif image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGB")
    image.thumbnail(size, Image.Resampling.LANCZOS)
    image.load()
    with contextlib.suppress(SyntaxError):  # EXIF that cannot be read names no orientation
        ImageOps.exif_transpose(image, in_place=True)
    image = _in_srgb(image)
    if image.mode == "RGBA" and image.getchannel("A").getextrema()[0] < 255:  # noqa: PLR2004  opaque
        return image
    return image.convert("RGB")


def _in_eight_bits(image):
    """Grey of sixteen bits and more in eight: of as many as its brightest point needs."""
    image = image.convert("F")
    brightest = image.getextrema()[1]
    bits = next((bits for bits in (8, 10, 12, 14) if brightest < 2**bits), 16)
    return image.point(lambda value: value * (255 / (2**bits - 1)) + 0.0).convert("L")


def _in_srgb(image):
    """Picture in the colours that a screen takes it for, where its profile is another one's."""
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        wanted = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, given, wanted, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):  # broken, or for another kind of picture
        return image


def main():
    """Write a line of JSON and the picture; the line alone where it is refused."""
    if resource:
        for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
            with contextlib.suppress(ValueError, OSError):  # a system that does not know it
                resource.setrlimit(what, (most, most))
    content = b""
    try:
        picture = normalised(sys.stdin.buffer.read())
        told, content = picture._replace(content="")._asdict(), picture.content
    except RefusedError as refused:
        told = {"why": refused.why, **refused.found}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
