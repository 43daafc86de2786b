"""Stories of a paper that does not exist, with what a reader would say is in them.

A vocabulary holds templates. ``{slot}`` is drawn and, where it names a fact, noted as one;
``[a|b]`` is one of several wordings.
"""

import random
import re
from dataclasses import dataclass, field

#: Surnames by how often they are drawn; the second line once in ten.
COMMON = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋"
SELDOM = "蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
COMPOUND = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "令狐", "东方")
GIVEN = (
    "伟华明建国文军平志海永春丽玉红晓金秀英德林强成新光峰杰东小云燕芳宏立民生俊辉少清家庆涛波"
    "敏静娟艳霞勇斌鹏飞龙刚亮超磊洋琳雪梅兰莉萍婷慧颖佳欣思雨浩宇轩博泽瑞子嘉怡涵诗瑶梦琪航晨"
    "阳天启铭皓睿哲宁远达康荣昌盛福祥顺义仁礼智信忠孝诚谦恒凯旭毅森淼楠琦珂雯蕾薇黎"
)
SLOT = re.compile(r"\{(\w+)\}")
CHOICE = re.compile(r"\[([^\[\]]+)\]")


@dataclass(frozen=True)
class Vocabulary:
    """Words of a paper and the sentences it makes of them; each list is drawn from evenly."""

    words: dict[str, list[str]]
    #: Posts of leaders, by body; heads of offices; people without office.
    leaders: list[str]
    blocks: list[list[str]]
    heads: list[str]
    lay: list[str]
    groups: list[str]
    labels: list[str]
    #: Each of (kicker, headline); kicker may be empty.
    headlines: list[tuple[str, str]]
    #: Kinds of stories: paragraphs, each with its alternatives.
    stories: list[list[list[str]]]
    #: Of (form, place): start, before, end, glued, lines.
    bylines: list[tuple[str, str]]
    staff: list[str]
    page_heads: list[str]
    jumps: list[str]


@dataclass
class Story:
    """A story as printed, and its facts."""

    kicker: str = ""
    headline: str = ""
    label: str = ""
    paragraphs: list[str] = field(default_factory=list)
    bylines: list[tuple[str, str]] = field(default_factory=list)
    #: How the byline is printed, and where.
    signature: str = ""
    place: str = ""
    persons: list[tuple[str, str]] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    meetings: list[str] = field(default_factory=list)


class Scene:
    """Draws one story."""

    def __init__(self, rng: random.Random, vocabulary: Vocabulary):
        self.rng, self.vocabulary = rng, vocabulary
        self.story = Story()
        self.names: set[str] = set()
        self.kept: dict[str, str] = {}

    def draw(self) -> Story:
        story, rng, vocabulary = self.story, self.rng, self.vocabulary
        story.kicker, story.headline = map(self.write, rng.choice(vocabulary.headlines))
        story.label = self.write(rng.choice(vocabulary.labels))
        for alternatives in rng.choice(vocabulary.stories):
            text = self.write(rng.choice(alternatives))
            if text:
                story.paragraphs.append(text)
        form, story.place = rng.choice(vocabulary.bylines)
        story.signature = self.sign(form)
        return story

    def write(self, template: str) -> str:
        """``template`` with all that it leaves open drawn."""
        while CHOICE.search(template):
            template = CHOICE.sub(lambda found: self.rng.choice(found[1].split("|")), template)
        return SLOT.sub(lambda found: self.slot(found[1]), template)

    def slot(self, name: str) -> str:
        drawn = getattr(self, f"draw_{name}", None)
        return drawn() if drawn else self.write(self.rng.choice(self.vocabulary.words[name]))

    def name(self) -> str:
        rng = self.rng
        while True:
            kind = rng.random()
            if kind < 0.02:
                name = rng.choice(COMPOUND) + "".join(rng.sample(GIVEN, rng.choice([1, 2])))
            else:
                surname = rng.choice(COMMON if kind < 0.85 else SELDOM)
                name = surname + "".join(rng.sample(GIVEN, 1 if rng.random() < 0.3 else 2))
            if not any(name in other or other in name for other in self.names):
                self.names.add(name)
                return name

    def note(self, name: str, title: str) -> str:
        self.story.persons.append((name, title))
        return name

    def draw_lead(self) -> str:
        """The chief person, with title; ``{he}`` is the bare name from then on."""
        title = self.write(self.rng.choice(self.vocabulary.leaders))
        self.kept["he"] = self.note(self.name(), title)
        return title + self.kept["he"]

    def draw_he(self) -> str:
        return self.kept.get("he") or self.draw_lead()

    def draw_head(self) -> str:
        title = self.write(self.rng.choice(self.vocabulary.heads))
        self.kept["she"] = self.note(self.name(), title)
        return title + self.kept["she"]

    def draw_she(self) -> str:
        return self.kept.get("she") or self.draw_head()

    def draw_lay(self) -> str:
        title = self.write(self.rng.choice(self.vocabulary.lay))
        return title + self.note(self.name(), title)

    def draw_shared(self) -> str:
        """A group's title, and those who share it."""
        title = self.write(self.rng.choice(self.vocabulary.groups))
        return title + "、".join(
            self.note(self.name(), title) for _ in range(self.rng.randint(2, 4))
        )

    def draw_blocks(self) -> str:
        """Leaders by their bodies: each body's share a title."""
        chosen = self.rng.choice(self.vocabulary.blocks)
        count = self.rng.randint(2, len(chosen))
        parts = []
        for title in map(self.write, chosen[:count]):
            sharing = range(self.rng.choice([1, 1, 2]))
            parts.append(title + "、".join(self.note(self.name(), title) for _ in sharing))
        return ",".join(parts)

    def draw_bare(self) -> str:
        return "、".join(self.note(self.name(), "") for _ in range(self.rng.randint(2, 4)))

    def draw_stops(self) -> str:
        """Three to seven places; the last may be joined by 和 or 及."""
        drawn = [self.slot("stop") for _ in range(12)]
        stops = list(dict.fromkeys(drawn))[: self.rng.randint(3, 7)]
        if "和" in stops[-1]:  # there it would separate
            stops = stops[::-1]
        self.story.stops += stops
        return "、".join(stops[:-1]) + self.rng.choice(["、", "、", "、", "和", "及"]) + stops[-1]

    def draw_meeting(self) -> str:
        name = self.slot("meeting_name")
        self.story.meetings.append(name)
        return name

    def draw_day(self) -> str:
        return f"{self.rng.randint(1, 12)}月{self.rng.randint(1, 28)}日"

    def draw_number(self) -> str:
        return str(self.rng.randint(2, 980))

    def sign(self, form: str) -> str:
        """The byline as printed: ``<role>`` then ``#``, one for each name of that role."""
        parts = re.split(r"(<[^>]*>|#)", form)
        role, printed = "", []
        for part in parts:
            if part.startswith("<"):
                role = self.write(part[1:-1])
                printed.append(role)
            elif part == "#":
                printed.append(self.name())
                self.story.bylines.append((role, printed[-1]))
            else:
                self.rename(part)
                printed.append(part)
        return "".join(printed)

    def rename(self, part: str) -> None:
        """A role that stands after its name: ``#/文``, ``# 摄``."""
        found = re.match(r"(?:/| )?(文图|文字?|图|摄影?|摄)(?=[ )]|$)", part)
        if found and self.story.bylines and not self.story.bylines[-1][0]:
            self.story.bylines[-1] = (found[1], self.story.bylines[-1][1])
