"""Keeping versions: each save that changes something makes one."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q, Subquery
from django.db.models.functions import Cast
from django.utils import timezone

from articles.models import Article, Merge, SignOff, Version
from articles.models.version import owner_of
from articles.versions.content import digest, snapshot
from articles.versions.links import resolved

#: Contents that are read at a time.
BATCH = 200


def newest_of_row(row) -> Version | None:
    """Newest version of this very row: a story's, or its working copy's."""
    return _of_row(row).first()


def _of_row(row):
    versions = Version.objects.of(row)
    if isinstance(row, Article):
        versions = versions.filter(of_copy=row.copy_of_id is not None)
    return versions


def build_version(row, content: dict | None = None) -> Version:
    """The version that agrees with ``row``: its newest, else the next one, not stored.

    ``content`` is its snapshot, where the caller has just taken it.
    """
    content = content or snapshot(row)
    name, versions = digest(content), Version.objects.of(row)
    last = _of_row(row).annotate(reached=Subquery(versions.values("number")[:1])).first()
    if last and last.digest == name:
        return last
    return Version(
        **owner_of(row),
        of_copy=isinstance(row, Article) and row.copy_of_id is not None,
        number=(last.reached if last else versions.newest_number()) + 1,
        content=content,
        digest=name,
    )


def save_version(row, *, person=None, reason="", content=None) -> Version | None:
    """Make a version of ``row`` as it is stored; None where nothing changed since its newest.

    The caller has locked the story. ``person`` is who changed it; None for the system's own.
    ``content`` as for ``build_version``.
    """
    version = build_version(row, content)
    return None if version.pk else _stored(version, person, reason)


def ensure_version(row, *, person=None, reason="", content=None) -> Version:
    """The version that agrees with ``row`` as it is stored; made if need be, by ``person``.

    Where nobody is named: a title that the register gives may be another since the newest version.
    ``content`` as for ``build_version``.
    """
    version = build_version(row, content)
    return version if version.pk else _stored(version, person, reason)


def _stored(version, person, reason):
    version.person, version.reason, version.made_at = person, reason.strip(), timezone.now()
    version.save(force_insert=True)
    return version


def name_anew(model: type[models.Model], key: int) -> None:
    """Give their digests anew to all versions that link what was merged into the row ``key``.

    Their contents stay as they were saved. Called in the transaction of the merge: the database
    lets it by what the table of merges says. Reads all versions, of which few hold such a key.
    """
    targets = Merge.objects.targets().items()
    former = [
        old for (label, old), new in targets if (label, new) == (model._meta.label_lower, key)
    ]
    # As JSON is stored, ``key`` comes first in a link. Another model may have a row of that key.
    holds = (Q(written__contains=f'"key": {old},') for old in former)
    versions = Version.objects.alias(written=Cast("content", models.TextField()))
    versions = versions.filter(reduce(or_, holds)).only("content")
    names = {one.pk: digest(resolved(one.content)) for one in versions.iterator(BATCH)}
    for pk, name in names.items():
        Version.objects.filter(pk=pk).exclude(digest=name).update(digest=name)


def sign_offs_of(*stories):
    """Signatures under versions of stories, with people and versions, oldest first."""
    rows = SignOff.objects.filter(version__story__in=stories).defer("version__content")
    return rows.select_related("person", "version")
