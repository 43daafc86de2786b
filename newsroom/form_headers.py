"""Headers of forms, read in UTF-8 alone and in no time.

Django decodes by whatever codec the sender names, in ``charset=`` or in a parameter of RFC 2231
(``name*=punycode''…``), before a middleware could refuse; and takes 7 ms for a header of 1 KB that
is full of semicolons. See docs/decisions/0021.
"""

import re

from django.http import multipartparser, request
from django.http.multipartparser import MultiPartParserError

#: Characters of a header; the longest that a browser sends holds the name of a file.
LONGEST = 1024
UTF_8 = ("utf-8", "utf8")
_PARAMETER = re.compile(r';\s*(?:([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s";]*))?\s*', re.ASCII)
_ESCAPED = re.compile(r'\\(["\\])')


def parse(header: str) -> tuple[str, dict[str, str]]:
    """Value and parameters; MultiPartParserError where they are not as a browser writes them."""
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
    """The same for a request, which cannot be refused while it is made: as one without a form."""
    try:
        value, parameters = parse(header)
    except MultiPartParserError:
        return "", {}
    # By "utf8" Django would refuse a form, and without a name it takes it for what it is.
    parameters.pop("charset", None)
    return value, parameters


def install():
    """Put both in the place of Django's, for which it has no other hook."""
    multipartparser.parse_header_parameters = parse
    request.parse_header_parameters = parse_own
