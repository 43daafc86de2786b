"""Officials and reporters: their history, and a page that links printed names to them."""

import logging

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.base import desk_page
from articles.admin.record import RecordAdmin
from articles.database_faults import Fault, fault_of, tried_twice
from articles.editorial import (
    Refused,
    at_stake,
    count_unlinked,
    day_of,
    link_rows,
    thing_of,
    unlinked_rows,
    why_not_linked,
)
from articles.models.events import Event
from people.admin import OfficialAdmin, ReporterAdmin
from people.models import Official, Reporter
from people.shared.admin import change_address
from people.shared.text import Words

logger = logging.getLogger(__name__)
#: Permission to link rows, as that changes public pages.
AMEND = "articles.amend_article"
#: Rows on the page; the others follow when these are linked.
MOST = 200


class Offer:
    """A row that may be linked to a person, as the page shows it."""

    def __init__(self, row, person):
        self.row, self.thing = row, thing_of(row)
        self.day = day_of(self.thing)
        self.kind = self.thing._meta.verbose_name
        self.key = f"{row._meta.model_name}.{row.pk}"
        self.title = getattr(row, "printed_title", "")
        self.label = person.label_on(self.day)
        self.why_not = why_not_linked(self.thing)
        self.is_likely = not self.why_not and person.may_be_called(self.title, self.day)
        story = getattr(self.thing, "copy_of", None) or self.thing
        self.address = change_address(story)


class OfferForm(forms.Form):
    reason = Words(
        label=gettext_lazy("修改理由"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("写进历史。读者看得到的活动改了马上对外。"),
    )


class OffersAdmin(admin.ModelAdmin):
    """Mixin with the page that links rows to a person, and links to that page."""

    change_form_template = "admin/people/person_form.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.links_view)
        name = f"people_{self.opts.model_name}_links"
        return [path("<int:object_id>/links/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Say how many rows have the person's name but no link."""
        if obj and self.has_change_permission(request, obj):
            context |= {"unlinked": count_unlinked(obj, MOST), "most_unlinked": MOST}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_related(self, request, form, formsets, change):
        """Link to the page after a new name, if there are rows with it."""
        super().save_related(request, form, formsets, change)
        person = form.instance
        if {"name", "aliases"} & set(form.changed_data) and count_unlinked(person, 1):
            line = _("稿件或活动里印着“%(name)s”，还没有连到登记的人。") % {"name": person}
            link = format_html(
                '{}<a href="{}">{}</a>', line, self._links(person), _("看看要不要连上")
            )
            self.message_user(request, link, messages.WARNING)

    def _links(self, person):
        return reverse(f"admin:people_{self.opts.model_name}_links", args=[person.pk])

    def links_view(self, request, object_id):
        """Show rows with the person's name; a POST links those that are ticked, or all."""
        person = self.get_object(request, str(object_id))
        if person is None:
            raise Http404
        if not (self.has_change_permission(request, person) and request.user.has_perm(AMEND)):
            raise PermissionDenied
        offers = [Offer(row, person) for row in unlinked_rows(person, MOST)]
        form = OfferForm(request.POST or None, initial={"reason": _("登记以后补上关联")})
        if form.is_valid():
            chosen = request.POST.getlist("row")
            wanted = [
                one.row
                for one in offers
                if not one.why_not and ("_all" in request.POST or one.key in chosen)
            ]
            self._link(request, person, wanted, form.cleaned_data["reason"])
            return redirect(request.path if count_unlinked(person, 1) else change_address(person))
        events = {one.thing for one in offers if isinstance(one.thing, Event)}
        context = {
            "title": _("没有连上的"),
            "form": form,
            "offers": offers,
            "most": MOST,
            "may_link": any(not one.why_not for one in offers),
            "at_stake": at_stake(*events),
        }
        return desk_page(self, request, "links.html", person, **context)

    def _link(self, request, person, rows, reason):
        """Link rows, each story or event in a transaction of its own, with a message for each."""
        things = {}
        for row in rows:
            things.setdefault(thing_of(row), []).append(row)
        for thing, own in things.items():
            said = {"thing": thing, "person": person}
            level = messages.ERROR
            try:
                number = tried_twice(link_rows, thing, own, person, by=request.user, reason=reason)
            except Refused as refused:
                said["why"] = " ".join(refused.messages)
                line = _("《%(thing)s》没有连上：%(why)s")
            except OperationalError as error:
                if fault_of(error) is not Fault.BUSY:
                    raise
                logger.exception("Not linked: %s", thing)
                line = _("《%(thing)s》没有连上：现在太忙，别人正在保存。请过几秒再试。")
            else:
                level = messages.SUCCESS if number else messages.WARNING
                line = (
                    _("《%(thing)s》：已连到%(person)s。")
                    if number
                    else _("《%(thing)s》：刚才已经有人改过，没有要连的了。")
                )
            self.message_user(request, line % said, level)
        if not things:
            self.message_user(request, _("没有勾选，什么都没有改。"), messages.WARNING)


admin.site.unregister([Official, Reporter])


@admin.register(Official)
class VersionedOfficialAdmin(OffersAdmin, RecordAdmin, OfficialAdmin):
    """Officials with versions; changing one who appears in a live story needs a reason."""


@admin.register(Reporter)
class OfferedReporterAdmin(OffersAdmin, ReporterAdmin):
    pass
