"""Public pages kept as finished bytes and served as long as readers would see the same.

See docs/decisions/0031. A page is kept under the state of what readers see, which each request
reads, and never under a time to live: nothing has to be deleted when a story is published.
"""

import gzip
import hashlib
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache as cache_once
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import DisallowedHost
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from articles.models import PublicRevision
from articles.public import PublicPage
from newsroom.compression import accepted_coding, compress
from newsroom.display import mode_of

logger = logging.getLogger(__name__)
#: What others hang on a link when it is shared or counted: nobody asked for it, so nothing is said.
TRACKING = ("from", "isappinstalled", "scene", "clicktime", "enterid", "nsukey", "utm_", "spm")
#: Seconds that a page is kept at most: by then the day, and with it the state, is another one.
LONGEST = 24 * 3600
#: Seconds for which a process goes on without the database by the state that it read last.
WITHOUT_DATABASE = 60
#: Headers that each answer has of its own.
OF_AN_ANSWER = {"Content-Length", "Content-Encoding"}


#: The few clients that take no coding ask for few pages.
_decompress = lru_cache(maxsize=64)(gzip.decompress)


class KeptPage(NamedTuple):
    """A finished page: its bodies by coding, and its headers."""

    brotli: bytes
    gzipped: bytes
    headers: dict[str, str]

    @classmethod
    def of(cls, response: HttpResponse) -> "KeptPage":
        body = response.content
        headers = {name: it for name, it in response.items() if name not in OF_AN_ANSWER}
        headers["ETag"] = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers["Cache-Control"] = "max-age=0, must-revalidate"
        headers["Vary"] = "Accept-Encoding, Cookie"
        return cls(compress(body, "br"), compress(body, "gzip"), headers)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page in a coding that the client takes; 304 where it has this one already."""
        coding = accepted_coding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        bodies = {"br": self.brotli, "gzip": self.gzipped}
        body = bodies.get(coding) or _decompress(self.gzipped)
        response = HttpResponse(body, headers=self.headers)
        if coding:
            response["Content-Encoding"] = coding
        response["Content-Length"] = str(len(body))
        changed = parse_http_date_safe(self.headers.get("Last-Modified", ""))
        return get_conditional_response(request, self.headers["ETag"], changed, response)


class KeptPages:
    """Middleware that answers from what is kept, and keeps what can be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.last_state = _LastState()
        self.cache_works = True

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read the state, then look for the page; one query where it is kept."""
        if not _asks_for_a_page(request):
            return self.get_response(request)
        request.GET = _without_tracking(request.GET)
        try:
            state = self.last_state.read()
        except DatabaseError:
            return self._without_database(request) or self.get_response(request)
        page = state and self._look_up(_key(request, state))
        if page:
            return page.answer(request)
        return self._make(request)

    def _make(self, request):
        """Make the page of one state, and keep it where it is the same for everybody."""
        method, request.method = request.method, "GET"  # a page is kept whole
        with one_snapshot():
            try:
                state = self.last_state.read()
            except DatabaseError:
                state = ""
            request.public_state = state
            response = self.get_response(request)
        request.method = method
        if not state or not _is_keepable(request, response):
            return response
        page = KeptPage.of(response)
        self._store(_key(request, state), page)
        return page.answer(request)

    def _without_database(self, request):
        """What is kept, if the state was read a short time ago; None otherwise."""
        state = self.last_state.remembered()
        page = state and self._look_up(_key(request, state))
        if not page:
            return None
        response = page.answer(request)
        response["Cache-Status"] = "newsroom; hit; detail=database-away"
        return response

    def _look_up(self, key):
        with self._caching():
            return cache.get(key)

    def _store(self, key, page):
        with self._caching():
            cache.set(key, page, LONGEST)

    @contextmanager
    def _caching(self):
        """Do without the cache where it fails; the log has a line when it begins to."""
        try:
            yield
        except Exception:  # each cache has errors of its own
            if self.cache_works:
                logger.exception("The cache fails: pages are made for each request")
            self.cache_works = False
        else:
            self.cache_works = True


class _LastState:
    """Row that this process read last, and when; its threads share it."""

    def __init__(self):
        self._last = None, float("-inf")

    def read(self) -> str:
        """State of this moment; empty where no page can be kept. One query."""
        # Not read back from self: another thread may have put the row of another state there.
        revision = _current_revision()
        self._last = revision, time.monotonic()
        return _state_of(revision)

    def remembered(self) -> str:
        """State of this moment by the row that was read last; empty where that is too long ago."""
        revision, read_at = self._last
        return _state_of(revision) if time.monotonic() - read_at <= WITHOUT_DATABASE else ""


def _current_revision():
    """The row, which is asked for without a check of the connection before: it is the check."""
    connection.health_check_done = True
    try:
        return PublicRevision.current()
    except DatabaseError:
        if connection.connection is None or connection.in_atomic_block or connection.is_usable():
            raise
    connection.close()
    return PublicRevision.current()


def _state_of(revision):
    return revision.state_at(timezone.now()) if revision else ""


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Let all queries in this context see one state of the database; nothing can be written.

    Inside another transaction, as in tests, that one decides.
    """
    if connection.in_atomic_block:
        yield
        return
    deferred = getattr(connection, "deferred", nullcontext)
    with deferred(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            transaction.set_rollback(True)


@cache_once
def _release() -> str:
    """Digest of what pages are made from: another release makes other ones, also in Redis."""
    digest = hashlib.sha256()
    for folder in ("articles", "newsroom", "people", "static", "templates"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*.*")):
            if path.suffix in (".py", ".html", ".css", ".js", ".svg"):
                digest.update(path.read_bytes())
    named = (name for name in dir(settings) if name.startswith("SITE_"))
    digest.update(repr([(name, getattr(settings, name)) for name in named]).encode())
    return digest.hexdigest()


def _asks_for_a_page(request):
    """Whether a public page is asked for; of a host that is not ours, other middleware says so."""
    if request.method not in ("GET", "HEAD") or not _is_public_page(request.path_info):
        return False
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


@lru_cache(maxsize=4096)
def _is_public_page(path):
    """Whether the address is one of PublicPage: a page that is the same for all readers."""
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    return issubclass(getattr(view, "view_class", object), PublicPage)


def _without_tracking(given):
    """The parameters but for those that make no other page: no template prints them, either."""
    if not any(name.startswith(TRACKING) for name in given):
        return given
    kept = QueryDict(mutable=True)
    for name, values in given.lists():
        if not name.startswith(TRACKING):
            kept.setlist(name, values)
    return kept


def _key(request, state):
    """Key of the page in this state."""
    parameters = sorted((name, value) for name, values in request.GET.lists() for value in values)
    where = (request.scheme, request.get_host(), mode_of(request), request.path_info)
    text = "\0".join((_release(), state, *where, urlencode(parameters)))
    return f"page.{hashlib.sha256(text.encode()).hexdigest()}"


def _is_keepable(request, response):
    """Whether the view found an address of a page, and it is nobody's own."""
    return (
        response.status_code == 200  # noqa: PLR2004
        and getattr(response, "is_keepable", False)
        and not response.cookies
        and not request.csp_nonce  # true once something has asked for it
    )
