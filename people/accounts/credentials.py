"""Accounts that another person may have used, because that person set the password."""

import datetime
from collections.abc import Iterable
from functools import cached_property

from django.db import transaction

from people.models import CredentialChange, User


@transaction.atomic
def log_set_password(account: User, *, person: User, kind: CredentialChange.Kind) -> None:
    """Log that ``person`` set the password, and make the owner change it at the next log-in.

    Does nothing for one's own account. Without a usable password there is none to change.
    """
    if account == person:
        return
    CredentialChange.objects.create(account=account, person=person, kind=kind)
    account.must_change_password = account.has_usable_password()
    account.save(update_fields=["must_change_password"])


class CredentialLog:
    """The log of set passwords, read once and when first needed: one query.

    Whoever resets the password of an account may act as its owner, so from then on both count as
    one person, together with all accounts that either counted as one with before. Such a set of
    accounts is a *hand*. It counts for whatever began before the reset and was not finished.
    """

    @cached_property
    def changes(self) -> list[CredentialChange]:
        """All lines, newest first. They are few: one an account, and one for each reset."""
        return list(CredentialChange.objects.select_related("account", "person"))

    @cached_property
    def joins(self) -> list[tuple[datetime.datetime, frozenset[int]]]:
        """When two hands became one, oldest first, with the keys of all accounts of the new one."""
        hands: dict[int, frozenset[int]] = {}
        joins = []
        for change in self.changes:
            if change.kind != CredentialChange.Kind.RESET:
                continue
            one, other = change.person_id, change.account_id
            hand = hands.get(one, frozenset({one}))
            if other not in hand:
                hand |= hands.get(other, frozenset({other}))
                hands |= dict.fromkeys(hand, hand)
                joins.append((change.made_at, hand))
        return joins[::-1]

    def hand_of(self, account: int, begun: datetime.datetime | None) -> frozenset[int]:
        """Keys of the accounts that count as one person with ``account`` in what began then."""
        joined = (hand for made_at, hand in self.joins if begun and made_at >= begun)
        return next((hand for hand in joined if account in hand), frozenset({account}))

    def named(self, accounts: Iterable[int]) -> str:
        """Names of accounts in the log, given by key."""
        known = {
            one.pk: str(one) for change in self.changes for one in (change.account, change.person)
        }
        return "、".join(known[key] for key in sorted(accounts))
