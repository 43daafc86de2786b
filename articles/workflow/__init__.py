"""The only room that changes what stage a story is at and whether readers may see it."""

from articles.workflow.accounts import tell_accounts
from articles.workflow.actions import Doubtful, Refused, hindrance, perform, possible_moves
from articles.workflow.adopting import adopt
from articles.workflow.bin import (
    KEPT_FOR,
    bin_draft,
    empty_bin,
    in_bin,
    is_record,
    take_from_bin,
)
from articles.workflow.checks import Finding, check, findings
from articles.workflow.layout import set_layout
from articles.workflow.linking import (
    count_unlinked,
    link_rows,
    thing_of,
    unlinked_rows,
    why_not_linked,
)
from articles.workflow.locking import lock_stories_of
from articles.workflow.moves import MOVES, SUBMIT, VERBS, reviews
from articles.workflow.names import day_of, labels, registered
from articles.workflow.pictures import add_pictures
from articles.workflow.queues import QUEUES, counts
from articles.workflow.reports import forget_senders, handle_report, take_report
from articles.workflow.saving import (
    bring_events,
    is_shown,
    open_row,
    record_changed,
    restore,
    with_address,
)
from articles.workflow.schedule import going_on, publish_due
from articles.workflow.signatures import at_stake, at_stake_of
from articles.workflow.staffing import is_next_unmanned, unmanned
from articles.workflow.standing import (
    Standing,
    standing_now,
    standing_of,
    waits_for_hour,
)

__all__ = [
    "KEPT_FOR",
    "MOVES",
    "QUEUES",
    "SUBMIT",
    "VERBS",
    "Doubtful",
    "Finding",
    "Refused",
    "Standing",
    "add_pictures",
    "adopt",
    "at_stake",
    "at_stake_of",
    "bin_draft",
    "bring_events",
    "check",
    "count_unlinked",
    "counts",
    "day_of",
    "empty_bin",
    "findings",
    "forget_senders",
    "going_on",
    "handle_report",
    "hindrance",
    "in_bin",
    "is_next_unmanned",
    "is_record",
    "is_shown",
    "labels",
    "link_rows",
    "lock_stories_of",
    "open_row",
    "perform",
    "possible_moves",
    "publish_due",
    "record_changed",
    "registered",
    "restore",
    "reviews",
    "set_layout",
    "standing_now",
    "standing_of",
    "take_from_bin",
    "take_report",
    "tell_accounts",
    "thing_of",
    "unlinked_rows",
    "unmanned",
    "waits_for_hour",
    "why_not_linked",
    "with_address",
]
