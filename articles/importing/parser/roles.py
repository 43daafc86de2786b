"""Patterns of a byline: roles, what may stand before one, what was made, who makes the page."""

import re

from articles.importing.parser.datelines import OUTLET
from articles.importing.parser.words import any_of, padded
from people.shared.characters import HAN

#: Those who write; those who make the page; what stands before the name of who made it.
WRITERS, STAFF, PICTURES = padded("writer"), padded("staff"), padded("picture")
#: What may be glued before a role.
PREFIX = rf"(?:{HAN}{{0,8}}?{OUTLET}|驻{HAN}{{2,4}}?|{any_of('byline prefix')})"
_DUTY = rf"{WRITERS}|{STAFF}"
ROLE = re.compile(
    rf"(?P<prefix>(?:{PREFIX}[·/\-—_]?){{0,4}}?)"
    rf"(?P<duty>{_DUTY}|(?:{PICTURES})(?=[ :/(、]|$)|摄影(?= ?{HAN}))"
)
#: A role among glued names: only prefixes that are no part of a name.
INNER = re.compile(
    r"(?:全媒体|融媒体?|新媒体|首席|见习|实习|特约|特派|资深|本报|本网|摄影|文字)?"
    rf"(?P<duty>{_DUTY}|摄影(?= ?{HAN}))"
)
#: What was made, after the name.
WORK = re.compile(rf"(?:文/图/视频|文/图|图/文|文/视频|{any_of('work')})")
#: A paper's or unit's name where a role or unit could stand.
UNIT = re.compile(rf"(?:{HAN}|[A-Za-z·/\-]){{1,20}}?(?:{OUTLET}|{any_of('unit')})")
#: A duty as it is compared: 编 辑 is 编辑.
STAFF_DUTY = re.compile(STAFF)
#: Works with a stroke between them, which is no separator there.
MADE = re.compile(rf"(文|图|摄影|摄|视频|文字)(?:/(?!\1)(?:文|图|摄影|摄|视频|图片))+(?!{HAN})")
#: Those of them that may be glued to a name.
GLUED = re.compile(r"文/图|图/文|文/视频")
