"""Error pages in the site's own look; none asks the database for anything."""

from django.shortcuts import render


def not_found(request, exception):
    """404 that gives the reason where the page had one for the reader."""
    return render(request, "404.html", {"reason": getattr(exception, "reason", "")}, status=404)
