"""Limits on method, headers and size of requests, checked before a body is read."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.defaultfilters import filesizeformat
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _

from articles.images import MEGABYTE, MOST_AT_ONCE, MOST_BYTES
from newsroom import form_headers
from newsroom.errors import error_page

View = Callable[[HttpRequest], HttpResponse]

KB = 1024
METHODS = ("GET", "HEAD", "POST")
#: Characters of all headers of a request together.
HEADERS = 32 * KB
#: Bytes of a body from someone who is not logged in, and of any body outside the desk. At the desk
#: the limit is DATA_UPLOAD_MAX_MEMORY_SIZE.
SMALL = 32 * KB
#: Bytes of a form with a picture. Above MOST_BYTES the form itself refuses the picture, and draws
#: what was typed again.
PICTURES = 3 * MOST_BYTES
#: Bytes of a form with as many pictures as are accepted at once.
MANY_PICTURES = MOST_AT_ONCE * MOST_BYTES + MEGABYTE
#: Limits of single views of the desk, by URL name.
BY_NAME = {
    "admin:articles_photo_add": PICTURES,
    "admin:articles_photo_change": PICTURES,
    "admin:articles_photo_upload": MANY_PICTURES,
    "admin:articles_article_pictures": MANY_PICTURES,
}


def body_limit(path: str) -> int:
    """Bytes that a body sent to ``path`` may have, whoever sends it."""
    try:
        return _limit(resolve(path))
    except Resolver404:
        return SMALL


def _limit(match: ResolverMatch) -> int:
    usual = settings.DATA_UPLOAD_MAX_MEMORY_SIZE if match.namespace == "admin" else SMALL
    return BY_NAME.get(match.view_name, usual)


def plain_cookies(get_response: View) -> View:
    """Middleware that takes backslashes out of cookies, before anything reads these.

    None of ours has one. Python before 3.11.10 takes six seconds to unquote 24 KB of them, and one
    may stand for a NUL, which PostgreSQL does not accept.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if "\\" in request.META.get("HTTP_COOKIE", ""):
            request.META["HTTP_COOKIE"] = request.META["HTTP_COOKIE"].replace("\\", "")
        return get_response(request)

    return answer


class RequestLimits:
    """Middleware that refuses requests which no page of ours sends."""

    def __init__(self, get_response: View):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check method and headers."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        sent = sum(len(value) for name, value in request.META.items() if name.startswith("HTTP_"))
        if sent > HEADERS:
            msg = "the headers are too long"
            raise BadRequest(msg)
        form_headers.parse(request.META.get("CONTENT_TYPE", ""))
        if request.META.get("HTTP_TRANSFER_ENCODING"):
            return error_page(request, 411)
        return self.get_response(request)

    def process_view(self, request, *_view) -> HttpResponse | None:
        """Refuse a body that is too large for the view, or for a user who is not logged in."""
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
