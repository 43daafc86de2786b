"""One request of the fuzz, drawn from its number alone, and the form or link it may follow."""

import io
import sys
import traceback
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes, urlencode, urljoin, urlsplit
from wsgiref.headers import Headers
from wsgiref.util import setup_testing_defaults

from django.core.signals import got_request_exception
from django.core.wsgi import get_wsgi_application

from tests.fuzz import bodies, forms, hostile

# Not that of newsroom.wsgi, which bounds the queries of its whole process.
application = get_wsgi_application()
#: Bytes of a request's first line that the server reads.
LONGEST = 4094
#: Addresses of the forms that every page has.
EVERYWHERE = ("/display/", "/admin/logout/")
#: Requests of one number, from page to form and on.
STEPS = 4
OK, FOUND = 200, 302
#: The forms' token, in a browser's cookie and in what it sends.
TOKEN = "t" * 32


@dataclass
class Answer:
    """What the site gave back; ``fault`` says where an exception came from."""

    status: int
    headers: Headers
    body: bytes
    fault: str

    @property
    def is_html(self):
        """Whether it is a page."""
        return self.headers.get("Content-Type", "").startswith("text/html")


@dataclass
class Request:
    """What goes over the wire; ``path`` and ``query`` are quoted."""

    method: str
    path: str
    query: str = ""
    headers: dict = field(default_factory=dict)
    body: bytes = b""
    content_type: str = ""

    def __str__(self):
        """Enough of it to see what it tries."""
        head = " ".join(f"{name}: {value[:100]!r}" for name, value in self.headers.items())
        body = f"{len(self.body)} bytes {self.content_type[:80]!r} {self.body[:600]!r}"
        return f"{self.method} {self.path[:300]}?{self.query[:600]} {head} {body}"

    def on_the_wire(self):
        """Its bytes, for a server that closes when it has answered."""
        headers = {"Host": "localhost", "Content-Type": self.content_type, **self.headers}
        if "Transfer-Encoding" not in headers:
            headers = {"Content-Length": str(len(self.body)), **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        line = f"{self.method} {self.path}?{self.query} HTTP/1.1\r\n"
        return (line + head + "Connection: close\r\n\r\n").encode("latin-1") + self.body

    def environment(self, session):
        """As a server hands it on; ``session`` is that of a browser, if it has one."""
        given = {
            "REQUEST_METHOD": self.method,
            "PATH_INFO": unquote_to_bytes(self.path).decode("latin-1"),
            "QUERY_STRING": self.query,
            "SERVER_NAME": "testserver",
            "HTTP_HOST": "testserver",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(self.body),
            **{f"HTTP_{name.upper().replace('-', '_')}": one for name, one in self.headers.items()},
        }
        cookies = [
            given.get("HTTP_COOKIE"),
            f"csrftoken={TOKEN}",
            session and f"sessionid={session}",
        ]
        given["HTTP_COOKIE"] = "; ".join(filter(None, cookies))
        given["CONTENT_LENGTH"] = given.pop("HTTP_CONTENT_LENGTH", str(len(self.body)))
        given["CONTENT_TYPE"] = self.content_type
        setup_testing_defaults(given)
        return given

    def send(self, session=None):
        """The site's answer, read to its end."""
        begun, faults = [], []

        def note(**_signal):
            faults.append(_fault())

        def begin(status, headers, _error=None):
            begun[:] = [int(status.split()[0]), Headers(headers)]

        got_request_exception.connect(note)
        try:
            body = application(self.environment(session), begin)
            content = b"".join(body)
            getattr(body, "close", list)()
        except Exception:  # noqa: BLE001  whatever it is, the server would answer 500
            return Answer(500, Headers(), b"", f"outside of Django: {_fault()}")
        finally:
            got_request_exception.disconnect(note)
        return Answer(*begun, content, " ".join(faults))


def _fault():
    """What is being handled: its kind, its words and its place."""
    kind, error, trace = sys.exc_info()
    last = traceback.extract_tb(trace)[-1]
    return f"{kind.__name__} {str(error)[:80]!r} in {last.filename}:{last.lineno}"


def follow(rng, addresses, routes, send):
    """Draw what one number asks for and ``send`` it, a function that gives the answer."""
    route = rng.choice(routes)
    # Few pages have a form for readers.
    if rng.random() < (0.3 if route.is_desk else 0.7):
        send(crafted(rng, addresses.path(rng, route), addresses.query(rng, route)))
        return
    path = addresses.path(rng, route, strange=0)
    request = Request("GET", path, addresses.query(rng, route) if rng.random() < 0.2 else "")
    for _step in range(STEPS):
        answer = send(request)
        request = _after(rng, request, answer)
        if request is None:
            break


def _after(rng, request, answer):
    """What a browser asks for next: where an answer leads, or what it offers."""
    if answer.status == FOUND:
        way = urlsplit(urljoin(request.path, answer.headers["Location"]))
        return Request("GET", way.path, way.query)
    is_last = request.method == "POST" and rng.random() < 0.5
    return None if is_last or answer.status != OK else _offered(rng, request.path, answer)


def crafted(rng, path, query):
    """Any method, headers and body, now and then at an address that nobody has."""
    if rng.random() < 0.05:
        path = rng.choice(("/", "/static/", "/media/", "/media/photos/", "/admin/", "//"))
        path += hostile.quoted(rng, hostile.text(rng))
    request = Request("GET", path[:LONGEST], query[: LONGEST - len(path)], bodies.headers(rng))
    if rng.random() < 0.5:
        request.method = rng.choice(("POST", "POST", "POST", rng.choice(bodies.METHODS)))
        request.body, request.content_type = bodies.body(rng)
    if rng.random() < 0.8:
        request.headers["X-Csrftoken"] = TOKEN
    return request


def _offered(rng, path, answer):
    """A form or a link of the page, changed in a few places; None where it has neither."""
    found, links = forms.of_page(answer, path)
    if links and rng.random() < 0.25:
        return _link(rng, rng.choice(links))
    shown = [forms.Form.of(element, path) for element in found]
    if rng.random() < 0.95:
        shown = [form for form in shown if form.path not in EVERYWHERE]
    if not shown:
        return None
    form = rng.choice(shown)
    if rng.random() < 0.9:
        form.spoil(rng)
    return _submitted(rng, form)


def _link(rng, link):
    """A link with another value in its query."""
    parts = urlsplit(link)
    pairs = [pair.partition("=") for pair in parts.query.split("&")]
    place = rng.randrange(len(pairs))
    pairs[place] = (pairs[place][0], "=", hostile.quoted(rng, hostile.text(rng, longest=3000)))
    query = "&".join(map("".join, pairs))[: LONGEST - len(parts.path)]
    return Request("GET", parts.path, query)


def _submitted(rng, form):
    """The request of a form."""
    parts = urlsplit(form.path)
    request = Request(
        form.method, parts.path, parts.query, bodies.headers(rng, rng.choice((0, 0, 1)))
    )
    pairs = [(name, hostile.as_bytes(value)) for name, value in form.fields]
    if form.method == "GET":
        request.query = urlencode(pairs)[: LONGEST - len(request.path)]
    elif form.is_multipart or rng.random() < 0.2:
        files = form.files if rng.random() < 0.5 else ()
        request.body, request.content_type = bodies.multipart(rng, form.fields, files)
    else:
        request.body = urlencode(pairs).encode("ascii")
        request.content_type = bodies.FORM
    return request
