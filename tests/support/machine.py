"""What this machine has: checkers that npm brings into tests/browser, and time for chance."""

import os
import shutil
from pathlib import Path

MODULES = Path(__file__).parents[1] / "browser" / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
JAVA = shutil.which("java")
#: Whether this is `make soak`.
SOAK = bool(os.environ.get("SOAK"))


def axe_lacks():
    """What keeps axe from a page in Chromium; nothing where it can run."""
    return "" if AXE.exists() else "no axe-core, which `make test` installs where npm is"


def vnu_lacks():
    """What keeps the checker of HTML from running; nothing where it can."""
    if not VNU.exists():
        return "no vnu-jar, which `make test` installs where npm is"
    return "" if JAVA else "no Java on this machine"


def times(big: int) -> int:
    """``big`` under SOAK, a hundredth of it in any other run."""
    return big if SOAK else max(1, big // 100)
