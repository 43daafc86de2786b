"""Choices of columns, and the constraint that limits a column to its choices."""

from collections.abc import Callable
from functools import cache

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Editorial stage: the review that a story waits for or has passed last."""

    DRAFT = "draft", _("起草")
    FIRST = "first", _("一审")
    SECOND = "second", _("二审")
    THIRD = "third", _("三审")
    SIGNED = "signed", _("已签发")


class Visibility(models.TextChoices):
    UNPUBLISHED = "unpublished", _("未发布")
    LIVE = "live", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤回")


class TransitionName(models.TextChoices):
    """Transitions of a story; ``articles.editorial`` says when each is allowed, and to whom."""

    ADOPT = "adopt", _("接收")
    SUBMIT = "submit", _("送审")
    FIRST = "first", _("一审通过")
    SECOND = "second", _("二审通过")
    SIGN = "sign", _("三审签发")
    RETURN = "return", _("退回")
    RECALL = "recall", _("取回")
    PUBLISH = "publish", _("发布")
    SCHEDULE = "schedule", _("定时发布")
    UNSCHEDULE = "unschedule", _("取消定时")
    URGENT = "urgent", _("紧急发布")
    WITHDRAW = "withdraw", _("撤回")
    OPEN = "open", _("开始修改")
    DISCARD = "discard", _("放弃修改")
    ACKNOWLEDGE = "acknowledge", _("核对记录")
    RESTORE = "restore", _("恢复旧版")
    LAYOUT = "layout", _("排版")


class Place(models.TextChoices):
    """Places on the front page that editors can give to a story."""

    LEAD = "lead", _("头条")
    PINNED = "pinned", _("要闻")


class Verdict(models.TextChoices):
    PASSED = "passed", _("通过")
    RETURNED = "returned", _("退回")


class BylineRole(models.TextChoices):
    """Roles in a byline. Only who has a press card may be called 记者."""

    REPORTER = "reporter", _("记者")
    TRAINEE = "trainee", _("实习记者")
    CORRESPONDENT = "correspondent", _("通讯员")
    PHOTOGRAPHER = "photographer", _("摄影")
    COMMENTATOR = "commentator", _("评论员")
    EDITOR = "editor", _("责任编辑")


class Status(models.TextChoices):
    """Statuses of a project in the order in which it reaches them."""

    NEGOTIATING = "negotiating", _("在谈")
    SIGNED = "signed", _("签约")
    LANDED = "landed", _("落地")
    STARTED = "started", _("开工")
    BUILDING = "building", _("在建")
    COMPLETED = "completed", _("竣工")


class Kind(models.TextChoices):
    """Kinds of inspections."""

    TOUR = "tour", _("观摩")
    STUDY = "study", _("调研")
    SUPERVISION = "supervision", _("督导")


class PartOfDay(models.TextChoices):
    MORNING = "morning", _("上午")
    NOON = "noon", _("中午")
    AFTERNOON = "afternoon", _("下午")
    EVENING = "evening", _("晚上")


class AttendanceRole(models.TextChoices):
    """Roles at an event, the weightiest first: of several roles a row has that one."""

    LEAD = "lead", _("带队")
    CHAIR = "chair", _("主持")
    SPEAK = "speak", _("讲话")
    ACCOMPANY = "accompany", _("陪同")
    ATTEND = "attend", _("参加")


def known(
    model: str, field: str, choices: type[models.TextChoices], *, blank: bool = False
) -> models.CheckConstraint:
    """Make the constraint ``<model>_<field>_known``: the column has one of ``choices``."""
    values = [*choices.values, ""] if blank else choices.values
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": values}),
        name=f"{model}_{field}_known",
        violation_error_message=_("请从列表中选择。"),
    )


def label_of(choices: type[models.TextChoices], field: str) -> Callable[[models.Model], str]:
    """Make a faster ``get_<field>_display``.

    Django's hashes the translations of all labels at each call, which took a tenth of the time of
    some pages.
    """
    labels = dict(choices.choices)

    @cache
    def label_of_value(value):
        return str(labels.get(value, value))

    return lambda self: label_of_value(getattr(self, field))
