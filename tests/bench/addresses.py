"""Print, as JSON, the pages to measure in the set of the environment, and their queries as SQL."""

import json
import sys

import django


def pages():
    """Address by page type; the person and the project with the most stories."""
    from django.db.models import Count

    from articles.models import Article, Project
    from people.models import Official

    def busiest(model):
        shown = model.objects.public().annotate(number=Count("appearances"))
        return shown.order_by("-number", "pk").first().get_absolute_url()

    newest = Article.objects.live().order_by(*Article.IN_PRINT).exclude(inspections=None).first()
    found = {
        "front": "/",
        "list": "/articles/",
        "deep list": "/articles/?page=100",
        "article": newest.get_absolute_url(),
        "quarter": f"/quarters/{newest.quarter}/",
        "official": busiest(Official),
        "project": busiest(Project),
    }
    if Article.objects.live().count() < 100 * 20:
        del found["deep list"]
    return found


def queries(address):
    """Statements of the page, as they are sent."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    if answer.status_code != 200:
        sys.exit(f"{address}: {answer.status_code}")
    # PostgreSQL reads long answers through a cursor on the server; here its statement is enough.
    return [query["sql"].rpartition(" WITH HOLD FOR ")[2] for query in captured]


if __name__ == "__main__":
    django.setup()
    json.dump(
        {name: {"address": at, "queries": queries(at)} for name, at in pages().items()}, sys.stdout
    )
