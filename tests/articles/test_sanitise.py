"""What a story body may hold, whatever way it comes."""

import json
from unittest import mock

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.forms import modelform_factory
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles import sanitise
from articles.models import Article
from articles.sanitise import CleanBody, clean_body
from articles.versions import make_copy, take_over

BARE_LINK = '<a rel="noopener noreferrer">甲</a>'
OWN_PICTURE = '<img src="/media/photos/1.png" alt="工地">'

HOSTILE = {
    "script": ("<script>alert(1)</script><p>甲</p>", "<p>甲</p>"),
    "script in script": ("<p>甲</p><scr<script>ipt>", "<p>甲</p>ipt&gt;"),
    "handler": ('<p onclick="alert(1)">甲</p>', "<p>甲</p>"),
    "handler of a picture": (OWN_PICTURE.replace("alt", "onerror=x alt"), OWN_PICTURE),
    "javascript link": ('<a href="javascript:alert(1)">甲</a>', BARE_LINK),
    "disguised javascript link": ('<a href=" JaVa&#10;Script:alert(1)">甲</a>', BARE_LINK),
    "data link": ('<a href="data:text/html,x">甲</a>', BARE_LINK),
    "link to another host": ('<a href="//example.org/">甲</a>', BARE_LINK),
    "backslashes for slashes": (r'<a href="\\example.org/">甲</a>', BARE_LINK),
    "named window": (
        '<a href="https://example.org/" target="x" rel="opener">甲</a>',
        '<a href="https://example.org/" rel="noopener noreferrer">甲</a>',
    ),
    "frame": ('<iframe src="/admin/"></iframe><p>甲</p>', "<p>甲</p>"),
    "object": ('<object data="x"><embed src="x"></object><p>甲</p>', "<p>甲</p>"),
    "svg": ('<svg onload="x"><script>x</script></svg><p>甲</p>', "<p>甲</p>"),
    "formulas": ("<math><mtext><style>x</style></mtext></math><p>甲</p>", "<p>甲</p>"),
    "style sheet": ("<style>p { color: red }</style><p>甲</p>", "<p>甲</p>"),
    "style": ('<p style="position: fixed">甲</p>', "<p>甲</p>"),
    "class": (
        '<figure class="masthead"><p class="kicker">甲</p></figure>',
        "<figure><p>甲</p></figure>",
    ),
    "id": ('<p id="main">甲</p>', "<p>甲</p>"),
    "remote picture": ('<p>甲<img src="https://example.org/1.png"></p>', "<p>甲</p>"),
    "picture of another host": ('<p>甲<img src="//example.org/media/1.png"></p>', "<p>甲</p>"),
    "picture as data": ('<p>甲<img src="data:image/png;base64,AA"></p>', "<p>甲</p>"),
    "picture outside the library": ('<p>甲<img src="/static/icon.svg"></p>', "<p>甲</p>"),
    "way out of the library": ('<p>甲<img src="/media/../admin/"></p>', "<p>甲</p>"),
    "folder called alike": ('<p>甲<img src="/mediation/1.png"></p>', "<p>甲</p>"),
    "picture without source": ('<p>甲<img alt="src=x > y"></p>', "<p>甲</p>"),
    "nul": ("<p>甲\x00乙</p>", "<p>甲乙</p>"),
    "nul in a tag": ("<scr\x00ipt>x</script><p>甲</p>", "<p>甲</p>"),
    "top heading": ("<h1>甲</h1><h2>乙</h2>", "甲<h2>乙</h2>"),
    "comment": ("<!-- <script> --><p>甲</p>", "<p>甲</p>"),
    "wrapped": ("<div><section><div><p>甲</p></div></section></div>", "<p>甲</p>"),
    "unclosed": ("<p>甲<strong>乙", "<p>甲<strong>乙</strong></p>"),
    "closed only": ("</div></p>甲</script>", "<p></p>甲"),
    "form": ('<form action="/x"><input name="a"><p>甲</p></form>', "<p>甲</p>"),
    "base": ('<base href="//example.org"><meta http-equiv="refresh"><p>甲</p>', "<p>甲</p>"),
    "escaped": ("<p>&lt;script&gt;</p>", "<p>&lt;script&gt;</p>"),
}

# Each is written as another host by a browser, which drops blanks and takes \ for /.
HIDDEN_HOSTS = [" //example.org/", "/\\example.org/", "/&#9;/example.org/", "&#1;//example.org/"]


@pytest.mark.parametrize(("html", "clean"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_defused(html, clean):
    assert clean_body(html) == clean


@pytest.mark.parametrize("href", HIDDEN_HOSTS)
def test_no_link_hides_its_host(href):
    assert clean_body(f'<a href="{href}">甲</a>') == BARE_LINK


def test_no_picture_leaves_the_library_by_an_encoded_dot():
    assert clean_body('<p>甲<img src="/media/%2e%2e/admin/"></p>') == "<p>甲</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<h2>甲</h2><h3>乙</h3><p>丙<br>丁 <strong>戊</strong> <em>己</em></p>",
        "<ul><li><p>甲</p><ol><li><p>乙</p></li></ol></li></ul><hr><blockquote><p>丙</p></blockquote>",
        '<table><tbody><tr><th colspan="2"><p>甲</p></th></tr></tbody></table>',
        f"<figure>{OWN_PICTURE}<figcaption>甲</figcaption></figure>",
        *(
            f'<p><a href="{href}" rel="noopener noreferrer">甲</a></p>'
            for href in ("/projects/", "https://example.org/", "mailto:a@example.org", "tel:110")
        ),
    ],
)
def test_what_the_editor_offers_stays(html):
    assert clean_body(html) == html


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("\n<p>甲</p>\n\n  <p>乙</p>　　<h2>丙</h2>\n", "<p>甲</p><p>乙</p><h2>丙</h2>"),
        ("<ul>\n<li>甲</li>\n<li>乙\n</ul>\n", "<ul><li><p>甲</p></li><li><p>乙\n</p></li></ul>"),
        ("<ul><li>\n<p>甲</p>\n</li></ul>", "<ul><li><p>甲</p></li></ul>"),
        ("<ul><li>甲 <p>乙</p></li></ul>", "<ul><li><p>甲 </p><p>乙</p></li></ul>"),
        ("<p>甲</p>\n乙 <hr>\n<em>丙</em>", "<p>甲</p>乙 <hr><em>丙</em>"),
        ("<li>甲", "<li><p>甲</p></li>"),
        (
            "<ul><li>甲<ol><li>乙</ol></ul>",
            "<ul><li><p>甲</p><ol><li><p>乙</p></li></ol></li></ul>",
        ),
        ("<ul><li></li></ul>", "<ul><li><p></p></li></ul>"),
        (
            "<p><b>甲</b><I>乙</I><b class=x>丙</b></p>",
            "<p><strong>甲</strong><em>乙</em><strong>丙</strong></p>",
        ),
        (
            "<table>\n<tr>\n<td>甲</td> <td>乙</td>\n</tr>\n</table>",
            "<table><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>",
        ),
        ("<p></p>", ""),
        ("<p></p>\n<p></p>", ""),
        (" \n ", ""),
    ],
)
def test_the_form_is_the_editors_own(html, clean):
    assert clean_body(html) == clean


@pytest.mark.parametrize(
    "html",
    [
        "<p>甲　　乙  丙\n丁</p>",
        "<p>甲 <strong>乙 </strong> 丙</p>",
        "<p><strong>甲</strong> <em>乙</em> 丙</p>",
        "<p>甲 <br> 乙</p>",
        "<p>甲 &lt; 乙 &gt; 丙</p>",
        f"<p>甲 {OWN_PICTURE} 乙</p>",
        "甲 <em>乙</em> 丙",
    ],
)
def test_white_space_inside_text_is_kept(html):
    assert clean_body(html) == html


TAGS = ("p", "h2", "ul", "ol", "li", "strong", "em", "b", "blockquote", "table", "tr", "td", "div")
PIECES = [
    *(f"<{tag}>" for tag in TAGS),
    *(f"</{tag}>" for tag in TAGS),
    *("甲", " ", "\n", "&nbsp;", "&lt;", "<", ">", "<br>", "<hr>", "<script>", "</script>"),
    *('<img alt="x">', OWN_PICTURE, '<a href="/x">', "</a>", "<figure>", "<caption>", "\x00"),
]


@settings(deadline=None)  # a loaded machine is no fault
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text())
@example("<ul><li>甲 <p>乙</p></li></ul>")
@example("<ul><li>甲<blockquote><p>乙</p></blockquote></li></ul>")
@example("<table><caption>甲</caption></table>")
def test_cleaning_twice_is_cleaning_once(html):
    once = clean_body(html)
    assert clean_body(once) == once


DIRTY, CLEAN = '<p onclick="x()">甲</p>\n<script>x()</script><p>乙</p>', "<p>甲</p><p>乙</p>"


def save_through_a_form(story, _folder):
    form = modelform_factory(Article, fields=["body"])({"body": DIRTY}, instance=story)
    assert form.is_valid()
    assert form.instance.body == CLEAN
    form.save()


def save(story, _folder):
    story.body = DIRTY
    story.save()
    assert story.body == CLEAN


def save_the_body_alone(story, _folder):
    story.body = DIRTY
    story.save(update_fields=["body"])


def create_in_bulk(story, _folder):
    story.delete()
    Article.objects.bulk_create([Article(headline="甲", body=DIRTY, slug="x", quarter="2021q1")])


def update(_story, _folder):
    Article.objects.update(body=DIRTY)


def update_in_bulk(story, _folder):
    story.body = DIRTY
    Article.objects.bulk_update([story], ["body"])


def load(story, folder):
    (row,) = json.loads(serializers.serialize("json", [story]))
    row["fields"]["body"] = DIRTY
    (folder / "story.json").write_text(json.dumps([row]), "utf-8")
    call_command("loaddata", folder / "story.json", verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "way",
    [
        save_through_a_form,
        save,
        save_the_body_alone,
        create_in_bulk,
        update,
        update_in_bulk,
        load,
    ],
)
def test_no_way_into_the_database_keeps_what_is_not_allowed(way, tmp_path):
    way(Article.objects.create(headline="甲"), tmp_path)
    assert Article.objects.get().body == CLEAN


TANGLED = "<ul><li>" * 40_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    "way", [save, save_the_body_alone, create_in_bulk, update, update_in_bulk, load]
)
def test_no_way_into_the_database_takes_what_would_hold_it_up(way, tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "DIRTY", TANGLED)
    story = Article.objects.create(headline="甲", body=CLEAN)
    with pytest.raises(ValidationError, match="个字符"), transaction.atomic():
        way(story, tmp_path)
    assert Article.objects.get().body == CLEAN


@pytest.mark.django_db
def test_a_form_says_so_on_the_field():
    form = modelform_factory(Article, fields=["headline", "body"])(
        {"headline": "甲", "body": TANGLED}
    )
    assert "个字符" in form.errors["body"][0]


@pytest.mark.django_db
def test_a_save_cleans_once(monkeypatch):
    story = Article.objects.create(headline="甲")
    cleaned = mock.Mock(wraps=sanitise.rewritten)
    monkeypatch.setattr(sanitise, "rewritten", cleaned)
    form = modelform_factory(Article, fields=["body"])({"body": CLEAN}, instance=story)
    form.is_valid()
    form.save()
    story = Article.objects.get()
    story.save()
    assert cleaned.call_count == 1


@pytest.mark.django_db
def test_what_a_column_holds_is_carried_over_as_it_was_signed():
    """A body of before the indents were taken off: published, it is still what was signed."""
    story = Article.objects.create(headline="甲")
    Article.objects.update(body=CleanBody("<p>　　甲</p>"))
    copy, _content = make_copy(story)
    taken = take_over(copy, story)
    assert taken["fields"]["body"] == "<p>　　甲</p>" == Article.objects.get().body
