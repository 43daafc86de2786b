"""What stands beside the text of a story, so that two columns come out about as high."""

import pytest

from articles.models import Article, ArticlePhoto, Attendance, Meeting
from articles.public.event_queries import EventRecord
from articles.public.story_layout import choose_layout
from articles.public.story_queries import RelatedStory, StoryRecord


def layout(characters, photos=0, people=0, demands=0, related=0):
    """That of a text beside related stories and a meeting, where the first person asked so much."""
    meeting = Meeting(name="会议" * 8)
    rows = [Attendance(printed_name="甲某", printed_title="职务") for _number in range(people)]
    for row in rows[:1]:
        row.remarks = "\n".join(["抓紧施工，按期完工，不误农时，保证质量和安全。"] * demands)
    event = EventRecord(meeting, present=rows, asked=[row for row in rows if row.demands])
    record = StoryRecord(photos=[ArticlePhoto()] * photos, meetings=[event])
    story = Article(headline="大桥建成通车")
    others = [RelatedStory(story, "同一项目", "大桥") for _number in range(related)]
    return choose_layout(f"<p>{'字' * characters}</p>", record, others)


@pytest.mark.parametrize(
    ("characters", "beside", "asked", "related"),
    [
        (500, {"people": 5, "demands": 5, "related": 1}, "below", "beside"),
        (1500, {"people": 8, "demands": 16, "related": 4}, "beside", "below"),
        (3000, {"people": 5, "demands": 20, "related": 6}, "beside", "beside"),
        (100, {"people": 12, "related": 3}, "below", "under"),
        (1200, {"people": 40, "demands": 12}, "under", "below"),
    ],
)
def test_the_smallest_hole_is_chosen(characters, beside, asked, related):
    places = layout(characters, **beside)
    assert (places.asked, places.related) == (asked, related)
    assert not places.is_across


@pytest.mark.parametrize(
    ("characters", "photos", "beside"),
    [
        (300, 0, {"people": 30}),  # a short text over a long record
        (300, 1, {"people": 30}),
        (1000, 0, {"people": 1}),  # a long one over a short one
        (1000, 2, {"people": 1}),
    ],
)
def test_what_is_of_unlike_height_goes_across_the_page(characters, photos, beside):
    assert layout(characters, photos, **beside).is_across


def test_a_text_of_many_screens_is_read_down_and_not_up_again():
    assert not layout(3000, people=1).is_across


def test_of_the_related_stories_as_many_show_as_there_is_room_for():
    assert 1 < layout(900, people=5, related=6).shown < 6


def test_a_small_hole_is_filled_by_the_ground_of_the_record():
    assert layout(500, people=9).is_filled
    assert not layout(2500, people=9).is_filled


def test_photos_make_a_text_longer():
    assert layout(700, 0, people=3, demands=12, related=4).asked == "below"
    assert layout(700, 2, people=3, demands=12, related=4).asked == "beside"
