"""Synthetic stories, day after day, with what each records."""

import datetime

from django.utils import timezone

from articles.devdata import events, prose, words
from articles.devdata.batch import Batch, Slot, StoryPlan
from articles.devdata.people import END
from articles.devdata.randomness import Zipf, address, chance
from articles.models import Article, ArticlePhoto, Byline, Meeting, Mention, Milestone

#: Of a hundred stories, those that are not live; the last of a long run are still to come.
STATES = {13: "draft", 38: "withdrawn", 63: "draft", 88: "expired"}
#: Days from a story to that on which its like is still to come, whenever this is run.
FAR = 3653
MOST_TO_COME = 20

_SUBJECTS = Zipf(("要闻", "民生", "党建", "文化", "法治"))


def batches(batch: Batch, count: int, size: int):
    """Rows by model for each ``size`` of ``count`` stories, in order of time."""
    to_come = min(MOST_TO_COME, count // 100)
    for number, day in enumerate(_days(batch, count), start=1):
        state = "to come" if number > count - to_come else STATES.get(number % 100, "live")
        slot = Slot(day, batch.cast.bulletin_of(day), batch.cast.tail(number))
        tell = batch.rng.choices(
            (events.meeting, events.inspection, _progress, _news), (20, 12.5, 22.5, 45)
        )[0]
        _write(batch, slot, tell(batch, slot), state)
        if number % size == 0 or number == count:
            yield batch.rows
            batch.clear()


def _days(batch, count):
    """Days of ``count`` stories in order; a Sunday's paper is thin."""
    first = batch.cast.scale.first_day
    days = [first + datetime.timedelta(n) for n in range((END - first).days + 1)]
    weights = [(1, 1, 1, 1, 1, 0.5, 0.2)[day.weekday()] for day in days]
    return sorted(batch.rng.choices(days, weights, k=count))


def _progress(batch, slot):
    """Story of a project, and of how far it is."""
    rng = batch.rng
    undertaking = batch.cast.projects_on(slot.day).one(rng)
    status, _since = undertaking.step_on(slot.day)
    project = undertaking.project
    source = rng.choice(words.BUREAUS)[0]
    lead = (
        f"{prose.day_of(slot.day)}，记者从{source}获悉，位于{project.place}的{project.name}"
        f"{words.PROGRESS[status]}，{prose.sentence(rng)}"
    )
    return StoryPlan(
        section="项目",
        lead=lead,
        projects=[undertaking],
        people=_people(batch, slot, rng.choice((0, 0, 1))),
    )


def _news(batch, slot):
    """Story of someone in office; a few follow up the meeting told of last in the same batch."""
    rng = batch.rng
    people = _people(batch, slot, rng.randint(1, 3))
    names = prose.listed(f"{title}{name}" for _official, name, title in people)
    place = rng.choice(batch.cast.bodies)[0]
    lead = f"{prose.day_of(slot.day)}，{names}到{place}了解{prose.task(rng)}情况时要求，"
    told = batch.rows[Meeting] if chance(rng, 0.05) else []
    return StoryPlan(
        section=_SUBJECTS.one(rng),
        lead=lead + prose.sentence(rng),
        kicker=f"{place}{prose.headline(rng)}" if chance(rng, 0.2) else "",
        projects=batch.cast.projects_on(slot.day).distinct(rng, rng.choice((0, 0, 0, 1, 2))),
        meetings=told[-1:],
        people=people,
    )


def _people(batch, slot, count):
    """``count`` officials with their title of the day; one time in twenty someone unknown, too."""
    careers = batch.cast.officials_on(slot.day).distinct(batch.rng, count)
    people = [(one.official, one.official.name, one.title_on(slot.day)) for one in careers]
    if chance(batch.rng, 0.05):
        people.append(
            (None, batch.cast.person_name(), batch.rng.choice(words.TITLES_WITHOUT_OFFICE))
        )
    return people


def _write(batch, slot, plan, state):
    """The story with its children and links."""
    article = batch.add(_article(batch, slot, plan, state))
    for relation, things in (
        (Article.projects, [one.project for one in plan.projects]),
        (Article.meetings, plan.meetings),
        (Article.inspections, plan.inspections),
    ):
        target = relation.field.m2m_reverse_field_name()
        for thing in things:
            batch.add(relation.through(article=article, **{target: thing}))
    batch.add_in_order(
        Mention(article=article, official=official, printed_name=name, printed_title=title)
        for official, name, title in plan.people
    )
    batch.add_in_order(_bylines(batch, article))
    if article.visibility == Article.Visibility.LIVE:
        _milestones(batch, article, slot, plan)
    if chance(batch.rng, 0.05):
        pictures = batch.rng.sample(batch.photos, batch.rng.randint(1, 3))
        batch.add_in_order(ArticlePhoto(article=article, photo=photo) for photo in pictures)


def _article(batch, slot, plan, state):
    """Row of the story, with every column that ``save`` would fill."""
    rng = batch.rng
    headline = prose.headline(rng)
    article = Article(
        kicker=plan.kicker,
        headline=headline,
        subhead=prose.headline(rng) if chance(rng, 0.1) else "",
        dateline="本报讯" if chance(rng, 0.9) else "",
        body=prose.body(rng, plan.lead),
        summary=plan.lead[:200],
        keywords=prose.keywords(rng),
        section=batch.sections[plan.section],
        page=f"{rng.randint(1, 8):02}版：{plan.section}" if chance(rng, 0.9) else "",
        source=words.CITY_PAPER if chance(rng, 0.03) else "",
        slug=address(headline, slot.tail),
        **_state(rng, slot, state),
    )
    place = (article.issued_on, article.page)
    batch.on_page[place] += 1
    article.position = batch.on_page[place]
    return article


def _state(rng, slot, state):
    """Columns that say how far the story is, and the day, quarter and issue it belongs to."""
    issue = {"bulletin": slot.bulletin, "quarter": slot.bulletin.quarter}
    if state == "draft":
        return {
            **issue,
            "stage": rng.choice(("draft", "first", "second", "third")),
            "issued_on": slot.day if chance(rng, 0.5) else None,
        }
    day = slot.day + datetime.timedelta(FAR) if state == "to come" else slot.day
    published_at = timezone.make_aware(
        datetime.datetime.combine(day, datetime.time(6, rng.randint(0, 59)))
    )
    expires_at = published_at + datetime.timedelta(rng.randint(1, 30))
    return {
        **issue,
        "stage": "signed",
        "visibility": "withdrawn" if state == "withdrawn" else "live",
        "published_at": published_at,
        "expires_at": expires_at if state == "expired" else None,
        "issued_on": day,
    }


def _bylines(batch, article):
    """One or two reporters, and often correspondents; no name twice in a role."""
    rng = batch.rng
    signed = [(one, "reporter") for one in batch.staff.distinct(rng, rng.choice((1, 1, 2)))]
    others = batch.correspondents.distinct(rng, rng.choice((0, 1, 1, 2)))
    signed += [(one, "correspondent") for one in others]
    return [
        Byline(article=article, printed_name=one.name, role=role, reporter=one)
        for one, role in signed
    ]


def _milestones(batch, article, slot, plan):
    """What the story is the first to tell of the projects that it links."""
    for undertaking in plan.projects:
        status, since = undertaking.step_on(slot.day)
        if batch.last_status.get(undertaking) != status:
            batch.last_status[undertaking] = status
            project = undertaking.project
            batch.add(Milestone(project=project, status=status, reached_on=since, article=article))
