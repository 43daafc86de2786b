"""Words that look cut in half."""

import re
from collections.abc import Iterator

from articles.importing.parser.findings import Question
from articles.importing.parser.text import Flow

#: 提 alone lifts nothing of these: 提高认识, 提升站位.
_HALF = re.compile(r"要提(?:认识|站位|效率|质量|水平|标准|素质|能力|意识)(?=[,。;])")


def read_doubts(flow: Flow) -> Iterator[Question]:
    """Passages where a word seems to lack a character."""
    for found in _HALF.finditer(flow.folded):
        yield Question("half-word", f"“{found[0]}”是否漏了字?", flow.span(*found.span()))
