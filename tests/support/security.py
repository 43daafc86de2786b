"""docs/security.md as a browser, a crafted request and a side door would try it."""

import contextlib
import re
from pathlib import Path
from unittest import mock

from django.db import connection, transaction
from django.template.base import Template
from django.test import Client
from django.test.signals import template_rendered
from django.urls import get_resolver

from articles.editorial.roles import ROLES

PAPER = Path(__file__).resolve().parents[2] / "docs" / "security.md"
STRANGER = "未登录"
WHO = (STRANGER, *ROLES)
_WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|TRUNCATE)\b", re.IGNORECASE)
_NO_WRITES = re.compile(r"django_session")


def rows(heading) -> list[list[str]]:
    """Cells of the table under a heading, row by row, without its head."""
    section = PAPER.read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[0][-len(WHO) :] == list(WHO)
    return cells[2:]


def table(heading) -> dict[str, dict[str, str]]:
    """Cell by the words before the roles, and by role."""
    found = {}
    for cells in rows(heading):
        key = " ".join(cells[: -len(WHO)]).replace("`", "").strip()
        assert key not in found, f"twice in {PAPER.name}: {key}"
        found[key] = dict(zip(WHO, cells[-len(WHO) :], strict=True))
    return found


def desk_names() -> set[str]:
    """Names of all addresses of the desk; those without one by their pattern."""
    resolver = next(one for one in get_resolver().url_patterns if str(one.pattern) == "admin/")
    return set(_names(resolver))


def _names(resolver, before=""):
    for one in resolver.url_patterns:
        here = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from _names(one, here)
        else:
            yield one.name or ("old-address" if "object_id" in here else "catch-all")


def logged_in(person) -> Client:
    """A browser of ``person``; of nobody for None. An error is an answer with 500."""
    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person)
    return client


def tried(client, method, path, data=None):
    """Answer of one request, and the statements by which it wrote; undone afterwards.

    A session is no part of what is kept here.
    """
    written, cookies = [], client.cookies.copy()

    def listen(execute, sql, *args):
        if _WRITES.match(sql) and not _NO_WRITES.search(sql):
            written.append(sql)
        return execute(sql, *args)

    for value in (data or {}).values():
        if hasattr(value, "seek"):  # a file, posted more than once
            value.seek(0)
    with transaction.atomic():
        with connection.execute_wrapper(listen):
            answer = getattr(client, method)(path, data)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer, written


@contextlib.contextmanager
def undrawn():
    """Pages with status and context but no text: to draw two thousand takes half a minute."""

    def skip(template, context):
        template_rendered.send(sender=template, template=template, context=context)
        return ""

    with mock.patch.object(Template, "_render", skip):
        yield
