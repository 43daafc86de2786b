"""Stored contents in their fourth form: signatures given before count as they did.

Links are keyed by primary keys in place of addresses and names, so that a rename voids nothing.
Where a row has another address by now, or is part of another row, the redirect tells that it left.
"""

from importlib import import_module

from django.db import migrations
from django.db.models import F

before = import_module("articles.migrations.0015_contents_format_2")

#: What each link leads to, and the column that was its key; of a slug, the path of its pages too.
SLUGS = {
    "section": ("articles.Section", "sections"),
    "bulletin": ("articles.Bulletin", "bulletins"),
    "projects": ("articles.Project", "projects"),
    "meeting": ("articles.Meeting", "meetings"),
    "meetings": ("articles.Meeting", "meetings"),
    "inspections": ("articles.Inspection", "inspections"),
    "reporter": ("people.Reporter", "reporters"),
    "official": ("people.Official", "officials"),
}
NAMES = {
    "organisation": ("people.Organisation", "name"),
    "organisers": ("people.Organisation", "name"),
    "photo": ("articles.Photo", "image"),
}
#: Links to the events of a story, by their model.
EVENTS = {"articles.inspection": "inspections", "articles.meeting": "meetings"}


def raise_format(apps, schema_editor):
    keys = natural_keys(apps, schema_editor.connection.alias)
    rows = {name: {key: pk for pk, key in held.items()} for name, held in keys.items()}
    moved = redirects(apps, schema_editor.connection.alias)

    def primary(name, key):
        found = rows[name].get(tuple(key))
        if found is None and name in SLUGS:
            found = rows[name].get((moved.get((SLUGS[name][1], key[0])),))
        return key if found is None else found

    def raised(content):
        content = {**rekeyed(content, primary), "format": 4}
        return content, before.digest(content)

    before.rewrite(raised)(apps, schema_editor)


def lower_format(apps, schema_editor):
    keys = natural_keys(apps, schema_editor.connection.alias)

    def natural(name, key):
        return list(keys[name].get(key, [str(key)])) if isinstance(key, int) else key

    def lowered(content):
        content = {**rekeyed(content, natural), "format": 3}
        return content, before.digest(content)

    before.rewrite(lowered)(apps, schema_editor)


def natural_keys(apps, using):
    """By link and primary key the natural one, as the third form has it."""
    keys = {}
    columns = {name: (label, "slug") for name, (label, _path) in SLUGS.items()} | NAMES
    for name, (label, column) in columns.items():
        rows = apps.get_model(label).objects.using(using).order_by()
        keys[name] = {pk: (value,) for pk, value in rows.values_list("pk", column)}
    stories = apps.get_model("articles.Article").objects.using(using)
    # Of two with one address the later has it: one of them lies in the bin.
    stories = stories.order_by(F("binned_at").desc(nulls_last=True))
    keys["article"] = {
        pk: (day and day.isoformat(), slug, "copy" if original else "")
        for pk, day, slug, original in stories.values_list("pk", "issued_on", "slug", "copy_of")
    }
    return keys


def redirects(apps, using):
    """Slugs that addresses of before lead to, by the path of the pages and the former slug."""
    found = {}
    rows = apps.get_model("redirects", "Redirect").objects.using(using)
    for old, new in rows.values_list("old_path", "new_path"):
        *_before, old_path, old_slug, _end = ["", "", *old.split("/")]
        *_before, new_path, new_slug, _end = ["", "", *new.split("/")]
        if old_path == new_path:
            found[old_path, old_slug] = new_slug
    return found


def rekeyed(content, key_of):
    """``content`` with each key of a link as ``key_of(name, key)`` has it; lists in their order."""

    def led(name, link):
        return link and {**link, "key": key_of(name, link["key"])}

    lists = {
        name: in_order({str(one["key"]): one for one in (led(name, link) for link in links)})
        for name, links in content["lists"].items()
    }
    children = {
        name: [rekeyed(row, key_of) for row in rows] for name, rows in content["children"].items()
    }
    links = {name: led(name, link) for name, link in content["links"].items()}
    changed = {**content, "links": links, "lists": lists, "children": children}
    if "events" in content:
        events = [
            {**rekeyed(event, key_of), "key": key_of(EVENTS[event["model"]], event["key"])}
            for event in content["events"]
        ]
        changed["events"] = sorted(events, key=lambda event: (event["model"], *rank(event)))
    return changed


def in_order(links):
    return sorted(links.values(), key=rank)


def rank(link):
    return isinstance(link["key"], int), link["key"]


class Migration(migrations.Migration):
    dependencies = [("articles", "0021_merge"), ("redirects", "0001_initial")]

    operations = [migrations.RunPython(raise_format, lower_format)]
