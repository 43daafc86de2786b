"""Error pages in the site's own look; each is the same but for the sections without a database."""

import math
import sys

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import Error
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from articles.database_faults import Fault, fault_of
from newsroom.middleware import current_request_id

FORBIDDEN = 403
FAILED = 500


class BadInput(BadRequest):
    """400 with a reason in the reader's language."""

    def __init__(self, reason):
        """``reason`` is shown on the error page."""
        super().__init__(reason)
        self.reason = reason


#: What a reader met who goes on from there, by the sections and the rooms of the archive.
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
#: The same for a database that answers, but not this now.
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
#: Seconds after which it is worth while to try again.
RETRY_AFTER = {Fault.BUSY: 5}


def _frame():
    """Sections and pages of the paper; none where the database cannot say now."""
    # The server reads this module before the apps are loaded.
    from articles.public import frame  # noqa: PLC0415

    try:
        return frame()
    except Error:
        return {}


def error_page(request, status, reason="", heading=""):
    """Page for ``status``; words in the reader's language take the place of the usual ones."""
    usual_heading, usual = PAGES[status]
    to_desk = request.path.startswith(reverse("admin:index"))
    context = {
        **(_frame() if status in FRAMED and not to_desk else {}),
        "heading": heading or usual_heading,
        "reason": reason or usual,
        "to_desk": to_desk,
        # What was not the visitor's doing is in the log under this number.
        "request_id": current_request_id.get() if status >= FAILED else "",
    }
    return render(request, "error.html", context, status=status)


def bad_request(request, exception):
    """400 that gives the reason where there is one for the reader."""
    return error_page(request, 400, getattr(exception, "reason", ""))


def forbidden(request, exception):  # noqa: ARG001  Django names them
    """403."""
    return error_page(request, 403)


def not_found(request, exception):
    """404 that gives the reason where the page had one for the reader."""
    return error_page(request, 404, getattr(exception, "reason", ""))


def server_error(request):
    """500; 503 where the database cannot answer now. Django logs either with its traceback."""
    fault = fault_of(sys.exception())
    if fault is None:
        return error_page(request, FAILED)
    heading, reason = FAULTS.get(fault, PAGES[503])
    answer = error_page(request, 503, reason, heading)
    answer["Retry-After"] = str(RETRY_AFTER.get(fault, 30))
    return answer


def locked_out(request, _response, _credentials):
    """429 for whoever tried to log in too often, with the hour from which it goes on."""
    until = request.locked_until
    reason = _(
        "密码错的次数太多，%(until)s以后再试。急用请找总编（账号页里可以解锁）或者管理员。"
    ) % {"until": f"{timezone.localtime(until):%H:%M}"}
    page = error_page(request, 429, reason)
    page["Retry-After"] = str(max(1, math.ceil((until - timezone.now()).total_seconds())))
    return page


def csrf_failure(request, reason=""):
    """403 for a form whose token is missing or old; Django's reason is for developers.

    The log-in renews the token: of two tabs that wait for a password, the second one has an old
    one, but its browser is in.
    """
    if request.path == reverse("admin:login") and request.user.is_staff:
        messages.info(request, _("您已经登录：%(user)s。") % {"user": request.user})
        back = request.GET.get("next", "")
        ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
        return redirect(back if ours else "admin:index")
    reason = _("页面开得太久，或浏览器没有接受Cookie。请返回上一页，刷新后再提交。")
    return error_page(request, FORBIDDEN, reason, _("没有送出"))
