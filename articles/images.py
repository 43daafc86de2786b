"""Pictures: what is taken in and made safe, and the sizes that a page offers. Knows no model."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from articles import decoder
from articles.decoder import MOST_PIXELS, Normalised, Why, opened, saved

MEGABYTE = 1024 * 1024
#: Most bytes of a file that is taken in.
MOST_BYTES = 20 * MEGABYTE
#: Files that one upload takes.
MOST_AT_ONCE = 9
#: Seconds after which the making anew of a picture is ended.
SECONDS = 60

#: What people upload by mistake, by how it begins.
OTHERS = (
    (rb"GIF8", "GIF"),
    (rb".{4}ftyp(?:hei[cx]|mif1|msf1)", "HEIC"),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "EPS"),
    (rb"%PDF", "PDF"),
    (rb"II\*\x00|MM\x00\*", "TIFF"),
    (rb"BM", "BMP"),
    (rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|svg)", "SVG"),
    (rb"(?:\xef\xbb\xbf)?\s*<", "HTML"),
)

#: The whole picture, and 3:2 around its focal point.
FULL, CROP = "full", "crop"
#: Widths that a page may choose from, in pixels; none is wider than the picture.
WIDTHS = (400, 800, 1600)
#: Formats that a page may choose from, best first; JPEG is for whoever knows none of the others.
#: AVIF at speed 6 takes 2.6 times as long as at 8, for about the same bytes.
SAVED_AS = {
    "avif": ("AVIF", {"quality": 60, "speed": 8}),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "jpg": ("JPEG", {"quality": 80, "progressive": True, "optimize": True}),
}
#: Content type by the extension that we gave.
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}


class NotAPicture(ValidationError):
    """A file that is not taken in; the message says why and what to do, in the user's language."""


class Rendition(NamedTuple):
    """A picture in one shape, size and format."""

    shape: str
    extension: str
    width: int
    height: int
    content: bytes

    @property
    def name(self):
        """File name: ``crop-800.webp``."""
        return f"{self.shape}-{self.width}.{self.extension}"


def normalise(file) -> Normalised:
    """Picture made anew of the pixels of ``file``, by ``decoder`` in a process of its own.

    Raises NotAPicture; so does what takes that process too much time or memory.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > MOST_BYTES:
        raise NotAPicture(
            _("图片文件有%(found).1f MB，最多收%(most)d MB。请缩小后再上传。")
            % {"found": size / MEGABYTE, "most": MOST_BYTES / MEGABYTE}
        )
    content = file.read()
    command = [sys.executable, "-m", decoder.__name__]
    try:
        made = subprocess.run(  # noqa: S603  our own program
            command,
            cwd=Path(__file__).parents[1],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise refusal(Why.HEAVY, content) from error
    told, _line, picture = made.stdout.partition(b"\n")
    told = json.loads(told)
    if why := told.pop("why", None):
        raise refusal(why, content, **told)
    return Normalised(**{**told, "content": picture})


def refusal(why, content, **found) -> NotAPicture:
    """What is said of a file that ``decoder`` refuses."""
    said = {
        Why.UNKNOWN: _("这个文件不是图片，或者已经损坏。请上传JPEG、PNG、WebP或AVIF格式的图片。"),
        Why.BROKEN: _("图片文件已损坏或不完整，请重新导出或下载后再上传。"),
        Why.LARGE: _(
            "图片有%(width)d×%(height)d像素（%(found)d万），最多收%(most)d万像素。请缩小后再上传。"
        ),
        Why.STRIP: _("图片太长（%(width)d×%(height)d像素），缩小以后看不清。请裁成几张再上传。"),
        Why.ANIMATED: _("动画不能用，请换一张静止的图片。"),
        Why.HEAVY: _("图片文件太复杂，处理不了。请用看图软件打开，另存为普通的JPEG再上传。"),
    }[why]
    if why == Why.UNKNOWN and (name := _mistaken(content)):
        said = _("这个文件是%(found)s，不能用。请换成JPEG、PNG、WebP或AVIF格式的图片。")
        found = {"found": name}
    elif why == Why.LARGE:
        pixels = found["width"] * found["height"]
        found |= {"found": pixels // 10_000, "most": MOST_PIXELS // 10_000}
    return NotAPicture(said % found if found else said)


def _mistaken(content):
    """Name of the format of a file that no decoder of ours knows; empty where we know neither."""
    names = (name for pattern, name in OTHERS if re.match(pattern, content[:64], re.DOTALL))
    return next(names, "")


def renditions(file, focal):
    """Renditions of a picture of the library; ``focal`` is (x, y), each from 0 to 1.

    A crop keeps the focal point where it stands in proportion, as CSS object-position does, so it
    never falls outside. Raises OSError or RefusedError for a file that cannot be decoded.
    """
    image = opened(file)
    image.load()
    for shape, widest in ((FULL, image.width), (CROP, max(1, image.height * 3 // 2))):
        for width in sorted({min(width, widest, image.width) for width in WIDTHS}):
            if shape == FULL:
                height = max(1, round(image.height * width / image.width))
                cut = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2)
            else:
                height = max(1, round(width * 2 / 3))
                cut = ImageOps.fit(image, (width, height), centering=focal)
            for extension, (kind, options) in SAVED_AS.items():
                content = saved(cut, kind, **options)
                yield Rendition(shape, extension, width, height, content)
