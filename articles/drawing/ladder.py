"""The narrow drawing of an overview: walks below each other, names by mark, then the stops."""

from django.utils.translation import gettext as _

from articles.drawing.sheet import Drawing, date, wrap
from articles.drawing.walks import MARKS

WIDTH = 324
#: Where marks and words stand, characters of a line of words, and its height.
SPOT, TEXT, ROOM, LINE = 96, 112, 14.5, 19


def draw(walks, people, title, description, *, with_stops) -> Drawing:
    """Drawing of ``walks``; without their stops, a walk has their number and that of its rings."""
    drawing = Drawing("narrow", WIDTH, title, description)
    y, day = 0, None
    for walk in walks:
        drawing.line("thin" if walk.day == day else "firm", f"M0 {y + 1}H{WIDTH}")
        if walk.day != day:
            day = walk.day
            drawing.write("day", 0, y + 24, date(day))
        count = _("%(count)d处") % {"count": len(walk.places)}
        head = [walk.kind, walk.group, count if walk.places and not with_stops else ""]
        head = wrap("，".join(filter(None, head)), ROOM)
        y = drawing.write_lines("faint", TEXT, y + 24, head, LINE) + 2
        if with_stops and not walk.places:
            y = drawing.write_lines("label", TEXT, y, wrap(walk.title, ROOM), LINE) + 2
        y = _write_people(drawing, walk, people, y, in_full=with_stops)
        if with_stops:
            y = _draw_route(drawing, walk, y + 2)
        y -= 4
    drawing.height = y
    return drawing


def _write_people(drawing, walk, people, y, *, in_full):
    if not walk.roles:
        return drawing.write_lines("faint", TEXT, y, [_("未列名")], LINE)
    for mark, keys in walk.by(MARKS.get).items():
        names = "、".join(people[key].name for key in keys)
        if mark == "ring" and not in_full:
            names = _("%(count)d人") % {"count": len(keys)}
        drawing.mark(mark, SPOT, y - 5)
        y = drawing.write_lines("label", TEXT, y, wrap(names, ROOM), LINE)
    return y


def _draw_route(drawing, walk, y):
    spots = []
    for number, place in enumerate(walk.places, 1):
        drawing.write("count", SPOT - 18, y, str(number))
        spots.append(y - 5)
        drawing.mark("dot" if walk.is_led else "stop", SPOT, y - 5)
        y = drawing.write_lines("label", TEXT, y, wrap(place, ROOM), LINE) + 4
    if spots:
        drawing.line("way" if walk.is_led else "thin", f"M{SPOT} {spots[0]}V{spots[-1]}")
        if walk.open_ended:
            drawing.line("way-open" if walk.is_led else "void", f"M{SPOT} {spots[-1]}v22")
            y += 6
    return y
