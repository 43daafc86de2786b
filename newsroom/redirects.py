"""Redirects from former addresses, to what the reader may see and nothing else."""

from urllib.parse import urlsplit

from django.contrib.redirects.middleware import RedirectFallbackMiddleware
from django.db import DatabaseError
from django.http import Http404
from django.urls import resolve


class PublicRedirects(RedirectFallbackMiddleware):
    """Django's own, but silent about a new address that is itself not to be seen."""

    def process_response(self, request, response):
        """Redirect in the place of a 404, where the new address has a page."""
        try:
            answer = super().process_response(request, response)
        except DatabaseError:
            # A page that is not there needs no database to say so.
            return response
        if answer is response or "Location" not in answer:
            return answer
        try:
            view, args, kwargs = resolve(urlsplit(answer["Location"]).path)
            view(request, *args, **kwargs)
        except Http404:
            return response
        return answer
