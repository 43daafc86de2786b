"""History of a story in the admin: versions by name, restoring, the sheet of its reviews."""

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.base import desk_page
from articles.admin.versions import VersionedAdmin
from articles.editorial import (
    at_stake_of,
    attach_password_changes,
    cleared_version,
    current_review_state,
    restore,
    review_state_of,
    reviews,
    with_address,
)
from articles.models import Article, Version
from articles.versions import (
    changed_events,
    newest_of_row,
    row_at_work,
    sign_offs_of,
    snapshot,
)
from articles.versions.describe import describe


class StoryHistoryAdmin(VersionedAdmin):
    """Mixin with what only stories have: transitions, signatures, a working copy."""

    def get_urls(self):
        sheet = path(
            "<int:object_id>/sheet/",
            self.admin_site.admin_view(self.sheet_view),
            name="articles_article_sheet",
        )
        return [sheet, *super().get_urls()]

    def named_version(self, thing, name):
        """``live``: the published version; ``work``: the newest draft; ``stored``: the row now."""
        if name == "live":
            return cleared_version(thing)
        if name == "work":
            return newest_of_row(row_at_work(thing))
        if name == "stored":
            return Version(story=thing, content=snapshot(thing), made_at=timezone.now())
        return super().named_version(thing, name)

    def history_context(self, request, thing):
        transitions = list(thing.transitions.select_related("person", "version").order_by("-pk"))
        review_state = review_state_of(thing)
        attach_password_changes(review_state, transitions)
        return {"transitions": transitions, "review_state": review_state}

    def signatures_at_stake(self, thing):
        return at_stake_of(review_state_of(thing))

    def content_to_restore(self, row, version):
        """Keep day and slug of the row."""
        return with_address(version.content, row)

    def restored_as(self, thing):
        """Say that the story is a draft then, and that the public page stays."""
        row = row_at_work(thing)
        said = {
            Article.Visibility.LIVE: _(
                "恢复的内容写进修改副本，读者看到的不变，签发并发布以后才替换。"
            ),
            Article.Visibility.WITHDRAWN: _("稿件仍然是撤回的，读者看不到。"),
            Article.Visibility.UNPUBLISHED: _("稿件还没有发布，读者看不到。"),
        }[thing.visibility]
        if row is thing and thing.visibility == Article.Visibility.LIVE:
            return [said, _("现在没有修改副本，会新开一个，从起草开始。")]
        if row.stage == Article.Stage.DRAFT:
            return [said, _("仍在起草。")]
        stage = _("现在是“%(stage)s”，恢复以后回到“起草”，要重新送审。")
        return [said, stage % {"stage": row.get_stage_display()}]

    def not_restored(self, row, version):
        """Name what is not restored: day, slug, layout and events."""
        said = [_("见报日期、网址名、版面不在恢复之内，保持不变。")]
        if row.follows("slug"):
            said = [_("见报日期、版面不在恢复之内，保持不变；网址名随主题。")]
        if changed := changed_events(version.content):
            line = _("所记活动的内容不在恢复之内。和那一版不同、保持现在内容的：%(events)s。")
            said.append(line % {"events": "、".join(changed)})
        return said

    def restore(self, request, thing, version):
        return restore(thing, version, request.user)

    def sheet_view(self, request, object_id):
        """审稿单: the story and its signatures, to be printed."""
        story = self.viewed(request, object_id)
        review_state = current_review_state(story)
        sign_offs = list(sign_offs_of(story))
        transitions = list(story.transitions.select_related("person", "version").order_by("pk"))
        attach_password_changes(review_state, [*sign_offs, *transitions])
        context = {
            "title": _("审稿单"),
            "review_state": review_state,
            "told": describe(review_state.version.content) if review_state.version else None,
            "sign_offs": sign_offs,
            "valid": review_state.counted(),
            "transitions": transitions,
        }
        return desk_page(self, request, "article/sheet.html", story, **context)


def review_lines(review_state):
    """For each review its valid signature, if any, and the void ones with the reason."""
    lines = []
    attach_password_changes(
        review_state, [*review_state.valid.values(), *(one.sign_off for one in review_state.void)]
    )
    for stage in reviews():
        valid = review_state.valid.get(stage)
        void = [one for one in review_state.void if one.sign_off.stage == stage]
        lines.append({"stage": stage.label, "valid": valid, "void": void})
    return lines
