"""Uploads of pictures: each made anew in its turn, before any transaction opens."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from articles.images import TYPES, NotAPicture, normalise
from articles.storage import file_lock

#: Seconds that an upload waits for those before it.
PATIENCE = 20
#: What a browser offers to choose from.
ACCEPTED = ",".join(TYPES.values())


def taken(file, patience=None):
    """Normalised picture of an upload, or the NotAPicture that says why there is none.

    One at a time on a machine: several large ones at once would leave no memory. ``patience`` are
    the seconds that it waits for the others; PATIENCE, unless told.
    """
    try:
        wait = PATIENCE if patience is None else patience
        with file_lock(settings.VAR_DIR / "uploads.lock", wait):
            return normalise(file)
    except TimeoutError:
        return NotAPicture(_("有别的图片正在处理，这张还没有轮到。请过一会儿再上传。"))
    except NotAPicture as refused:
        return refused


class PictureField(forms.FileField):
    """An upload that comes out as a Normalised picture, or is refused with the reason."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})

    def to_python(self, data):
        """Picture made anew; NotAPicture is a message on the form."""
        file = super().to_python(data)
        picture = file and (getattr(file, "taken", None) or taken(file))
        if isinstance(picture, NotAPicture):
            raise picture
        return picture
