"""Terms of the glossary."""

import time
from collections.abc import Mapping
from datetime import date
from threading import Lock

from django.utils.translation import get_language

from tongzhou.kernel import clock
from tongzhou.library import lookup, profile
from tongzhou.library.kinds.glossary import GlossaryBody, Term

_SECONDS = 60.0
_lock = Lock()
_kept: tuple[float, str, Mapping[str, Term]] = (0.0, "", {})


def terms(*, on: date, q: str = "") -> list[Term]:
    """All terms that are in force on a day, those with every word of ``q`` in term or
    definition, by name in the active language. One query."""
    wanted = q.casefold().split()
    chosen = [term for term in _in_force(on).values() if _has(term, wanted)]
    chinese = (get_language() or "").startswith("zh")
    return chosen if chinese else sorted(chosen, key=lambda term: term.term.en.casefold())


def known() -> Mapping[str, Term]:
    """The terms in force today by key, kept by the process for a minute: pages ask for them
    one by one."""
    global _kept
    name = profile.current()
    with _lock:
        until, of, found = _kept
        if of == name and time.monotonic() < until:
            return found
    found = _in_force(clock.now().date())
    with _lock:
        _kept = (time.monotonic() + _SECONDS, name, found)
    return found


def _in_force(on: date) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for version in lookup.find_all("glossary", on=on, profile=profile.current()):
        if isinstance(version.body, GlossaryBody):
            found |= {term.key: term for term in version.body.terms}
    return found


def _has(term: Term, wanted: list[str]) -> bool:
    words = f"{term.term.zh} {term.term.en} {term.meaning.zh} {term.meaning.en}".casefold()
    return all(word in words for word in wanted)
