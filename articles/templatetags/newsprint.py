"""How the paper sets things: titles by their words, dates, the dateline, days of the week."""

import math
import re
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.line_breaks import words

register = template.Library()

#: Characters of Chinese that someone reads in a minute.
READ_IN_A_MINUTE = 400
#: Characters of a headline in a line of a phone, and its most lines in the usual size.
PHONE_LINE, MOST_LINES = 11, 3
#: What a program reads of a month or a moment; of any other format it reads the day.
FOR_PROGRAMS = {"YEAR_MONTH_FORMAT": "Y-m", "SHORT_DATETIME_FORMAT": r"Y-m-d\TH:iO"}
#: Texts and days that a process keeps as they are set.
MOST_TEXTS = 2048
BYLINE = '<span class="byline-item">{} <span class="name">{}</span></span>'
WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))


@register.filter
@lru_cache(maxsize=MOST_TEXTS)
def phrases(title) -> SafeString:
    """Headline as spans at its spaces: it breaks between its parts, a long part between words."""
    parts = ((_by_words(part),) for part in title.split())
    return format_html_join(" ", '<span class="phrase">{}</span>', parts)


@register.filter
def linked_name(row) -> SafeString:
    """Printed name of a mention or of someone at an event, linked to the person where known."""
    if row.official:
        address = row.official.get_absolute_url()
        return format_html('<a href="{}">{}</a>', address, row.printed_name)
    return format_html('<span class="name">{}</span>', row.printed_name)


class OneLine(template.Node):
    """Nodes printed without the line breaks of the template."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist):
        """Take the breaks out once, when the template is compiled."""
        for text in nodelist.get_nodes_by_type(template.base.TextNode):
            text.s = re.sub(r"\n *", "", text.s)
        self.nodelist = nodelist

    def render(self, context) -> SafeString:
        return self.nodelist.render(context)


@register.tag
def oneline(parser, _token) -> OneLine:
    """Content on several lines of the template and on one of the page, where a space would show.

    A line break and the spaces after it are left out.
    """
    nodelist = parser.parse(("endoneline",))
    parser.delete_first_token()
    return OneLine(nodelist)


@register.filter
def is_long(headline) -> bool:
    """Whether a headline would take more than three lines of a phone."""
    return sum(math.ceil(len(part) / PHONE_LINE) for part in headline.split()) > MOST_LINES


@register.filter
def unbroken(name) -> SafeString:
    """A title or name in running text, which breaks between its words only."""
    return _unbroken(str(name))


@lru_cache(maxsize=MOST_TEXTS)
def _unbroken(name):
    return format_html('<span class="unbroken">{}</span>', _by_words(name))


def _by_words(text):
    return format_html_join(mark_safe("<wbr>"), "{}", ((word,) for word in words(text)))


@register.filter(expects_localtime=True)
def dated(when, form="DATE_FORMAT") -> SafeString:
    """A day, month or moment as an element, in a format of newsroom.formats."""
    return _dated(when, form)


@lru_cache(maxsize=MOST_TEXTS)
def _dated(when, form):
    machine = date_format(when, FOR_PROGRAMS.get(form, "Y-m-d"))
    return format_html('<time datetime="{}">{}</time>', machine, date_format(when, form))


@register.filter
def short_day(day) -> SafeString:
    """As ``dated``: 4月6日, or 2021年4月6日 where the year is not this one."""
    this_year = day.year == timezone.localdate().year
    return dated(day, "MONTH_DAY_FORMAT" if this_year else "DATE_FORMAT")


@register.filter
@lru_cache(maxsize=MOST_TEXTS)
def day_figure(day, form="Y年n月") -> SafeString:
    """A day whose number stands large under its month, in the format ``form``."""
    return format_html(
        '<time class="day-figure" datetime="{}"><span class="hidden">{}</span>'
        '<span aria-hidden="true">{} {}</span><b aria-hidden="true">{}</b></time>',
        day.isoformat(),
        date_format(day),
        date_format(day, form),
        WEEKDAYS[day.weekday()],
        day.day,
    )


@register.filter
def signed(bylines) -> SafeString:
    """Bylines in a row."""
    shown = ((byline.get_role_display(), byline.printed_name) for byline in bylines)
    return format_html_join("　", BYLINE, shown)


@register.filter
def rich_text(body) -> SafeString:
    """Content of a BodyField for a page.

    A wide table scrolls, so the keyboard has to reach it. There are no quotation marks around its
    zero: where an address holds the same characters, they would end its attribute.
    """
    text = body.replace("<table>", "<table tabindex=0>")
    return mark_safe(text)  # noqa: S308  BodyField stores nothing unsanitised


@register.filter
def reading_time(body) -> str:
    """2分钟: how long a body takes to read; nothing for an empty one."""
    count = characters(body)
    return gettext("%d分钟") % math.ceil(count / READ_IN_A_MINUTE) if count else ""


@register.filter
def length_of(body) -> str:
    """约700字: how long a body is, punctuation counted; nothing for an empty one."""
    count = characters(body)
    about = round(count, -2) if count > READ_IN_A_MINUTE else math.ceil(count / 10) * 10
    return gettext("约%d字") % about if count else ""


def characters(body) -> int:
    """How many characters a body prints."""
    return len(re.sub(r"<[^>]*>|\s", "", body))
