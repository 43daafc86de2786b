"""What an official and a reporter have in common: a Chinese name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people import names
from people.models.public import ShownInStories
from people.models.slugged import Slugged


class NamedQuerySet(ShownInStories):
    """People."""

    def called(self, words: str):
        """People whose name holds ``words``, or whose pinyin or initials begin with them."""
        folded = names.fold(words)
        found = Q(name__contains=folded)
        if folded.isascii():
            found |= Q(initials__startswith=folded) | Q(slug__startswith=folded)
            found |= Q(pinyin__startswith=words.strip().lower())
        return self.filter(found)


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
