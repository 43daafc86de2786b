"""How often the tests repeat what chance decides: the full number in `make soak`, else little."""

import os

SOAK = bool(os.environ.get("SOAK"))


def times(big: int) -> int:
    """``big`` under SOAK, a hundredth of it in any other run."""
    return big if SOAK else max(1, big // 100)
