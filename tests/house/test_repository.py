"""What the repository holds, and what its papers must say."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from newsroom.environment import VARIABLES

ROOT = Path(__file__).resolve().parents[2]

TOP_LEVEL = re.compile(
    r"manage\.py|pyproject\.toml|newsroom|articles|people|templates|static|fixtures|tests"
    r"|README\.md|LICENSE|CHANGELOG\.md|Makefile|requirements[a-z-]*\.txt|\.ci|docs|deploy"
    r"|\.gitignore|\.gitattributes|\.editorconfig"
)
# Written so that they do not find themselves.
FOREIGN = re.compile(
    r"[/]work[/]|[/]tmp[/]bash_jobs|pypi[.]org|pythonhosted[.]org|npmjs[.]org|crates[.]io"
)
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\bAKIA[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|\bglpat-[\w-]{20}\b"
    r"|\b(?:SECRET_KEY|PASSWORD|TOKEN)\s*=\s*[\"'][^\"'$]{20,}[\"']"
)
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 300, 40


def tracked():
    """Paths of all files that git keeps."""
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.check_output([git, "ls-files", "-z"], cwd=ROOT, text=True)
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).exists()]


def texts():
    """Tracked files that are text, with what they hold."""
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(ROOT), content.decode("utf-8")


def python():
    """Tracked Python files that a person writes."""
    return [
        (path, text)
        for path, text in texts()
        if path.suffix == ".py" and "migrations" not in path.parts
    ]


def read(name):
    """Content of a file of the top level."""
    assert (ROOT / name).exists(), f"{name} is missing"
    return (ROOT / name).read_text("utf-8")


def test_the_top_level_holds_what_the_design_allows():
    entries = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert [name for name in sorted(entries) if not TOP_LEVEL.fullmatch(name)] == []


def test_nothing_names_the_machine_it_was_written_on():
    found = {str(path): FOREIGN.findall(text) for path, text in texts()}
    assert {path: names for path, names in found.items() if names} == {}


def test_nothing_holds_a_secret():
    assert [str(path) for path, text in texts() if SECRETS.search(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN {}PRIVATE KEY-----".format("RSA "),
        "AKIA" + "A1" * 8,
        "ghp_" + "a" * 36,
        "SECRET_KEY = '{}'".format("a" * 20),
    ],
)
def test_a_secret_is_seen(text):
    assert SECRETS.search(text)


def test_a_file_can_be_read_in_one_sitting():
    sizes = {str(path): text.count("\n") for path, text in python()}
    assert {path: size for path, size in sizes.items() if size > MOST_LINES} == {}


def test_a_function_can_be_seen_at_once():
    functions = {
        f"{path}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path, text in python()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    long = {name: size for name, size in functions.items() if size > MOST_LINES_OF_A_FUNCTION}
    assert long == {}


def test_the_readme_tells_of_every_variable():
    assert [name for name in VARIABLES if f"`{name}`" not in read("README.md")] == []


def test_the_readme_of_the_tests_names_every_helper_in_one_screen():
    page = read("tests/README.md")
    helpers = [path.stem for path in (ROOT / "tests" / "support").glob("*.py")]
    assert [name for name in helpers if f"  {name}  " not in page] == []
    assert page.count("\n") <= 60


def test_the_tests_are_shielded_from_every_variable_of_a_site():
    (listed,) = re.findall(r"^site_variables := ((?:.*\\\n)*.*)", read("Makefile"), re.MULTILINE)
    assert set(listed.replace("\\", "").split()) == VARIABLES.keys() - {"DATABASE_URL"}


def test_no_pattern_has_a_possessive_group():
    """Python before 3.11.5 matches those wrongly (gh-106052), and Debian 12 has 3.11.2."""
    group = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+")
    found = [
        f"{path}: {node.value}"
        for path, text in python()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if group.search(node.value) and path.name != "test_repository.py"
    ]
    assert not found


def test_no_test_asks_a_page_once_just_after_a_click():
    """It may be the page before: ``follow`` waits for another page, ``expect`` for a script."""
    hasty = re.compile(
        r"\.(?:dbl)?click\([^\n]*\n\s*assert [^\n]*\.(?:all|content|count|is_visible)\("
    )
    found = [
        f"{path}: {words}"
        for path, text in python()
        if "browser" in path.parts
        for words in hasty.findall(text)
    ]
    assert found == []
