"""The picture library in tests: pictures, stories that show them, and their files."""

import datetime
import io
import re

from django.core.management import call_command
from django.utils import timezone

from articles.decoder import normalised
from articles.models import Article, ArticlePhoto, Photo, Section
from tests.pictures import encoded, halves


def stored(image=None, **fields):
    """Picture of the library."""
    photo = Photo.of(
        normalised(encoded(image or halves()).getvalue()), **{"alt": "工地全景", **fields}
    )
    photo.save()
    return photo


def story(*photos, headline="桥通了", **fields):
    """Story that shows ``photos``."""
    article = Article.objects.create(
        headline=headline,
        slug=f"s{Article.objects.count()}",
        **{"body": "<p>文</p>", "issued_on": datetime.date(2021, 4, 6), **fields},
    )
    for photo in photos:
        ArticlePhoto.objects.create(article=article, photo=photo)
    return article


def live(*photos, **fields):
    """Story that readers see."""
    section = Section.objects.get_or_create(name="要闻")[0]
    fields = {"published_at": timezone.now(), "visibility": "live", "section": section, **fields}
    return story(*photos, **fields)


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


def addresses(photo):
    """Address of the picture and of each rendition."""
    folder = photo.image.url.rpartition("/")[0]
    return [photo.image.url, *(f"{folder}/{made['name']}" for made in photo.renditions)]


def names_whole(page):
    """HTML of a page without the marks of where a name may break."""
    return re.sub(r'<span class="unbroken">([^<]*)</span>', r"\1", page.replace("<wbr>", ""))
