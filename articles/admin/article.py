"""Stories in the admin."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.article_history import StoryHistoryAdmin, review_lines
from articles.admin.article_inlines import ArticlePhotoInline, BylineInline, MentionInline
from articles.admin.article_list import ListedStories
from articles.admin.base import EditorAdmin
from articles.admin.bin import BinAdmin
from articles.admin.edit_conflict import VersionedForm, late_of
from articles.admin.layout import LayoutAdmin
from articles.admin.linking import LinkingAdmin
from articles.admin.transitions import TransitionsAdmin
from articles.admin.uploads import StoryUploads
from articles.admin.versions import FOR_AMENDERS
from articles.database_faults import tried_twice
from articles.editorial import (
    SUBMIT,
    Refused,
    at_stake_of,
    bring_events,
    is_live_original,
    lacks_next_reviewer,
    lock_draft,
    open_working_copy,
    possible_transitions,
    review_state_of,
    reviews,
    touch,
    why_not_edited,
)
from articles.models import Article
from articles.public import PreviewPage
from articles.versions import (
    EVENTS,
    row_at_work,
    sign_offs_of,
)
from people.shared.autocomplete import AutocompleteForm, Autocompletes
from people.shared.following import FollowingForm
from people.shared.text import Words

#: Fields that replace others for a user who may not change the story.
READ = {"body": "printed_body", "reason": ()}


class ArticleForm(VersionedForm, FollowingForm, AutocompleteForm):
    reason = Words(
        label=gettext_lazy("修改说明"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
        help_text=gettext_lazy("这次为什么改；写进历史，给审稿的人看。可以不填。"),
    )

    class Meta:
        model = Article
        fields = "__all__"
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def _get_validation_exclusions(self):
        # The form has just loaded these rows.
        return super()._get_validation_exclusions() | {"section", "bulletin"}

    def _post_clean(self):
        super()._post_clean()
        # Django skips a constraint if a field in its condition is excluded. A slug that is taken
        # would then be an IntegrityError instead of a message.
        exclude = self._get_validation_exclusions() - {"copy_of", "binned_at"}
        try:
            self.instance.validate_constraints(exclude)
        except ValidationError as error:
            self._update_errors(error)


@admin.register(Article)
class ArticleAdmin(
    Autocompletes,
    ListedStories,
    TransitionsAdmin,
    LayoutAdmin,
    BinAdmin,
    LinkingAdmin,
    StoryUploads,
    StoryHistoryAdmin,
    EditorAdmin,
):
    """Stories. The form edits a draft or working copy; ``TransitionsAdmin`` has the workflow."""

    form = ArticleForm
    autocomplete_fields = ("bulletin", "projects", "inspections", "meetings")
    inlines = (BylineInline, MentionInline, ArticlePhotoInline)
    readonly_fields = ("published_at", "expires_at", "updated_at")
    save_on_top = True
    fieldsets = (
        (gettext_lazy("标题"), {"fields": ("kicker", "headline", "subhead")}),
        (gettext_lazy("正文"), {"fields": ("dateline", "body", "summary", "keywords")}),
        (
            gettext_lazy("所在位置"),
            {"fields": (("section", "bulletin"), ("issued_on", "source"))},
        ),
        (
            gettext_lazy("公共记录"),
            {
                "description": gettext_lazy("这篇稿件写到的活动和项目。先登记活动，再在这里选上。"),
                "fields": ("inspections", "meetings", "projects", "quarter"),
            },
        ),
        (
            gettext_lazy("网址与状态"),
            {"fields": ("slug", ("published_at", "updated_at", "expires_at"), "reason")},
        ),
    )

    def row_to_edit(self, thing):
        """Edit the working copy of a story that has one."""
        return row_at_work(thing) if thing.published_at else thing

    def lock_row(self, row):
        """Lock the story and its events too."""
        return lock_draft(row)

    def why_read_only(self, request, row):
        """Refuse a live story, which needs a working copy, and one that is scheduled."""
        if not self.has_edit_permission(request, row):
            return FOR_AMENDERS if row.published_at or row.copy_of_id else ""
        return why_not_edited(row)

    def get_readonly_fields(self, request, obj=None):
        """Keep day and slug of a published story and of its working copy."""
        fixed = ("issued_on", "slug") if obj and (obj.published_at or obj.copy_of_id) else ()
        return (*self.readonly_fields, *fixed, "printed_body")

    def get_fieldsets(self, request, obj=None):
        """Leave out the times of a working copy, and show the body as text if it is read-only."""
        fieldsets = self.fieldsets
        if obj and obj.copy_of_id:
            fieldsets = (*fieldsets[:-1], (fieldsets[-1][0], {"fields": ("slug", "reason")}))
        if self.has_change_permission(request, obj) or not obj:
            return fieldsets
        return [
            (name, {**options, "fields": [READ.get(one, one) for one in options["fields"]]})
            for name, options in fieldsets
        ]

    def has_edit_permission(self, request, obj=None):
        """Whether the user may edit the story; a published one needs ``amend_article``."""
        may = super().has_change_permission(request, obj)
        printed = obj and (obj.published_at or obj.copy_of_id)
        return may and (not printed or request.user.has_perm("articles.amend_article"))

    def has_change_permission(self, request, obj=None):
        """Whether the user may edit the story, and its state allows that now.

        A late form is drawn with its inputs, and never saved.
        """
        if obj is None or late_of(request):
            return self.has_edit_permission(request)
        return self.has_edit_permission(request, obj) and not why_not_edited(obj)

    def keep_version(self, request, form):
        """Save a version, and name the signatures that it voids."""
        touch([form.instance])
        if {"bulletin", *EVENTS} & set(form.changed_data):
            left = [event for name in EVENTS for event in form.initial.get(name, ())]
            bring_events(form.instance, person=request.user, left=left)
        version, row = super().keep_version(request, form), form.instance
        story = row.copy_of or row
        if version is None or not sign_offs_of(story).exists():
            return
        lost = [
            one.sign_off for one in review_state_of(story, row).void if one.voided_by == version
        ]
        for sign_off in lost:
            said = {"person": sign_off.person, "stage": sign_off.get_stage_display()}
            line = _("%(person)s的%(stage)s签字因这次修改失效，要重新签。") % said
            self.message_user(request, line, messages.WARNING)

    def log_addition(self, request, obj, message):
        """Write no LogEntry: versions and transitions say more."""

    log_change = log_addition

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Add the review state and the buttons of the transitions."""
        context |= {
            "possible_transitions": [],
            "may_submit": request.user.has_perm(SUBMIT.permission),
        }
        if obj:
            story = obj.copy_of or obj
            review_state = review_state_of(story, obj)
            possible = possible_transitions(review_state, request.user)
            context |= {
                "at_stake": at_stake_of(review_state),
                "story": story,
                "why_read_only": self.why_read_only(request, obj),
                "may_open": is_live_original(obj) and self.has_edit_permission(request, obj),
                "nobody_left": obj.stage in reviews() and lacks_next_reviewer(review_state),
                "review_state": review_state,
                "possible_transitions": possible,
                "may_submit": SUBMIT in possible,
                "reviews": review_lines(review_state),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_post_save_add(self, request, obj):
        """Go to the page that submits the story if that button was pressed."""
        return self._on_to_review(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        """Go to the page that submits the story if that button was pressed."""
        return self._on_to_review(request, obj) or super().response_post_save_change(request, obj)

    def _on_to_review(self, request, obj):
        if "_submit" not in request.POST:
            return None
        return redirect("admin:articles_article_transition", obj.copy_of_id or obj.pk, SUBMIT.name)

    def get_view_on_site_url(self, obj=None):
        """Link the story from its working copy too, if it is live."""
        story = obj and (obj.copy_of or obj)
        return super().get_view_on_site_url(story) if story and story.is_live() else None

    def get_urls(self):
        views = {
            "edit": self.edit_view,
            "preview": self.preview_view,
        }
        return [
            *(
                path(
                    f"<int:object_id>/{name}/",
                    self.admin_site.admin_view(view),
                    name=f"articles_article_{name}",
                )
                for name, view in views.items()
            ),
            *super().get_urls(),
        ]

    def edit_view(self, request, object_id):
        """开始修改: open the working copy of a live story by POST, and go to its form."""
        story = self.viewed(request, object_id)
        if not self.has_edit_permission(request, story):
            raise PermissionDenied
        if request.method == "POST":
            try:
                tried_twice(open_working_copy, story, request.user)
            except Refused as refused:
                self.message_user(request, " ".join(refused.messages), messages.ERROR)
        return redirect("admin:articles_article_change", story.pk)

    def preview_view(self, request, object_id):
        """Show the draft or working copy as a public page."""
        row = row_at_work(self.viewed(request, object_id))
        return PreviewPage.as_view(row=row)(request)
