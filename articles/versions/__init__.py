"""Saved states of stories and records: kept, compared, restored, edited on a working copy."""

from articles.versions.content import SHAPES, apply, digest, snapshot, snapshots
from articles.versions.copies import make_copy, row_at_work, take_over
from articles.versions.history import (
    as_it_stands,
    current,
    keep,
    newest_of_row,
    sign_offs_of,
)
from articles.versions.restoring import bare, changed_events, restored

__all__ = [
    "SHAPES",
    "apply",
    "as_it_stands",
    "bare",
    "changed_events",
    "current",
    "digest",
    "keep",
    "make_copy",
    "newest_of_row",
    "restored",
    "row_at_work",
    "sign_offs_of",
    "snapshot",
    "snapshots",
    "take_over",
]
