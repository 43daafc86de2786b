"""Pictures: honest ones with all that a camera writes into them, hostile ones, a library."""

import io
import struct
import zlib

from django.core.management import call_command
from PIL import Image, ImageCms

from articles.decoder import normalised
from articles.models import Photo

#: In every piece of metadata, so that any trace of it is found.
MARK = "SECRETCAMERA"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>{MARK}</a></x:xmpmeta>'.encode()


def encoded(image, kind="JPEG", **options):
    """File that holds ``image``."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file


def halves(width=60, height=40, mode="RGB"):
    """Picture that is red on the left and blue on the right."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    return image.convert(mode)


def exif(orientation=1):
    """EXIF of a telephone: where it was taken, with what, and how it was held."""
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = MARK
    place = data.get_ifd(0x8825)
    place.update({1: "N", 2: (34.0, 44.0, 12.0), 3: "E", 4: (113.0, 38.0, 24.0)})
    return data


def from_a_telephone(kind="JPEG", image=None, **options):
    """Picture with GPS, XMP, a comment where the format has one, and a profile that is none."""
    image = image or halves()
    image.info["comment"] = MARK.encode()
    options = {"exif": exif(), "xmp": XMP, "icc_profile": MARK.encode(), **options}
    return encoded(image, kind, **options)


def swapped_profile():
    """Colour profile that takes red for blue."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")


def bomb(side=20_000):
    """PNG of ``side`` times ``side`` pixels, all black, in some fifty kilobytes."""

    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = zlib.compress(bytes((side // 8 + 1) * side))
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def claims_to_be_large():
    """JPEG whose header says 20000 by 20000 pixels."""
    content = encoded(Image.new("L", (8, 8))).getvalue()
    return content.replace(struct.pack(">HH", 8, 8), struct.pack(">HH", 20_000, 20_000), 1)


def animation():
    """WebP of two pictures."""
    return encoded(halves(), "WEBP", save_all=True, append_images=[halves(mode="L")]).getvalue()


def hostile():
    """Uploads that are refused, by what they are: name, content, and what the message says."""
    jpeg = encoded(halves(600, 400)).getvalue()
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'
    return {
        "bomb": ("大.png", bomb(), "图片有20000×20000像素（40000万），最多收5000万像素"),
        "claim": ("大.jpg", claims_to_be_large(), "图片有20000×20000像素"),
        "svg": ("图.svg", svg, "这个文件是SVG，不能用"),
        "svg as png": ("图.png", b"<svg onload='x()'></svg>", "这个文件是SVG，不能用"),
        "html as jpg": ("图.jpg", b"\n<!DOCTYPE html><script>x()</script>", "这个文件是HTML"),
        "truncated": ("断.jpg", jpeg[: len(jpeg) // 2], "图片文件已损坏或不完整"),
        "truncated png": ("断.png", encoded(halves(), "PNG").getvalue()[:-40], "损坏"),
        "header only": ("断.webp", encoded(halves(), "WEBP").getvalue()[:20], "损坏"),
        "eps": ("图.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "这个文件是EPS"),
        "gif": ("图.gif", encoded(halves(), "GIF").getvalue(), "这个文件是GIF，不能用"),
        "gif as jpg": ("图.jpg", encoded(halves(), "GIF").getvalue(), "这个文件是GIF，不能用"),
        "tiff": ("图.tif", encoded(halves(), "TIFF").getvalue(), "这个文件是TIFF"),
        "heic": ("IMG_1.HEIC", b"\0\0\0\x18ftypheic" + bytes(64), "这个文件是HEIC"),
        "pdf": ("图.pdf", b"%PDF-1.7\n", "这个文件是PDF"),
        "animation": ("动.webp", animation(), "动画不能用"),
        "30 MB": ("重.jpg", jpeg + bytes(30 * 1024 * 1024), "图片文件有30.0 MB，最多收20 MB"),
        "text": ("图.jpg", "不是图片".encode(), "这个文件不是图片"),
        "NUL name": ("图\x00.jpg", b"\x00" * 100, "这个文件不是图片"),
    }


def stored(image=None, **fields):
    """Picture of the library."""
    photo = Photo.of(
        normalised(encoded(image or halves()).getvalue()), **{"alt": "工地全景", **fields}
    )
    photo.save()
    return photo


def addresses(photo):
    """Address of the picture and of each rendition."""
    folder = photo.image.url.rpartition("/")[0]
    return [photo.image.url, *(f"{folder}/{made['name']}" for made in photo.renditions)]


def files(folder):
    """Paths of all files under a folder."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def make(*pks):
    """Make renditions; what the command printed."""
    said = io.StringIO()
    call_command("make_renditions", *map(str, pks), stdout=said)
    return said.getvalue()
