"""The closed lists of the record, and the constraint that holds a column to one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """How far the desk has come with the text."""

    DRAFT = "draft", _("起草")
    FIRST = "first", _("一审")
    SECOND = "second", _("二审")
    THIRD = "third", _("三审")
    SIGNED = "signed", _("已签发")


class Visibility(models.TextChoices):
    """Whether readers may see a story."""

    UNPUBLISHED = "unpublished", _("未发布")
    LIVE = "live", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤回")


class TransitionName(models.TextChoices):
    """What can be done with a story; ``articles.editorial`` says when and by whom."""

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
    """Where a story stands on the front page by an editor's choice."""

    LEAD = "lead", _("头条")
    PINNED = "pinned", _("要闻")


class Verdict(models.TextChoices):
    """What a reviewer decided."""

    PASSED = "passed", _("通过")
    RETURNED = "returned", _("退回")


class BylineRole(models.TextChoices):
    """What a name did for a story; 记者 is a legal role and never merged with others."""

    REPORTER = "reporter", _("记者")
    TRAINEE = "trainee", _("实习记者")
    CORRESPONDENT = "correspondent", _("通讯员")
    PHOTOGRAPHER = "photographer", _("摄影")
    COMMENTATOR = "commentator", _("评论员")
    EDITOR = "editor", _("责任编辑")


class Status(models.TextChoices):
    """Steps of a project, from talk to completion."""

    NEGOTIATING = "negotiating", _("在谈")
    SIGNED = "signed", _("签约")
    LANDED = "landed", _("落地")
    STARTED = "started", _("开工")
    BUILDING = "building", _("在建")
    COMPLETED = "completed", _("竣工")


class Kind(models.TextChoices):
    """Why a party went to look."""

    TOUR = "tour", _("观摩")
    STUDY = "study", _("调研")
    SUPERVISION = "supervision", _("督导")


class PartOfDay(models.TextChoices):
    """As far as the paper says; empty where it does not."""

    MORNING = "morning", _("上午")
    NOON = "noon", _("中午")
    AFTERNOON = "afternoon", _("下午")
    EVENING = "evening", _("晚上")


class AttendanceRole(models.TextChoices):
    """What someone did at an event, weightiest first; a row has one."""

    LEAD = "lead", _("带队")
    CHAIR = "chair", _("主持")
    SPEAK = "speak", _("讲话")
    ACCOMPANY = "accompany", _("陪同")
    ATTEND = "attend", _("参加")


def known(model: str, field: str, choices, *, blank: bool = False) -> models.CheckConstraint:
    """Constraint ``<model>_<field>_known``: the column holds one of ``choices``."""
    values = [*choices.values, ""] if blank else choices.values
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": values}),
        name=f"{model}_{field}_known",
        violation_error_message=_("请从列表中选择。"),
    )


def label_of(choices, field: str):
    """Method for a model: the label that ``choices`` gives the value of ``field``.

    Django's own translates and hashes all labels at each call, a tenth of the time of some pages.
    """
    labels = dict(choices.choices)

    def label(self) -> str:
        value = getattr(self, field)
        return str(labels.get(value, value))

    return label
