"""States of stories for tests: put there as the log would allow it."""

from django.utils import timezone

from articles.models import Article, Transition
from articles.models.choices import TransitionName


def put(stories, **columns):
    """Give ``stories``, a queryset, these columns; a stage or visibility is logged first."""
    if {"stage", "visibility"} & set(columns):
        for story in stories:
            Transition.objects.create(
                story_id=story.copy_of_id or story.pk,
                of_copy=story.copy_of_id is not None,
                name=TransitionName.ADOPT,
                stage=columns.get("stage", story.stage),
                visibility=columns.get("visibility", story.visibility),
                made_at=timezone.now(),
            )
    for story in stories:
        Article.objects.filter(pk=story.pk).update(**columns)
