"""Stored contents in their third form: signatures given before count as they did.

What is signed holds the title of whom a text names without one, as the pages now print it.
"""

import datetime
from collections import defaultdict
from importlib import import_module

from django.db import migrations
from django.db.models import F

before = import_module("articles.migrations.0015_contents_format_2")


def raise_format(apps, schema_editor):
    using = schema_editor.connection.alias
    posts = posts_by_official(apps.get_model("people", "Appointment").objects.using(using))

    def raised(content):
        if content["model"] == "articles.article":
            add_titles(content, posts)
        content["format"] = 3
        return content, before.digest(content)

    before.rewrite(raised)(apps, schema_editor)


def lowered(content):
    if content["model"] == "articles.article":
        for row in content["children"]["mentions"]:
            row.pop("shown", None)
    content["format"] = 2
    return content, before.digest(content)


def posts_by_official(appointments):
    """Posts by the holder's slug, in their order."""
    posts = defaultdict(list)
    for post in appointments.select_related("official").order_by(
        F("rank").asc(nulls_last=True), "organisation__block_order", "pk"
    ):
        posts[post.official.slug].append(post)
    return posts


def add_titles(content, posts):
    if not content["fields"]["issued_on"]:
        return
    day = datetime.date.fromisoformat(content["fields"]["issued_on"])
    for row in content["children"]["mentions"]:
        official = row["links"]["official"]
        if official and not row["fields"]["printed_title"]:
            row["shown"] = _title(posts[official["key"][0]], day)


def _title(posts, day):
    """As ``Official.title_on`` has it."""
    held = [
        post
        for post in posts
        if (post.starts is None or post.starts <= day) and (post.ends is None or day < post.ends)
    ]
    dated = {post.organisation_id for post in held if post.starts or post.ends}
    return "、".join(
        post.title for post in held if post.starts or post.ends or post.organisation_id not in dated
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0018_last_day_of_meetings"),
        ("people", "0002_organisation_names"),
    ]

    operations = [migrations.RunPython(raise_format, before.rewrite(lowered))]
