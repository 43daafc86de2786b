"""Storing of versions: each save that changes a story or record makes one."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q, Subquery
from django.db.models.functions import Cast
from django.utils import timezone

from articles.models import Article, Merge, SignOff, Version
from articles.models.version import owner_of
from articles.versions.links import resolved
from articles.versions.snapshot import Recorded, digest, snapshot
from people.models import User

#: Contents that are in memory at a time.
BATCH = 200


def newest_of_row(row: Recorded) -> Version | None:
    """Newest version of this row; a story and its working copy are two rows."""
    return _of_row(row).first()


def _of_row(row: Recorded) -> models.QuerySet[Version]:
    versions = Version.objects.of(row)
    if isinstance(row, Article):
        versions = versions.filter(of_copy=row.copy_of_id is not None)
    return versions


def build_version(row: Recorded, content: dict | None = None) -> Version:
    """The newest version of ``row`` if it is equal to the row, else a new one that is not stored.

    ``content`` is a snapshot of the row that the caller has just taken.
    """
    content = content or snapshot(row)
    content_digest, versions = digest(content), Version.objects.of(row)
    last = _of_row(row).annotate(reached=Subquery(versions.values("number")[:1])).first()
    if last and last.digest == content_digest:
        return last
    return Version(
        **owner_of(row),
        of_copy=isinstance(row, Article) and row.copy_of_id is not None,
        number=(last.reached if last else versions.newest_number()) + 1,
        content=content,
        digest=content_digest,
    )


def save_version(
    row: Recorded, *, person: User | None = None, reason: str = "", content: dict | None = None
) -> Version | None:
    """Store a version of ``row``; return None where its newest version is equal to it.

    The caller has locked the story. ``person`` made the change, None for the system. ``content`` is
    as for ``build_version``.
    """
    version = build_version(row, content)
    return None if version.pk else _stored(version, person, reason)


def ensure_version(
    row: Recorded, *, person: User | None = None, reason: str = "", content: dict | None = None
) -> Version:
    """Return the version that is equal to ``row``; store one if there is none.

    There may be none although nobody saved the row: terms of office change the title that a page
    prints for an official. Parameters are as for ``save_version``.
    """
    version = build_version(row, content)
    return version if version.pk else _stored(version, person, reason)


def _stored(version: Version, person: User | None, reason: str) -> Version:
    version.person, version.reason, version.made_at = person, reason.strip(), timezone.now()
    version.save(force_insert=True)
    return version


def recompute_digests(model: type[models.Model], key: int) -> None:
    """Recompute the digests of all versions with a link to a row that was merged into ``key``.

    Contents stay as they were saved. Called in the transaction of the merge, after its line in the
    table of merges, without which the database refuses another digest. Reads all versions.
    """
    targets = Merge.objects.targets().items()
    former = [
        old for (label, old), new in targets if (label, new) == (model._meta.label_lower, key)
    ]
    # In stored JSON ``key`` comes first in a link. The key may be one of another model: the digest
    # then stays the same.
    holds = (Q(written__contains=f'"key": {old},') for old in former)
    versions = Version.objects.alias(written=Cast("content", models.TextField()))
    versions = versions.filter(reduce(or_, holds)).only("content")
    digests = {one.pk: digest(resolved(one.content)) for one in versions.iterator(BATCH)}
    for pk, new in digests.items():
        Version.objects.filter(pk=pk).exclude(digest=new).update(digest=new)


def sign_offs_of(*stories: Article | int) -> models.QuerySet[SignOff]:
    """Sign-offs of versions of stories with person and version, the oldest first."""
    rows = SignOff.objects.filter(version__story__in=stories).defer("version__content")
    return rows.select_related("person", "version")
