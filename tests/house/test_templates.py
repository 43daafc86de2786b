"""What no template holds, and what each page of the public site has."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
PAGES = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for path in TEMPLATES.rglob("*.html")
    if path.name != "base.html"
    and not path.name.startswith("_")
    and not path.is_relative_to(TEMPLATES / "admin")
)

#: Characters; `oneline` of newsprint lets a template break a line where the page must not.
LONGEST_LINE = 200

TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
COMMENT = re.compile(
    r"\{#.*?#\}|\{%\s*comment\b.*?endcomment\s*%\}|<!--.*?-->|/\*.*?\*/", re.DOTALL
)
#: What the Content-Security-Policy refuses, or should never have to.
BANNED = {
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
}
# Names of XML vocabularies are no addresses that anything loads.
OTHER_HOST = re.compile(
    r"""(?:https?:|["'(=] *)//(?!www\.w3\.org/|www\.(?:sitemaps\.org|google\.com)/schemas/)"""
    r"[\w\[]",
    re.IGNORECASE,
)

HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
#: Where Chinese may stand: it is translated, or the format of a date.
TRANSLATED = re.compile(
    r"""
      \{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}
    | \{%\s*trans(?:late)?\s.*?%\}
    | \b_\((?P<quote>["']).*?(?P=quote)\)
    | \b(?:date|day_figure):(?P<format>["']).*?(?P=format)
    | \{%\s*now\s.*?%\}
    """,
    re.DOTALL | re.VERBOSE,
)


def texts(folder, *endings):
    """Paths and contents of the files in a folder of the project, by kind."""
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix in endings:
            yield path.relative_to(ROOT), path.read_text("utf-8")


def blanked(text, patterns):
    """Text with all matches of ``patterns`` made blank, each line in its place."""
    for pattern in patterns:
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return text


def offences(texts, pattern, *without):
    """Places where ``pattern`` is found outside of what matches ``without``."""
    return [
        f"{name}:{seen.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for name, text in texts
        for seen in [blanked(text, without)]
        for match in pattern.finditer(seen)
    ]


def lineage(name):
    """Sources of a template and of those that it extends."""
    while name:
        source = (TEMPLATES / name).read_text("utf-8")
        yield name, source
        extends = re.match(r"\{%\s*extends\s+[\"'](.+?)[\"']\s*%\}", source)
        name = extends and extends[1]


@pytest.mark.parametrize("pattern", BANNED.values(), ids=BANNED)
def test_no_template_needs_what_the_policy_refuses(pattern):
    assert offences(texts("templates", ".html"), pattern, COMMENT, TAG) == []


@pytest.mark.parametrize("folder", ["templates", "static"])
def test_nothing_comes_from_another_host(folder):
    sources = texts(folder, ".html", ".css", ".js", ".svg", ".xml", ".txt")
    assert offences(sources, OTHER_HOST, COMMENT) == []


def test_all_chinese_in_templates_can_be_translated():
    assert offences(texts("templates", ".html"), HAN, COMMENT, TRANSLATED) == []


def test_no_line_of_a_template_is_longer_than_a_screen():
    long = [
        f"{name}:{number}"
        for name, text in texts("templates", ".html")
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) >= LONGEST_LINE
    ]
    assert long == []


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_extends_the_base_and_names_itself(page):
    names, sources = zip(*lineage(page), strict=True)
    assert names[-1] == "base.html"
    assert re.search(r"\{%\s*block title\s*%\}", "".join(sources))


@pytest.mark.parametrize(
    ("source", "pattern"),
    [
        ("<script>x()</script>", BANNED["inline script"]),
        ('<script nonce="a" type="module">x()</script>', BANNED["inline script"]),
        ('<p {% if a %}class="b"{% endif %} style="c">', BANNED["style attribute"]),
        ('<a href="/"\n   onclick="x()">', BANNED["handler"]),
        ('<img src="https://example.org/1.png">', OTHER_HOST),
        ("<img src=//example.org/1.png>", OTHER_HOST),
        ("body { background: url( //example.org/1.png ) }", OTHER_HOST),
        ("<p>甲</p>", HAN),
        ('<p title="甲">', HAN),
        ('{{ name|default:"甲" }}', HAN),
        ('{% include "_a.html" with unit="甲" %}', HAN),
        ('{% translate "甲" %}乙', HAN),
    ],
)
def test_an_offence_is_seen(source, pattern):
    allowed = TRANSLATED if pattern is HAN else TAG
    assert len(offences([("a.html", source)], pattern, COMMENT, allowed)) == 1


@pytest.mark.parametrize(
    ("source", "pattern"),
    [
        ('<script type="module" src="/static/js/a.js"></script>', BANNED["inline script"]),
        ('{% include "_a.html" with event=event only %}<p class="a">', BANNED["handler"]),
        ('<svg xmlns="http://www.w3.org/2000/svg">', OTHER_HOST),
        ("start( // now", OTHER_HOST),
        ("{# 甲 #}<!-- 乙 -->{% comment %}丙{% endcomment %}", HAN),
        ('{% translate "甲" %}{% blocktranslate %}乙{{ a }}{% endblocktranslate %}', HAN),
        ("<p title=\"{% translate '甲' %}\">{{ a|default:_('乙') }}（{{ b }}）", HAN),
        ('{{ day|date:"Y年n月j日" }}{% now "n月j日" %}', HAN),
    ],
)
def test_what_is_allowed_is_no_offence(source, pattern):
    allowed = TRANSLATED if pattern is HAN else TAG
    assert offences([("a.html", source)], pattern, COMMENT, allowed) == []
