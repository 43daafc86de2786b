"""The project as an app (for its commands), and the admin with the newsroom's own site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.core.checks import register

from newsroom import form_headers
from newsroom.health import sqlite_journal
from newsroom.nameplate import nameplate


class NewsroomConfig(AppConfig):
    """Home of the project's own commands."""

    name = "newsroom"
    default = True

    def ready(self):
        """Read forms in UTF-8 alone; have what a deployment is told checked."""
        form_headers.install()
        # A bad file stops the start.
        nameplate()
        register(sqlite_journal, deploy=True)


class NewsroomAdminConfig(admin_apps.AdminConfig):
    """So that apps register with plain ``@admin.register`` and never import this project."""

    default_site = "newsroom.admin.NewsroomAdminSite"
    default = False
