"""What was printed, and what it records."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_delete, post_migrate, post_save, pre_migrate, pre_save
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """The stories' room."""

    name = "articles"
    verbose_name = _("稿件与记录")

    def ready(self):
        """Keep roles in step with their table, stories in their place, files with their rows."""
        # Models are there only now.
        from articles.editorial.backfill import keep_state  # noqa: PLC0415
        from articles.editorial.roles import synchronise_roles  # noqa: PLC0415
        from articles.editorial.triggers import after_migrations, before_migrations  # noqa: PLC0415
        from articles.editorial.write_path import (  # noqa: PLC0415
            after_release,
            follow_review,
            follow_text,
            mend_next_reviews,
        )
        from articles.rendition_files import remove_files  # noqa: PLC0415
        from articles.search import SUBJECTS, index_is_complete  # noqa: PLC0415

        post_migrate.connect(synchronise_roles, sender=self)
        pre_migrate.connect(before_migrations, sender=self)
        post_migrate.connect(after_migrations, sender=self)
        post_migrate.connect(after_release, sender=self)
        pre_save.connect(keep_state, sender="articles.Article")
        for written_down in ("Version", "Transition", "SignOff"):
            post_save.connect(follow_review, sender=f"articles.{written_down}")
        post_save.connect(mend_next_reviews, sender="people.CredentialChange")
        for written in SUBJECTS:
            post_save.connect(follow_text, sender=written)
            post_delete.connect(follow_text, sender=written)
        post_delete.connect(remove_files, sender="articles.Photo")
        register(index_is_complete, Tags.database)
