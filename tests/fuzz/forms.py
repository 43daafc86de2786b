"""What a rendered page offers to send: its links and forms, and what becomes of them in a fuzz."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import html

from tests.fuzz import hostile
from tests.fuzz.bodies import FIELDS

#: Fields that no form shows and a view may read all the same.
HIDDEN = [name for name in FIELDS if name.startswith("_")] + "stage visibility post".split()
SIZES = ["", "0", "1", "20", "999", "1001", "5000", "-1", "9" * 20, "x"]


@dataclass
class Form:
    """A form as a browser would send it: fields with their values, choices, files and buttons."""

    method: str
    path: str
    fields: list
    choices: list
    files: list
    is_multipart: bool

    @classmethod
    def of(cls, element, path):
        """Read the form ``element`` of the page at ``path``."""
        boxes = element.xpath(".//select[@name]//option | .//input[@type='checkbox'][@name]"
                              " | .//input[@type='radio'][@name] | .//button[@name]"
                              " | .//input[@type='submit'][@name]")  # fmt: skip
        return cls(
            method=(element.get("method") or "get").upper(),
            path=urljoin(path, element.get("action") or ""),
            fields=list(element.form_values()),
            choices=[(_name(one), one.get("value", "on")) for one in boxes],
            files=element.xpath(".//input[@type='file']/@name"),
            is_multipart=element.get("enctype") == "multipart/form-data",
        )

    def spoil(self, rng):
        """Change a few fields to what it would not send, or choose at random what it would."""
        ways = (self._write, self._choose, self._choose_all, self._add, self._drop, self._count)
        for way in rng.choices(ways, weights=(3, 3, 2, 1, 1, 1), k=rng.randint(1, 3)):
            way(rng)

    def _write(self, rng):
        if self.fields:
            place = rng.randrange(len(self.fields))
            self.fields[place] = (self.fields[place][0], hostile.text(rng))

    def _choose(self, rng):
        if self.choices:
            name, value = rng.choice(self.choices)
            if rng.random() < 0.5:
                self.fields = [field for field in self.fields if field[0] != name]
            self.fields.append((name, value))

    def _choose_all(self, rng):
        for name in dict(self.choices):
            if rng.random() < 0.5:
                values = [value for known, value in self.choices if known == name]
                self.fields = [field for field in self.fields if field[0] != name]
                self.fields.append((name, rng.choice(values)))

    def _add(self, rng):
        names = HIDDEN + [name for name, _value in self.fields]
        self.fields.append((rng.choice(names), hostile.text(rng)))

    def _drop(self, rng):
        if self.fields:
            del self.fields[rng.randrange(len(self.fields))]

    def _count(self, rng):
        """How many rows a table of the form claims to have, or which of them one field is of."""
        self.fields = [
            (name, rng.choice(SIZES) if name.endswith("_FORMS") and rng.random() < 0.5 else value)
            for name, value in self.fields
        ]
        if rng.random() < 0.3:
            self.fields = [(name.replace("-0-", "-1-"), value) for name, value in self.fields]


def _name(element):
    """Name of a box or a button; of an option that of its list."""
    return element.get("name") or next(element.iterancestors("select")).get("name")


def of_page(answer, path):
    """Forms of a page, and those of its links that lead to pages of ours."""
    if not (answer.is_html and answer.body):
        return [], []
    tree = html.document_fromstring(answer.body, html.HTMLParser(encoding="utf-8"))
    links = [urljoin(path, link) for link in tree.xpath("//a/@href")]
    return tree.forms, [link for link in links if link.startswith("/") and urlsplit(link).query]
