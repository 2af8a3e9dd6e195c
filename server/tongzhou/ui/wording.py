"""Words that countries choose for what the platform calls by one code: whistle or call for
support, street or municipality. Whoever knows them says so by :func:`from_`; nothing that is
shared needs to know what a country is."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.text import capfirst
from django.utils.translation import get_language

Sentence = str | Promise
#: Gives the word for a key in the active language, or None.
Source = Callable[[str], str | None]


def _nobody(_key: str) -> str | None:
    """Before a room has said its words."""
    return None


_source: Source = _nobody


def from_(source: Source) -> None:
    """Asks this source from now on."""
    global _source
    _source = source


def word(key: str, plain: Sentence) -> str:
    """The word for ``key`` in the country in use, now and in the active language; begun with
    a capital letter where ``plain`` is, which stands in for a word that nobody chose. Where no
    language is active (migrations) it is ``plain``: nothing may be asked for then."""
    found = _source(key) if get_language() is not None else None
    if not found:
        return str(plain)
    return str(capfirst(found)) if str(plain)[:1].isupper() else found


#: As :func:`word`, but looked up each time it is shown: for labels that are made once.
worded: Callable[[str, Sentence], Any] = lazy(word, str)
