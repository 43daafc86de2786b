"""Versions of stories and records: storing, comparing, restoring; and working copies."""

from articles.versions.links import in_key_order, resolved
from articles.versions.restoring import (
    apply,
    bare,
    changed_events,
    load_pair,
    make_copy,
    restored,
    row_at_work,
    take_over,
)
from articles.versions.snapshot import EVENTS, SPECS, digest, serialize, snapshot, snapshots
from articles.versions.store import (
    build_version,
    ensure_version,
    newest_of_row,
    recompute_digests,
    save_version,
    sign_offs_of,
)

__all__ = [
    "EVENTS",
    "SPECS",
    "apply",
    "bare",
    "build_version",
    "changed_events",
    "digest",
    "ensure_version",
    "in_key_order",
    "load_pair",
    "make_copy",
    "newest_of_row",
    "recompute_digests",
    "resolved",
    "restored",
    "row_at_work",
    "save_version",
    "serialize",
    "sign_offs_of",
    "snapshot",
    "snapshots",
    "take_over",
]
