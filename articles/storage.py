"""Files of pictures: whole, or not there."""

from contextlib import suppress
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string


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
