"""Databases that many tests begin with, each made once a process and copied from then on."""

import shutil
import tempfile
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from articles.devdata import make_stories
from articles.editorial import adopt
from articles.models import (
    Article,
    ArticlePhoto,
    Attendance,
    Bulletin,
    Byline,
    Inspection,
    Meeting,
    Mention,
    Milestone,
    OfficialAppearance,
    Photo,
    Project,
    ProjectAppearance,
    PublicRevision,
    Section,
    Stop,
)
from people.models import Appointment, Official, Organisation, Reporter

#: Gone with the process.
FOLDER = tempfile.TemporaryDirectory(prefix="newsroom-tests-")
#: What ``invent`` makes rows of.
INVENTED = (
    *(Organisation, Official, Appointment, Reporter),
    *(Section, Bulletin, Photo, Project, Meeting, Inspection, Stop, Attendance),
    *(Article, Mention, Byline, Milestone, ArticlePhoto, OfficialAppearance, ProjectAppearance),
)
#: Rows by table that each world brings into a database without stories, once it was made.
WORLDS = {}


def load_bulletin():
    """The fixture in the database, logged as `make run` logs it."""

    def load():
        call_command("loaddata", "bulletin_2021q1", verbosity=0)
        adopt()

    bring("bulletin", load)


def invent(count, seed=7):
    """Stories of a district that does not exist, in the database."""
    for _batch in make_stories(count, seed):
        pass


def bring(world, make):
    """A world in the database: made once a process, then copied; always made beside stories."""
    is_bare = not any(model.objects.exists() for model in (Article, Official, Organisation))
    pictures = Path(FOLDER.name, "pictures", world)
    if is_bare and world in WORLDS:
        copy_rows(WORLDS[world])
        if pictures.exists():
            shutil.copytree(pictures, settings.MEDIA_ROOT)
        return
    before = all_rows() if is_bare else {}
    make()
    if is_bare:
        WORLDS[world] = {table: rows - before[table] for table, rows in all_rows().items()}
        if Path(settings.MEDIA_ROOT).exists():
            shutil.copytree(settings.MEDIA_ROOT, pictures)


def all_rows():
    """Rows of every table that begins empty, as the database holds them."""
    rows = {}
    with connection.cursor() as cursor:
        for model in set(apps.get_models(include_auto_created=True)) - {PublicRevision}:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608
            rows[model._meta.db_table] = set(cursor.fetchall())
    return rows


def copy_rows(tables):
    """Put ``tables`` into the database with their keys, and count on from those."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in tables.items():
            if rows:
                places = ", ".join(["%s"] * len(next(iter(rows))))
                cursor.executemany(f"INSERT INTO {table} VALUES ({places})", sorted(rows))  # noqa: S608
        models = [model for model in apps.get_models() if tables.get(model._meta.db_table)]
        for line in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(line)


def forget_keys():
    """What Django remembers of rows: not asked of another database, nor after they are undone."""
    ContentType.objects.clear_cache()
    Site.objects.clear_cache()
