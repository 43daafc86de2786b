"""What is no page: pictures of the library, and how a story is shared: its card, its QR code."""

import hashlib
import io
from pathlib import Path

import segno
from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from articles.images import TYPES
from articles.models import Photo
from articles.public.seo import Card, Site, can_draw, draw_card
from articles.public.story import live_story_at


def _etag_of_file(_request, path):
    """A file's time and size: renditions are written anew when the focal point moves."""
    status = path.stat()
    return f'"{status.st_mtime_ns:x}-{status.st_size:x}"'


@condition(etag_func=_etag_of_file)
def _file(_request, path):
    return FileResponse(path.open("rb"), content_type=TYPES[path.suffix[1:]])


# Whoever keeps a copy asks each time, and gets a 304 for as long as the picture is public: so what
# is withdrawn vanishes at once, from shared caches too, and a check costs one query and no bytes.
@require_safe
@cache_control(private=True, no_cache=True)
def photo(request, digest, name) -> FileResponse:
    """A picture or a rendition: for readers while a live story shows it, for the desk always.

    The address pattern lets nothing through that could name a file elsewhere.
    """
    photos = Photo.objects.filter(digest=digest)
    if not request.user.is_staff or request.user.must_change_password:
        photos = photos.public()
    if not photos.exists():
        raise Http404
    try:
        return _file(request, Path(settings.MEDIA_ROOT, "photos", digest, name))
    except FileNotFoundError:
        raise Http404 from None


def _etag(_request, *parts):
    """Name of what it was made of."""
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _drawn(request, card):
    """The picture; 404 where there is no face to set it in."""
    if not can_draw():
        raise Http404
    return _picture(request, card)


@condition(etag_func=_etag)
def _picture(_request, card):
    return HttpResponse(draw_card(card), content_type="image/png")


# As with photos, whoever keeps a copy asks each time: what is withdrawn vanishes at once.
@require_safe
@cache_control(no_cache=True)
def share(request, **address) -> HttpResponse:
    """Kicker, headline and day of a live story under the paper's name, as a picture."""
    story = live_story_at(**address)
    phrases = tuple(story.headline.split())
    return _drawn(
        request, Card(settings.SITE_NAME, story.kicker, phrases, story.issued_on.isoformat())
    )


@require_safe
@cache_control(no_cache=True)
def share_paper(request) -> HttpResponse:
    """The paper's name as a picture."""
    return _drawn(request, Card(settings.SITE_LATIN, "", (settings.SITE_NAME,), ""))


@condition(etag_func=_etag)
def _code(_request, address):
    file = io.BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(file, kind="svg", light="#fff", xmldecl=False, omitsize=True, nl=False)
    return HttpResponse(file.getvalue(), content_type="image/svg+xml")


@require_safe
@cache_control(no_cache=True)
def qr(request, **address) -> HttpResponse:
    """Address of a live story as a QR code."""
    return _code(request, Site.of(request).address(live_story_at(**address)))
