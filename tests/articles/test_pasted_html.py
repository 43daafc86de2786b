"""What a pasted text meant, and what of it a body keeps."""

import pytest

from articles.editorial.checklist import pictures
from articles.models import Article
from articles.sanitise import clean_body

PASTED = {
    "bold in what is not": (
        '<b style="font-weight:normal">a<span style="font-weight:700">b</span></b>',
        "a<strong>b</strong>",
    ),
    "not bold in bold": (
        '<strong>a<span style="font-weight: 400">b</span>c</strong>',
        "<strong>a</strong>b<strong>c</strong>",
    ),
    "bold twice": ("<b>a<strong>b</strong></b>", "<strong>ab</strong>"),
    "Word's own bold": ("<b style='mso-bidi-font-weight:normal'>甲</b>", "<strong>甲</strong>"),
    "bolder": ('<span style="font-weight:bolder">甲</span>', "<strong>甲</strong>"),
    "a number": ("<font color=red style='FONT-WEIGHT: 600'>甲</font>", "<strong>甲</strong>"),
    "a medium weight": ('<span style="font-weight:500">甲</span>', "甲"),
    "in short": (
        '<span style="font: italic bold 12px/30px &quot;宋体&quot;, serif">甲</span>',
        "<strong><em>甲</em></strong>",
    ),
    "a bold paragraph": (
        '<p style="font-weight:bold">甲<span style="font-weight:normal">乙</span></p>',
        "<p><strong>甲</strong>乙</p>",
    ),
    "italic that is not": ('<i style="font-style:normal">甲</i>', "甲"),
    "slanted": ('<span style="font-style: oblique">甲</span>', "<em>甲</em>"),
    "raised": ('10<span style="vertical-align:super;font-size:60%">4</span>', "10<sup>4</sup>"),
    "lowered": ('H<span style="vertical-align:sub">2</span>O', "H<sub>2</sub>O"),
    "sup and s": ("10<sup>4</sup> <s>x</s>", "10<sup>4</sup> <s>x</s>"),
    "struck": (
        '<del>a</del><strike>b</strike><span style="text-decoration: line-through">c</span>',
        "<s>a</s><s>b</s><s>c</s>",
    ),
    "indents": ("<p>　　甲<br>　　乙</p>", "<p>甲</p><p>乙</p>"),
    "indents as spaces": ("<p>&nbsp;&emsp;甲<br>\n&nbsp;&nbsp;乙</p>", "<p>甲</p><p>乙</p>"),
    "indents in bold": (
        "<p><b>　　甲<br>　　乙</b>丙</p>",
        "<p><strong>甲</strong></p><p><strong>乙</strong>丙</p>",
    ),
    "blank lines": ("<p>甲<br><br>乙<br> <br/>丙</p>", "<p>甲</p><p>乙</p><p>丙</p>"),
    "a line of an address": ("<p>甲<br>乙</p>", "<p>甲<br>乙</p>"),
    "a picture from elsewhere": (
        '<p>甲</p><p><img src="https://example.org/1.png"></p>',
        "<p>甲</p>",
    ),
    "with a space": ('<p>&nbsp;<img src="data:image/png;base64,AA"><br></p><p>甲</p>', "<p>甲</p>"),
    "with a caption": (
        '<figure><img src="https://example.org/1.png"><figcaption>图</figcaption></figure>',
        "<p>图</p>",
    ),
    "tags left open": (
        "<ul><li>甲<li>乙</ul>丙",
        "<ul><li><p>甲</p></li><li><p>乙</p></li></ul>丙",
    ),
    "one over another": (
        "<p><b>甲<i>乙</b>丙</i></p>",
        "<p><strong>甲<em>乙</em></strong><em>丙</em></p>",
    ),
}


@pytest.mark.parametrize(("html", "clean"), PASTED.values(), ids=PASTED)
def test_what_was_pasted_means_what_it_meant(html, clean):
    assert clean_body(html) == clean


LINKS = {
    "www.example.gov.cn": "https://www.example.gov.cn",
    " WWW.example.org/a?b#c": "https://WWW.example.org/a?b#c",
    "example.gov.cn/art/1.html": "https://example.gov.cn/art/1.html",
    "www.例子.中国": "https://www.例子.中国",
    "http://example.org/": "http://example.org/",
    "/projects/": "/projects/",
    "index.html": None,
    "t20210406.shtml": None,
    "../art/1.html": None,
    "?id=1": None,
    "#top": None,
    "www.example.org@example.net/": None,
    "ftp://example.org/": None,
    "vbscript:x": None,
    f"https://example.org/{'x' * 2000}": None,
}


@pytest.mark.parametrize(("given_", "kept"), LINKS.items(), ids=range(len(LINKS)))
def test_a_link_leads_to_another_site_or_to_a_page_of_ours(given_, kept):
    href = f'href="{kept}" ' if kept else ""
    assert clean_body(f'<a href="{given_}">甲</a>') == f'<a {href}rel="noopener noreferrer">甲</a>'


@pytest.mark.django_db
def test_a_picture_in_a_body_is_found_before_a_reader_misses_it():
    """Readers get only the files of pictures that stand below a story."""
    story = Article.objects.create(headline="甲", body='<p>甲<img src="/media/photos/1.png"></p>')
    assert any("读者看不到" in finding.message for finding in pictures(story))
