"""What a story must have before readers may see it."""

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _


def missing(article) -> list[str]:
    """Messages, each naming what is missing and what to do; empty when the story is ready."""
    problems = []
    if not strip_tags(article.body).strip():
        problems.append(_("正文是空的，请先写正文。"))
    if not article.section:
        problems.append(_("还没有选栏目，请在“所在位置”里选一个。"))
    if not article.bylines.exists() and not article.source:
        problems.append(_("没有署名也没有来源，请至少填一项。"))
    if article.expires_at and article.expires_at <= timezone.now():
        problems.append(_("下线时间已经过去，请改晚或清空。"))
    return problems
