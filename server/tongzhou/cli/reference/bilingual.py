"""A marked sentence in each of the two languages."""

import re
from typing import Final

from django.utils import translation

from tongzhou.kernel.errors import Sentence

_PLACE: Final = re.compile(r"%\((\w+)\)[a-z]")


def both(sentence: Sentence) -> tuple[str, str]:
    """The sentence in English and in Chinese, its places as ``{name}``."""
    return _in(sentence, "en"), _in(sentence, "zh-hans")


def _in(sentence: Sentence, language: str) -> str:
    with translation.override(language):
        return _PLACE.sub(r"{\1}", str(sentence)).replace("%%", "%")
