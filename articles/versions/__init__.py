"""Saved states of stories and records: kept, compared, restored, edited on a working copy."""

from articles.versions.content import SHAPES, digest, snapshot, snapshots
from articles.versions.copies import make_copy, row_at_work, take_over
from articles.versions.history import (
    as_it_stands,
    current,
    keep,
    name_anew,
    newest_of_row,
    sign_offs_of,
)
from articles.versions.links import in_key_order, resolved
from articles.versions.restoring import apply, bare, changed_events, restored

__all__ = [
    "SHAPES",
    "apply",
    "as_it_stands",
    "bare",
    "changed_events",
    "current",
    "digest",
    "in_key_order",
    "keep",
    "make_copy",
    "name_anew",
    "newest_of_row",
    "resolved",
    "restored",
    "row_at_work",
    "sign_offs_of",
    "snapshot",
    "snapshots",
    "take_over",
]
