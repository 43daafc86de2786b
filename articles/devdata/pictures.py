"""The picture library of synthetic stories: a handful of drawings, whatever the seed."""

import io

from PIL import Image, ImageDraw

from articles.images import normalise
from articles.models import Photo

SIZE = (960, 640)
#: What each shows, sky, and ground.
_VIEWS = (
    ("项目工地全景", "#9fc5e8", "#8d6e63"),
    ("会议现场", "#d7ccc8", "#8e2424"),
    ("街道新貌", "#b3e5fc", "#546e7a"),
    ("田间作业", "#e1f5fe", "#7cb342"),
    ("公园一角", "#c8e6c9", "#2e7d32"),
    ("服务大厅", "#eceff1", "#1565c0"),
)


def library() -> list[Photo]:
    """Pictures of the library; those that are not there yet are stored."""
    photos = []
    for number, (caption, sky, ground) in enumerate(_VIEWS, start=1):
        picture = normalise(_drawing(number, sky, ground))
        photo = Photo.objects.filter(digest=picture.digest).first()
        if photo is None:
            photo = Photo.of(picture, alt=f"{caption}示意图", caption=caption, credit="资料图")
            photo.save()
        photos.append(photo)
    return photos


def _drawing(number, sky, ground):
    """PNG file of a skyline with ``number`` houses more than three."""
    picture = Image.new("RGB", SIZE, sky)
    pen = ImageDraw.Draw(picture)
    width, height = SIZE
    pen.rectangle((0, height * 3 // 4, width, height), fill=ground)
    for house in range(number + 3):
        left = width * house // (number + 3)
        top = height // 4 + 37 * house * number % (height // 3)
        pen.rectangle((left + 12, top, left + 90, height * 3 // 4), fill=ground, outline="white")
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target
