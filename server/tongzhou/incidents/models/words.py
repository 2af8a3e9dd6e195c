"""Texts that stand in both languages."""

from django.utils.translation import get_language


def in_language(zh: str, en: str) -> str:
    """The text in the active language, the other one where it is empty."""
    return zh or en if (get_language() or "").startswith("zh") else en or zh
