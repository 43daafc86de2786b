"""Stored contents in their second form, named anew: signatures given before count as they did.

What a page of an issue a story stands on is signed no more, and what is empty has no part in a name.
"""

import hashlib
import json

from django.db import migrations

BATCH = 500
UNSIGNED = ("format", "label", "layout")


def digest(content):
    written = json.dumps(_signed(content), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _signed(value):
    if isinstance(value, dict):
        parts = {name: _signed(part) for name, part in value.items() if name not in UNSIGNED}
        return {name: part for name, part in parts.items() if not _is_nothing(part)}
    if isinstance(value, list):
        return [_signed(part) for part in value]
    return value


def _is_nothing(value):
    return value is None or value is False or value in ("", [], {})


def raise_format(apps, schema_editor):
    versions = apps.get_model("articles", "Version").objects.using(schema_editor.connection.alias)
    newest = 0
    while batch := list(versions.filter(pk__gt=newest).order_by("pk")[:BATCH]):
        for version in batch:
            content = version.content
            if content["model"] == "articles.article":
                fields = content["fields"]
                content["layout"] = {name: fields.pop(name) for name in ("page", "position")}
            content["format"] = 2
            version.digest = digest(content)
        versions.bulk_update(batch, ["content", "digest"])
        newest = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_layout")]

    operations = [migrations.RunPython(raise_format)]
