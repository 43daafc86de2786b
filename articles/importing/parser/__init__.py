"""The raw text of a page read into stories, in plain Python that knows no Django."""

from articles.importing.parser.as_json import page_data, story_data
from articles.importing.parser.findings import (
    Attendee,
    Byline,
    Caption,
    Dateline,
    Day,
    Figure,
    Finding,
    Group,
    Inspection,
    Meeting,
    Organisation,
    Paragraph,
    ParsedPage,
    ParsedStory,
    Person,
    Piece,
    Question,
    Statement,
    Stop,
    Title,
)
from articles.importing.parser.pages import Lost, parse
from articles.importing.parser.parts import parse_attendance, parse_byline, parse_stops
from articles.importing.parser.text import Span, without_space
from articles.importing.parser.titles import is_post

__all__ = [
    "Attendee",
    "Byline",
    "Caption",
    "Dateline",
    "Day",
    "Figure",
    "Finding",
    "Group",
    "Inspection",
    "Lost",
    "Meeting",
    "Organisation",
    "Paragraph",
    "ParsedPage",
    "ParsedStory",
    "Person",
    "Piece",
    "Question",
    "Span",
    "Statement",
    "Stop",
    "Title",
    "is_post",
    "page_data",
    "parse",
    "parse_attendance",
    "parse_byline",
    "parse_stops",
    "story_data",
    "without_space",
]
