"""Base of officials and reporters: a person with a Chinese name."""

import datetime
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db.models import Q, Value
from django.db.models.functions import StrIndex
from django.utils.translation import gettext_lazy as _

from people import names
from people.shared.slugs import ShownInStories, Slugged
from people.shared.text import LineField, NameField, folded


class NamedQuerySet(ShownInStories[Any]):
    #: Columns with names; ``aliases`` may be one of them.
    name_columns: tuple[str, ...] = ("name",)

    def search(self, words: str) -> Self:
        """People whose name contains ``words``, or whose pinyin or initials begin with them."""
        wanted = names.fold(words)
        if wanted.isascii():
            wanted = wanted.replace("-", "")  # a slug is found by its syllables
        if not wanted:
            return self.none()
        found = Q(initials__startswith=wanted) | Q(reading__startswith=wanted)
        for column in self.name_columns:
            found |= Q(**{f"folded_{column}__contains": wanted})
        columns = {f"folded_{column}": folded(column) for column in self.name_columns}
        return self.alias(reading=folded("pinyin"), **columns).filter(found)

    def by_names(self, folded_names: Iterable[str]) -> dict[str, list]:
        """People who have any of these names or aliases, by name."""
        wanted = set(folded_names)
        if not wanted:
            return {}
        by_name = Q(folded_name__in=wanted)
        if self._has_aliases:
            aliases = self.exclude(aliases="").values_list("pk", "aliases")
            keys = [key for key, lines in aliases if wanted & names.folded_names("", lines)]
            by_name |= Q(pk__in=keys)
        found: dict[str, list] = {}
        for person in self.alias(folded_name=folded("name")).filter(by_name):
            for name in wanted & person.folded_names:
                found.setdefault(name, []).append(person)
        return found

    def perhaps_in(self, text: str) -> Self:
        """People whose name is in the folded ``text``, and all who have aliases.

        Aliases are stored as one text, so the caller has to look for them itself.
        """
        perhaps = Q(place__gt=0)
        if self._has_aliases:
            perhaps |= ~Q(aliases="")
        named = self.alias(place=StrIndex(Value(text), folded("name")))
        return named.filter(perhaps).order_by()

    def with_posts(self) -> Self:
        """Prefetch what ``label_on`` prints; people other than officials have no posts."""
        return self

    @property
    def _has_aliases(self) -> bool:
        return "aliases" in self.name_columns


class Named(Slugged):
    """A person found by name, pinyin and initials (``sjs`` finds 苏建设)."""

    named_by = _("姓名")
    #: Columns as they are stored; empty for a new row.
    former: Mapping[str, Any] = MappingProxyType({})
    #: Other names, one on each line; a subclass may have a column for them.
    aliases: Any = ""

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
        return self.name

    @classmethod
    def from_db(cls, *args, **options) -> Self:
        """Remember the stored columns, to notice that an editor changed one."""
        instance = super().from_db(*args, **options)
        instance.former = dict(instance.__dict__)
        return instance

    def clean(self) -> None:
        """Refuse pinyin that was typed without spaces: the initials are made from its words."""
        super().clean()
        is_new = self.pinyin and self.pinyin != self.former.get("pinyin")
        if is_new and names.lacks_spaces(self.pinyin, self.name):
            raise ValidationError({"pinyin": _("请按字用空格分开，如“kan zhi qiang”。")})

    def save(self, **options) -> None:
        """Fill in pinyin and initials; correct them if what they were made from has changed."""
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
        return names.folded_names(self.name, self.aliases)

    def may_be_called(self, title: str, day: datetime.date) -> bool:
        """Whether the printed ``title`` contradicts nothing that is known of that day."""
        return True

    def slug_base(self) -> str:
        """Read the surname as a surname, which ``text_slug`` does not."""
        return names.name_slug(self.name)
