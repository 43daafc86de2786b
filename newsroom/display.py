"""How a reader wants to see the pages: one cookie, set by nothing but the reader's own choice."""

from django.conf import settings
from django.db.models import TextChoices
from django.http import HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

COOKIE = "display"
#: Seconds that a choice is kept.
KEPT_FOR = 365 * 24 * 3600


class Mode(TextChoices):
    """Sizes of a story's text, and the mode for the old (适老化); the middle has no cookie."""

    SMALL = "small", _("小")
    MEDIUM = "medium", _("中")
    LARGE = "large", _("大")
    ELDER = "elder", _("老年人模式")


SIZES = (Mode.SMALL, Mode.MEDIUM, Mode.LARGE)


def mode_of(request) -> str:
    """The reader's choice; the middle size for whoever made none."""
    kept = request.COOKIES.get(COOKIE)
    return kept if kept in Mode.values else Mode.MEDIUM


# No token: whoever forges this form changes how large a stranger's letters are, and a token would
# keep every public page from every cache.
@csrf_exempt
@require_POST
def display(request):
    """Keep a choice, and lead back to the page where it was made: always one of our own."""
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


def vary_by_display(get_response):
    """Middleware: a cache keeps a page for those who send the same cookies."""

    def answer(request):
        response = get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response

    return answer
