"""WSGI application for gunicorn, with a timeout for its queries."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

from newsroom.timeouts import bound_queries

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()
bound_queries(connections.settings["default"], settings.QUERY_TIMEOUT)
