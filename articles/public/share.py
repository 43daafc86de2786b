"""Sharing a story: the picture that others show, and its address as a QR code."""

import hashlib
import io

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from articles.public.lookups import live_story_at
from articles.public.seo import Card, Site, can_draw, draw_card


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
def share(request, **address):
    """Kicker, headline and day of a live story under the paper's name, as a picture."""
    story = live_story_at(**address)
    phrases = tuple(story.headline.split())
    return _drawn(
        request, Card(settings.SITE_NAME, story.kicker, phrases, story.issued_on.isoformat())
    )


@require_safe
@cache_control(no_cache=True)
def share_paper(request):
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
def qr(request, **address):
    """Address of a live story as a QR code."""
    return _code(request, Site.of(request).address(live_story_at(**address)))
