"""Files: whole or not there, and written by one process at a time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string

try:
    import fcntl
except ImportError:  # Windows, where one process serves
    fcntl = None

#: Seconds between two looks whether a lock is free.
PAUSE = 0.1


class WholeFiles(FileSystemStorage):
    """Storage in which no reader ever sees half of a file, and a full disk leaves none."""

    def _save(self, name, content):
        path = Path(self.path(name))
        aside = path.with_name(f".{get_random_string(8)}-{path.name}")
        try:
            super()._save(str(aside.relative_to(self.location)), content)
            aside.replace(path)
        except OSError:
            aside.unlink(missing_ok=True)
            with suppress(OSError):  # it holds the files of a picture that was there before
                path.parent.rmdir()
            raise
        return name


@contextmanager
def file_lock(path: Path, seconds: float) -> Iterator[None]:
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
