"""Contents and answers for the tests of what differs between two versions."""

from articles.versions.diff import Vocabulary, diff_bodies

PEOPLE = Vocabulary(
    frozenset(["苏明远", "方以宁", "钱涛", "蓝天花园项目"]),
    frozenset(["区委副书记、区长", "区委副书记", "区长", "代区长"]),
)


def shown(pieces):
    """Pieces on one line: [-removed], {+added}, each with its mark."""
    brackets = {"same": "{}", "removed": "[-{}]", "added": "{{+{}}}"}
    return "".join(
        brackets[piece.kind].format(piece.text + (f"|{piece.mark}" if piece.mark else ""))
        for piece in pieces
    )


def of_bodies(old, new, vocabulary=PEOPLE):
    """Kinds and texts of the blocks that are not the same."""
    blocks = diff_bodies(old, new, vocabulary)
    return [(block.kind, shown(block.pieces)) for block in blocks if block.kind != "same"]


def body(*paragraphs):
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def content(model="articles.article", **parts):
    return {"model": model, "label": "", "fields": {}, "links": {}, "lists": {}, **parts}


def link(key, label):
    return {"key": [key], "label": label}


def row(label, **parts):
    fields = {name: value for name, value in parts.items() if isinstance(value, str)}
    links = {name: value for name, value in parts.items() if not isinstance(value, str)}
    return {"label": label, "fields": fields, "links": links, "lists": {}}


def only(comparison):
    (change,) = comparison
    return change
