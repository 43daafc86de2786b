"""Files of the library: renditions, made beside the requests, and their end with the picture."""

import math
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction

from articles.decoder import RefusedError
from articles.editorial import touch_public, writing
from articles.images import renditions
from articles.models import Photo
from articles.models.photo import place
from articles.storage import file_lock


def start(*pks) -> None:
    """Make the renditions of pictures in a process of its own, and return at once.

    A worker that encoded eighteen files itself would keep its readers waiting for seconds. What
    does not get made here, `make_renditions` makes later; why there is no queue is said in
    docs/decisions/0007.
    """
    if not settings.RENDITIONS_AT_ONCE:
        return
    process = subprocess.Popen(  # noqa: S603  our own command and numbers
        [sys.executable, "manage.py", "make_renditions", *map(str, pks)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # a restart of the server does not end it
    )
    # Someone has to wait for a process that has ended, or it stays in the system's table.
    Thread(target=process.wait, daemon=True).start()


def make_renditions(pks):
    """Make those of each picture; yield its key and what went wrong, or None.

    A queryset of keys is asked once it is our turn, when another process may have made some.
    """
    # One process at a time: pictures uploaded together leave a core to the readers.
    with file_lock(Path(settings.MEDIA_ROOT) / "renditions.lock", math.inf):
        for pk in pks:
            try:
                _make(Photo.objects.get(pk=pk))
            except (OSError, RefusedError, Photo.DoesNotExist) as error:
                yield pk, error
            else:
                yield pk, None


def forget(picture) -> None:
    """Remove the files of a Normalised that has no row, where the save of one failed."""
    photo = Photo(digest=picture.digest)
    with suppress(DatabaseError):
        if not Photo.objects.filter(digest=picture.digest).exists():
            shutil.rmtree(photo.folder, ignore_errors=True)


def remove_files(instance, **_signal) -> None:
    """Once a picture's deletion is committed, remove its files."""
    folder = instance.folder
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


def _make(photo):
    """Write the files, then name them in the row, unless it was given another focus meanwhile."""
    made = []
    focal = {"focal_x": photo.focal_x, "focal_y": photo.focal_y}
    with photo.image.open() as file:
        for rendition in renditions(file, tuple(focal.values())):
            kept = place(photo, rendition.name)
            photo.image.storage.save(kept, ContentFile(rendition.content))
            made.append(
                {
                    "name": rendition.name,
                    "shape": rendition.shape,
                    "format": rendition.extension,
                    "width": rendition.width,
                    "height": rendition.height,
                }
            )
    here = Photo.objects.filter(pk=photo.pk)
    with writing():
        is_named = here.filter(**focal).update(renditions=made)
        touch_public()
    if not is_named and not here.exists():
        shutil.rmtree(photo.folder, ignore_errors=True)
