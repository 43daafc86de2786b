"""Error pages in the site's own look; none asks the database for anything."""

from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

FORBIDDEN = 403

#: Heading and explanation by status.
PAGES = {
    400: (_("这个请求有问题"), _("网址或提交的内容不完整，或者太长。请返回上一页再试。")),
    FORBIDDEN: (_("没有权限"), _("您的角色不能打开这一页。需要的话，请换一个账号登录。")),
    404: (_("没有这一页"), _("网址可能写错了，或者这一页已经不在。")),
    411: (_("没有接收"), _("提交的内容没有注明长度。请换一个浏览器再试。")),
    413: (_("内容太大"), _("请返回上一页，改小或者分几次再提交。")),
    500: (_("网站出错了"), _("这是我们的问题，已经记录下来。请过一会儿再试。")),
    503: (_("网站暂时打不开"), _("正在维护或者太忙，请过一会儿再试。")),
}


def error_page(request, status, reason="", heading=""):
    """Page for ``status``; words in the reader's language take the place of the usual ones."""
    usual_heading, usual = PAGES[status]
    context = {
        "heading": heading or usual_heading,
        "reason": reason or usual,
        "to_desk": request.path.startswith(reverse("admin:index")),
    }
    return render(request, "error.html", context, status=status)


def bad_request(request, exception):  # noqa: ARG001  Django names them
    """400."""
    return error_page(request, 400)


def forbidden(request, exception):  # noqa: ARG001
    """403."""
    return error_page(request, 403)


def not_found(request, exception):
    """404 that gives the reason where the page had one for the reader."""
    return error_page(request, 404, getattr(exception, "reason", ""))


def server_error(request):
    """500."""
    return error_page(request, 500)


def csrf_failure(request, reason=""):
    """403 for a form whose token is missing or old; Django's reason is for developers."""
    reason = _("页面开得太久，或浏览器没有接受Cookie。请返回上一页，刷新后再提交。")
    return error_page(request, FORBIDDEN, reason, _("没有送出"))


class DatabaseAway:
    """503 instead of 500 when the database does not answer a page."""

    def __init__(self, get_response):
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request):
        """Hand the request on."""
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Answer for a view that lost its database; any other error goes its way."""
        if not isinstance(exception, (OperationalError, InterfaceError)):
            return None
        answer = error_page(request, 503)
        answer["Retry-After"] = "30"
        return answer
