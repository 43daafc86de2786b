"""Tables of a run, in Markdown: ratios first, since the machine's own speed means nothing."""

from statistics import median

#: Size that the others are compared with.
BASE = 10_000
#: How a page may be served without being made.
KEPT = ("kept", "304", "Redis")


def _figure(rates):
    return f"{median(rates):.0f} [{min(rates):.0f}-{max(rates):.0f}]"


def _ratio(rates, base):
    """Median of the ratios round by round; a dash where there is nothing to compare with."""
    if not rates or not base:
        return "-"
    return f"{median(one / other for one, other in zip(rates, base, strict=True)):.2f}"


def _row(*cells):
    return f"| {' | '.join(cells)} |"


def _table(heads, rows):
    return "\n".join([_row(*heads), "|---" * len(heads) + "|", *rows]) + "\n\n"


def _by_names(rates):
    return {(one.story_set, one.page, one.column): found for one, found in rates.items()}


def kept_pages(rates) -> str:
    """A row a page and set: rates as it is kept, and their ratios to what does almost nothing."""
    found = _by_names(rates)
    lines = []
    for (story_set, page, column), kept in found.items():
        if column not in ("kept", "empty view", "nginx, a file"):
            continue
        if column != "kept":
            lines.append(_row(str(story_set), column, _figure(kept), *"-" * 6))
            continue
        others = [found.get((story_set, page, other)) for other in KEPT]
        lines.append(
            _row(
                str(story_set),
                page,
                *(_figure(one) if one else "-" for one in others),
                _ratio(kept, found[story_set, "-", "empty view"]),
                _ratio(kept, found[story_set, "story", "by hand"]),
                _ratio(others[1], kept),
                _ratio(others[2], kept),
            )
        )
    heads = ("set", "page", *KEPT, "kept of empty view", "kept of three queries")
    return _table((*heads, "304 of kept", "Redis of kept"), lines)


def cold_pages(rates, pages) -> str:
    """A row a page and set: the rate of making it, beside other sizes and the hand-written page."""
    found = _by_names(rates)
    sizes = {(one.vendor, one.size): one for one, _page, _column in found}
    lines = []
    for (story_set, page, column), cold in found.items():
        if column != "cold":
            continue
        base = sizes.get((story_set.vendor, BASE))
        by_hand = found.get((story_set, page, "by hand"))
        lines.append(
            _row(
                str(story_set),
                page,
                str(pages[story_set][page][1]),
                _figure(cold),
                _ratio(cold, found.get((base, page, "cold"))),
                _figure(by_hand) if by_hand else "-",
                _ratio(cold, by_hand),
            )
        )
    return _table(("set", "page", "queries", "cold", "of 10,000", "by hand", "of by hand"), lines)


def rest(made, loading, started, memory) -> str:
    """Rates of loading, start and memory; a set that was there has no time of making."""
    lines = []
    for story_set, seconds in made.items():
        took = f"{seconds:.0f}" if seconds else "-"
        lines.append(
            _row(str(story_set), took, f"{started[story_set]:.2f}", f"{memory[story_set]:.0f}")
        )
    rows, seconds = loading
    table = _table(("set", "made in s", "first answer after s", "MB a worker"), lines)
    return f"{table}loaddata: {rows} rows in {seconds:.1f} s, start of the command included.\n"
