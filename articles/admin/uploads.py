"""Uploads of pictures, one or several: into the library, or into the library and a story."""

import time
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.base import desk_page
from articles.database_faults import fault_of, tried_twice
from articles.editorial import (
    Refused,
    add_pictures,
    at_stake_of,
    review_state_of,
    why_not_edited,
    writing,
)
from articles.images import MEGABYTE, MOST_AT_ONCE, MOST_BYTES, TYPES, NotAPicture, normalise
from articles.models import Photo
from articles.rendition_files import forget, start
from articles.storage import file_lock
from articles.versions import row_at_work
from people.shared.text import Words

#: Seconds that a picture waits for its turn.
PATIENCE = 20
#: Types of files that the browser offers.
ACCEPTED = ",".join(TYPES.values())


def taken(file, patience=None):
    """Normalised picture of an upload, or a NotAPicture with the reason why there is none.

    The machine processes one picture at a time, as several large ones would take all its memory.
    ``patience`` is in seconds, by default PATIENCE.
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
    """A field whose value is a Normalised picture."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})

    def to_python(self, data):
        """Raise NotAPicture, a ValidationError, for a file that is none."""
        file = super().to_python(data)
        picture = file and (getattr(file, "taken", None) or taken(file))
        if isinstance(picture, NotAPicture):
            raise picture
        return picture


#: Uploads that a process accepts at a time, so that some of its threads are left for readers.
AT_ONCE = 5
_threads = BoundedSemaphore(AT_ONCE)


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class UploadForm(forms.Form):
    """Credit for all pictures of an upload. The view reads the files one by one."""

    images = forms.FileField(
        label=gettext_lazy("图片文件"),
        required=False,
        widget=FilesInput(attrs={"accept": ACCEPTED, "multiple": True, "required": True}),
    )
    credit = Words(
        label=gettext_lazy("摄影署名"),
        required=False,
        max_length=Photo._meta.get_field("credit").max_length,
        help_text=gettext_lazy("每一张都用，如“记者 某某 摄”；以后可以一张一张改。"),
    )


@dataclass
class Outcome:
    """Result of an upload of several files."""

    #: Pictures in the library, in the order of the files.
    photos: list[Photo] = field(default_factory=list)
    #: Those of them that are new.
    made: list[Photo] = field(default_factory=list)
    #: Name of each file that was refused, and the reason.
    refused: list[tuple[str, str]] = field(default_factory=list)

    def keep(self, file, patience, **words):
        """Put one file into the library.

        Each is stored before the next is read, so that only one is in memory, and what was stored
        stays if a later one fails.
        """
        picture = taken(file, patience)
        if isinstance(picture, NotAPicture):
            self.refused.append((file.name, " ".join(picture.messages)))
            return
        try:
            photo, is_new = tried_twice(_stored, picture, words)
        except (OSError, DatabaseError) as error:
            if fault_of(error) is None or not self.photos:
                raise  # nothing was stored: the error page is right
            self.refused.append((file.name, _("现在存不下，请过一会儿再传这一张。")))
            return
        if photo not in self.photos:
            self.photos.append(photo)
        if is_new:
            self.made.append(photo)


def _stored(picture, words):
    """Picture in the library, and whether it is new."""
    known = Photo.objects.filter(digest=picture.digest)
    if photo := known.first():
        return photo, False
    photo = Photo.of(picture, **words)
    try:
        with writing():
            photo.save()
    except IntegrityError:  # another upload of the same picture was faster
        return known.get(), False
    except (OSError, DatabaseError):
        forget(picture)
        raise
    return photo, True


class UploadsAdmin(admin.ModelAdmin):
    """Base of the two mixins: reads files one by one, and names those that are refused."""

    def _take(self, request, credit):
        files = request.FILES.getlist("images")
        outcome = Outcome()
        # The deadline is for all files together, as they do not wait equally long.
        end = time.monotonic() + PATIENCE * len(files[:MOST_AT_ONCE])
        try:
            for file in files[:MOST_AT_ONCE]:
                outcome.keep(file, max(0, end - time.monotonic()), credit=credit)
        finally:
            if outcome.made:
                start(*(photo.pk for photo in outcome.made))
        too_many = _("一次最多%(most)d张，这一张没有收，请再传一次。") % {"most": MOST_AT_ONCE}
        outcome.refused += [(file.name, too_many) for file in files[MOST_AT_ONCE:]]
        return outcome

    def _tell(self, request, outcome):
        count = {"made": len(outcome.made), "known": len(outcome.photos) - len(outcome.made)}
        said = _("传好了%(made)d张。") if outcome.made else ""
        if count["known"]:
            said += _("有%(known)d张图片库里已经有了，用的就是那几张。")
        self.message_user(request, said % count, messages.SUCCESS)
        for name, why in outcome.refused:
            line = _("“%(name)s”没有收：%(why)s") % {"name": name, "why": why}
            self.message_user(request, line, messages.ERROR)

    def _upload(self, request, thing, *, use=None, **context):
        """Show the form; a POST stores pictures, calls ``use`` and goes to the page of words."""
        form = UploadForm(request.POST if request.method == "POST" else None)
        outcome, status = Outcome(), 200
        if form.is_valid() and not _threads.acquire(blocking=False):
            form.add_error(None, _("现在传图片的人太多，这次一张都没有收。请过一两分钟再传。"))
            status = 503
        elif form.is_valid():
            try:
                outcome = self._take(request, form.cleaned_data["credit"])
            finally:
                _threads.release()
            if outcome.photos:
                self._tell(request, outcome)
                if use:
                    use(outcome.photos)
                query = [("id", photo.pk) for photo in outcome.photos]
                query += [("story", thing.pk)] if thing else []
                return redirect(f"{reverse('admin:articles_photo_words')}?{urlencode(query)}")
            if not outcome.refused:
                form.add_error("images", _("请至少选一张图片。"))
        context |= {
            "form": form,
            "refused": outcome.refused,
            "most": MOST_AT_ONCE,
            "megabytes": MOST_BYTES // MEGABYTE,
        }
        return desk_page(self, request, "photo/upload.html", thing, status=status, **context)


class LibraryUploads(UploadsAdmin):
    """Mixin with the page that uploads pictures into the library."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.upload_view)
        return [path("upload/", view, name="articles_photo_upload"), *super().get_urls()]

    def upload_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._upload(request, None, title=_("上传多张图片"))


#: Permissions to add pictures to a story, besides that to change the story.
NEEDED = ("articles.add_photo", "articles.add_articlephoto")


class StoryUploads(UploadsAdmin):
    """Mixin with the page that uploads pictures into a story."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.pictures_view)
        name = "articles_article_pictures"
        return [path("<int:object_id>/pictures/", view, name=name), *super().get_urls()]

    def pictures_view(self, request, object_id):
        """Upload pictures, and append them to those of the story."""
        story = self.viewed(request, object_id)
        row = row_at_work(story)
        page = redirect("admin:articles_article_change", story.pk)
        if not (self.has_edit_permission(request, row) and request.user.has_perms(NEEDED)):
            raise PermissionDenied
        if why := why_not_edited(row):
            self.message_user(request, why, messages.ERROR)
            return page

        def use(photos):
            try:
                tried_twice(add_pictures, story, photos, request.user)
            except Refused as refused:
                why = " ".join(refused.messages)
                line = _("图片都在图片库里，没有加到稿件：%(why)s") % {"why": why}
                self.message_user(request, line, messages.ERROR)

        stakes = at_stake_of(review_state_of(story, row))
        title = _("一次传多张配图")
        return self._upload(request, story, use=use, title=title, at_stake=stakes)
