"""How dates are typed: as machines write them, and as the paper prints them.

Django's own formats for Chinese name directives that Python does not have: 2021年3月25日 would be
refused. The first of each is what a form shows.
"""

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d"]
DATETIME_INPUT_FORMATS = [
    f"{day} {hour}" for hour in ("%H:%M:%S", "%H:%M") for day in DATE_INPUT_FORMATS
]
