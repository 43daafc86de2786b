"""Pictures of the library, in every size."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from articles.images import TYPES
from articles.models import Photo


def _etag(_request, path):
    """A file's time and size: renditions are written anew when the focal point moves."""
    status = path.stat()
    return f'"{status.st_mtime_ns:x}-{status.st_size:x}"'


@condition(etag_func=_etag)
def _file(_request, path):
    return FileResponse(path.open("rb"), content_type=TYPES[path.suffix[1:]])


# Whoever keeps a copy asks each time, and gets a 304 for as long as the picture is public: so what
# is withdrawn vanishes at once, from shared caches too, and a check costs one query and no bytes.
@require_safe
@cache_control(private=True, no_cache=True)
def photo(request, digest, name):
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
