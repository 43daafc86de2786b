"""Addresses: the desk, the machine's, and the paper's own."""

from django.contrib import admin
from django.urls import include, path

from newsroom.display import display
from newsroom.health import healthz, readyz

urlpatterns = [
    path("admin/", admin.site.urls),
    path("display/", display, name="display"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("articles.urls")),
]

handler400 = "newsroom.errors.bad_request"
handler403 = "newsroom.errors.forbidden"
handler404 = "newsroom.errors.not_found"
handler500 = "newsroom.errors.server_error"
