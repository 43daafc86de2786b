"""What is refused before anything of a request is read: methods, character sets, sizes."""

import inspect
import io
import time

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.urls import get_resolver, reverse
from django.views import View

from articles.editorial.roles import REPORTER
from newsroom.form_headers import LONGEST, parse
from newsroom.limits import HEADERS, SMALL, body_limit
from tests.support.every_page import print_paper, public_pages

DESK = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=edge"
#: Codecs of Python: slow ones, some that are none of texts, some that read other texts, and none.
CODECS = """
punycode zlib hex rot13 idna base64 uu quopri bz2 undefined unicode_escape raw_unicode_escape
utf-7 utf-8-sig utf-16 utf-32 latin-1 gbk gb18030 big5 cp037 utf-8,gbk utf-8'' no-such-codec
""".split()
UTF_8 = ["utf-8", "UTF-8", "utf8", "Utf8", '"utf-8"', '"UTF8"']
FIELD = 'Content-Disposition: form-data; name="back"'
#: Addresses of every kind, also without a page; the two posted to take forms from strangers.
ADDRESSES = ("/", "/display/", "/admin/login/", "/admin/articles/article/", "/healthz", "/no/such/")

pytestmark = pytest.mark.django_db


def multipart(*parts):
    """Body with parts of a head and a text."""
    made = "".join(f"--edge\r\n{head}\r\n\r\n{text}\r\n" for head, text in parts)
    return f"{made}--edge--\r\n".encode()


@pytest.mark.parametrize("codec", CODECS)
def test_a_form_in_another_character_set_is_400_at_every_address(client, codec):
    body = multipart((FIELD, "/articles/"))
    for kind in (MULTIPART, URLENCODED, "text/plain"):
        for named in (f"charset={codec}", f'Charset="{codec}"', f"charset*={codec}''utf-8"):
            answer = client.generic("POST", "/display/", body, f"{kind}; {named}")
            assert answer.status_code == 400, (kind, named)
    for address in ADDRESSES:
        kind = f"{MULTIPART}; charset={codec}"
        for method in ("POST", "GET"):
            answer = client.generic(method, f"{address}?q=%E6%A1%A5", body, kind)
            assert (answer.status_code, "这个请求有问题" in answer.text) == (400, True)


@pytest.mark.parametrize("name", UTF_8)
def test_a_form_in_utf_8_is_read_however_that_is_spelt(client, name):
    body = multipart((f"{FIELD}\r\nContent-Type: text/plain; charset={name}", "/?q=桥"))
    answer = client.generic("POST", "/display/", body, f"{MULTIPART}; charset={name}")
    assert answer["Location"] == "/?q=%E6%A1%A5"
    body = "back=/%3Fq%3D%E6%A1%A5"
    answer = client.generic("POST", "/display/", body, f"{URLENCODED};charset={name}")
    assert answer["Location"] == "/?q=%E6%A1%A5"


@pytest.mark.parametrize("codec", CODECS)
def test_a_part_of_a_form_in_another_character_set_is_400(client, codec):
    heads = (
        f"{FIELD}\r\nContent-Type: text/plain; charset={codec}",
        f"Content-Disposition: form-data; name*={codec}''back",
        f"Content-Disposition: form-data; name*0*={codec}''ba; name*1=ck",
        f'{FIELD}; filename="a"\r\nContent-Type: image/png; charset={codec}',
        f"{FIELD}; filename*={codec}''a.png",
    )
    for head in heads:
        body = multipart((head, "/articles/"))
        assert client.generic("POST", "/display/", body, MULTIPART).status_code == 400, head


def test_no_field_and_no_transfer_encoding_changes_how_a_form_is_read(client):
    parts = [
        ('Content-Disposition: form-data; name="_charset_"', "punycode"),
        (f"{FIELD}\r\nContent-Transfer-Encoding: base64", "L2FydGljbGVzLw=="),
    ]
    answer = client.generic("POST", "/display/", multipart(*parts), MULTIPART)
    assert answer["Location"] == "/articles/"
    for other in ("quoted-printable", "x-uuencode", "zlib", "8bit"):
        head = f"{FIELD}\r\nContent-Transfer-Encoding: {other}"
        answer = client.generic("POST", "/display/", multipart((head, "/articles/")), MULTIPART)
        assert answer["Location"] == "/articles/"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('a; filename="路桥;一\\"二\\\\三=*.png"', '路桥;一"二\\三=*.png'),
        ('A ; FileName = "x.png" ;', "x.png"),
        ("a;filename=x.png;", "x.png"),
        ('a; filename=""', ""),
    ],
)
def test_a_header_keeps_what_is_quoted(header, name):
    assert parse(header) == ("a", {"filename": name})


@pytest.mark.parametrize("unit", [";", "; a", ";a=", '; a="', '"', "\\", "; a*=utf-8''b", "=", " "])
def test_a_header_takes_no_time_whatever_it_holds(client, unit):
    began = time.process_time()
    for _ in range(200):
        client.generic("POST", "/display/", b"", f"text/plain;{unit * 8000}"[:8000])
    part = f"{FIELD};{unit * LONGEST}"[: LONGEST - 30]
    client.generic("POST", "/display/", multipart(*[(part, "")] * 30), MULTIPART)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        f"multipart/form-data; boundary={'x' * 202}",
        f"multipart/form-data; boundary={'x' * 5000}",
        'multipart/form-data; boundary="a',
        "multipart/form-data; boundary=a b",
    ],
)
def test_a_form_without_a_boundary_that_can_be_is_400(client, kind):
    assert client.generic("POST", "/display/", b"--x--", kind).status_code == 400


def test_a_form_of_more_fields_or_files_than_any_is_400(client, settings):
    # As many as it takes at the desk are more than a stranger may send in bytes.
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
    body = "&".join(f"f{number}=" for number in range(3000))
    assert client.generic("POST", "/display/", body, URLENCODED).status_code == 400
    body = multipart(*[(f'{FIELD}; filename="a"', "")] * 400)
    assert client.generic("POST", "/display/", body, MULTIPART).status_code == 400


def addresses(resolver=None, before="/"):
    """Every pattern of the site: where it has parts, by words that fit some of them."""
    words = {"year": 2021, "month": "04", "day": "06", "quarter": "2021q1", "slug": "a"}
    for one in (resolver or get_resolver()).url_patterns:
        path = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from addresses(one, path)
            continue
        for name in one.pattern.converters:
            path = "/".join(
                str(words.get(name, 1)) + part.partition(">")[2] if f":{name}>" in part else part
                for part in path.split("/")
            )
        yield path, one.callback


METHODS = """
TRACE CONNECT OPTIONS PUT PATCH DELETE PROPFIND MKCOL LINK GARBAGE trace Trace dispatch setup
as_view form_class http_method_names __class__ get_context_data _method G\u017fT
""".split()


def test_another_method_is_405_at_every_address(client):
    print_paper()
    paths = {path for path, _view in addresses()}
    assert len(paths) > 100
    for path in (*sorted(paths), *public_pages(), "/no/such/page/", "/static/css/base.css"):
        for method in METHODS:
            answer = client.generic(method, path)
            assert answer.status_code == 405, path
            assert "GET" in answer["Allow"]


def test_no_view_has_an_attribute_that_could_be_taken_for_a_method():
    views = {view.view_class for _path, view in addresses() if hasattr(view, "view_class")}
    assert len(views) > 10
    for view in views:
        for method in (*View.http_method_names, "connect", "propfind", "query"):
            found = inspect.getattr_static(view, method, None)
            assert found is None or inspect.isfunction(found), f"{view.__name__}.{method}"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "get", "Post"])
def test_what_browsers_ask_by_is_answered_at_every_address(client, method):
    for path, _view in addresses():
        assert client.generic(method, path).status_code < 500, path


def test_what_is_too_large_for_its_address_is_413_and_said_in_chinese(client, at_desk):
    for log_in in (lambda: client, lambda: at_desk(REPORTER)):
        browser = log_in()
        for address in ADDRESSES:
            if address == "/no/such/":  # where no view is, nobody reads anything
                continue
            limit = body_limit(address)
            assert limit in (SMALL, DESK)
            answer = browser.generic("POST", address, b"a" * (limit + 1), URLENCODED)
            assert (answer.status_code, "内容太大" in answer.text) == (413, True), address
            answer = browser.generic("GET", address, b"a" * (limit + 1), "text/plain")
            assert answer.status_code == 413, address


class Unread(io.BytesIO):
    """A body that nobody may look at."""

    def read(self, *_size):
        """Fail."""
        pytest.fail("the body was read")

    readline = read


@pytest.mark.parametrize("kind", [URLENCODED, MULTIPART, "application/octet-stream"])
def test_nothing_of_it_is_read(client, kind):
    large = {"CONTENT_LENGTH": str(300 * 1024**2), "wsgi.input": Unread()}
    for address in ADDRESSES:
        answer = client.generic("POST", address, b"", kind, **large)
        assert answer.status_code in (404, 413)


def test_a_body_without_a_length_is_411_and_a_length_that_is_none_400(client):
    for address in ADDRESSES:
        answer = client.post(address, headers={"transfer-encoding": "chunked"})
        assert (answer.status_code, "没有注明长度" in answer.text) == (411, True)
    for length in ("abc", "1e3", "0x10", "9" * 5000):
        answer = client.generic("POST", "/display/", CONTENT_LENGTH=length)
        assert answer.status_code == 400


def test_only_who_may_enter_the_desk_sends_more_than_a_form_of_some_words(client, at_desk):
    form = reverse("admin:articles_article_add")
    more = {"headline": "桥" * SMALL}
    answer = client.post(form, more)
    assert (answer.status_code, "登录以后" in answer.text) == (413, True)
    assert at_desk(REPORTER).post(form, more).status_code == 200


def test_pictures_may_be_larger_than_texts(at_desk):
    form = reverse("admin:articles_photo_add")
    picture = SimpleUploadedFile("a.png", b"x" * (DESK + 1))
    answer = at_desk(REPORTER).post(form, {"image": picture, "alt": "桥"})
    assert answer.status_code == 200
    assert "image" in answer.context["adminform"].form.errors
    large = {"CONTENT_LENGTH": str(body_limit(form) + 1), "wsgi.input": Unread()}
    assert at_desk(REPORTER).generic("POST", form, b"", MULTIPART, **large).status_code == 413


def test_headers_that_are_too_long_are_400_and_long_ones_take_no_time(client):
    assert client.get("/healthz", headers={"cookie": "a=b; " * HEADERS}).status_code == 400
    began = time.process_time()
    for cookie in ('a="' + "\\1" * 12000 + '"', "a=b;" * 6000, ";" * 24000, 'a="\\"";' * 3000):
        assert client.get("/healthz", headers={"cookie": cookie}).status_code == 200
    for name in """
        accept accept-language accept-encoding if-modified-since if-none-match range referer origin
        x-forwarded-for x-forwarded-proto user-agent authorization
    """.split():
        for value in ("a,b;q=0.1, " * 700, "[" * 8000, "bytes=0-1,2-3," * 500, '"' * 8000):
            answer = client.get("/healthz", headers={name: value})
            assert answer.status_code == 200, name
    assert time.process_time() - began < 2


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "display"])
@pytest.mark.parametrize("value", ["\\000", "\\000" * 40, "a" * 4000, "桥", ";", "\\"])
def test_a_cookie_may_hold_anything(client, name, value):
    cookie = f'{name}="abcdefgh{value}"'.encode().decode("latin-1")
    for address in ("/", "/admin/", "/admin/login/"):
        assert client.get(address, headers={"cookie": cookie}).status_code in (200, 302)
    answer = client.post("/admin/login/", {"username": "a"}, headers={"cookie": cookie})
    assert answer.status_code == 200


@pytest.mark.parametrize("address", ["/", "/no/such/page/", "/robots.txt", "/admin/login/"])
def test_head_is_answered_with_the_headers_alone(bulletin, rf, address):
    """By the handler itself: the client of the tests takes the body away."""
    answers = {
        method: WSGIHandler()(rf.generic(method, address).environ, lambda *_started: None)
        for method in ("GET", "HEAD")
    }
    assert b"".join(answers["HEAD"]) == b""
    body = b"".join(answers["GET"])
    assert answers["HEAD"]["Content-Length"] == str(len(body))
