"""Rows from before columns were folded: whatever their text holds, every page is drawn."""

import json
import re

from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.urls import reverse
from lxml import etree

from articles.editorial.roles import CHIEF
from articles.models import Article
from articles.public.seo.social_card import can_draw
from people.shared.text import LineField, LinesField
from tests.support.desk import change
from tests.support.every_page import print_paper, public_pages

ODD = "\u2028\u2029\x85\r\x1c\x1d\x1e\x1f\v\f\x01\x1b\x7f\x9f\u202e\u200b\ufeff"
#: Tables of which the database lets nobody change a row.
LOGS = ("articles_transition", "articles_version", "articles_signoff")
MODELS = [
    *apps.get_app_config("people").get_models(),
    *apps.get_app_config("articles").get_models(),
]


def spoil():
    """Write odd signs into every text, past the columns' own folding."""
    for model in MODELS:
        table = model._meta.db_table
        for field in model._meta.local_concrete_fields:
            if table in LOGS or not isinstance(field, (LineField, LinesField)):
                continue
            name, room = connection.ops.quote_name(field.column), field.max_length or 1000
            text = f"substr(substr({name}, 1, 1) || %s || substr({name}, 2), 1, {room})"
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET {name} = {text} WHERE {name} <> ''", [ODD])  # noqa: S608


def test_readers_get_every_page(client, db):
    print_paper()
    spoil()
    for address in public_pages():
        answer = client.get(address)
        assert answer.status_code == 200, address
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text):
            json.loads(block)
    for address in re.findall(r"<loc>http://testserver([^<]+)", client.get("/sitemap.xml").text):
        etree.fromstring(client.get(address).content)
    for story in Article.objects.live():
        assert ODD in story.headline
        for picture in ["share", "qr"] if can_draw() else ["qr"]:
            assert client.get(story.address_of(picture)).status_code == 200


def test_the_desk_shows_and_saves_every_thing(at_desk):
    print_paper()
    spoil()
    desk = at_desk(CHIEF)
    for model in filter(admin.site.is_registered, MODELS):
        label = model._meta.label_lower.replace(".", "_")
        assert desk.get(reverse(f"admin:{label}_changelist")).status_code == 200, label
        thing = model.objects.first()
        if thing:
            assert desk.get(change(thing)).status_code == 200, label
            thing.save()
