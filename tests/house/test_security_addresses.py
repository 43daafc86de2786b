"""Every role at every address of the desk, as the table in docs/security.md has it."""

import contextlib
import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.admin.transitions import IN_BULK
from articles.editorial.transitions import TRANSITIONS
from tests.support.desk import filled
from tests.support.pictures import encoded, halves
from tests.support.scenes import MARK, desk
from tests.support.security import STRANGER, WHO, desk_names, logged_in, table, tried, undrawn

TABLE = table("Roles and addresses")
TO_LOG_IN = "/admin/login/?next="
OK = 200
MOVE, STORIES = "articles_article_transition", "articles_article_changelist"

#: What the form of a new thing needs.
NEW = {
    "articles_article": {"headline": "题", "body": "<p>文</p>", "bylines-0-printed_name": "王某"},
    "articles_project": {"name": "新项目"},
    "articles_inspection": {"title": "新行", "held_on": "2021-03-01", "kind": "tour"},
    "articles_meeting": {"name": "新会", "held_on": "2021-03-01"},
    "articles_page": {"title": "新页"},
    "articles_section": {"name": "新栏", "order": "9"},
    "articles_bulletin": {"title": "新刊", "quarter": "2021q2", "issued_on": "2021-06-01"},
    "people_official": {"name": "孙某"},
    "people_reporter": {"name": "周某", "kind": "staff"},
    "people_organisation": {"name": "新局", "block_order": "9"},
    "people_user": {
        "username": "new",
        "name": "新人",
        "usable_password": "true",
        "password1": "correct horse battery",
        "password2": "correct horse battery",
    },
    "redirects_redirect": {"site": "1", "old_path": "/c/", "new_path": "/d/"},
    "sites_site": {"domain": "new.example", "name": "new"},
}
#: A field that each form of a stored thing may change, beside the reason.
CHANGED = {
    "story": ("summary", "改"),
    "project": ("note", "改"),
    "inspection": ("summary", "改"),
    "meeting": ("summary", "改"),
    "official": ("aliases", "改"),
    "photo": ("caption", "改"),
    "placement": ("order", "3"),
    "errorreport": ("outcome", "改"),
    "page": ("body", "<p>改</p>"),
    "section": ("name", "改"),
    "bulletin": ("title", "改"),
    "reporter": ("unit", "改"),
    "organisation": ("short_name", "改"),
    "user": ("name", "改"),
    "redirect": ("new_path", "/e/"),
    "site": ("name", "改"),
}
#: Names of the forms of stored things end so.
CHANGES = tuple(f"_{one}_change" for one in (*CHANGED, "article") if one != "story")
#: A form's field for each thing that a form finds as one types.
FOUND_BY = {
    "project": ("articles", "article", "projects"),
    "inspection": ("articles", "article", "inspections"),
    "meeting": ("articles", "article", "meetings"),
    "bulletin": ("articles", "article", "bulletin"),
    "reporter": ("articles", "byline", "reporter"),
    "official": ("articles", "mention", "official"),
    "photo": ("articles", "articlephoto", "photo"),
    "organisation": ("articles", "stop", "organisation"),
    "story": ("articles", "milestone", "article"),
    "user": ("people", "reporter", "user"),
}
POSTED = {
    "login": {"username": "boss", "password": "correct horse"},
    "password_change": {
        "old_password": "correct horse",
        "new_password1": "another long horse",
        "new_password2": "another long horse",
    },
}
ANOTHERS = {"usable_password": "true", "password1": "a long horse", "password2": "a long horse"}


def a_picture():
    """An upload."""
    return SimpleUploadedFile("a.png", encoded(halves(22, 22)).getvalue())


class Attempts:
    """Address and data of each row of the table; forms as a superuser's page draws them."""

    def __init__(self, things):
        """Take the desk of ``tests.support.scenes``."""
        self.things = things
        self.boss = logged_in(things["user superuser"])

    def of(self, name, what):
        """Path and posted data for a row: ``name`` of the address and the words beside it."""
        if what.startswith("action "):
            return self._action(name, what)
        if name in ("autocomplete", "app_list", "view_on_site", MOVE):
            return getattr(self, f"_{name}")(name, what)
        page = name.rpartition("_")[2]
        if page == "change" and not name.endswith("password_change"):
            return self._change(name, what)
        if what:
            return self._page_of(name, page, self.things[what])
        return self._whole(name, page)

    def _whole(self, name, page):
        if name == "catch-all":
            return "/admin/nowhere/", {}
        path = reverse(f"admin:{name}")
        if page == "add":
            return path, self._drawn(path, **self._new(name.removesuffix("_add")))
        if page == "upload":
            return path, {"images": a_picture()}
        if name == "articles_section_changelist":
            return path, {"_save": "1", **self._rows(path)}
        return path, POSTED.get(name, {})

    def _drawn(self, path, **changes):
        with undrawn():
            page = self.boss.get(path)
        # Where nobody adds anything, there is no form.
        return filled(page, **changes) if page.status_code == OK else changes

    def _new(self, kind):
        if kind == "articles_photo":
            return {
                "image": a_picture(),
                "alt": "桥",
            }
        if kind == "articles_placement":
            ends = "2030-01-01T08:00"
            return {"article": self.things["story live"].pk, "ends": ends, "ends-sure": ends}
        return NEW.get(kind, {})

    def _rows(self, path):
        formset = self.boss.get(path).context["cl"].formset
        posted = {}
        for form in (formset.management_form, *formset.forms):
            posted |= {field.html_name: field.value() for field in form}
        return {key: "7" if key.endswith("-order") else value for key, value in posted.items()}

    def _change(self, name, what):
        thing = self.things[what]
        path = reverse(f"admin:{name}", args=[thing.pk])
        field, value = CHANGED[what.split()[0]]
        return path, self._drawn(path, **{field: value, "reason": "更正"})

    def _page_of(self, name, page, thing):
        if name == "old-address":
            return f"/admin/articles/article/{thing.pk}/", {}
        if name == "auth_user_password_change":
            return reverse(f"admin:{name}", args=[thing.pk]), ANOTHERS
        args = {"restore": [thing.pk, 1], "words": []}.get(page, [thing.pk])
        path = reverse(f"admin:{name}", args=args)
        if page == "words":
            path += f"?id={thing.pk}"
        if page == "compare":
            is_story = thing._meta.model_name == "article"
            path += "?old=live&new=work" if is_story else "?old=1&new=newest"
        posted = {
            "layout": {
                "page": "02版：项目",
                "position": "3",
                "state_token": getattr(thing, "layout", ""),
            },
            "pictures": {"images": a_picture()},
            "words": {f"photo-{thing.pk}-alt": "改", "reason": "更正"},
            "links": {"_all": "1", "reason": "补登记"},
            "delete": {"post": "yes"},
        }
        return path, posted.get(page, {})

    def _action(self, name, what):
        _, action, *words = what.split(" ", 2)
        chosen = [self.things[one].pk for one in words[0].split(" + ")]
        data = {"action": action, "_selected_action": chosen, "post": "yes", "kept": chosen[0]}
        return reverse(f"admin:{name}"), data

    def _autocomplete(self, name, what):
        keys = ("app_label", "model_name", "field_name")
        query = "&".join(map("=".join, zip(keys, FOUND_BY[what], strict=True)))
        return f"{reverse('admin:autocomplete')}?{query}&term={MARK}", {}

    def _app_list(self, name, what):
        return reverse("admin:app_list", args=[what]), {}

    def _view_on_site(self, name, what):
        thing = self.things[what]
        kind = ContentType.objects.get_for_model(thing).pk
        return reverse("admin:view_on_site", args=[kind, thing.pk]), {}

    def _articles_article_transition(self, name, what):
        verb, _, state = what.partition(", ")
        path = reverse(f"admin:{name}", args=[self.things[state].pk, verb])
        seen = self.boss.get(path).context["review_state"].state_token
        data = {"state_token": seen, "reason": "理由", "accepted": "on"}
        if verb == "schedule":
            data["at"] = data["at-sure"] = "2030-01-01T08:00"
        return path, data


def said(answer, written, *, is_post):
    """Status as the table writes it: a star where a POST was answered and nothing was written."""
    refused = answer.status_code >= 400
    return f"{answer.status_code}{'*' if is_post and not refused and not written else ''}"


def as_it_is(attempts, clients, key):
    """A row as it turns out, by role; what a stranger gets is the log-in and no text."""
    name, _, what = key.partition(" ")
    path, data = attempts.of(name, what)
    found = {}
    for who, client in clients.items():
        statuses = []
        for method in ("get", "post"):
            is_post = method == "post"
            # The least and the most are looked at; what lies between differs in the same places.
            is_drawn = not is_post and who in (WHO[1], WHO[-1])
            with contextlib.nullcontext() if is_drawn else undrawn():
                answer, written = tried(client, method, path, data if is_post else None)
            assert is_post or not written, f"{key}: GET wrote {written}"
            if who == STRANGER and name != "login":
                # Django leads from the way out to the desk's home, and from there to the log-in.
                way = "/admin/" if name == "logout" else TO_LOG_IN
                assert answer["Location"].startswith(way), f"{key}: a stranger got in"
                assert not answer.content
            statuses.append(said(answer, written, is_post=is_post))
            if not is_post and answer.status_code == 200 and name.endswith(CHANGES):
                offered = answer.context["has_change_permission"]
        found[who] = "/".join(statuses)
        if statuses[0] == "200" and name.endswith(CHANGES):
            assert offered == (statuses[1] not in ("403", "409")), (
                f"{key}, {who}: the form offers another thing"
            )
    return found


@pytest.mark.parametrize("part", ["stories", "record", "rest"])
def test_every_role_gets_what_the_table_says_at_every_address(account, part):
    things = desk(account)
    people = {role: account(role, f"tried-{number}") for number, role in enumerate(WHO[1:])}
    clients = {STRANGER: logged_in(None)} | {who: logged_in(one) for who, one in people.items()}
    attempts = Attempts(things)
    keys = [key for key in TABLE if part_of(key) == part]
    wrong = {}
    for key in keys:
        found = as_it_is(attempts, clients, key)
        wrong |= {
            f"{key}, {who}": f"says {TABLE[key][who]}, is {found[who]}"
            for who in WHO
            if found[who] != TABLE[key][who]
        }
    assert keys
    assert wrong == {}


def part_of(key):
    """Three parts of one size: a worker each."""
    if key.startswith("articles_article"):
        return "stories"
    return "record" if key.startswith(("articles_", "people_official")) else "rest"


def test_every_address_of_the_desk_has_a_row():
    assert {key.partition(" ")[0] for key in TABLE} == desk_names()


def test_every_verb_and_every_bulk_action_has_a_row():
    moves = {key.split(" ")[1].strip(",") for key in TABLE if key.startswith(f"{MOVE} ")}
    assert moves == set(TRANSITIONS)
    bulk = {key.split(" ")[2] for key in TABLE if key.startswith(f"{STORIES} action ")}
    assert bulk >= {"delete_selected", *(f"execute_{name}" for name in IN_BULK)}


def test_no_cell_is_empty():
    form = re.compile(r"\d{3}/\d{3}\*?")
    assert [
        f"{key}, {who}"
        for key, cells in TABLE.items()
        for who, cell in cells.items()
        if not form.fullmatch(cell)
    ] == []
