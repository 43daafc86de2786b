"""The parser runs where there is no Django."""

import subprocess
import sys

ALONE = """
import sys
sys.modules["django"] = None
from articles.importing import parser
assert len(parser.parse("某区召开会议\\n本报讯 4月1日,会议召开。").stories) == 1
"""


def test_django_is_not_needed():
    subprocess.run([sys.executable, "-c", ALONE], check=True)
