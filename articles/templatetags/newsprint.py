"""How the paper sets things: phrases of a headline, addresses of filters."""

from django import template
from django.utils.html import format_html_join

register = template.Library()


@register.filter
def phrases(title):
    """Title as spans at its spaces, so that a headline breaks between its parts."""
    return format_html_join(" ", '<span class="phrase">{}</span>', ((part,) for part in title.split()))
