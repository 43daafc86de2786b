"""Print, as JSON, the pages to measure in the set of the environment: address, and queries."""

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
        "story": newest.get_absolute_url(),
        "front": "/",
        "list": "/articles/",
        "deep list": "/articles/?page=100",
        "quarter": f"/quarters/{newest.quarter}/",
        "official": busiest(Official),
        "project": busiest(Project),
        "inspections": "/inspections/",
    }
    if Article.objects.live().count() < 100 * 20:
        del found["deep list"]
    return found


def queries(address):
    """How many statements the page sends when it is made."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    if answer.status_code != 200:
        sys.exit(f"{address}: {answer.status_code}")
    return len(captured)


if __name__ == "__main__":
    django.setup()
    json.dump({name: (address, queries(address)) for name, address in pages().items()}, sys.stdout)
