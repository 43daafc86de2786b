"""Transitions of stories: of one story on a page of its own, or of many by an action."""

import logging
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.base import desk_page
from articles.database_faults import Fault, fault_of, tried_twice
from articles.editorial import (
    TRANSITIONS,
    NeedsConfirmation,
    Refused,
    blocked_reason,
    current_review_state,
    execute,
    findings,
    missing_reviewers,
)
from articles.models.choices import TransitionName
from articles.versions.describe import describe
from people.shared.days import MomentField
from people.shared.text import Words

logger = logging.getLogger(__name__)
#: Transitions that the list offers as actions.
IN_BULK = (
    TransitionName.SUBMIT,
    TransitionName.FIRST,
    TransitionName.SECOND,
    TransitionName.SIGN,
    TransitionName.PUBLISH,
)


class HourField(MomentField):
    """An optional time."""

    def __init__(self, **options):
        super().__init__(required=False, help_text=gettext_lazy("北京时间。"), **options)


class TransitionForm(forms.Form):
    """What a transition needs from the user."""

    at = HourField(label=gettext_lazy("发布时间"))
    until = HourField(label=gettext_lazy("下线时间（不填就一直在）"))
    reason = Words(
        label=gettext_lazy("理由"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    state_token = forms.CharField(widget=forms.HiddenInput, required=False)
    accepted = forms.BooleanField(label=gettext_lazy("提醒已经看过，仍然继续"), required=False)

    def __init__(self, verb, review_state, *args, **options):
        """Remove the fields that the transition does not have."""
        super().__init__(*args, **options)
        timed = verb.name == TransitionName.SCHEDULE
        if not timed:
            del self.fields["at"]
        if review_state.is_copy or not (timed or verb.name == TransitionName.PUBLISH):
            del self.fields["until"]
        if verb.review:
            self.fields["reason"].label = _("意见")
        self.fields["reason"].required = verb.asks_reason
        self.fields["reason"].error_messages["required"] = _("请写明%(verb)s的理由。") % {
            "verb": verb.label
        }


class TransitionsAdmin(admin.ModelAdmin):
    """Mixin with a page for each transition, and the actions of the list."""

    def get_urls(self):
        transition = path(
            "<int:object_id>/transition/<slug:name>/",
            self.admin_site.admin_view(self.transition_view),
            name="articles_article_transition",
        )
        return [transition, *super().get_urls()]

    def transition_view(self, request, object_id, name):
        """Show the form; a POST executes the transition."""
        story = self.get_object(request, str(object_id))
        if story is None or name not in TRANSITIONS:
            raise Http404
        verb, review_state = TRANSITIONS[name], current_review_state(story)
        if not verb.permits(request.user, review_state):
            raise PermissionDenied
        posted = request.POST if request.method == "POST" else None
        form = TransitionForm(
            verb, review_state, posted, initial={"state_token": review_state.state_token}
        )
        problems = []
        if posted is not None and form.is_valid():
            try:
                execute(verb.name, review_state.row, person=request.user, **form.cleaned_data)
            except Refused as refused:
                problems = refused.messages
            else:
                done = _("《%(story)s》：已%(verb)s。")
                said = {"story": review_state.row.headline, "verb": verb.label}
                self.message_user(request, done % said, messages.SUCCESS)
                return redirect(reverse("admin:articles_article_change", args=[story.pk]))
        return self._ask(request, verb, review_state, form=form, problems=problems)

    def _ask(self, request, verb, review_state, *, form, problems):
        found = findings(review_state, request.user) if verb.asks_checks else []
        stops = [finding for finding in found if finding.stops]
        why_not = blocked_reason(verb, review_state, request.user)
        context = {
            "review_state": review_state,
            "title": verb.label,
            "verb": verb,
            "form": form,
            "problems": problems,
            "stops": stops,
            "warnings": [finding for finding in found if not finding.stops],
            "blocked_reason": why_not,
            "blocked": bool(why_not or stops),
            "missing_reviewers": self._unmanned(request, verb, review_state),
            "alone": self.shown_alone(review_state.story)
            if verb.name == TransitionName.WITHDRAW
            else [],
            "now": timezone.localtime(),
            "told": describe(review_state.version.content)
            if verb.review or verb.publishes
            else None,
        }
        return desk_page(self, request, "article/transition.html", review_state.story, **context)

    @staticmethod
    def _unmanned(request, verb, review_state):
        """Reviews that nobody could sign after this transition."""
        if verb.review:
            return missing_reviewers(review_state, request.user)
        return missing_reviewers(review_state) if verb.name == TransitionName.SUBMIT else []

    def shown_alone(self, story):
        """Events that no other live story records, and which withdrawing this one hides."""
        events = [*story.inspections.all(), *story.meetings.all()]
        others = type(story).objects.live().exclude(pk=story.pk)
        return [
            event for event in events if not others.filter(**{event.in_stories: event}).exists()
        ]

    def get_actions(self, request):
        """Add the transitions for which the user has the permission."""
        actions = super().get_actions(request)
        for name in IN_BULK:
            verb = TRANSITIONS[name]
            if request.user.has_perm(verb.permission):
                action = partial(_execute_all, verb=verb)
                actions[f"execute_{name}"] = (action, f"execute_{name}", verb.label)
        return actions


def _execute_all(model_admin, request, stories, *, verb):
    """Execute a transition on each story by itself, with a message for each."""
    for story in stories:
        review_state = current_review_state(story)
        said = {"story": story.headline, "verb": verb.label}
        try:
            seen = {"person": request.user, "state_token": review_state.state_token}
            tried_twice(execute, verb.name, review_state.row, **seen)
        except NeedsConfirmation as doubtful:
            said["why"] = " ".join(doubtful.messages)
            line = _("《%(story)s》没能%(verb)s，有提醒要先看，请单独处理：%(why)s")
            model_admin.message_user(request, line % said, messages.WARNING)
        except Refused as refused:
            said["why"] = " ".join(refused.messages)
            line = _("《%(story)s》没能%(verb)s：%(why)s")
            model_admin.message_user(request, line % said, messages.ERROR)
        except PermissionDenied:
            line = _("《%(story)s》没能%(verb)s：您没有这个权限。")
            model_admin.message_user(request, line % said, messages.ERROR)
        except OperationalError as error:
            if fault_of(error) is not Fault.BUSY:
                raise
            logger.exception("Not moved: %s", story)
            line = _("《%(story)s》没能%(verb)s：现在太忙，别人正在保存。请过几秒再试。")
            model_admin.message_user(request, line % said, messages.ERROR)
        else:
            line = _("《%(story)s》：已%(verb)s。")
            model_admin.message_user(request, line % said, messages.SUCCESS)
