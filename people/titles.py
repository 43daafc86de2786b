"""Titles as they are printed, beside those of the register."""

import re

from people.names import fold

_BETWEEN = re.compile(r"[、,，;；兼\s]+")
# What is said of many, and contradicts nobody's post: 区领导, 主要负责同志.
_OF_ANYONE = re.compile(r".*(?:领导|负责人|同志)$")
# Before a title these make it another one: 副区长 is no 区长.
_ANOTHERS = tuple("副原前代")


def agree(printed: str, held: list[str]) -> bool:
    """Whether whoever is printed with the title ``printed`` may be one who held those of ``held``.

    One of several is enough, with or without the name of the body: 二七区区长 is 区长.
    """
    items = [fold(item) for item in _BETWEEN.split(printed) if fold(item)]
    posts = [fold(title) for title in held if fold(title)]
    if not items or _OF_ANYONE.match(items[-1]):
        return True
    return any(_is_one(item, post) for item in items for post in posts)


def _is_one(item, post):
    shorter, longer = sorted((item, post), key=len)
    before = longer.removesuffix(shorter)
    return longer.endswith(shorter) and not before.endswith(_ANOTHERS)
