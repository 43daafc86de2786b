"""Who and what synthetic stories tell of: all that is there before the first is written."""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from articles.devdata import words
from articles.devdata.randomness import Zipf, address, chance
from articles.models import Bulletin, Project
from articles.models.choices import Status
from articles.quarter import QUARTERS, Quarter
from people import names
from people.models import Appointment, Official, Organisation, Reporter

#: The last day on which a synthetic story is printed, whatever the clock says.
END = datetime.date(2026, 9, 30)
#: The months of the year, for arithmetic with first days of months.
MONTHS = 12
#: From so many stories on, the paper comes out every week and not every second.
WEEKLY_FROM = 2000
#: One official of so many has a post in the leadership of the district.
LEADERS = 3


@dataclass(frozen=True)
class Scale:
    """How many of each there are for ``count`` stories."""

    count: int

    def _between(self, least, number, most):
        return max(least, min(number, most))

    @property
    def officials(self):
        """A few who are everywhere, and a long tail."""
        return self._between(12, self.count // 400, 600)

    @property
    def companies(self):
        """Bodies beside those that every district has."""
        return self._between(4, self.count // 1000, 74)

    @property
    def reporters(self):
        """Staff; there are as many correspondents."""
        return self._between(8, self.count // 800, 1500)

    @property
    def projects(self):
        """Most of them stand in a handful of stories."""
        return max(12, self.count // 40)

    @property
    def weeks_of_issue(self):
        """Weeks from one issue to the next."""
        return 1 if self.count >= WEEKLY_FROM else 2

    @property
    def first_day(self):
        """First day of 4 to 40 quarters, the last of which ends on ``END``."""
        quarters = self._between(4, self.count // 500, 40)
        first = Quarter.of(END).shifted(1 - quarters)
        return datetime.date(first.year, (first.number - 1) * MONTHS // QUARTERS + 1, 1)


@dataclass(frozen=True, eq=False)
class Career:
    """An official and the terms, in order of time and without a gap."""

    official: Official
    terms: list[Appointment]

    def title_on(self, day):
        """Title of the term that covers ``day``; empty before the first and after the last."""
        return next((term.title for term in self.terms if term.covers(day)), "")


@dataclass(frozen=True, eq=False)
class Undertaking:
    """A project and the days on which it reaches each status."""

    project: Project
    steps: list[tuple[str, datetime.date]]
    #: Day after which nobody reports on it; None for one that is always in the paper.
    forgotten: datetime.date | None

    def is_active(self, day):
        """Whether the paper tells of it on ``day``."""
        return self.steps[0][1] <= day and (self.forgotten is None or day < self.forgotten)

    def step_on(self, day):
        """Status reached last, and since when."""
        return max((step for step in self.steps if step[1] <= day), key=lambda step: step[1])


class Cast:
    """People, bodies, projects and issues, drawn for a number of stories; nothing is stored yet."""

    def __init__(self, rng, count, mark):
        """``mark`` stands in every slug before its number, so that runs do not meet."""
        self.rng, self.mark, self.scale = rng, mark, Scale(count)
        self.bodies = [
            *words.LEADING_BODIES,
            *words.BUREAUS,
            *words.TOWNS,
            *words.COMPANIES[: self.scale.companies],
        ]
        self.organisations = {
            short: Organisation(name=name, short_name=short, block_order=number * 10)
            for number, (short, name, _head) in enumerate(self.bodies, start=1)
        }
        self._names = set(words.REAL_PEOPLE)
        self.careers = [self._career(n + 1) for n in range(self.scale.officials)]
        self.reporters = [self._reporter(n + 1, "staff") for n in range(self.scale.reporters)]
        self.correspondents = [
            self._reporter(len(self.reporters) + n + 1, "correspondent")
            for n in range(self.scale.reporters)
        ]
        self.undertakings = [self._undertaking(n + 1) for n in range(self.scale.projects)]
        self.bulletins = list(self._bulletins())
        # Stories come in order of time: the pools of the month, and of the one before, suffice.
        self.in_office = lru_cache(2)(self._in_office)
        self.under_way = lru_cache(2)(self._under_way)

    def tail(self, number):
        """End of the slug of the thing with this number."""
        return f"{self.mark}{number}"

    def person_name(self):
        """Name that nobody else of the run has."""
        surnames = list(words.SURNAMES)
        while True:
            (surname,) = self.rng.choices(surnames, words.SURNAMES.values())
            name = surname + "".join(_GIVEN.draw(self.rng, 1 if chance(self.rng, 0.2) else 2))
            if name not in self._names:
                self._names.add(name)
                return name

    def _named(self, model, number, **fields):
        name = self.person_name()
        return model(
            name=name,
            slug=address(name, self.tail(number)),
            pinyin=names.pinyin(name),
            initials=names.initials(name),
            **fields,
        )

    def _reporter(self, number, kind):
        unit = self.rng.choice(self.bodies)[0] if kind == "correspondent" else ""
        return self._named(Reporter, number, kind=kind, unit=unit)

    def _career(self, number):
        """Official with one to four terms; of three, two are in office from the first day on."""
        official = self._named(Official, number)
        posts = self._posts(number)
        shift = self.rng.randint(-60, -1) if number % 3 else self.rng.randint(1, 6)
        starts, terms = _month(self.scale.first_day, shift), []
        for post in posts:
            ends = _month(starts, self.rng.randint(18, 60))
            terms.append(self._term(official, post, starts, ends))
            if ends > END:
                break
            starts = ends
        if number % 4:
            terms[-1].ends = None
        return Career(official, terms)

    def _posts(self, number):
        """Posts that a career leads through, the highest last; the leaders come first."""
        count = self.rng.choices((1, 2, 3, 4), (3, 4, 2, 1))[0]
        path = []
        for short, _name, head in self.rng.sample(self.bodies[len(words.LEADING_BODIES) :], count):
            deputy = head.replace("书记", "副书记") if head.endswith("书记") else f"副{head}"
            path.append((short, short + (deputy if chance(self.rng, 0.5) else head), None))
        if number <= len(words.TOP_POSTS):
            path[-1] = words.TOP_POSTS[number - 1]
        elif number <= self.scale.officials // LEADERS:
            path[-1] = self.rng.choice(words.LEADING_POSTS)
        return path

    def _term(self, official, post, starts, ends):
        body, title, rank = post
        return Appointment(
            official=official,
            organisation=self.organisations[body],
            title=title,
            rank=rank,
            starts=starts,
            ends=ends,
        )

    def _undertaking(self, number):
        """Project that reaches one to six statuses; every third is in the paper throughout."""
        rng = self.rng
        kind, sector = _KINDS.one(rng)
        brand = "".join(rng.sample(words.BRAND_CHARACTERS, 2))
        name = f"{rng.choice(words.PLACES)}{brand}{kind}"
        project = Project(
            name=name,
            slug=address(name, self.tail(number)),
            area=_AREAS.one(rng),
            sector=sector,
            developer=rng.choice(words.COMPANIES)[1] if chance(rng, 0.6) else "",
            place=f"{rng.choice(words.TOWNS)[0]}辖区",
        )
        lasting = number % 3 == 0
        span = (END - self.scale.first_day).days
        day = self.scale.first_day + datetime.timedelta(rng.randint(-500, -40 if lasting else span))
        steps = []
        for status in Status.values[rng.randint(0, 2) : rng.randint(3, 6)]:
            steps.append((status, day))
            day += datetime.timedelta(rng.randint(40, 400))
        return Undertaking(project, steps, None if lasting else day)

    def _bulletins(self):
        """Issues from the first day to the last, each for the days up to the next."""
        step = datetime.timedelta(weeks=self.scale.weeks_of_issue)
        day = self.scale.first_day
        while day <= END:
            number = (day.timetuple().tm_yday - 1) // step.days + 1
            yield Bulletin(
                title=f"{words.DISTRICT}新闻{day.year}年第{number}期",
                slug=f"{day:%Y%m%d}{self.tail(number)}",
                quarter=Quarter.of(day),
                issued_on=day,
            )
            day += step

    def bulletin_of(self, day):
        """Issue that the stories of ``day`` belong to."""
        weeks = (day - self.scale.first_day).days // 7
        return self.bulletins[weeks // self.scale.weeks_of_issue]

    def officials_on(self, day) -> Zipf:
        """Officials who are in office on ``day``, the most prominent first."""
        return self.in_office(day.replace(day=1))

    def projects_on(self, day) -> Zipf:
        """Projects that the paper tells of in the month of ``day``."""
        return self.under_way(day.replace(day=1))

    def _in_office(self, month):
        return Zipf([career for career in self.careers if career.title_on(month)], 0.8)

    def _under_way(self, month):
        return Zipf([one for one in self.undertakings if one.is_active(month)], 0.6)


def _month(day, shift):
    """First day of the month ``shift`` months after that of ``day``."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + shift, MONTHS)
    return datetime.date(year, month + 1, 1)


_GIVEN = Zipf(words.GIVEN, 0.7)
_KINDS = Zipf(words.UNDERTAKINGS, 0.5)
_AREAS = Zipf(words.AREAS)
