"""How the paper sets things: phrases of a headline, the dateline, days of the week."""

import math
import re
from functools import lru_cache

from budoux import load_default_simplified_chinese_parser
from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

#: Characters of Chinese that someone reads in a minute.
READ_IN_A_MINUTE = 400
WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
#: Characters that stay on one line.
UNBROKEN = 8
_words = load_default_simplified_chinese_parser()


@register.filter
@lru_cache(maxsize=4096)
def phrases(title):
    """Title as spans at its spaces, so that a headline breaks between its parts.

    A long part may also break between words.
    """
    parts = ((_with_breaks(part),) for part in title.split())
    return format_html_join(" ", '<span class="phrase">{}</span>', parts)


def _with_breaks(part):
    if len(part) <= UNBROKEN:
        return part
    words, last = [], ""
    for word in _words.parse(part):
        # A lone character belongs to what is beside it: 苏|建设 is a name, 二|七 a place. So does a
        # digit to its number.
        if 1 in (len(word), len(last)) or (last + word[0])[-2:].isascii():
            words[-1:] = ["".join([*words[-1:], word])]
        else:
            words.append(word)
        last = word
    return format_html_join(mark_safe("<wbr>"), "{}", ((word,) for word in words))


@register.filter
def weekday(day):
    """周四 for a Thursday."""
    return WEEKDAYS[day.weekday()]


@register.filter
def rich_text(body):
    """Content of a BodyField for a page.

    A wide table scrolls, so the keyboard has to reach it. There are no quotation marks around its
    zero: where an address holds the same characters, they would end its attribute.
    """
    text = body.replace("<table>", "<table tabindex=0>")
    return mark_safe(text)  # noqa: S308  BodyField stores nothing unsanitised


@register.filter
def story_text(story):
    """Body with the dateline at the head of its first paragraph, as the paper prints it."""
    body = rich_text(story.body)
    if not story.dateline:
        return body
    dateline = format_html('<span class="dateline">{}</span>　', story.dateline)
    if body.startswith("<p>"):
        return mark_safe(f"<p>{dateline}{body.removeprefix('<p>')}")  # noqa: S308
    return mark_safe(f"<p>{dateline}</p>{body}")  # noqa: S308


@register.filter
def reading_time(body):
    """约700字，2分钟: how long a body is, punctuation counted; nothing for an empty one."""
    count = len(re.sub(r"<[^>]*>|\s", "", body))
    if not count:
        return ""
    about = round(count, -2) if count > READ_IN_A_MINUTE else math.ceil(count / 10) * 10
    minutes = math.ceil(count / READ_IN_A_MINUTE)
    words = gettext("约%(about)d字，%(minutes)d分钟")
    return words % {"about": about, "minutes": minutes}
