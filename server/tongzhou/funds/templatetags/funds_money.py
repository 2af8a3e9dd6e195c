"""Amounts on pages."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tongzhou.funds import money as amounts

register = template.Library()


@register.filter
def money(amount: int | None, currency: amounts.Currency | None = None) -> SafeString | str:
    """An amount with the sign of its currency; a dash for None."""
    if amount is None:
        return "–"
    here = currency or amounts.currency()
    return format_html('<span class="fu-sum">{} {}</span>', here.sign, here.text(amount))


@register.filter
def signed(amount: int | None, currency: amounts.Currency | None = None) -> SafeString | str:
    """A movement: with its sign; nothing for nothing."""
    if not amount:
        return ""
    here = currency or amounts.currency()
    text = here.text(amount)
    tone = "fu-in" if amount > 0 else "fu-out"
    return format_html('<span class="{}">{}</span>', tone, f"+{text}" if amount > 0 else text)
