"""Requests as bytes, and what may become of them on their way to a server."""

from urllib.parse import quote

from tests.fuzz.requests import crafted


def pieces(rng, paths):
    """What a client sends, piece by piece: a request of a fuzz, whole or broken, or noise."""
    request = crafted(rng, quote(rng.choice(paths), safe="/?=&"), "")
    way = rng.choice((_whole, _dripped, _cut, _twice, _chunked, _longer, _noise))
    return way(rng, request)


def _whole(_rng, request):
    return [request.on_the_wire()]


def _dripped(rng, request):
    whole = request.on_the_wire()
    places = sorted(rng.randrange(len(whole)) for _cut in range(5))
    return [whole[a:b] for a, b in zip([0, *places], [*places, None], strict=True)]


def _cut(rng, request):
    whole = request.on_the_wire()
    return [whole[: rng.randrange(min(len(whole), 2000))]]


def _twice(_rng, request):
    """One after another without waiting, the second inside what a proxy may take for the first."""
    request.headers.pop("Content-Length", None)
    return [request.on_the_wire().replace(b"Connection: close\r\n", b"") + request.on_the_wire()]


def _chunked(rng, request):
    """Chunks whose lengths lie."""
    request.headers["Transfer-Encoding"] = rng.choice(
        ("chunked", "Chunked", "x, chunked", "chunked, x")
    )
    sizes = ("0", "3", "fffffff", "-1", "x", "", "3;" + "x" * 9000, "0x3", "+3", "1" * 40)
    chunks = [b"%s\r\nabc\r\n" % rng.choice(sizes).encode() for _chunk in range(rng.randint(1, 5))]
    request.body = b"".join(chunks) + rng.choice((b"0\r\n\r\n", b"", b"0\r\nX: y\r\n\r\n"))
    return [request.on_the_wire()]


def _longer(rng, request):
    """Less than was said; the client closes and does not send the rest."""
    request.headers["Content-Length"] = str(
        len(request.body) + rng.choice((1, 1000, 10**9, 10**20))
    )
    return [request.on_the_wire()]


def _noise(rng, _request):
    marks = [
        b"GET",
        b" ",
        b"/",
        b"HTTP/1.1",
        b"\r\n",
        b"\n",
        b":",
        b"\x00",
        b"\xff",
        b"\x16\x03\x01",
    ]
    return [b"".join(rng.choices(marks, k=rng.randint(1, 60))) + rng.randbytes(rng.choice((0, 99)))]
