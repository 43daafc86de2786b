"""Two saves of one form: the other's, and what the page of the late one tells apart."""

from lxml import html

from tests.support.desk import change, filled


def saved_by_another(desk, thing, **changes):
    """Someone else's save."""
    assert desk.post(change(thing), filled(desk.get(change(thing)), **changes)).status_code == 302


def told_apart(answer):
    """What the page tells apart, by label: cells or lines in the form, and those stored."""
    assert answer.status_code == 409
    typed = {}
    for bound in answer.context["adminform"].form:
        typed[bound.id_for_label] = texts_of(bound)
    for table in answer.context["inline_admin_formsets"]:
        typed[f"{table.formset.prefix}-group"] = [
            [text for bound in form for text in (*texts_of(bound), *bound.errors)]
            for form in sorted(table.formset.forms, key=place_of)
            if form.has_changed() or form.instance.pk
            if not form["DELETE"].data
        ]

    def said(part):
        return [*part.rows, *part.lines, *filter(None, [part.html])] if part else []

    return {
        one.label: (typed[one.html_id], said(one.stored)) for one in answer.context["differences"]
    }


def place_of(form):
    """Where a row of a table is to stand; last where it has no number."""
    return int(("order" in form.fields and form["order"].value()) or 999)


def texts_of(bound):
    """What an input shows: its text, or those of the chosen options."""
    if bound.is_hidden:
        return []
    drawn = html.fragment_fromstring(str(bound), create_parent=True)
    shown = drawn.xpath(".//option[@selected]/text() | .//input/@value | .//textarea/text()")
    return [line for text in shown for line in text.strip().splitlines()]


def pressed_again(desk, thing, answer, **changes):
    """The same button on the page of a late save."""
    return desk.post(change(thing), filled(answer, **changes))
