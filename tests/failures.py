"""The site's addresses, and some at which a view fails: for tests of the error pages."""

import psycopg2
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.urls import path

from newsroom import urls


def fail(error):
    """View that raises."""

    def view(_request):
        raise error

    return view


#: As Django hands on what psycopg2 says of a server that does not answer.
AWAY = OperationalError("secret host")
AWAY.__cause__ = psycopg2.OperationalError("secret host")

urlpatterns = [
    path("400/", fail(SuspiciousOperation("no"))),
    path("403/", fail(PermissionDenied("no"))),
    path("500/", fail(RuntimeError("secret detail"))),
    path("503/", fail(AWAY)),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
