"""The one allow-list of story bodies: what the editor offers, and what any storage keeps."""

import re
from urllib.parse import unquote

import nh3
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from django_prose_editor.fields import ProseEditorField

from articles.markup import rewritten

#: Most characters of a body, markup included, and most tags and entities in it. A long story has
#: some tens of thousands and some hundreds; a table of a thousand rows, four wide, has 18,000 tags.
LONGEST, MOST_MARKS = 200_000, 20_000
#: Characters that cleaning reads at most, over and over, until nothing changes: what people write
#: it reads twice. A pass costs as much as some thousands.
_MOST_READ, _PASS = 620_000, 2_000

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
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
_MARKS = "strong|em|s|sup|sub"
_BETWEEN_BLOCKS = re.compile(rf"(?:^|(?<=>))\s+(?=</?(?:{_BLOCKS})\b)|(?<=>)\s+$")
_AFTER_BLOCK = re.compile(rf"(</(?:{_BLOCKS})>|<(?:ul|ol|table|tbody|tr|blockquote|figure|hr)>)\s+")
# Text at the head of a list item, up to its first block.
_BARE_ITEM = re.compile(rf"<li>((?!<(?:{_BLOCKS})\b).*?)(?=</li>|<(?:{_BLOCKS})\b)", re.DOTALL)
_EMPTY_MARK = re.compile(rf"<({_MARKS})></\1>")
_EMPTY_PARAGRAPH = re.compile(r"(?:<p></p>)+")
_IMAGE_WITHOUT_SOURCE = re.compile(r"<img(?![^>]* src=)[^>]*>")
# What stood around such pictures and nothing else; a caption stays, as a paragraph.
_LOST = rf"(?:\s|&nbsp;|<br>|{_IMAGE_WITHOUT_SOURCE.pattern})+"
_ITS_PARAGRAPH = re.compile(rf"<p>{_LOST}</p>")
_ITS_FIGURE = re.compile(
    rf"<figure>{_LOST}(?:<figcaption>((?:[^<]|<(?!/figcaption>))*)</figcaption>)?</figure>"
)
# The style sheet indents: blanks of a typist would do so again.
_INDENT = re.compile(rf"(<(?:p|h2|h3)>(?:<(?:{_MARKS})>)*)(?:[\s\u200b\ufeff]|&nbsp;)+")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
# Where people who have no paragraphs begin one: after a blank line, or with an indent.
_NEXT = re.compile(
    r"<br>(?:(?:\s|&nbsp;)*<br>)+|<br>[\r\n\t]*+(?=\u3000|&nbsp;|[ \u2002\u2003]{2})"
)
_INLINE = re.compile(rf"<(/?)({_MARKS}|a)\b[^>]*>")

_IGNORED = re.compile(r"[\x00-\x20]+")
_LINK = re.compile(r"(?:https?|mailto|tel):|/(?!/)", re.IGNORECASE)
#: A host that was written without https://, and no file beside the page that it was copied from.
_BARE_HOST = re.compile(
    r"(?:www\.(?:[\w-]+\.)+[^\W\d]{2,}"
    r"|(?:[\w-]+\.)+(?:cn|com|net|org|gov|edu|info|cc|tv|io|hk|mo|tw|中国|公司|网络|政务|公益))"
    r"(?::\d+)?(?:[/?#]|$)",
    re.IGNORECASE,
)
#: Most characters of an address.
_LONGEST_ADDRESS = 2000


def _as_browsers_read(address: str) -> str:
    """Address without what a browser drops or turns before it looks at it."""
    return unquote(_IGNORED.sub("", address)).replace("\\", "/")


def _keep(_tag: str, attribute: str, value: str) -> str | None:
    """Attribute value as it may be stored; None drops the attribute."""
    if attribute == "class" or len(value) > _LONGEST_ADDRESS:
        return None
    if attribute not in ("src", "href"):
        return value
    address = _as_browsers_read(value)
    if attribute == "src":
        # A picture from elsewhere would tell another host who reads us.
        ours = address.startswith(settings.MEDIA_URL) and ".." not in address.split("/")
        return value if ours else None
    bare = _IGNORED.sub("", value)
    if _BARE_HOST.match(bare):
        return f"https://{bare}"
    # A path beside the page that it was copied from leads nowhere here.
    return value if _LINK.match(address) else None


_allowed = allowlist_from_extensions(expand_extensions(EXTENSIONS))
_allowed["link_rel"] = "noopener noreferrer"
_allowed["attributes"]["a"].discard("rel")
_cleaner = nh3.Cleaner(**_allowed, attribute_filter=_keep)


class CleanBody(str):
    """A body that is not cleaned again: it was, just now, or when it came into its column.

    So what was signed under an older rule of the form is published as it was signed.
    """

    __slots__ = ()


def clean_body(html: str) -> CleanBody:
    """Body with only what the editor offers, in the form the editor itself writes.

    No white space between blocks, no bare text in a list item: so that opening a story and saving
    it unchanged changes nothing. Cleaning what is clean changes nothing either. ValidationError for
    what is so long or so tangled that nobody wrote it: cleaning it would hold up all who write.
    """
    if isinstance(html, CleanBody):
        return html
    left = _MOST_READ
    while True:
        _refuse_the_endless(html)
        left -= len(html) + _PASS
        if left < 0:
            raise ValidationError(
                _("正文里的表格或列表互相嵌套，整理不了。请改成简单的表格和段落，再保存。")
            )
        before, html = html, _clean_once(html)
        if html == before:
            return CleanBody(html)


def _refuse_the_endless(html):
    marks = html.count("<") + html.count("&")
    for said, found, most in (
        (_("正文有%(found)d个字符（含格式标记），最多%(most)d。请分成几篇。"), len(html), LONGEST),
        (_("正文有%(found)d处格式标记，最多%(most)d。请分成几篇。"), marks, MOST_MARKS),
    ):
        if found > most:
            raise ValidationError(said, params={"found": found, "most": most})


def _clean_once(html):
    html = _cleaner.clean(rewritten(html.replace("\x00", ""), _allowed["attributes"]))
    html = _ITS_PARAGRAPH.sub(lambda found: "" if "<img" in found[0] else found[0], html)
    html = _ITS_FIGURE.sub(lambda found: f"<p>{found[1]}</p>" if found[1] else "", html)
    html = _IMAGE_WITHOUT_SOURCE.sub("", html)
    html = _EMPTY_MARK.sub("", _BETWEEN_BLOCKS.sub("", html))
    html = _AFTER_BLOCK.sub(r"\1", html)
    html = _BARE_ITEM.sub(r"<li><p>\1</p>", html)
    html = _INDENT.sub(r"\1", _PARAGRAPH.sub(_parted, html))
    return "" if _EMPTY_PARAGRAPH.fullmatch(html) else html.strip()


def _parted(paragraph):
    """The paragraphs that one holds; what is open at a seam is opened again behind it."""
    parts, written, open_tags = _NEXT.split(paragraph[1]), [], []
    for part in parts:
        opening = "".join(tag[0] for tag in open_tags)
        for tag in _INLINE.finditer(part):
            if tag[1]:
                open_tags.pop()
            else:
                open_tags.append(tag)
        closing = "".join(f"</{tag[2]}>" for tag in reversed(open_tags))
        if part or len(parts) == 1:
            written.append(f"<p>{opening}{part}{closing}</p>")
    return "".join(written)


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

    def from_db_value(self, value, expression, connection):
        """What a column keeps was cleaned."""
        return value if value is None else CleanBody(value)

    def value_to_string(self, obj):
        """The body itself: text of another type would be cleaned again."""
        return self.value_from_object(obj)

    def pre_save(self, model_instance, add):
        """Leave on the instance what the row will hold; ValidationError names what is refused."""
        try:
            value = clean_body(super().pre_save(model_instance, add) or "")
        except ValidationError as error:
            named = f"{model_instance._meta.verbose_name} {model_instance}"
            raise ValidationError([f"{named}：{why}" for why in error.messages]) from error
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        """Clean on the last step that every writing query takes."""
        if isinstance(value, str):
            value = str(clean_body(value))
        return super().get_db_prep_save(value, connection)
