"""The only package that writes what is signed or public."""

from articles.editorial.backfill import adopt
from articles.editorial.bin import (
    KEPT_FOR,
    bin_draft,
    empty_bin,
    in_bin,
    is_record,
    take_from_bin,
)
from articles.editorial.checklist import Finding, findings
from articles.editorial.commands import NeedsConfirmation, Refused
from articles.editorial.derived import rebuild_appearances, refresh_next_review
from articles.editorial.drafts import (
    add_pictures,
    bring_events,
    is_live_original,
    lock_draft,
    open_working_copy,
    restore,
    why_not_edited,
    with_address,
)
from articles.editorial.execution import execute
from articles.editorial.issue import move_issue, set_layout
from articles.editorial.linking import (
    count_unlinked,
    link_rows,
    thing_of,
    unlinked_rows,
    why_not_linked,
)
from articles.editorial.locking import lock_stories_of
from articles.editorial.names import day_of, labels, registered
from articles.editorial.queues import QUEUES, counts
from articles.editorial.records import (
    amended,
    cleared_version,
    is_shown,
    keep_received,
    merge,
    restore_record,
)
from articles.editorial.reindexing import reindex, to_reindex
from articles.editorial.reports import forget_senders, handle_report, take_report
from articles.editorial.review_state import (
    ReviewState,
    current_review_state,
    review_state_of,
    reviews,
    waits_for_hour,
)
from articles.editorial.reviewers import lacks_next_reviewer, missing_reviewers
from articles.editorial.schedule import log_failure, publish_due
from articles.editorial.signatures import at_stake, at_stake_of, attach_password_changes
from articles.editorial.transitions import (
    SUBMIT,
    TRANSITIONS,
    blocked_reason,
    possible_transitions,
)
from articles.editorial.write_path import is_writing, touch, touch_public, writing

__all__ = [
    "KEPT_FOR",
    "QUEUES",
    "SUBMIT",
    "TRANSITIONS",
    "Finding",
    "NeedsConfirmation",
    "Refused",
    "ReviewState",
    "add_pictures",
    "adopt",
    "amended",
    "at_stake",
    "at_stake_of",
    "attach_password_changes",
    "bin_draft",
    "blocked_reason",
    "bring_events",
    "cleared_version",
    "count_unlinked",
    "counts",
    "current_review_state",
    "day_of",
    "empty_bin",
    "execute",
    "findings",
    "forget_senders",
    "handle_report",
    "in_bin",
    "is_live_original",
    "is_record",
    "is_shown",
    "is_writing",
    "keep_received",
    "labels",
    "lacks_next_reviewer",
    "link_rows",
    "lock_draft",
    "lock_stories_of",
    "log_failure",
    "merge",
    "missing_reviewers",
    "move_issue",
    "open_working_copy",
    "possible_transitions",
    "publish_due",
    "rebuild_appearances",
    "refresh_next_review",
    "registered",
    "reindex",
    "restore",
    "restore_record",
    "review_state_of",
    "reviews",
    "set_layout",
    "take_from_bin",
    "take_report",
    "thing_of",
    "to_reindex",
    "touch",
    "touch_public",
    "unlinked_rows",
    "waits_for_hour",
    "why_not_edited",
    "why_not_linked",
    "with_address",
    "writing",
]
