"""Titles as a browser sets them: no line breaks inside a word that the trade knows."""

import datetime
import random
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string

from articles.line_breaks import trade_words
from articles.models import Article, Inspection, Meeting, Project, Stop
from articles.public.event_queries import PrintedStop
from articles.quarter import Quarter
from articles.templatetags.newsprint import phrases
from tests.support.machine import SOAK

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.soak,
    pytest.mark.django_db(transaction=True),
]

TITLES = 3000 if SOAK else 300
WIDTHS = (320, 360, 768, 1280)
SHEETS = ("story", "front", "records")
DAY = datetime.date(2021, 4, 6)
FIELDS = (
    (Article, "headline"),
    (Article, "kicker"),
    (Inspection, "title"),
    (Meeting, "name"),
    (Project, "name"),
    (Stop, "place"),
)
#: Known words that stand on two lines: of those that begin at one place the longest, then on.
BROKEN = """(known) => {
  const words = new Set(known), longest = Math.max(...known.map((word) => word.length));
  const range = document.createRange(), broken = [];
  let set = 0;
  for (const title of document.querySelectorAll("main :is(.phrase, .unbroken)")) {
    const places = [];
    const walker = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (let at = 0; at < walker.currentNode.length; at++) places.push([walker.currentNode, at]);
    }
    const text = title.textContent;
    set++;
    for (let at = 0; at < text.length; at++) {
      let size = Math.min(longest, text.length - at);
      while (size > 1 && !words.has(text.slice(at, at + size))) size--;
      if (size < 2) continue;
      const [end, last] = places[at + size - 1];
      range.setStart(...places[at]);
      range.setEnd(end, last + 1);
      const tops = [...range.getClientRects()].map(({ top }) => top);
      const word = text.slice(at, at + size);
      if (Math.max(...tops) - Math.min(...tops) > 8) broken.push(`${word} in ${text}`);
      at += size - 1;
    }
  }
  return [set, broken];
}"""


@pytest.fixture
def titles():
    """Of stories, events, projects and places that were invented by a fixed seed."""
    call_command("make_stories", TITLES * 2 // 3, seed=14, verbosity=0)
    found = {
        title
        for model, field in FIELDS
        for title in model.objects.exclude(**{field: ""}).values_list(field, flat=True)
    }
    return random.Random(14).sample(sorted(found), TITLES)  # noqa: S311  chance for a test


def settings_of(title):
    """A title as the site sets it: over a story, in a row of a list, as kicker, event and stop."""
    story = SimpleNamespace(headline=title, kicker=title, subhead=title, issued_on=DAY)
    event = Meeting(name=title, slug="x", held_on=DAY, quarter=Quarter.of(DAY))
    stops = [PrintedStop(title)]
    row = render_to_string("components/_story_row.html", {"story": story})
    line = render_to_string("components/_event_line.html", {"event": event, "kind": "会议"})
    route = render_to_string("components/_route.html", {"stops": stops})
    return f"""
        <header class="story-head"><h1>{phrases(title)}</h1></header>
        <div class="grid"><div class="c8">{row}</div><div class="c4">{line}{route}</div></div>
    """


def test_no_line_breaks_inside_a_word(page, live_server, titles):
    known = [*trade_words()]
    page.goto(f"{live_server.url}/articles/")
    for sheet in SHEETS:
        page.add_style_tag(url=f"/static/css/{sheet}.css")
    count, broken = 0, set()
    for first in range(0, TITLES, 300):
        main = "".join(map(settings_of, titles[first : first + 300]))
        page.evaluate("html => { document.querySelector('main').innerHTML = html }", main)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            settings, found = page.evaluate(BROKEN, known)
            count += settings
            broken |= {f"{words} (at {width})" for words in found}
    assert count > TITLES * len(WIDTHS) * 5
    assert not broken, "\n".join(sorted(broken))
