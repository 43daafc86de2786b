"""Django's ``translate`` and ``static``, worked out once where nothing in them varies.

The site has one language, and its static files are those of a release: of the time that a page
takes, a tenth went into looking up the same texts and addresses again.
"""

from django.template import Context, Library
from django.template.base import Node, Parser, TextNode, Token
from django.templatetags import i18n, static
from django.templatetags.i18n import do_translate
from django.templatetags.static import do_static

register = Library()
register.tags = {**static.register.tags, **i18n.register.tags}
register.filters = i18n.register.filters


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """As Django's, and text where it has no variable."""
    node = do_translate(parser, token)
    text = node.filter_expression
    is_constant = text.var.literal and not (text.filters or node.message_context or node.asvar)
    return TextNode(node.render(Context())) if is_constant else node


@register.tag("static")
def static_address(parser: Parser, token: Token) -> Node:
    """As Django's, and text where it has no variable."""
    node = do_static(parser, token)
    is_constant = not (node.path.is_var or node.path.filters or node.varname)
    return TextNode(node.render(Context())) if is_constant else node
