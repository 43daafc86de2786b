"""Redirects from former addresses."""

from urllib.parse import urlsplit

from django.contrib.redirects.middleware import RedirectFallbackMiddleware
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.urls import resolve


class PublicRedirects(RedirectFallbackMiddleware):
    """Redirects only to public pages: any other redirect would reveal that there is something."""

    def process_response(self, request, response) -> HttpResponse:
        try:
            answer = super().process_response(request, response)
        except DatabaseError:
            # A 404 stays one where the database fails.
            return response
        if answer is response or "Location" not in answer:
            return answer
        try:
            view, args, kwargs = resolve(urlsplit(answer["Location"]).path)
            view(request, *args, **kwargs)
        except Http404:
            return response
        return answer
