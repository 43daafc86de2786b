"""Officials, and the posts they held over time."""

import datetime
from operator import attrgetter
from typing import Self

from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models.named import Named, NamedQuerySet
from people.models.organisation import Dated, Organisation
from people.names import titles_agree
from people.shared.addresses import page_address
from people.shared.slugs import SluggedManager
from people.shared.text import LineField, LinesField


class OfficialQuerySet(NamedQuerySet):
    name_columns = ("name", "aliases")

    def with_posts(self) -> Self:
        """Prefetch posts and the names of their organisations: two more queries."""
        return self.prefetch_related(*Official.choice_label_needs())


class Official(Named):
    """A named person who holds or held a post."""

    published_by = "appearances__article__published_at"

    aliases = LinesField(_("别名"), blank=True, help_text=_("曾用名或常见的另一种写法，一行一个。"))

    objects = SluggedManager.from_queryset(OfficialQuerySet)()

    class Meta(Named.Meta):
        verbose_name = _("官员")
        verbose_name_plural = _("官员")
        indexes = (models.Index(fields=["pinyin", "id"], name="official_by_pinyin"),)

    def get_absolute_url(self) -> str:
        """Path of the dossier, which ``articles`` serves."""
        return page_address("official", self.slug)

    def posts_on(self, day: datetime.date) -> list["Appointment"]:
        """Posts held on ``day``, in the order of protocol.

        A dated appointment that covers the day is preferred: an undated one counts only where no
        dated one of the same organisation covers it.
        """
        held = [post for post in self.appointments.all() if post.covers(day)]
        dated = {post.organisation_id for post in held if post.is_dated}
        return [post for post in held if post.is_dated or post.organisation_id not in dated]

    def rank_on(self, day: datetime.date) -> int | None:
        """Best rank held on ``day``, if any is known."""
        held = (post.rank for post in self.appointments.all() if post.covers(day))
        return min((rank for rank in held if rank is not None), default=None)

    def title_on(self, day: datetime.date) -> str:
        """Titles held on ``day``, joined by 、 ; empty where none is known."""
        return "、".join(post.title for post in self.posts_on(day))

    def former_on(self, day: datetime.date) -> str:
        """Posts that had ended by ``day``, latest first: 曾任, with organisations and years."""
        over = [post for post in self.appointments.all() if post.has_ended(day)]
        over.sort(key=attrgetter("ends"), reverse=True)
        return gettext("曾任%(posts)s") % {"posts": "、".join(map(_over, over))} if over else ""

    def said_on(self, day: datetime.date) -> str:
        """Posts of ``day`` with their organisations; where there is none, those that had ended."""
        return "、".join(map(_held, self.posts_on(day))) or self.former_on(day)

    @staticmethod
    def choice_label_needs(path: str = "") -> list[Prefetch]:
        """What ``choice_label`` needs prefetched; ``path`` is the prefix of the look-ups."""
        posts = Appointment.objects.select_related("organisation")
        return [Prefetch(f"{path}appointments", posts.prefetch_related("organisation__names"))]

    @property
    def choice_label(self) -> str:
        """Name with all posts and their organisations, as two may share a name."""
        return self.label_on(timezone.localdate())

    def label_on(self, day: datetime.date) -> str:
        """``choice_label`` as of ``day``."""
        held = "、".join(map(_held, self.posts_on(day)))
        return "　".join(filter(None, [self.name, held, self.former_on(day)]))

    def may_be_called(self, title: str, day: datetime.date) -> bool:
        """Whether the printed ``title`` agrees with a post of that day, or is generic."""
        return titles_agree(title, [post.title for post in self.posts_on(day)])


def _held(post: "Appointment") -> str:
    return f"{post.title}（{post.body}）"


def _over(post: "Appointment") -> str:
    return f"{post.title}（{post.body}，{post.years}）"


class AppointmentManager(models.Manager["Appointment"]):
    def get_by_natural_key(
        self, official: str, organisation: str, title: str, starts: str | None
    ) -> "Appointment":
        """Take the official's slug, the organisation's ``name`` and the first day in ISO format."""
        return self.get(
            official__slug=official, organisation__name=organisation, title=title, starts=starts
        )


class Appointment(Dated):
    """A post held from ``starts`` up to, not including, ``ends``; either may be unknown."""

    official = models.ForeignKey(
        Official, models.CASCADE, related_name="appointments", verbose_name=_("官员")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="appointments", verbose_name=_("机构")
    )
    title = LineField(
        _("职务"),
        max_length=80,
        help_text=_("报道中的写法，如“区委副书记”。“区领导”“主要领导”不是职务，不要填在这里。"),
    )
    rank = models.PositiveSmallIntegerField(
        _("礼宾次序"),
        null=True,
        blank=True,
        help_text=_("小的在前；一人多职时也按此排列。不排次序的留空。"),
    )
    starts = models.DateField(
        _("任职起"), null=True, blank=True, help_text=_("当日起任职；不知道就留空。")
    )
    ends = models.DateField(
        _("任职止"), null=True, blank=True, help_text=_("当日起不再任职；在任或不知道就留空。")
    )

    objects = AppointmentManager()

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        ordering = (F("rank").asc(nulls_last=True), "organisation__block_order", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gt=F("starts")),
                name="appointment_ends_after_start",
                violation_error_message=_("“任职止”必须晚于“任职起”。"),
            ),
            models.UniqueConstraint(
                fields=["official", "organisation", "title", "starts"],
                name="appointment_once",
                violation_error_message=_("这条任职已经登记过了。"),
            ),
            # In a unique constraint two NULLs count as different.
            models.UniqueConstraint(
                fields=["official", "organisation", "title"],
                condition=Q(starts=None),
                name="undated_appointment_once",
                violation_error_message=_("这条任职已经登记过了。"),
            ),
        )

    def __str__(self):
        return f"{self.official.name} {self.title}"

    def natural_key(self) -> tuple[str, str, str, str | None]:
        starts = self.starts.isoformat() if self.starts else None
        return (self.official.slug, self.organisation.name, self.title, starts)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "people.official",
        "people.organisation",
    ]

    @property
    def body(self) -> str:
        """Name of the organisation on the day of the term that is nearest to today."""
        return self.organisation.name_on(self.nearest(timezone.localdate()))

    @property
    def years(self) -> str:
        """First and last year of a term that has ended: 2016—2020年, or 至2020年."""
        last = self.nearest(datetime.date.max).year
        if self.starts is None:
            return gettext("至%(last)d年") % {"last": last}
        first = f"{self.starts.year}—" if self.starts.year != last else ""
        return gettext("%(first)s%(last)d年") % {"first": first, "last": last}
