"""Addresses of pages."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=2048)
def page_address(name: str, *args: str | int) -> str:
    """Path as ``reverse`` gives it, remembered: a page prints dozens, and many of them again."""
    return reverse(name, args=args)
