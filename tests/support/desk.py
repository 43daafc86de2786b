"""A browser's part at the desk: addresses of its pages, and what a form would post."""

from django.conf import settings
from django.test import Client
from django.urls import reverse


def page_of(name, thing, *args):
    """Address of one of a thing's pages at the desk."""
    model = f"{thing._meta.app_label}_{thing._meta.model_name}"
    return reverse(f"admin:{model}_{name}", args=[thing.pk, *args])


def change(thing):
    """Address of a thing's page at the desk."""
    return page_of("change", thing)


def begin(desk, story):
    """Press 开始修改 on a live story; the form of its working copy."""
    page = change(story)
    assert desk.post(page.replace("/change/", "/edit/")).status_code == 302
    return desk.get(page)


def seat(page, site, user):
    """Let ``user`` sit down, logged in, at a page of Chromium; the same session without it."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies()
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": site}])
    return client


def messages(answer):
    """What the desk says above a page."""
    return [str(message) for message in answer.context["messages"]]


def enters(client, username, password):
    """Whether the log-in lets someone in, who is then logged in."""
    posted = {"username": username, "password": password}
    return client.post(reverse("admin:login"), posted).status_code == 302


def filled(answer, **changes):
    """What the form of an admin page would post, with changes; a browser's part."""
    forms = [answer.context["adminform"].form]
    for inline in answer.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    posted = {name: answer.context.get(name[1:], "") for name in ("_opened", "_once")}
    for form in forms:
        for field in form:
            value = field.value()
            name = field.html_name
            if isinstance(value, (list, tuple)):
                posted[name] = [getattr(item, "pk", item) for item in value]
            elif value is True:
                posted[name] = "on"
            elif value is not None and value is not False:
                posted[name] = str(value)
    return {**posted, **changes}


def said_on_saving(client, thing, **changes):
    """Save the form of a thing again; what the desk says."""
    posted = filled(client.get(change(thing)), **changes)
    answer = client.post(change(thing), posted, follow=True)
    assert answer.status_code == 200
    return "".join(messages(answer))
