"""Root URLs: the desk, health checks, and the public pages."""

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
