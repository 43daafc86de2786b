"""Eight uploads of several pictures at once, on a real server: each answered, nothing half kept."""

import re
import sqlite3
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse
from PIL import Image

from articles.editorial.roles import REPORTER
from articles.models import Photo
from tests.support.pictures import encoded
from tests.support.serving import database_url, serving

UPLOADS, EACH = 8, 3
TOKEN, BOUNDARY = "a" * 32, "b" * 16
#: Seconds; a decoder takes one to start on a busy machine, and there are 40 files.
PATIENCE = 240


@pytest.fixture
def cookie(transactional_db, account, client):
    """What the browser of a 记者 sends."""
    client.force_login(account(REPORTER))
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"


def part(name, content, file=""):
    """A field of a form with files."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'
    return f"{head}{file}\r\n\r\n".encode() + content + b"\r\n"


def form(number):
    """Pictures that no other upload has, one that each has, and one that is none."""
    images = [Image.new("RGB", (80 + number, 60 + one)) for one in range(EACH)]
    contents = [encoded(image).getvalue() for image in (*images, Image.new("RGB", (50, 50)))]
    named = '; filename="图.jpg"\r\nContent-Type: image/jpeg'
    files = (part("images", content, named) for content in (*contents, b"x" * 100))
    return (
        part("csrfmiddlewaretoken", TOKEN.encode()) + b"".join(files) + f"--{BOUNDARY}--".encode()
    )


class _Here(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        """Leave the answer as it is."""


def rows(folder):
    """Digest and renditions of each picture of the server's database."""
    if connection.vendor == "sqlite":
        with sqlite3.connect(folder / "db.sqlite3") as database:
            found = database.execute("SELECT digest, renditions FROM articles_photo").fetchall()
        database.close()
        return {digest: made != "[]" for digest, made in found}
    return {
        digest: bool(made) for digest, made in Photo.objects.values_list("digest", "renditions")
    }


def test_eight_uploads_at_once_are_answered_and_leave_nothing_half(cookie, settings, tmp_path):
    opener = urllib.request.build_opener(_Here)
    variables = {"DATABASE_URL": database_url(tmp_path), "SECRET_KEY": settings.SECRET_KEY}

    def send(port, number):
        address = f"http://127.0.0.1:{port}{reverse('admin:articles_photo_upload')}"
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        headers = {"Cookie": cookie, "Content-Type": kind}
        request = urllib.request.Request(address, form(number), headers)
        try:
            opener.open(request, timeout=PATIENCE)
        except urllib.error.HTTPError as answer:
            return answer.code, len(re.findall("id=", answer.headers.get("Location", "")))

    with serving(tmp_path, **variables) as port:
        with ThreadPoolExecutor(UPLOADS) as threads:
            answers = list(threads.map(lambda number: send(port, number), range(UPLOADS)))
        end = time.monotonic() + PATIENCE
        while not all(rows(tmp_path).values()) and time.monotonic() < end:
            time.sleep(0.2)
    kept = [answer for answer in answers if answer == (302, EACH + 1)]
    assert set(answers) <= {(302, EACH + 1), (503, 0)}
    assert len(kept) >= UPLOADS // 2
    stored = rows(tmp_path)
    assert len(stored) == EACH * len(kept) + 1
    assert all(stored.values())
    folders = tmp_path / "media" / "photos"
    assert {folder.name for folder in folders.iterdir()} == set(stored)
    assert not re.search("Traceback|WORKER", (tmp_path / "server.log").read_text("utf-8"))
