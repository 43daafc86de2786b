"""Parser of the headers of forms, fast and for UTF-8 only.

Before a middleware could refuse it, Django decodes a form by any codec that the sender names, in
``charset=`` or in a parameter after RFC 2231 (``name*=punycode''…``). And it takes 7 ms for a
header of 1 KB that is full of semicolons. See docs/decisions/0021.
"""

import re

from django.http import multipartparser, request
from django.http.multipartparser import MultiPartParserError

#: Characters of a header. The longest that a browser sends has the name of a file.
LONGEST = 1024
UTF_8 = ("utf-8", "utf8")
_PARAMETER = re.compile(r';\s*(?:([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s";]*))?\s*', re.ASCII)
_ESCAPED = re.compile(r'\\(["\\])')


def parse(header: str) -> tuple[str, dict[str, str]]:
    """Value and parameters; MultiPartParserError if no browser would have written the header."""
    value, semicolon, rest = header.partition(";")
    rest, at, parameters = semicolon + rest, 0, {}
    while at < len(rest):
        found = _PARAMETER.match(rest, at)
        if not found or len(header) > LONGEST:
            msg = "a header of a form cannot be read"
            raise MultiPartParserError(msg)
        name, said = found.groups()
        if name:
            said = _ESCAPED.sub(r"\1", said[1:-1]) if said.startswith('"') else said
            parameters[name.lower()] = said
        at = found.end()
    if parameters.get("charset", "utf-8").lower() not in UTF_8:
        msg = "a form is not in UTF-8"
        raise MultiPartParserError(msg)
    return value.strip().lower(), parameters


def parse_own(header: str) -> tuple[str, dict[str, str]]:
    """Parse a request's own header. A bad one is empty: nothing can be refused at that moment."""
    try:
        value, parameters = parse(header)
    except MultiPartParserError:
        return "", {}
    # Django refuses a form with the charset "utf8", and takes one without a charset for UTF-8.
    parameters.pop("charset", None)
    return value, parameters


def install() -> None:
    """Replace Django's parsers, for which there is no setting."""
    multipartparser.parse_header_parameters = parse
    request.parse_header_parameters = parse_own
