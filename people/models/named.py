"""What an official and a reporter have in common: a Chinese name."""

from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.db.models import Q, Value
from django.db.models.functions import StrIndex
from django.utils.translation import gettext_lazy as _

from people import names
from people.shared.slugs import ShownInStories, Slugged
from people.shared.text import LineField, NameField, folded


class NamedQuerySet(ShownInStories):
    """People."""

    #: Columns that hold names.
    name_columns = ("name",)

    def search(self, words: str):
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

    def by_names(self, wanted) -> dict[str, list]:
        """People by each of the ``wanted`` names, folded, that is theirs."""
        wanted = set(wanted)
        if not wanted:
            return {}
        by_name = Q(folded_name__in=wanted)
        if self._has_aliases:
            aliases = self.exclude(aliases="").values_list("pk", "aliases")
            keys = [key for key, lines in aliases if wanted & names.folded_names("", lines)]
            by_name |= Q(pk__in=keys)
        found = {}
        for person in self.alias(folded_name=folded("name")).filter(by_name):
            for name in wanted & person.folded_names:
                found.setdefault(name, []).append(person)
        return found

    def perhaps_in(self, text: str):
        """People whom ``text``, folded, may name: by name, or perhaps by an alias.

        Whoever has aliases is among them: the database holds them as one text.
        """
        perhaps = Q(place__gt=0)
        if self._has_aliases:
            perhaps |= ~Q(aliases="")
        named = self.alias(place=StrIndex(Value(text), folded("name")))
        return named.filter(perhaps).order_by()

    def with_posts(self):
        """People with what their labels say; nothing more, unless a subclass has posts."""
        return self

    @property
    def _has_aliases(self):
        return "aliases" in self.name_columns


class Named(Slugged):
    """A person found by name, pinyin and initials (``sjs`` finds 苏建设)."""

    named_by = _("姓名")
    #: Columns as they were stored.
    former = MappingProxyType({})
    #: Other names, one a line; a subclass may have a column for them.
    aliases = ""

    name = NameField(_("姓名"), max_length=40)
    pinyin = LineField(
        _("拼音"),
        max_length=120,
        blank=True,
        help_text=_("空白则按姓名生成；多音字读错可在此改正。"),
    )
    initials = LineField(
        _("拼音首字母"), max_length=20, blank=True, help_text=_("空白则按姓名生成，供检索用。")
    )

    class Meta:
        abstract = True
        ordering = ("pinyin", "pk")

    def __str__(self):
        """The name."""
        return self.name

    @classmethod
    def from_db(cls, db, field_names, values):
        """Remember what a correction is told by."""
        instance = super().from_db(db, field_names, values)
        instance.former = dict(instance.__dict__)
        return instance

    def clean(self):
        """Ask for spaces in a reading that was typed without: initials are made of it."""
        super().clean()
        is_new = self.pinyin and self.pinyin != self.former.get("pinyin")
        if is_new and names.lacks_spaces(self.pinyin, self.name):
            raise ValidationError({"pinyin": _("请按字用空格分开，如“kan zhi qiang”。")})

    def save(self, **options):
        """Fill the reading, or correct it with the name; the initials with the reading."""
        if self.name != self.former.get("name", self.name) and self.pinyin == names.pinyin(
            self.former["name"]
        ):
            self.pinyin = ""
        self.pinyin = names.reading(self.pinyin or names.pinyin(self.name))[:120]
        is_corrected = self.pinyin != self.former.get("pinyin")
        if is_corrected and self.initials == self.former.get("initials"):
            self.initials = ""
        self.initials = self.initials or names.first_letters(self.pinyin)[:20]
        super().save(**options)

    @property
    def folded_names(self) -> set[str]:
        """Name and aliases as they are compared."""
        return names.folded_names(self.name, self.aliases)

    def may_be_called(self, _title: str, _day) -> bool:
        """Whether nothing is against it that ``title`` was printed of this person on a day."""
        return True

    def slug_base(self):
        """Address from the reading of a name, surname first."""
        return names.name_slug(self.name)
