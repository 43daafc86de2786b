"""Merging of two rows that stand for the same person or project."""

from typing import Any, ClassVar, Protocol

from django.db import IntegrityError, models, transaction
from django.db.models.fields.reverse_related import ManyToOneRel
from django.db.models.options import Options

from people.shared.slugs import leave_redirect


class Mergeable(Protocol):
    """A row of a model with a name, a page of its own and other names, one a line."""

    _meta: ClassVar[Options]
    pk: Any
    name: Any
    aliases: Any

    def get_absolute_url(self) -> str: ...
    def save(self) -> None: ...
    def delete(self) -> Any: ...


@transaction.atomic
def merge(kept: Mergeable, absorbed: Mergeable) -> None:
    """Point everything that points to ``absorbed`` to ``kept``, and delete ``absorbed``.

    Its name and aliases become aliases, its address a redirect. A link that ``kept`` has already
    is deleted instead of being moved. ValueError for rows of two models, or one row twice.
    """
    if type(kept) is not type(absorbed) or kept.pk == absorbed.pk:
        msg = f"cannot merge {absorbed!r} into {kept!r}"
        raise ValueError(msg)
    for relation in kept._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            _relink(relation.field, kept, absorbed)
    names = [*kept.aliases.splitlines(), absorbed.name, *absorbed.aliases.splitlines()]
    kept.aliases = "\n".join(name for name in dict.fromkeys(names) if name and name != kept.name)
    former = absorbed.get_absolute_url()
    absorbed.delete()
    kept.save()
    leave_redirect(former, kept.get_absolute_url())


def _relink(field: models.ForeignKey, kept: Mergeable, absorbed: Mergeable) -> None:
    """Point the rows that link ``absorbed`` by a foreign key to ``kept``."""
    for row in field.model._base_manager.filter(**{field.name: absorbed}):
        if field in row._meta.pk_fields:
            # A derived row, whose primary key names the official or project: the caller derives it
            # anew.
            row.delete()
            continue
        setattr(row, field.name, kept)
        try:
            with transaction.atomic():
                row.save(update_fields=[field.name])
        except IntegrityError:
            row.delete()
