"""What a request may be: its method, its character set, its size. Nothing of it was read yet."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponseNotAllowed
from django.template.defaultfilters import filesizeformat
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from articles.images import MEGABYTE, MOST_AT_ONCE, MOST_BYTES
from newsroom import form_headers
from newsroom.errors import error_page

KB = 1024
METHODS = ("GET", "HEAD", "POST")
#: Characters that all headers of a request may have.
HEADERS = 32 * KB
#: Bytes of a body from a stranger, and for any address but the desk's: a form of some words. A
#: form of the desk may have what Django reads at all.
SMALL = 32 * KB
#: Bytes of pictures: a file that is too large is told of in its form, with all that was typed.
PICTURES = 3 * MOST_BYTES
#: The same of an upload of as many as are taken at once, each as large as one may be.
MANY_PICTURES = MOST_AT_ONCE * MOST_BYTES + MEGABYTE
#: Addresses of the desk at which it is another number, by name.
BY_NAME = {
    "admin:articles_photo_add": PICTURES,
    "admin:articles_photo_change": PICTURES,
    "admin:articles_photo_upload": MANY_PICTURES,
    "admin:articles_article_pictures": MANY_PICTURES,
}


def body_limit(path: str) -> int:
    """Bytes that anybody may send to an address."""
    try:
        return _limit(resolve(path))
    except Resolver404:
        return SMALL


def _limit(match):
    usual = settings.DATA_UPLOAD_MAX_MEMORY_SIZE if match.namespace == "admin" else SMALL
    return BY_NAME.get(match.view_name, usual)


class RequestLimits:
    """Middleware: refuses what no page of ours can want, before anything of it is looked at."""

    def __init__(self, get_response):
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request):
        """Refuse by the headers alone."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        sent = sum(len(value) for name, value in request.META.items() if name.startswith("HTTP_"))
        if sent > HEADERS:
            msg = "the headers are too long"
            raise BadRequest(msg)
        if "\\" in request.META.get("HTTP_COOKIE", ""):
            # None of our cookies has one. To undo such marks takes Python before 3.11.10 six
            # seconds for 24 KB, and they may stand for NUL, at which PostgreSQL fails.
            request.META["HTTP_COOKIE"] = request.META["HTTP_COOKIE"].replace("\\", "")
        form_headers.parse(request.META.get("CONTENT_TYPE", ""))
        if request.META.get("HTTP_TRANSFER_ENCODING"):
            return error_page(request, 411)
        return self.get_response(request)

    def process_view(self, request, *_view):
        """Refuse a body that is too large for its address, or for a stranger."""
        try:
            size = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            msg = "the length of the body is no number"
            raise BadRequest(msg) from None
        limit = _limit(request.resolver_match)
        if size > limit:
            reason = _("这里一次最多收%(limit)s。请返回上一页，改小或者分几次再提交。")
            return error_page(request, 413, reason % {"limit": filesizeformat(limit)})
        if size > SMALL and not request.user.is_staff:
            reason = _("这么大的内容，登录以后才能提交。请另开一个窗口登录，再返回上一页提交。")
            return error_page(request, 413, reason)
        return None
