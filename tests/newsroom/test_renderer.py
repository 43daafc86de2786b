"""Our quick drawing of inputs is Django's, to the letter of what a browser reads."""

import datetime
from html.parser import HTMLParser

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from newsroom.renderer import QuickRenderer

ODD = "<b>&\"'</b>\n甲"
GROUPS = [("", "全部"), ("甲", [("1", ODD), (2, "乙")]), (ODD, ODD)]
WIDGETS = {
    "text": forms.TextInput({"maxlength": 4, "title": ODD, "required": True, "readonly": False}),
    "number": forms.NumberInput({"min": 0}),
    "hidden": forms.HiddenInput(),
    "email": forms.EmailInput(),
    "date": forms.DateInput(format="%Y-%m-%d"),
    "checkbox": forms.CheckboxInput(),
    "textarea": forms.Textarea({"rows": 2}),
    "select": forms.Select(choices=GROUPS),
    "several": forms.SelectMultiple(choices=GROUPS),
}


class Reader(HTMLParser):
    """Elements with their attributes in any order, and the words between them."""

    def __init__(self, text):
        """Read all of it."""
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, sorted(attrs, key=str)))

    def handle_endtag(self, tag):
        self.found.append(tag)

    def handle_data(self, data):
        # Between options a browser reads no space.
        self.found += [data] if data.strip() else []


@pytest.mark.parametrize("value", [None, "", "1", 2, ODD, 0, True, datetime.date(2021, 4, 6)])
@pytest.mark.parametrize("kind", WIDGETS)
def test_an_input_is_drawn_as_django_draws_it(kind, value):
    widget = WIDGETS[kind]
    ours, theirs = (
        Reader(widget.render("name", value, {"id": "id_name"}, renderer())).found
        for renderer in (QuickRenderer, DjangoTemplates)
    )
    assert ours == theirs
