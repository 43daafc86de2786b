"""All components of the public pages with their states, on one page for the desk."""

from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from newsroom.component_samples import SAMPLES

#: Style of pages that have some of their own.
SHEETS = ("css/story.css", "css/front.css", "css/figures.css")


@require_safe
def component_library(request):
    """Each component of ``SAMPLES`` as the public pages draw it, in the reader's own mode."""
    components = {
        name: {
            state: render_to_string(f"components/{name}.html", context, request)
            for state, context in states.items()
        }
        for name, states in SAMPLES.items()
    }
    context = {"components": components, "sheets": SHEETS}
    return render(request, "admin/components.html", context)
