"""What a request brings beside its address: methods, headers and bodies of every kind.

Each function takes the ``random.Random`` that it draws with; a body comes with its type.
"""

import json

from tests.fuzz.hostile import LENGTHS, as_bytes, quoted, text

METHODS = """
HEAD POST PUT DELETE PATCH OPTIONS TRACE CONNECT PROPFIND get DISPATCH SETUP QUERY __INIT__ M-SEARCH
""".split()
CHARSETS = """
utf-8 UTF8 utf-7 utf-16 utf-32 utf_8_sig latin-1 gb18030 big5 cp037 punycode idna zlib hex rot13
base64 bz2 quopri uu undefined unicode_escape raw_unicode_escape mbcs nothing "utf-8" 'hex' *
""".split()
LONG = 4000
HEADERS = {
    "Accept": ["*/*", "text/html;q=9", "application/json", "," * LONG, "text"],
    "Accept-Encoding": ["gzip", "br;q=0", "*", "identity;q=0", "," * LONG],
    "Accept-Language": ["en", "x" * LONG, "zh;q=x", "-" * 500, "en;q=0." + "1" * 500],
    "Authorization": ["Basic !", "Bearer x", "Digest " + "a=" * 500],
    "Content-Encoding": ["gzip", "br"],
    "Content-Length": ["0", "5", "00", "99999999", "9" * 30],
    "Cookie": [
        *("display=elder", "display=" + "x" * LONG, "csrftoken=" + "a" * 32, "messages=x:y:z"),
        *("sessionid=x", "sessionid=" + "a" * LONG, "=;=;;", '"', "a=" + '\\"' * 500),
    ],
    "Expect": ["100-continue"],
    "Forwarded": ["for=1.2.3.4;host=evil.example;proto=https", "for=" * 500],
    "Host": ["evil.example", "testserver:99999", "testserver:x", "[::1", "[::1]", "a b", "..", "@"],
    "If-Match": ["*", '"x"', "W/"],
    "If-Modified-Since": [
        *("Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "x"),
        *("Thu, 32 Foo 99999 99:99:99 GMT", "Monday, 01-Jan-00 00:00:00 GMT"),
    ],
    "If-None-Match": ["*", '"x"', '"' * LONG, "W/" * 500],
    "If-Range": ['"x"', "x"],
    "If-Unmodified-Since": ["Thu, 01 Jan 1970 00:00:00 GMT", "x"],
    "Origin": ["null", "https://evil.example", "http://testserver", "http://[", "x"],
    "Range": [
        *("bytes=0-", "bytes=-1", "bytes=9-1", "bytes=0-0,2-2", "bytes=" + "0-," * 900, "x"),
        *("bytes=99999999999999999999-", "bytes=-" + "9" * 400, "lines=1-2"),
    ],
    "Referer": ["http://testserver/admin/", "https://evil.example/", "http://[", "x" * LONG],
    "Transfer-Encoding": ["chunked", "identity"],
    "User-Agent": ["", "x" * LONG],
    "X-Csrftoken": ["x", "a" * 64, "é" * 64],
    "X-Forwarded-For": ["1.2.3.4", "::1", "x", "," * LONG, "1.2.3.4, " * 400, "fe80::1%eth0"],
    "X-Forwarded-Host": ["evil.example", "a b", "["],
    "X-Forwarded-Port": ["0", "x", "99999"],
    "X-Forwarded-Proto": ["https", "x"],
    "X-Http-Method-Override": ["DELETE"],
    "X-Original-Url": ["/admin/"],
    "X-Requested-With": ["XMLHttpRequest"],
    "X-Request-Id": ["x", "a\x1b[31mb", "x" * LONG],
}
#: Names that the site's forms, Django's and no form have.
FIELDS = """
display back csrfmiddlewaretoken username password next wrong right contact website headline body
slug q action index select_across _selected_action post kept seen reason accepted at until verb
_opened _save _saveasnew _continue _addanother _popup _to_field _submit id pk stage visibility
copy_of is_superuser groups order form-TOTAL_FORMS bylines-TOTAL_FORMS bylines-INITIAL_FORMS
bylines-MAX_NUM_FORMS bylines-0-id bylines-0-article bylines-__prefix__-id _method
""".split()
FILES = {
    "图.jpg": b"\xff\xd8\xff\xe0 no picture",
    "../../x.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff",
    "x.svg": b"<svg onload='x()'><fuzz></svg>",
    "x\x00.gif": b"GIF89a\xff\xff\xff\xff",
    "x" * 3000 + ".webp": b"RIFF\xff\xff\xff\xffWEBPVP8 ",
    "": b"",
    "\ud800": b"<fuzz>",
    "x.tar.gz": b"\x1f\x8b" + bytes(1000),
}
#: Heads of parts that keep to nothing.
HEADS = [
    b"Content-Disposition: form-data; name=back",
    b'Content-Disposition: form-data; name="back"; filename="x',
    b"Content-Disposition: form-data; name*=hex''%ff",
    b"Content-Disposition: form-data; name*=utf-8''%ff%00",
    b"Content-Disposition: attachment",
    b"Content-Type: multipart/mixed; boundary=b",
    b"Content-Type: text/plain; charset=punycode",
    b"Content-Transfer-Encoding: base64",
    b"Content-Transfer-Encoding: quoted-printable",
    b"Content-Length: 9999999999999999999999",
    b":" * 3000,
    b"\x00\xff",
]
FORM = "application/x-www-form-urlencoded"


def headers(rng, most=3):
    """A few headers, as a server may hand them on: in Latin-1, each on one line."""
    return dict(_header(rng) for _number in range(rng.randint(0, most)))


def _header(rng):
    name = rng.choice(list(HEADERS))
    value = rng.choice(HEADERS[name])
    # The server itself refuses a length that is no number.
    if name != "Content-Length" and rng.random() < 0.3:
        value = text(rng, longest=LONG)
    value = as_bytes(value).decode("latin-1")
    return name, value.translate(dict.fromkeys(map(ord, "\0\r\n"))).strip()


def fields(rng):
    """Names and values of a made-up form."""
    return [(rng.choice(FIELDS), text(rng)) for _number in range(rng.randint(1, 5))]


def multipart(rng, pairs, files=()):
    """A form with ``files``, names of fields; one in ten is cut off, one lies of its charset."""
    parts = [(f'form-data; name="{name}"', as_bytes(value)) for name, value in pairs]
    for name in files:
        file, content = rng.choice(list(FILES.items()))
        parts.append((f'form-data; name="{name}"; filename="{file}"', content))
    whole = b"".join(
        b"--frontier\r\nContent-Disposition: %s\r\n\r\n%s\r\n" % (as_bytes(head), content)
        for head, content in parts
    )
    whole += b"--frontier--\r\n"
    if rng.random() < 0.1:
        whole = whole[: rng.randrange(len(whole))]
    return whole, f"multipart/form-data; boundary=frontier{_charset(rng, 0.1)}"


def body(rng):
    """A body that no form made."""
    kinds = (_urlencoded, _multipart, _broken, _json, _xml, _binary, _wide, _large, _nothing)
    return rng.choice(kinds)(rng)


def _charset(rng, share=0.3):
    return f"; charset={rng.choice(CHARSETS)}" if rng.random() < share else ""


def _urlencoded(rng):
    pairs = (f"{name}={quoted(rng, value)}" for name, value in fields(rng))
    return "&".join(pairs).encode("ascii"), FORM + _charset(rng)


def _multipart(rng):
    return multipart(rng, fields(rng), rng.choices(FIELDS, k=rng.randint(0, 2)))


def _broken(rng):
    """Parts with heads of any kind between marks of any kind."""
    mark = rng.choice(["frontier", "f", "x" * 200, "中", "", '"a b"', "f\x00"])
    whole = b""
    for _part in range(rng.choice((1, 2, 5, 2000))):
        lines = rng.sample(HEADS, k=rng.randint(1, 4))
        whole += b"--%s\r\n%s\r\n\r\n" % (as_bytes(mark.strip('"')), b"\r\n".join(lines))
        whole += rng.randbytes(rng.choice((0, 3, 40))) + b"\r\n"
    mark = as_bytes(mark).decode("latin-1")
    return whole, f"multipart/form-data; boundary={mark}{_charset(rng)}"


def _json(rng):
    deep = b"[" * 20_000 if rng.random() < 0.1 else b""
    return deep + json.dumps(dict(fields(rng))).encode("ascii"), "application/json" + _charset(rng)


def _xml(rng):
    laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "%s">]><a>&b;</a>'
    return laughs % as_bytes(text(rng)), "application/xml" + _charset(rng)


def _binary(rng):
    kind = rng.choice(["application/octet-stream", "text/plain", "image/png", "", "/", "x" * 3000])
    return rng.randbytes(rng.choice(LENGTHS)), kind


def _wide(rng):
    """More fields than a form has."""
    return b"&".join([b"a=1"] * rng.choice((999, 1001, 20_000))), FORM + _charset(rng)


def _large(rng):
    """A field that is larger than all forms."""
    name = rng.choice(FIELDS).encode("ascii")
    return name + b"=" + rng.choice((b"a", b"%ff", b"+", b"\xe4\xb8\xad")) * 2_000_000, FORM


def _nothing(rng):
    return b"", rng.choice(["", FORM, "multipart/form-data"])
