"""A number for each request, by which what a visitor saw is found in the log."""

import logging
from contextvars import ContextVar
from secrets import token_hex

#: Number of the request that this thread answers, or has answered last; no request's in a command.
current = ContextVar("request_id", default="-")


def identify(get_response):
    """Middleware: number the request. What a client sends under that name is not taken over."""

    def answer(request):
        number = token_hex(6)
        current.set(number)
        response = get_response(request)
        response["X-Request-ID"] = number
        return response

    return answer


class WithRequestID(logging.Filter):
    """Gives each line of the log the number of its request."""

    def filter(self, record):
        """Let every line pass."""
        record.request_id = current.get()
        return True
