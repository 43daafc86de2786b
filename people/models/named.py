"""What an official and a reporter have in common: a Chinese name."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower, Replace
from django.utils.translation import gettext_lazy as _

from people import names
from people.models.public import ShownInStories
from people.models.slugged import Slugged


def folded(column):
    """Expression: a column as ``names.fold`` has it: small letters, no spaces and dots."""
    column = Lower(column)
    for character in " \u3000·•‧・･":
        column = Replace(column, Value(character), output_field=models.TextField())
    return column


class NamedQuerySet(ShownInStories):
    """People."""

    #: Columns that hold names.
    name_columns = ("name",)

    def called(self, words: str):
        """People whose name holds ``words``, or whose pinyin or initials begin with them."""
        wanted = names.fold(words)
        if wanted.isascii():
            wanted = wanted.replace("-", "")  # an address is a reading, too
        if not wanted:
            return self.none()
        found = Q(initials__startswith=wanted) | Q(reading__startswith=wanted)
        for column in self.name_columns:
            found |= Q(**{f"folded_{column}__contains": wanted})
        columns = {f"folded_{column}": folded(column) for column in self.name_columns}
        return self.alias(reading=folded("pinyin"), **columns).filter(found)


class Named(Slugged):
    """A person found by name, pinyin and initials (``sjs`` finds 苏建设)."""

    name = models.CharField(_("姓名"), max_length=40)
    pinyin = models.CharField(
        _("拼音"),
        max_length=120,
        blank=True,
        help_text=_("空白则按姓名生成；多音字读错可在此改正。"),
    )
    initials = models.CharField(
        _("拼音首字母"), max_length=20, blank=True, help_text=_("空白则按姓名生成，供检索用。")
    )

    class Meta:
        abstract = True
        ordering = ("pinyin", "pk")

    def __str__(self):
        """The name."""
        return self.name

    def save(self, **options):
        """Fill an empty reading before the row is written."""
        self.pinyin = self.pinyin or names.pinyin(self.name)[:120]
        self.initials = self.initials or names.initials(self.name)[:20]
        super().save(**options)

    def slug_base(self):
        """Address from the reading of a name, surname first."""
        return names.name_slug(self.name)
