"""The base of comparison: a site written by hand, with the few queries that one writes first.

Django's default middleware, the same database settings, persistent connections; it has no layout
and no record.
"""

import os

import django
from django.conf import Settings, settings
from django.core.paginator import Paginator
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import path

settings.configure(
    default_settings=Settings("newsroom.settings"),
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
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

from articles.models import Article, Inspection, Meeting, Project, Section  # noqa: E402  as above

STORY = Template(
    "<!doctype html><title>{{ story.headline }}</title><p>{{ story.section.name }}"
    "<h1>{{ story.headline }}</h1><p>{{ story.issued_on }}"
    "{% for byline in bylines %}<p>{{ byline.get_role_display }} {{ byline.printed_name }}"
    "{% endfor %}{{ story.body|safe }}{% for name in mentions %}<p>{{ name.printed_title }}"
    "{{ name.printed_name }}{% endfor %}"
)
ROWS = (
    "{% for story in stories %}<h2><a href='{{ story.slug }}'>{{ story.headline }}</a></h2>"
    "<p>{{ story.section.name }} {{ story.issued_on }} {{ story.summary }}"
    "{% if bylines %}{% for byline in story.bylines.all %} {{ byline.printed_name }}{% endfor %}"
    "{% endif %}{% endfor %}"
)
FRONT = Template(
    "<!doctype html><title>News</title>"
    "{% for one in sections %}<a href='{{ one.slug }}'>{{ one.name }}</a>{% endfor %}"
    f"{ROWS}"
    "{% for one in inspections %}<p>{{ one.held_on }} {{ one.title }}{% endfor %}"
    "{% for one in meetings %}<p>{{ one.held_on }} {{ one.name }}{% endfor %}"
    "{% for one in projects %}<p>{{ one.name }} {{ one.developer }}{% endfor %}"
)
LIST = Template(f"<!doctype html><title>News</title><p>{{{{ count }}}}{ROWS}")


def story(request):
    """A story, its bylines and the people it names: three queries."""
    day, slug = os.environ["BENCH_STORY"].removeprefix("/articles/").strip("/").rsplit("/", 1)
    stories = Article.objects.select_related("section")
    found = stories.get(issued_on=day.replace("/", "-"), slug=slug)
    context = {"story": found, "bylines": found.bylines.all(), "mentions": found.mentions.all()}
    return HttpResponse(STORY.render(Context(context)))


def front(request):
    """Sections, the newest stories with their bylines, events and projects: six queries."""
    stories = Article.objects.live().select_related("section").prefetch_related("bylines")
    context = {
        "bylines": True,
        "sections": Section.objects.order_by("order"),
        "stories": stories.order_by(*Article.IN_PRINT)[:20],
        "inspections": Inspection.objects.order_by("-held_on")[:10],
        "meetings": Meeting.objects.order_by("-held_on")[:10],
        "projects": Project.objects.order_by("-pk")[:10],
    }
    return HttpResponse(FRONT.render(Context(context)))


def newest(request):
    """A page of stories, and how many there are: two queries."""
    stories = Article.objects.live().select_related("section").order_by(*Article.IN_PRINT)
    pages = Paginator(stories, 20)
    context = {"count": pages.count, "stories": pages.page(1).object_list}
    return HttpResponse(LIST.render(Context(context)))


urlpatterns = [path("story/", story), path("front/", front), path("list/", newest)]
application = get_wsgi_application()
