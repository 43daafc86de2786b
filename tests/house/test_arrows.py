"""Which room may import which, as the design draws it."""

import ast
import importlib
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: Rooms of the stories, lowest first; none imports from a higher one.
STOREYS = (
    ("articles.images", "articles.quarter", "articles.sanitise"),
    ("articles.models",),
    ("articles.versions",),
    ("articles.editorial", "articles.rendition_files", "articles.search", "articles.importing"),
    ("articles.public",),
    ("articles.admin", "articles.devdata", "articles.management"),
)
ARROWS = {
    "people": ["articles", "newsroom"],
    # Tools of both apps, with no noun of either.
    "people.shared": ["people.names", "people.models", "people.accounts", "people.admin"],
    "people.names": ["people.models", "people.accounts", "people.admin"],
    "people.models": ["people.accounts", "people.admin"],
    "people.accounts": ["people.admin"],
    "articles": ["newsroom"],
    "articles.importing.parser": ["django", "articles.models"],
    "articles.importing.matcher": ["django", "articles.models"],
    # Data in, figure out: whoever shows one lays its rows out.
    "articles.public.charts": ["articles.admin", "articles.versions", "articles.editorial"],
    **{
        room: [higher for above in STOREYS[height + 1 :] for higher in above]
        for height, storey in enumerate(STOREYS[:-1])
        for room in storey
    },
}

#: What the public side is made of: none knows a page, or another of them.
PARTS = ["articles.public.charts", "articles.public.filters", "articles.public.seo"]

#: Packages whose door, `__init__.py`, exports all that others use.
DOORS = [
    "articles.devdata",
    "articles.importing.parser",
    "articles.public",
    *PARTS,
    "articles.versions.diff",
    "people.models",
]


def inside(name, room):
    """Whether the dotted ``name`` is ``room`` or something in it."""
    return name == room or name.startswith(f"{room}.")


def imports(source, package):
    """Dotted names that a module of ``package`` imports, wherever it does so."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def door_of(name):
    """The innermost package with a door that the dotted ``name`` is in, if any."""
    return max(
        (package for package in DOORS if name.startswith(f"{package}.")), default="", key=len
    )


def modules(room):
    """Files of a room, each with the name of its package."""
    place = ROOT.joinpath(*room.split("."))
    for path in [place.with_suffix(".py"), *sorted(place.rglob("*.py"))]:
        if path.exists():
            yield path, ".".join(path.relative_to(ROOT).parent.parts)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import articles.public", {"articles.public"}),
        ("from articles import public, models", {"articles.public", "articles.models"}),
        ("def late():\n    from articles.public import front", {"articles.public.front"}),
        ("from . import byline", {"articles.models.byline"}),
        ("from ..public.front import Front", {"articles.public.front.Front"}),
    ],
)
def test_every_form_of_import_is_seen(source, found):
    assert set(imports(source, "articles.models")) == found


@pytest.mark.parametrize(("room", "closed"), ARROWS.items(), ids=ARROWS)
def test_a_room_imports_nothing_from_above_it(room, closed):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path, package in modules(room)
        for name in imports(path.read_text("utf-8"), package)
        for other in closed
        if inside(name, other)
    ]
    assert wrong == []


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_public_side_stands_alone(part):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path, package in modules(part)
        for name in imports(path.read_text("utf-8"), package)
        if inside(name, "articles.public") and not inside(name, part)
    ]
    assert wrong == []


def test_no_imports_go_in_a_circle():
    """Deferred imports count too."""
    sources = {}
    for room in ("articles", "people", "newsroom"):
        for path, home in modules(room):
            sources[home if path.stem == "__init__" else f"{home}.{path.stem}"] = path, home

    def module_of(name):
        while name and name not in sources:
            name = name.rpartition(".")[0]
        return name

    graph = {
        module: {module_of(name) for name in imports(path.read_text("utf-8"), home)} - {"", module}
        for module, (path, home) in sources.items()
    }
    TopologicalSorter(graph).prepare()  # CycleError names the modules


@pytest.mark.parametrize("package", DOORS)
def test_a_package_is_entered_by_its_door(package):
    door = set(importlib.import_module(package).__all__)
    around = [
        f"{path.relative_to(ROOT)} imports {name}"
        for room in ("articles", "people", "newsroom")
        for path, home in modules(room)
        if not inside(home, package)
        for name in imports(path.read_text("utf-8"), home)
        if door_of(name) == package and name.removeprefix(f"{package}.") not in door
    ]
    assert around == []
