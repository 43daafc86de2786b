"""Addresses: the desk, the machine's, and the paper's own."""

from django.contrib import admin
from django.urls import include, path

from newsroom.health import healthz

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("", include("articles.urls")),
]

handler404 = "newsroom.errors.not_found"
