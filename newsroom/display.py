"""Text size or mode that a reader has chosen, kept in the site's only cookie for readers."""

from collections.abc import Callable

from django.conf import settings
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

View = Callable[[HttpRequest], HttpResponse]

COOKIE = "display"
#: Life of the cookie in seconds.
KEPT_FOR = 365 * 24 * 3600


class Mode(TextChoices):
    """Sizes of a story's text, and the mode for older readers. Medium is the default: no cookie."""

    SMALL = "small", _("小")
    MEDIUM = "medium", _("中")
    LARGE = "large", _("大")
    ELDER = "elder", _("老年人模式")


SIZES = (Mode.SMALL, Mode.MEDIUM, Mode.LARGE)


def mode_of(request: HttpRequest) -> str:
    kept = request.COOKIES.get(COOKIE)
    return kept if kept in Mode.values else Mode.MEDIUM


# No CSRF token: a forged request changes no more than a text size, and with a token no cache could
# keep a public page.
@csrf_exempt
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Store the choice and redirect to ``back``, which has to be a path of this site."""
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    answer = HttpResponseRedirect(back if ours else "/")
    mode = request.POST.get("display")
    if mode == Mode.MEDIUM:
        answer.delete_cookie(COOKIE, samesite="Lax")
    elif mode in Mode.values:
        answer.set_cookie(
            COOKIE,
            mode,
            max_age=KEPT_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer


def vary_by_display(get_response: View) -> View:
    """Middleware: have caches keep a page for requests with the same cookie only."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response

    return answer
