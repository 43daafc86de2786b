"""Synthetic meetings and inspections, with who was there and what was seen."""

import datetime

from articles.devdata import prose, words
from articles.devdata.batch import Batch, Slot, StoryPlan
from articles.devdata.randomness import Zipf, address, chance
from articles.models import Attendance, Inspection, Meeting, Stop
from articles.models.choices import Kind, PartOfDay

Role = Attendance.Role

_TOPICS = Zipf(words.TOPICS)
_FORMS = Zipf(words.FORMS)
_PHRASES = Zipf(words.BODIES_OF_PEOPLE)
_MATTERS = Zipf(words.MATTERS)
#: People whom the text names of those at an event.
_NAMED = 6


def meeting(batch: Batch, slot: Slot) -> StoryPlan:
    """Story of a meeting."""
    held, lead = _convene(batch, slot, _day_of_event(batch.rng, slot))
    kicker = f"{words.DISTRICT}召开{held.name.removeprefix(words.DISTRICT)}"
    return StoryPlan(section="会议", lead=lead, kicker=kicker, meetings=[held])


def inspection(batch: Batch, slot: Slot) -> StoryPlan:
    """Story of an inspection; one in seven leads to a meeting on the same day."""
    rng = batch.rng
    day, kind = _day_of_event(rng, slot), rng.choices(Kind.values, (4, 3, 3))[0]
    topic, outing = _TOPICS.one(rng), words.OUTINGS[kind]
    held, then = _convene(batch, slot, day) if chance(rng, 1 / 7) else (None, "")
    event = batch.add(
        Inspection(
            title=f"{words.DISTRICT}{day.year}年{topic}{outing}",
            kind=kind,
            held_on=day,
            ends_on=day + datetime.timedelta(1) if chance(rng, 0.03) else None,
            part_of_day=_part_of_day(rng),
            place=rng.choice(words.TOWNS)[0],
            summary=f"{words.DISTRICT}围绕{topic}开展{outing}，{prose.sentence(rng)}",
            quarter=slot.bulletin.quarter,
            open_ended=chance(rng, 0.4),
            meeting=held,
        )
    )
    event.slug = _slug(event, slot)
    groups = _groups(rng)
    stops, seen = _route(batch, event, groups)
    party = _party(batch, event, groups)
    lead = (
        f"{prose.day_of(day)}，{_names(party)}等到{event.place}开展{topic}{outing}，"
        f"先后察看{prose.listed(stop.place for stop in stops)}"
        f"{'等' if event.open_ended else ''}点位。{then}"
    )
    return StoryPlan(
        section="督导" if kind == Kind.SUPERVISION else "项目",
        lead=lead,
        kicker=f"{words.DISTRICT}开展{topic}{outing}",
        projects=seen[: rng.randint(0, 2)],
        inspections=[event],
        meetings=[held] if held else [],
    )


def _convene(batch, slot, day):
    """Meeting on ``day``, and the sentence that tells of it."""
    rng = batch.rng
    topic, form = _TOPICS.one(rng), _FORMS.one(rng)
    held = batch.add(
        Meeting(
            name=f"{words.DISTRICT}{day.year}年{topic}工作{form}",
            form=form if chance(rng, 0.5) else "",
            venue=rng.choice(words.VENUES) if chance(rng, 0.4) else "",
            held_on=day,
            part_of_day=_part_of_day(rng),
            summary=f"会议部署{topic}工作，{prose.sentence(rng)}",
            quarter=slot.bulletin.quarter,
            open_ended=chance(rng, 0.3),
        )
    )
    held.slug = _slug(held, slot)
    organiser = batch.cast.organisations[rng.choice(("区委", "区政府", "区纪委", "区政协"))]
    batch.add(Meeting.organisers.through(meeting=held, organisation=organiser))
    rows = _attendance(batch, held)
    batch.add_in_order(rows)
    tail = "等" if held.open_ended else ""
    return held, f"{prose.day_of(day)}，{held.name}召开。{_names(rows)}{tail}参加会议。"


def _attendance(batch, held):
    """Two to twelve rows of a meeting; one meeting in ten names nobody."""
    rng = batch.rng
    count = 0 if chance(rng, 0.1) else rng.randint(1, 8)
    named = batch.cast.officials_on(held.held_on).distinct(rng, count)
    roles = [Role.SPEAK, Role.CHAIR, *[Role.ATTEND] * len(named)]
    rows = [_person(rng, career, role, held) for career, role in zip(named, roles, strict=False)]
    phrases = _PHRASES.distinct(rng, rng.randint(1, 3) if named else rng.randint(2, 3))
    rows += [Attendance(meeting=held, printed_title=phrase) for phrase in phrases]
    if not named or chance(rng, 0.1):
        word = Attendance(meeting=held, printed_title="会议", role=Role.SPEAK)
        word.remarks = prose.remarks(rng)
        rows.append(word)
    return rows


def _groups(rng):
    """Names of one to three groups; the whole party is one without a name."""
    count = rng.choices((1, 2, 3), (6, 3, 1))[0]
    return [""] if count == 1 else [f"{area}组" for area in rng.sample(words.AREAS, count)]


def _route(batch, event, groups):
    """Two to ten stops, group by group, and the undertakings seen there."""
    rng = batch.rng
    count = rng.randint(max(2, len(groups)), 10)
    undertakings = batch.cast.projects_on(event.held_on).distinct(rng, count)
    matters = _MATTERS.distinct(rng, count)
    stops, seen = [], []
    for number in range(count):
        stop = Stop(inspection=event, group=groups[number * len(groups) // count])
        if undertakings and chance(rng, 0.75):
            shown = [undertakings.pop() for _ in range(min(len(undertakings), _at_once(rng)))]
            stop.place = "和".join(one.project.name for one in shown)
            for one in shown:
                batch.add(Stop.projects.through(stop=stop, project=one.project))
            seen += shown
        else:
            body = rng.choice(batch.cast.bodies)[0]
            stop.place = f"{body}{matters.pop()}"
            stop.organisation = batch.cast.organisations[body]
        stops.append(stop)
    batch.add_in_order(stops)
    return stops, seen


def _party(batch, event, groups):
    """Who went: a leader for each group, company, and often a body of people."""
    rng = batch.rng
    count = len(groups) + rng.randint(0, 4)
    careers = batch.cast.officials_on(event.held_on).distinct(rng, count)
    rows = [_person(rng, career, Role.ACCOMPANY, event) for career in careers]
    for row, group in zip(rows, groups, strict=False):
        row.group, row.role, row.remarks = group, Role.LEAD, prose.remarks(rng)
    if chance(rng, 0.5):
        rows.append(Attendance(inspection=event, printed_title=_PHRASES.one(rng)))
    batch.add_in_order(rows)
    return rows


def _person(rng, career, role, event):
    """Row of someone in office; one in twenty is printed without the title."""
    title = "" if chance(rng, 0.05) else career.title_on(event.held_on)
    return Attendance(
        **{event._meta.model_name: event},
        printed_name=career.official.name,
        printed_title=title,
        official=career.official,
        role=role,
        remarks=prose.remarks(rng) if role == Role.SPEAK else "",
    )


def _names(rows):
    """The first of ``rows``, as the paper prints them."""
    return prose.listed(map(str, rows[:_NAMED]))


def _slug(event, slot):
    return address(str(event), slot.tail, before=f"{event.held_on:%Y%m%d}-")


def _day_of_event(rng, slot):
    """That of the story, or one of the three before."""
    return slot.day - datetime.timedelta(rng.choice((0, 1, 1, 1, 2, 3)))


def _part_of_day(rng):
    return rng.choice(("", "", PartOfDay.MORNING, PartOfDay.AFTERNOON))


def _at_once(rng):
    """Projects of a stop: two at one in twenty."""
    return 2 if chance(rng, 0.05) else 1
