"""The project as an app, and Django's admin with our own site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.core.checks import register

from newsroom import form_headers
from newsroom.health import sqlite_journal
from newsroom.nameplate import nameplate


class NewsroomConfig(AppConfig):
    """The project as an app, which its management commands need."""

    name = "newsroom"
    default = True

    def ready(self) -> None:
        form_headers.install()
        nameplate()  # raises ImproperlyConfigured for a bad file
        register(sqlite_journal, deploy=True)


class NewsroomAdminConfig(admin_apps.AdminConfig):
    """Sets the default site, so that apps use plain ``@admin.register`` and import nothing here."""

    default_site = "newsroom.admin.NewsroomAdminSite"
    default = False
