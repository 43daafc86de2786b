"""Tables of a run, in Markdown: ratios first, since the machine's own speed means nothing."""

from statistics import median

#: Size that the others are compared with.
BASE = 10_000


def _figure(rates):
    return f"{median(rates):.0f} [{min(rates):.0f}-{max(rates):.0f}]"


def _ratio(rates, base):
    """Median of the ratios round by round; a dash where there is nothing to compare with."""
    if not base:
        return "-"
    return f"{median(one / other for one, other in zip(rates, base, strict=True)):.2f}"


def pages(rounds, queries) -> str:
    """A row a page and set: rate, and its ratio to 10,000 stories, page 1 and the hand-written."""
    lines = [
        "| set | page | queries | req/s | of 10,000 | of page 1 | of the same queries | of three |",
        "|---|---|---|---|---|---|---|---|",
    ]
    by_size = {
        (one.vendor, one.size, page, base): rates for (one, page, base), rates in rounds.items()
    }
    for (story_set, page, base), rates in rounds.items():
        if base != "ours":
            continue
        vendor = story_set.vendor
        cells = [
            str(story_set),
            page,
            str(queries[story_set, page]),
            _figure(rates),
            _ratio(rates, by_size.get((vendor, BASE, page, "ours"))),
            _ratio(rates, rounds[story_set, "list", "ours"] if page == "deep list" else None),
            _ratio(rates, rounds[story_set, page, "same"]),
            _ratio(rates, rounds[story_set, page, "three"] if page == "article" else None),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n\n"


def rest(made, loading, started, memory) -> str:
    """Rates of loading, start and memory; a set that was there has no time of making."""
    lines = ["| set | made in s | first answer after s | MB a worker |", "|---|---|---|---|"]
    for name, seconds in made.items():
        took = f"{seconds:.0f}" if seconds else "-"
        lines.append(f"| {name} | {took} | {started[name]:.2f} | {memory[name]:.0f} |")
    rows, seconds = loading
    lines += ["", f"loaddata: {rows} rows in {seconds:.1f} s, start of the command included."]
    return "\n".join(lines) + "\n"
