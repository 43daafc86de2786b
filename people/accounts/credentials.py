"""Accounts behind which another person may stand: one who set the password."""

from functools import cached_property

from django.db import transaction
from django.db.models import BigIntegerField, Case, F, Value, When

from people.models import CredentialChange, User


@transaction.atomic
def log_set_password(account: User, *, person: User, kind: CredentialChange.Kind) -> None:
    """Log that ``person`` set the password, and have the owner choose another at the next log-in.

    One's own is nobody else's affair; an account that has no password is entered by nobody.
    """
    if account == person:
        return
    CredentialChange.objects.create(account=account, person=person, kind=kind)
    account.must_change_password = account.has_usable_password()
    account.save(update_fields=["must_change_password"])


class CredentialLog:
    """Who opened accounts and reset passwords, read once, when it is first asked: one query.

    An account whose password was reset counts as one person with whoever did it, and so does
    everyone who is one with either: they are one *hand*, for whatever was begun by then.
    """

    @cached_property
    def changes(self):
        """All lines, newest first: a line an account, and one each time that someone forgets."""
        return list(CredentialChange.objects.select_related("account", "person"))

    @cached_property
    def joins(self):
        """Moments at which two hands became one, oldest first, each with all accounts of it."""
        hands, joins = {}, []
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

    def hand_of(self, account, begun) -> frozenset[int]:
        """Keys of all that count as one person with ``account``, a key, for what began then."""
        joined = (hand for made_at, hand in self.joins if begun and made_at >= begun)
        return next((hand for hand in joined if account in hand), frozenset({account}))

    def hand(self, account=None):
        """The same for a query: an expression that is equal where one hand stands behind two rows.

        Of ``account``, a key, or of the ``person`` of rows; they have ``begun``.
        """
        cases = [
            When(
                **{"begun__lte": made_at} | ({} if account else {"person__in": hand}),
                then=Value(min(hand)),
            )
            for made_at, hand in self.joins
            if account is None or account in hand
        ]
        default = Value(account) if account else F("person")
        return Case(*cases, default=default, output_field=BigIntegerField())

    def named(self, accounts) -> str:
        """Names of accounts that someone has set, by key."""
        known = {
            one.pk: str(one) for change in self.changes for one in (change.account, change.person)
        }
        return "、".join(known[key] for key in sorted(accounts))
