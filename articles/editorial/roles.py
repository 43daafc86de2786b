"""Roles and their permissions: one table, written into groups after every migration."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.utils.translation import gettext_noop

REPORTER = gettext_noop("记者")
EDITOR = gettext_noop("责任编辑")
HEAD = gettext_noop("部门主任")
CHIEF = gettext_noop("总编")

_VIEW = [
    f"{app}.view_{model}"
    for app, models in {
        "articles": (
            "article",
            "articlephoto",
            "attendance",
            "bulletin",
            "byline",
            "errorreport",
            "inspection",
            "meeting",
            "mention",
            "milestone",
            "transition",
            "page",
            "photo",
            "placement",
            "project",
            "section",
            "signoff",
            "stop",
            "version",
        ),
        "people": ("appointment", "official", "organisation", "organisationname", "reporter"),
    }.items()
    for model in models
]


def _edit(app: str, *models: str, delete: Iterable[str] = ()) -> list[str]:
    """Permissions to add and change ``models``, and to delete those in ``delete``."""
    verbs = [(verb, model) for model in models for verb in ("add", "change")]
    verbs += [("delete", model) for model in delete]
    return [f"{app}.{verb}_{model}" for verb, model in verbs]


_TERMS = ("appointment", "organisationname")
_CHILDREN = ("articlephoto", "attendance", "byline", "mention", "stop")

#: Each role has the permissions of the one before it, and its own.
_STEPS = (
    (
        REPORTER,
        [
            *_VIEW,
            *_edit("articles", "article", "photo", "inspection", "meeting", "project"),
            *_edit("articles", *_CHILDREN, delete=_CHILDREN),
        ],
    ),
    (
        EDITOR,
        [
            "articles.amend_article",
            "articles.review_first",
            *_edit("articles", "milestone", "placement", delete=("milestone", "placement")),
            *_edit("articles", delete=("article", "photo")),
            "articles.change_errorreport",
            *_edit("people", "official", "organisation", "reporter"),
            *_edit("people", *_TERMS, delete=_TERMS),
        ],
    ),
    (
        HEAD,
        [
            "articles.review_second",
            "articles.layout_article",
            *_edit("articles", "bulletin", "section", delete=("bulletin", "section")),
            *_edit("articles", delete=("inspection", "meeting", "project")),
            *_edit("people", delete=("official", "organisation", "reporter")),
        ],
    ),
    (
        CHIEF,
        [
            "articles.sign_article",
            "articles.publish_article",
            "articles.publish_urgently",
            "articles.withdraw_article",
            *_edit("articles", "page", delete=("page",)),
            "people.view_user",
            *_edit("people", "user"),
        ],
    ),
)


def _table() -> dict[str, tuple[str, ...]]:
    table = {}
    held: list[str] = []
    for role, own in _STEPS:
        held = [*held, *own]
        table[role] = tuple(held)
    return table


#: Permissions by role.
ROLES = _table()


def synchronise_roles(**_signal: Any) -> None:
    """Give the groups exactly the permissions of the table."""
    for app in ("articles", "people"):
        create_permissions(apps.get_app_config(app), verbosity=0)
    for role, names in ROLES.items():
        group, _created = Group.objects.get_or_create(name=role)
        wanted = Q(pk=None)
        for name in names:
            app, codename = name.split(".")
            wanted |= Q(content_type__app_label=app, codename=codename)
        group.permissions.set(Permission.objects.filter(wanted))
