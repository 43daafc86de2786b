"""Quarters of years before 1000, which no page could read, get the six characters of any other."""

from django.db import migrations
from django.db.models import Value
from django.db.models.functions import Length, LPad

WIDTH = 6
HOLDERS = (
    "Article",
    "Bulletin",
    "Inspection",
    "Meeting",
    "OfficialStory",
    "ProjectStory",
    "QuarterCounts",
)


def widen(apps, _schema_editor):
    """Only what is too short: a table of stories is long."""
    for name in HOLDERS:
        rows = apps.get_model("articles", name).objects.alias(width=Length("quarter"))
        rows.filter(width__lt=WIDTH).update(quarter=LPad("quarter", WIDTH, Value("0")))


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_contents_format_2")]

    operations = [migrations.RunPython(widen, migrations.RunPython.noop, elidable=True)]
