"""What differs between two contents of a story or record, for an editor to read."""

from articles.versions.diff.bodies import diff_bodies
from articles.versions.diff.changes import stretches
from articles.versions.diff.compare import compare
from articles.versions.diff.rows import key_of
from articles.versions.diff.text import diff_text
from articles.versions.diff.tokenizer import Vocabulary

__all__ = ["Vocabulary", "compare", "diff_bodies", "diff_text", "key_of", "stretches"]
