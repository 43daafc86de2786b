"""What is pasted into the body arrives as it was meant, and what does not come is said."""

import re

import pytest
from django.urls import reverse

from articles.editorial.roles import CHIEF
from articles.models import Article
from tests.browser.filling import follow
from tests.support.desk import seat

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

EDITOR = ".prose-editor > .tiptap[contenteditable]"
PASTE = """
(editor, [html, text, picture]) => {
  const data = new DataTransfer()
  if (html) data.setData("text/html", html)
  if (text) data.setData("text/plain", text)
  if (picture) data.items.add(new File(["x"], "a.png", { type: "image/png" }))
  editor.focus()
  editor.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
  )
  return document.querySelector("#id_body").value
}
"""


@pytest.fixture
def form(page, live_server, account):
    """The page of a new story, in the hands of a chief."""
    seat(page, live_server.url, account(CHIEF))
    page.goto(f"{live_server.url}{reverse('admin:articles_article_add')}")
    page.wait_for_selector(EDITOR)
    return page


def pasted(form, html="", text="", *, picture=False):
    """Body after a paste into it."""
    return form.locator(EDITOR).evaluate(PASTE, [html, text, picture])


def pasted_anew(form, html):
    """Body after a paste in the place of all that was there, and what is said."""
    form.locator(EDITOR).focus()
    form.keyboard.press("Control+a")
    form.keyboard.press("Delete")
    return pasted(form, html), said(form)


def said(form):
    """What stands below the editor."""
    note = form.locator(".pasted")
    return note.inner_text() if note.count() else ""


MEANT = {
    '<b style="font-weight:normal">a<span style="font-weight:700">b</span></b>': (
        "a<strong>b</strong>"
    ),
    "<span style='font-weight:bold'>甲</span><font style='font-weight:600'>乙</font>": (
        "<strong>甲乙</strong>"
    ),
    "<strong>a<span style='font-weight:400'>b</span>c</strong>": (
        "<strong>a</strong>b<strong>c</strong>"
    ),
    "<span style='font:italic bold 12px/30px Arial'>甲</span>": "<strong><em>甲</em></strong>",
    "<b style='mso-bidi-font-weight:normal'>甲</b>": "<strong>甲</strong>",
    "10<sup>4</sup> <s>x</s>": "10<sup>4</sup> <s>x</s>",
    "10<span style='vertical-align:super'>4</span>": "10<sup>4</sup>",
    "H<span style='vertical-align:sub'>2</span>O": "H<sub>2</sub>O",
    "<del>a</del><span style='text-decoration:line-through'>b</span>": "<s>ab</s>",
}


def test_a_style_becomes_the_mark_that_it_means(form):
    for html, body in MEANT.items():
        assert pasted_anew(form, html) == (f"<p>{body}</p>", ""), html


PARTED = [
    "<p>　　甲<br>　　乙</p>",
    "<p>&nbsp;&nbsp;甲</p><p>&nbsp;</p><p>　　乙</p>",
    "<div>　　甲<br><br>　　乙</div>",
    "<div><span>　　甲</span><br><span>　　乙</span></div>",
    "　　甲<br>　　乙",
    "<section><p><span>甲</span></p><p><br></p><p><span>　乙</span></p></section>",
]


def test_indents_and_blank_lines_become_paragraphs(form):
    for html in PARTED:
        assert pasted_anew(form, html)[0] == "<p>甲</p><p>乙</p>", html


LOST = [
    '<p>甲</p><p><img src="https://example.org/1.png"></p>',
    '<p>甲<img src="data:image/png;base64,AA"></p>',
    '<p>甲</p><figure><img src="/media/photos/a/picture.jpg"></figure>',
    '<p>甲</p><div><span>&nbsp;<img src="file:///C:/a.png"></span></div>',
]


def test_a_picture_stays_outside_and_is_told(form):
    for html in LOST:
        body, told = pasted_anew(form, html)
        assert body == "<p>甲</p>", html
        assert "有1张图片没有粘进来" in told, html


def test_a_screenshot_is_told_and_leaves_nothing(form):
    pasted(form, text="甲")
    assert pasted(form, picture=True) == "<p>甲</p>"
    assert "有1张图片没有粘进来" in said(form)
    pasted(form, "<p>乙</p>")
    assert said(form) == ""


def test_a_picture_alone_replaces_nothing(form):
    pasted(form, text="甲")
    form.keyboard.press("Control+a")
    assert pasted(form, '<img src="https://example.org/1.png">') == "<p>甲</p>"
    assert "有1张图片" in said(form)


LINKS = {
    "www.example.gov.cn": "https://www.example.gov.cn",
    "https://example.org/a": "https://example.org/a",
    "/projects/": "/projects/",
    "index.html": None,
    "javascript:alert(1)": None,
    "#top": None,
}


def test_a_link_leads_somewhere_or_is_told(form):
    for href, kept in LINKS.items():
        body, told = pasted_anew(form, f'<p><a href="{href}">甲</a></p>')
        assert re.findall('href="([^"]*)"', body) == ([kept] if kept else []), href
        assert "甲" in body
        assert ("有1个链接" in told) == (kept is None), href


def test_what_was_pasted_is_what_is_saved(form):
    form.fill("#id_headline", "桥通了")
    body = pasted(form, "<p>　　甲<b>乙</b><br>　　10<sup>4</sup></p><ul><li>丙</li></ul>")
    follow(form.locator("[name=_continue]").last)
    form.wait_for_selector(".messagelist")
    assert Article.objects.get().body == body
