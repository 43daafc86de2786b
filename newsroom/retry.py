"""What a form asks for is tried once more where it gave way, before its sender is told so."""

import logging

from django.contrib.messages.storage import default_storage
from django.db import IntegrityError, OperationalError, connection

from articles.database_faults import Fault, fault_of
from newsroom.sessions import SAFE_METHODS

logger = logging.getLogger(__name__)
#: Statements that keep nothing by themselves.
HARMLESS = ("SELECT", "BEGIN")


class Attempt:
    """Notes whether anything that a view wrote was committed."""

    is_kept = False

    def __call__(self, execute, sql, params, many, context):
        """Run a statement, for the connection."""
        answer = execute(sql, params, many, context)
        if not sql.startswith(HARMLESS):
            # At once, where the statement is a transaction of its own.
            context["connection"].on_commit(self._keep)
        return answer

    def _keep(self):
        self.is_kept = True


class Retry:
    """Calls the view of a form again after a deadlock or a lock that did not come in time.

    Also where somebody took a name or a row between the check of a form and its save: checked anew,
    the form says so. Only where the first attempt has left nothing behind; so it stands last, next
    to the view.
    """

    def __init__(self, get_response):
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request):
        """Hand the request on."""
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Answer of the view, from its second attempt if need be."""
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
        # As the first attempt found it.
        request.POST = posted
        request._messages = default_storage(request)  # noqa: SLF001  where Django keeps them
        for _name, files in request.FILES.lists():
            for file in files:
                file.open()
        return view(request, *args, **kwargs)
