"""Second attempt for a form that failed because of another user's save at the same moment."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.messages.storage import default_storage
from django.db import IntegrityError, OperationalError, connection
from django.http import HttpRequest, HttpResponse

from articles.database_faults import Fault, fault_of
from newsroom.sessions import SAFE_METHODS

logger = logging.getLogger(__name__)
#: Statements that commit nothing.
HARMLESS = ("SELECT", "BEGIN")


class Attempt:
    """Execute wrapper that notes whether a view has committed anything."""

    is_kept = False

    def __call__(self, execute, sql, params, many, context) -> Any:
        answer = execute(sql, params, many, context)
        if not sql.startswith(HARMLESS):
            # Outside a transaction this is called at once.
            context["connection"].on_commit(self._keep)
        return answer

    def _keep(self):
        self.is_kept = True


class Retry:
    """Middleware that calls the view of a form again after a deadlock or a lock timeout.

    It does so too after an IntegrityError, where someone took a name or deleted a row between
    validation and save: validated again, the form says so. It does nothing if the first attempt
    committed anything. As it calls the view itself, it is the last middleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        if request.method in SAFE_METHODS:
            return None
        posted, attempt = request.POST, Attempt()
        try:
            with connection.execute_wrapper(attempt):
                return view(request, *args, **kwargs)
        except (OperationalError, IntegrityError) as error:
            is_late = isinstance(error, IntegrityError) or fault_of(error) is Fault.BUSY
            if attempt.is_kept or not is_late:
                raise
            logger.warning("Tried again: %s: %s", request.path, error)
        # Give the second attempt the request as the first one got it.
        request.POST = posted
        request._messages = default_storage(request)  # noqa: SLF001  where Django keeps them
        for _name, files in request.FILES.lists():
            for file in files:
                file.open()
        return view(request, *args, **kwargs)
