"""How dates are printed, and how they are typed: as machines write them, and as the paper does.

The short formats are those of data and of the desk. Django's own formats for typing Chinese name
directives that Python does not have: 2021年3月25日 would be refused. The first of each is what a
form shows.
"""

DATE_FORMAT = "Y年n月j日"
YEAR_MONTH_FORMAT = "Y年n月"
MONTH_DAY_FORMAT = "n月j日"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d"]
DATETIME_INPUT_FORMATS = [
    f"{day} {hour}" for hour in ("%H:%M:%S", "%H:%M") for day in DATE_INPUT_FORMATS
]
