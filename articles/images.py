"""Pictures: what is taken in and made safe, and the sizes that a page offers. Knows no model."""

import hashlib
import io
import re
from contextlib import suppress
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

MEGABYTE = 1024 * 1024
#: Most that is taken in: bytes of a file, pixels of a picture (a phone of 48 megapixels passes).
MOST_BYTES = 20 * MEGABYTE
MOST_PIXELS = 50_000_000
#: Longest side that is kept, in pixels.
LONGEST = 3200

#: Formats that are taken in, and the only decoders that an upload reaches.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
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

# Pillow's guard against bombs stops at 179 megapixels and hides how large the picture is. Ours, in
# `_opened`, is stricter, comes before any pixel too, and a house test sees that nobody opens a
# picture elsewhere.
Image.MAX_IMAGE_PIXELS = None


class NotAPicture(ValidationError):
    """A file that is not taken in; the message says why and what to do, in the user's language."""


class Normalised(NamedTuple):
    """A picture as the library keeps it; ``digest`` is of its pixels, 32 hexadecimal digits."""

    content: bytes
    extension: str
    width: int
    height: int
    digest: str


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
    """Picture made anew of the pixels of ``file`` alone: upright, in sRGB, with no metadata.

    JPEG, or PNG where something shows through; at most LONGEST wide and high. Raises NotAPicture.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > MOST_BYTES:
        raise NotAPicture(
            _("图片文件有%(found).1f MB，最多收%(most)d MB。请缩小后再上传。")
            % {"found": size / MEGABYTE, "most": MOST_BYTES / MEGABYTE}
        )
    image = _opened(file)
    try:
        image = _decoded(image)
    except Exception as error:  # what decoders raise on hostile bytes is anyone's guess
        raise NotAPicture(_("图片文件已损坏或不完整，请重新导出或下载后再上传。")) from error
    pixels = image.tobytes()
    named = hashlib.sha256(f"{image.mode} {image.width}x{image.height} ".encode() + pixels)
    image = Image.frombytes(image.mode, image.size, pixels)
    if image.mode == "RGBA":
        extension, content = "png", _saved(image, "PNG")
    else:
        extension = "jpg"
        content = _saved(image, "JPEG", quality=88, progressive=True, optimize=True)
    return Normalised(content, extension, *image.size, named.hexdigest()[:32])


def renditions(file, focal):
    """Renditions of a picture of the library; ``focal`` is (x, y), each from 0 to 1.

    A crop keeps the focal point where it stands in proportion, as CSS object-position does, so it
    never falls outside. Raises OSError for a file that cannot be decoded.
    """
    image = _opened(file)
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
                content = _saved(cut, kind, **options)
                yield Rendition(shape, extension, width, height, content)


def _opened(file):
    """Picture whose header alone has been read; NotAPicture where it is none that we take."""
    try:
        image = Image.open(file, formats=FORMATS)
    except Exception as error:  # as above
        raise NotAPicture(_unknown(file)) from error
    if image.width * image.height > MOST_PIXELS:
        raise NotAPicture(
            _(
                "图片有%(width)d×%(height)d像素（%(found)d万），最多收%(most)d万像素。请缩小后再上传。"
            )
            % {
                "width": image.width,
                "height": image.height,
                "found": image.width * image.height // 10_000,
                "most": MOST_PIXELS // 10_000,
            }
        )
    # A photo of a telephone may hold a second picture (MPO); the first is the photo.
    if getattr(image, "is_animated", False) and image.format != "MPO":
        raise NotAPicture(_("动画不能用，请换一张静止的图片。"))
    return image


def _unknown(file):
    """Message for a file that no decoder of ours knows."""
    file.seek(0)
    head = file.read(64)
    for pattern, name in OTHERS:
        if re.match(pattern, head, re.DOTALL):
            return _("这个文件是%(found)s，不能用。请换成JPEG、PNG、WebP或AVIF格式的图片。") % {
                "found": name
            }
    return _("这个文件不是图片，或者已经损坏。请上传JPEG、PNG、WebP或AVIF格式的图片。")


def _decoded(image):
    """Picture decoded, reduced, upright, in sRGB: RGBA where something shows through, else RGB."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256, "L")  # convert() would make it all white
    elif image.has_transparency_data:
        image = image.convert("RGBA")
    elif image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGB")
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    image.load()
    with suppress(SyntaxError):  # EXIF that cannot be read names no orientation
        ImageOps.exif_transpose(image, in_place=True)
    image = _in_srgb(image)
    if image.mode == "RGBA" and image.getchannel("A").getextrema()[0] < 255:  # noqa: PLR2004  opaque
        return image
    return image.convert("RGB")


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


def _saved(image, kind, **options):
    """Bytes of the picture; on white paper where the format knows no transparency."""
    if kind == "JPEG" and image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image)
        image = paper
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
