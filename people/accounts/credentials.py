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

    Whoever resets the password of an account may act as its owner. So both accounts are linked, and
    all that are linked with either: they count as one person for whatever began before the reset.
    """

    @cached_property
    def changes(self) -> list[CredentialChange]:
        """All lines, newest first. They are few: one an account, and one for each reset."""
        return list(CredentialChange.objects.select_related("account", "person"))

    @cached_property
    def joins(self) -> list[tuple[datetime.datetime, frozenset[int]]]:
        """Times at which accounts were linked, the oldest first, with the keys of each group."""
        groups: dict[int, frozenset[int]] = {}
        joins = []
        for change in self.changes:
            if change.kind != CredentialChange.Kind.RESET:
                continue
            one, other = change.person_id, change.account_id
            group = groups.get(one, frozenset({one}))
            if other not in group:
                group |= groups.get(other, frozenset({other}))
                groups |= dict.fromkeys(group, group)
                joins.append((change.made_at, group))
        return joins[::-1]

    def linked_accounts(self, account: int, begun: datetime.datetime | None) -> frozenset[int]:
        """Keys of ``account`` and all linked with it, for something that began at ``begun``."""
        joined = (group for made_at, group in self.joins if begun and made_at >= begun)
        return next((group for group in joined if account in group), frozenset({account}))

    def named(self, accounts: Iterable[int]) -> str:
        """Names of accounts in the log, given by key."""
        known = {
            one.pk: str(one) for change in self.changes for one in (change.account, change.person)
        }
        return "、".join(known[key] for key in sorted(accounts))
