"""Links of a content: primary keys with labels, led on where a row was merged into another."""

from collections.abc import Callable, Iterable

from django.apps import apps

from articles.models import Merge


def in_key_order(links: Iterable[dict]) -> list[dict]:
    """The links of a list as a content holds them; those that lead nowhere first."""
    return sorted(links, key=lambda link: (isinstance(link["key"], int), link["key"]))


def resolved(content: dict) -> dict:
    """``content``, whenever it was saved, with what was merged since under the key it has now.

    Its labels stay: so the thing was called then.
    """
    targets = Merge.objects.targets()
    if not targets:
        return content

    def led_on(model, link):
        return {**link, "key": targets.get((model._meta.label_lower, _plain(link)), link["key"])}

    return with_links(content, led_on)


def _plain(link):
    """Key of a link that hashes."""
    return link["key"] if isinstance(link["key"], int) else None


def with_links(content: dict, change: Callable[[type, dict], dict | None]) -> dict:
    """``content`` with each link as ``change`` has it, of the model that it leads to; None: none.

    What a list links twice then, it links once. A row that cannot be without a link goes with it.
    """
    changed = _changed(apps.get_model(content["model"]), content, change)
    if "events" in content:
        changed["events"] = [with_links(event, change) for event in content["events"]]
    return changed


def _changed(model, content, change):
    def led(name, link):
        return change(model._meta.get_field(name).related_model, link) if link else None

    links = {name: led(name, link) for name, link in content["links"].items()}
    lists = {
        name: [far for far in (led(name, link) for link in links) if far]
        for name, links in content["lists"].items()
    }
    children = {}
    for name, rows in content["children"].items():
        child = model._meta.get_field(name).related_model
        pairs = [(row, _changed(child, row, change)) for row in rows]
        children[name] = [new for old, new in pairs if not _lacks(child, old, new)]
    lists = {name: _once(links) for name, links in lists.items()}
    return {**content, "links": links, "lists": lists, "children": children}


def _once(links):
    return in_key_order({str(link["key"]): link for link in links}.values())


def _lacks(model, old, new):
    """Whether a row that cannot be without a link has lost it."""
    return any(
        link and not new["links"][name] and not model._meta.get_field(name).null
        for name, link in old["links"].items()
    )
