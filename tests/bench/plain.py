"""The base of comparison: a site written by hand, with nothing but the queries and a template.

For each page of ours it sends the very same statements and prints every value they give; for the
story there is also the page of three queries that anyone would write first. Django's default
middleware, the same database settings, persistent connections.
"""

import json
import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import path

from newsroom import settings as ours

settings.configure(
    SECRET_KEY="only for measuring",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES=ours.DATABASES,
    INSTALLED_APPS=ours.INSTALLED_APPS,
    AUTH_USER_MODEL=ours.AUTH_USER_MODEL,
    DEFAULT_AUTO_FIELD=ours.DEFAULT_AUTO_FIELD,
    USE_TZ=True,
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
)
django.setup()

from articles.models import Article  # noqa: E402  models need the settings

PAGES = json.loads(os.environ["BENCH_PAGES"])
VALUES = Template(
    "<!doctype html><title>{{ name }}</title>{% for rows in tables %}<table>{% for row in rows %}"
    "<tr>{% for value in row %}<td>{{ value }}{% endfor %}{% endfor %}</table>{% endfor %}"
)
STORY = Template(
    "<!doctype html><title>{{ story.headline }}</title><p>{{ story.section.name }}"
    "<h1>{{ story.headline }}</h1><p>{{ story.issued_on }}"
    "{% for byline in bylines %}<p>{{ byline.get_role_display }} {{ byline.printed_name }}"
    "{% endfor %}{{ story.body|safe }}{% for name in mentions %}<p>{{ name.printed_title }}"
    "{{ name.printed_name }}{% endfor %}"
)


def same_queries(request, name):
    """The statements of our page ``name``, and their values in one template."""
    tables = []
    with connection.cursor() as cursor:
        for sql in PAGES[name]["queries"]:
            cursor.execute(sql)
            tables.append(cursor.fetchall())
    return HttpResponse(VALUES.render(Context({"name": name, "tables": tables})))


def three_queries(request):
    """A story, its bylines and the people it names."""
    day, slug = PAGES["article"]["address"].removeprefix("/articles/").strip("/").rsplit("/", 1)
    stories = Article.objects.select_related("section")
    story = stories.get(issued_on=day.replace("/", "-"), slug=slug)
    context = {"story": story, "bylines": story.bylines.all(), "mentions": story.mentions.all()}
    return HttpResponse(STORY.render(Context(context)))


urlpatterns = [path("three/", three_queries), path("same/<name>/", same_queries)]
application = get_wsgi_application()
