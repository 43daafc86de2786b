"""Answers for whoever watches the process."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(_request):
    """``ok`` while the process lives; looks at nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")
