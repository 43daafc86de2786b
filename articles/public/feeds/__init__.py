"""What programs of readers follow: feeds of stories, calendars of events."""

from articles.public.feeds.calendars import EventCalendar
from articles.public.feeds.guide import FeedGuide
from articles.public.feeds.views import StoryFeed

__all__ = ["EventCalendar", "FeedGuide", "StoryFeed"]
