"""Look-ups of what people type: full and half width, and what Unicode holds for the same."""

from django.db.models import CharField, Func, TextField
from django.db.models.lookups import IContains

from people.characters import searchable


class NFKC(Func):
    """Text in Unicode's form for comparison; SQLite's function is newsroom.sqlite's."""

    function, output_field = "NFKC", TextField()

    def as_postgresql(self, compiler, connection, **context):
        """As a function of its own."""
        return self.as_sql(
            compiler, connection, template="NORMALIZE(%(expressions)s, NFKC)", **context
        )


class Holds(IContains):
    """Whether a column holds some words, however wide their letters are: PPP is ＰＰＰ."""

    def __init__(self, lhs, rhs):
        """Compare both sides in one form."""
        super().__init__(NFKC(lhs), searchable(rhs))


for field in (CharField, TextField):
    field.register_lookup(Holds, "holds")
