"""The only room that changes what stage a story is at and whether readers may see it."""

from articles.workflow.actions import Refused, adopt, perform
from articles.workflow.moves import MOVES, VERBS, possible_moves

__all__ = ["MOVES", "VERBS", "Refused", "adopt", "perform", "possible_moves"]
