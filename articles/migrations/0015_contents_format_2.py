"""Stored contents in their second form, named anew: signatures given before count as they did.

What page of an issue a story stands on is signed no more, and what is empty has no part in a name.
"""

import hashlib
import json

from django.db import migrations

BATCH = 500
LAYOUT = ("page", "position")


def raised(content):
    """Content in the second form, and its name."""
    if content["model"] == "articles.article":
        fields = content["fields"]
        content["layout"] = {name: fields.pop(name) for name in LAYOUT}
    content["format"] = 2
    return content, digest(content)


def lowered(content):
    """Content in the first form, and its name."""
    if content["model"] == "articles.article":
        content["fields"] |= content.pop("layout", {"page": "", "position": 0})
    content.pop("format", None)
    return content, name_of(without(content, ("label",)))


def digest(content):
    """Name of a content in the second form; also for migrations that change such contents."""
    return name_of(said(content, ("format", "label", "layout")))


def name_of(parts):
    written = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def without(value, names):
    if isinstance(value, dict):
        return {name: without(part, names) for name, part in value.items() if name not in names}
    if isinstance(value, list):
        return [without(part, names) for part in value]
    return value


def said(value, names):
    """The same without what is empty."""
    if isinstance(value, dict):
        parts = {name: said(part, names) for name, part in value.items() if name not in names}
        return {name: part for name, part in parts.items() if not is_nothing(part)}
    if isinstance(value, list):
        return [said(part, names) for part in value]
    return value


def is_nothing(value):
    return value is None or value is False or value in ("", [], {})


def rewrite(form):
    """Operation that brings all stored contents into ``form``."""

    def run(apps, schema_editor):
        alias = schema_editor.connection.alias
        versions = apps.get_model("articles", "Version").objects.using(alias)
        newest = 0
        while batch := list(versions.filter(pk__gt=newest).order_by("pk")[:BATCH]):
            for version in batch:
                version.content, version.digest = form(version.content)
            versions.bulk_update(batch, ["content", "digest"])
            newest = batch[-1].pk

    return run


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_layout")]

    operations = [migrations.RunPython(rewrite(raised), rewrite(lowered))]
