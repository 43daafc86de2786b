"""Error pages. Without a database they lack the sections of the paper."""

import math
import sys

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from articles.database_faults import Fault, fault_of
from newsroom.middleware import current_request_id

FORBIDDEN = 403
FAILED = 500


class BadInput(BadRequest):
    """400 with a reason in Chinese for the error page."""

    def __init__(self, reason: str | Promise):
        super().__init__(reason)
        self.reason = reason


#: Status codes whose pages have the navigation of the paper.
FRAMED = (404, FAILED)
#: Heading and explanation by status.
PAGES = {
    400: (_("这个请求有问题"), _("网址或提交的内容不完整，或者太长。请返回上一页再试。")),
    FORBIDDEN: (_("没有权限"), _("您的角色不能打开这一页。需要的话，请换一个账号登录。")),
    404: (_("没有这一页"), _("网址可能写错了，或者这一页已经不在。")),
    411: (_("没有接收"), _("提交的内容没有注明长度。请换一个浏览器再试。")),
    413: (_("内容太大"), _("请返回上一页，改小或者分几次再提交。")),
    429: (_("登录已锁"), _("试的次数太多，请过一会儿再试。")),
    FAILED: (_("网站出错了"), _("这是我们的问题，已经记录下来。请过一会儿再试。")),
    503: (_("网站暂时打不开"), _("正在维护，请过一会儿再试。")),
}
#: Heading and explanation of a 503 for what the database may not do now.
FAULTS = {
    Fault.BUSY: (
        _("现在太忙"),
        _("别人正在保存，这一次没有等到。如果您提交了内容，它还没有保存：请过几秒返回上一页再交。"),
    ),
    Fault.SLOW: (
        _("查得太久"),
        _("这一页要查的太多，没能及时查完，已经停下。请把条件写得窄一些再试。"),
    ),
    Fault.READ_ONLY: (
        _("现在只能看，不能保存"),
        _("您提交的内容没有保存。请留好写好的内容，告诉管理员，过一会儿再试。"),
    ),
}
#: Seconds for the header Retry-After, where they are not 30.
RETRY_AFTER = {Fault.BUSY: 5}


def _frame() -> dict:
    """Sections and pages of the paper; empty where the database fails."""
    # The server imports this module before the apps are loaded.
    from articles.public import frame  # noqa: PLC0415

    try:
        return frame()
    except Error:
        return {}


def error_page(
    request: HttpRequest,
    status: int,
    reason: str | Promise = "",
    heading: str | Promise = "",
    instead: tuple = (),
) -> HttpResponse:
    """Page for a status in ``PAGES``; ``reason`` and ``heading`` replace the usual texts.

    ``instead``: words and address of a link to what the reader may have looked for.
    """
    usual_heading, usual = PAGES[status]
    to_desk = request.path.startswith(reverse("admin:index"))
    context = {
        **(_frame() if status in FRAMED and not to_desk else {}),
        "heading": heading or usual_heading,
        "reason": reason or usual,
        "instead": instead,
        "to_desk": to_desk,
        # The log has a failure of ours under this number.
        "request_id": current_request_id.get() if status >= FAILED else "",
    }
    return render(request, "error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 400, getattr(exception, "reason", ""))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django names them
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason, instead = getattr(exception, "reason", ""), getattr(exception, "instead", ())
    return error_page(request, 404, reason, instead=instead)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database cannot answer now. Django logs both with their traceback."""
    fault = fault_of(sys.exception())
    if fault is None:
        return error_page(request, FAILED)
    heading, reason = FAULTS.get(fault, PAGES[503])
    answer = error_page(request, 503, reason, heading)
    answer["Retry-After"] = str(RETRY_AFTER.get(fault, 30))
    return answer


def locked_out(request, _response, _credentials) -> HttpResponse:
    """429 after too many failed log-ins, with the time at which log-in works again."""
    until = request.locked_until
    reason = _(
        "密码错的次数太多，%(until)s以后再试。急用请找总编（账号页里可以解锁）或者管理员。"
    ) % {"until": f"{timezone.localtime(until):%H:%M}"}
    page = error_page(request, 429, reason)
    page["Retry-After"] = str(max(1, math.ceil((until - timezone.now()).total_seconds())))
    return page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django names it
    """403 for a form whose token is missing or old. ``reason``, for developers, is not shown.

    A log-in renews the token, so the log-in form in a second tab has an old one. The user is
    already logged in then, and is sent on.
    """
    if request.path == reverse("admin:login") and request.user.is_staff:
        messages.info(request, _("您已经登录：%(user)s。") % {"user": request.user})
        back = request.GET.get("next", "")
        ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
        return redirect(back if ours else "admin:index")
    message = _("页面开得太久，或浏览器没有接受Cookie。请返回上一页，刷新后再提交。")
    return error_page(request, FORBIDDEN, message, _("没有送出"))
