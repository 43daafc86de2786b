"""What was read, as plain data: the JSON form of ``import_bulletin``."""

from typing import Any

from articles.importing.parser.findings import (
    Day,
    Inspection,
    ParsedPage,
    ParsedStory,
)


def page_data(page: ParsedPage) -> dict[str, Any]:
    """Stories of a page; dates in ISO form or null, roles and kinds as printed."""
    return {"stories": [story_data(story) for story in page.stories]}


def story_data(story: ParsedStory) -> dict[str, Any]:
    title, dateline = story.title, story.dateline
    return {
        "kicker": (title.kicker or title.column) if title else "",
        "headline": title.headline if title else "",
        "subhead": title.subhead if title else "",
        "dateline": {
            "label": dateline.label if dateline else "",
            "date": _date(dateline.day if dateline else story.day),
        },
        "paragraphs": [paragraph.text for paragraph in story.paragraphs],
        "bylines": [{"role": row.role, "name": row.name} for row in story.bylines],
        "persons": [{"name": person.name, "title": person.title} for person in story.persons],
        "projects": list(story.projects),
        "inspections": [_inspection(inspection) for inspection in story.inspections],
        "meetings": [{"name": row.name, "date": _date(row.day)} for row in story.meetings],
        "questions": [question.text for question in story.questions],
    }


def _inspection(inspection: Inspection) -> dict[str, Any]:
    return {
        "date": _date(inspection.day),
        "kind": inspection.kind,
        "groups": [
            {
                "name": group.name,
                "leader": group.leader,
                "stops": [stop.text for stop in group.stops],
            }
            for group in inspection.groups
        ],
    }


def _date(day: Day | None) -> str | None:
    return day.date.isoformat() if day and day.date else None
