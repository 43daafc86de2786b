"""Keeping versions: each save that changes something makes one."""

from django.utils import timezone

from articles.models import Article, SignOff, Version
from articles.models.version import owner_of
from articles.versions.content import digest, snapshot


def newest_of_row(row) -> Version | None:
    """Newest version of this very row: a story's, or its working copy's."""
    versions = Version.objects.of(row)
    if isinstance(row, Article):
        versions = versions.filter(of_copy=row.copy_of_id is not None)
    return versions.first()


def as_it_stands(row) -> Version:
    """The version that agrees with ``row``: its newest, else the next one, not stored."""
    content = snapshot(row)
    last, name = newest_of_row(row), digest(content)
    if last and last.digest == name:
        return last
    return Version(
        **owner_of(row),
        of_copy=isinstance(row, Article) and row.copy_of_id is not None,
        number=Version.objects.of(row).newest_number() + 1,
        content=content,
        digest=name,
    )


def keep(row, *, person=None, reason="") -> Version | None:
    """Make a version of ``row`` as it is stored; None where nothing changed since its newest.

    The caller has locked the story. ``person`` is who changed it; None for the system's own.
    """
    version = as_it_stands(row)
    return None if version.pk else _stored(version, person, reason)


def current(row, *, person=None, reason="") -> Version:
    """The version that agrees with ``row`` as it is stored; made if need be, by ``person``.

    Where nobody is named: a title that the register gives may be another since the newest version.
    """
    version = as_it_stands(row)
    return version if version.pk else _stored(version, person, reason)


def _stored(version, person, reason):
    version.person, version.reason, version.made_at = person, reason.strip(), timezone.now()
    version.save(force_insert=True)
    return version


def sign_offs_of(*stories):
    """Signatures under versions of stories, with people and versions, oldest first."""
    rows = SignOff.objects.filter(version__story__in=stories).defer("version__content")
    return rows.select_related("person", "version")
