"""``{% term "whistle" %}``: a term of the glossary with its definition one click away."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tongzhou.library.queries.terms import known
from tongzhou.ui.components.layout import define

register = template.Library()


@register.simple_tag
def term(key: str) -> SafeString:
    """The term and its definition in the active language; nothing where the glossary lacks
    it, since a page must not fail for want of a word."""
    found = known().get(key)
    if found is None:
        return SafeString("")
    return define(format_html("<p>{}</p>", found.meaning), found.term)
