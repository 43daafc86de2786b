"""The one allow-list of story bodies: what the editor offers, and what any storage keeps."""

import re
from urllib.parse import unquote

import nh3
from django.conf import settings
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from django_prose_editor.fields import ProseEditorField

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "HardBreak": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Figure": True,
    "Image": True,
    "Caption": True,
    "HTML": False,
}

_BLOCKS = "p|h2|h3|ul|ol|li|blockquote|hr|table|tbody|tr|th|td|figure|figcaption"
_BETWEEN_BLOCKS = re.compile(rf"(?:^|(?<=>))\s+(?=</?(?:{_BLOCKS})\b)|(?<=>)\s+$")
_AFTER_BLOCK = re.compile(rf"(</(?:{_BLOCKS})>|<(?:ul|ol|table|tbody|tr|blockquote|figure|hr)>)\s+")
# Text at the head of a list item, up to its first block.
_BARE_ITEM = re.compile(rf"<li>((?!<(?:{_BLOCKS})\b).*?)(?=</li>|<(?:{_BLOCKS})\b)", re.DOTALL)
_IMAGE_WITHOUT_SOURCE = re.compile(r"<img(?![^>]* src=)[^>]*>")
# The editor knows bold and italic by one name each.
_BOLD, _ITALIC = (
    re.compile(r"<(/?)b(?=[\s>])", re.IGNORECASE),
    re.compile(r"<(/?)i(?=[\s>])", re.IGNORECASE),
)
_IGNORED = re.compile(r"[\x00-\x20]+")
_EMPTY_PARAGRAPH = re.compile(r"(?:<p></p>)+")


def _as_browsers_read(address: str) -> str:
    """Address without what a browser drops or turns before it looks at it."""
    return unquote(_IGNORED.sub("", address)).replace("\\", "/")


def _keep(tag: str, attribute: str, value: str) -> str | None:
    """Attribute value as it may be stored; None drops the attribute."""
    address = _as_browsers_read(value)
    if attribute == "class":
        return None
    if tag == "img" and attribute == "src":
        # A picture from elsewhere would tell another host who reads us.
        ours = address.startswith(settings.MEDIA_URL) and ".." not in address.split("/")
        return value if ours else None
    if attribute == "href" and address.startswith("//"):
        return None
    return value


_allowed = allowlist_from_extensions(expand_extensions(EXTENSIONS))
_allowed["link_rel"] = "noopener noreferrer"
_allowed["attributes"]["a"].discard("rel")
_cleaner = nh3.Cleaner(**_allowed, attribute_filter=_keep)


def clean_body(html: str) -> str:
    """Body with only what the editor offers, in the form the editor itself writes.

    No white space between blocks, no bare text in a list item: so that opening a story and saving
    it unchanged changes nothing. Cleaning what is clean changes nothing either.
    """
    cleaned = _clean_once(html)
    # What stood loose in a table comes out beside it, and only a further pass settles it there.
    while cleaned != html:
        html, cleaned = cleaned, _clean_once(cleaned)
    return cleaned


def _clean_once(html):
    html = _ITALIC.sub(r"<\1em", _BOLD.sub(r"<\1strong", html.replace("\x00", "")))
    html = _cleaner.clean(html)
    html = _IMAGE_WITHOUT_SOURCE.sub("", html)
    html = _BETWEEN_BLOCKS.sub("", html)
    html = _AFTER_BLOCK.sub(r"\1", html)
    html = _BARE_ITEM.sub(r"<li><p>\1</p>", html)
    return "" if _EMPTY_PARAGRAPH.fullmatch(html) else html.strip()


class BodyField(ProseEditorField):
    """Rich text that no form, fixture, bulk or update stores unsanitised.

    What cannot be cleaned is an expression in an update, which Python never sees; there is none.
    """

    def __init__(self, *args, **options):
        """Bind the field to the one allow-list."""
        options |= {"extensions": EXTENSIONS, "sanitize": clean_body}
        super().__init__(*args, **options)

    def deconstruct(self):
        """Keep the allow-list out of migrations: it is no part of the column."""
        name, path, args, options = super().deconstruct()
        return (
            name,
            path,
            args,
            {k: v for k, v in options.items() if k not in ("extensions", "sanitize")},
        )

    def pre_save(self, model_instance, add):
        """Leave on the instance what the row will hold."""
        value = clean_body(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        """Clean on the last step that every writing query takes."""
        if isinstance(value, str):
            value = clean_body(value)
        return super().get_db_prep_save(value, connection)
