"""Stories: made, put into a state past the workflow, or led through the reviews by three people."""

import datetime

from django.utils import timezone

from articles.editorial import execute, review_state_of, reviews
from articles.editorial.roles import CHIEF, EDITOR, HEAD
from articles.models import Article, ArticlePhoto, Section, Transition
from articles.models.choices import TransitionName
from articles.versions import save_version
from people.models import User

REVIEWERS = {"first": EDITOR, "second": HEAD, "sign": CHIEF}


def story(*photos, headline="桥通了", **fields):
    """Story that shows ``photos``."""
    article = Article.objects.create(
        headline=headline,
        slug=f"s{Article.objects.count()}",
        **{"body": "<p>文</p>", "issued_on": datetime.date(2021, 4, 6), **fields},
    )
    for photo in photos:
        ArticlePhoto.objects.create(article=article, photo=photo)
    return article


def live(*photos, **fields):
    """Story that readers see."""
    section = Section.objects.get_or_create(name="要闻")[0]
    fields = {"published_at": timezone.now(), "visibility": "live", "section": section, **fields}
    return story(*photos, **fields)


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


def reviewers(account) -> dict:
    """Someone for each review, by verb; the same three whenever asked."""
    return {
        verb: User.objects.filter(username=f"shen-{verb}").first() or account(role, f"shen-{verb}")
        for verb, role in REVIEWERS.items()
    }


def signed(row, account, *, author=None):
    """Submit ``row``, a story or its working copy, and have it signed; the three reviewers."""
    people = reviewers(account)
    execute("submit", row, person=author or account_of(row, account), accepted=True)
    for verb, person in people.items():
        execute(verb, row, person=person, accepted=True)
    return people


def account_of(row, account):
    """Whoever wrote the row; a 责任编辑 made for it where nobody is named."""
    version = row.versions.exclude(person=None).first()
    return version.person if version else account(EDITOR, f"author-{row.pk}")


def edited(row, person, **fields):
    """A save of the desk: ``fields`` in ``row``, and its version."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    save_version(row, person=person)
    return row


def stored_next_reviews() -> dict:
    """By key of stories and working copies, the review that their column says is next."""
    return dict(Article.objects.values_list("pk", "next_review"))


def next_reviews() -> dict:
    """The same as their versions and signatures say: of rows at work that were sent to review."""
    found = dict.fromkeys(Article.objects.values_list("pk", flat=True), "")
    for story in Article.objects.originals():
        state = review_state_of(story)
        was_sent = state.row.stage in (*reviews(), "signed")
        if was_sent and state.is_at_work and not state.is_scheduled:
            found[state.row.pk] = state.next_review() or ""
    return found
