"""One process of a machine at a time."""

import time
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where one process serves
    fcntl = None

#: Seconds between two looks whether it is our turn.
PAUSE = 0.1


@contextmanager
def turn(path: Path, seconds: float):
    """Hold the lock that ``path`` names; TimeoutError where it does not come within ``seconds``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + seconds
    with path.open("w") as lock:
        while fcntl and not _locked(lock):
            if time.monotonic() > end:
                raise TimeoutError
            time.sleep(PAUSE)
        yield


def _locked(file):
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
