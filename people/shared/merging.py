"""Two rows that turn out to be one person or thing."""

from django.db import IntegrityError, models, transaction

from people.shared.redirects import leave_redirect


@transaction.atomic
def merge(kept: models.Model, absorbed: models.Model) -> None:
    """Make one of two rows: ``absorbed`` goes, all that pointed to it points to ``kept``.

    Its name and aliases become aliases, its address a redirect. A row that would then stand twice
    (both were linked to the same thing) is dropped. ValueError for a row and itself, or two kinds.
    """
    if type(kept) is not type(absorbed) or kept.pk == absorbed.pk:
        msg = f"cannot merge {absorbed!r} into {kept!r}"
        raise ValueError(msg)
    for relation in kept._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            _relink(relation.field, kept, absorbed)
    names = [*kept.aliases.splitlines(), absorbed.name, *absorbed.aliases.splitlines()]
    kept.aliases = "\n".join(name for name in dict.fromkeys(names) if name and name != kept.name)
    former = absorbed.get_absolute_url()
    absorbed.delete()
    kept.save()
    leave_redirect(former, kept.get_absolute_url())


def _relink(field, kept, absorbed):
    """Point the rows of a foreign key, or of a link table, to the kept row."""
    for row in field.model._base_manager.filter(**{field.name: absorbed}):
        if field in row._meta.pk_fields:
            # A derived row is known by whom it is about: it is written anew by who derives it.
            row.delete()
            continue
        setattr(row, field.name, kept)
        try:
            with transaction.atomic():
                row.save(update_fields=[field.name])
        except IntegrityError:
            row.delete()
