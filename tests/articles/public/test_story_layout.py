"""What stands beside the text of a story, so that two columns come out about as high."""

import pytest

from articles.models import Article, Attendance, Meeting
from articles.public.story_layout import Contents, choose_layout


def contents(people=0, demands=0, related=0):
    """A meeting with so many people, the first of whom asked so much; and related stories."""
    meeting = Meeting(name="会议" * 8)
    rows = [Attendance(printed_name="甲某", printed_title="职务") for _number in range(people)]
    for row in rows[:1]:
        row.remarks = "\n".join(["抓紧施工，按期完工，不误农时，保证质量和安全。"] * demands)
    meeting.named, meeting.unnamed = rows, []
    meeting.asked = [row for row in rows if row.demands]
    stories = [Article(headline="大桥建成通车") for _number in range(related)]
    return Contents(meetings=[meeting], related=stories)


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
    body = f"<p>{'字' * characters}</p>"
    places = choose_layout(body, 0, contents(**beside))
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
    assert choose_layout(f"<p>{'字' * characters}</p>", photos, contents(**beside)).is_across


def test_a_text_of_many_screens_is_read_down_and_not_up_again():
    assert not choose_layout(f"<p>{'字' * 3000}</p>", 0, contents(people=1)).is_across


def test_of_the_related_stories_as_many_show_as_there_is_room_for():
    body = f"<p>{'字' * 900}</p>"
    assert 1 < choose_layout(body, 0, contents(people=5, related=6)).shown < 6


def test_a_small_hole_is_filled_by_the_ground_of_the_record():
    assert choose_layout(f"<p>{'字' * 500}</p>", 0, contents(people=9)).is_filled
    assert not choose_layout(f"<p>{'字' * 2500}</p>", 0, contents(people=9)).is_filled


def test_photos_make_a_text_longer():
    body, beside = f"<p>{'字' * 700}</p>", contents(3, 12, 4)
    assert choose_layout(body, 0, beside).asked == "below"
    assert choose_layout(body, 2, beside).asked == "beside"
