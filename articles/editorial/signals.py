"""What a fixture may not do: move a story that is already there."""

from articles.models import Article

_STATE = (
    "stage",
    "visibility",
    "published_at",
    "expires_at",
    "updated_at",
    "scheduled_for",
    "failure",
    "record_changed_at",
)


def keep_state(instance, *, raw, using, **_signal) -> None:
    """Before a raw save of a stored story, put its stage, visibility and times back."""
    if not raw or instance.pk is None:
        return
    stored = Article.objects.using(using).filter(pk=instance.pk).values(*_STATE).first()
    for name, value in (stored or {}).items():
        setattr(instance, name, value)
