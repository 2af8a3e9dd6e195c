"""Terms of the glossary."""

from datetime import date

from django.utils.translation import get_language

from tongzhou.library import lookup, profile
from tongzhou.library.kinds.glossary import GlossaryBody, Term


def terms(*, on: date, q: str = "") -> list[Term]:
    """All terms that are in force on a day, those with every word of ``q`` in term or
    definition, by name in the active language. One query."""
    found: dict[str, Term] = {}
    for version in lookup.find_all("glossary", on=on, profile=profile.current()):
        if isinstance(version.body, GlossaryBody):
            found |= {term.key: term for term in version.body.terms}
    wanted = q.casefold().split()
    chosen = [term for term in found.values() if _has(term, wanted)]
    chinese = (get_language() or "").startswith("zh")
    return chosen if chinese else sorted(chosen, key=lambda term: term.term.en.casefold())


def _has(term: Term, wanted: list[str]) -> bool:
    words = f"{term.term.zh} {term.term.en} {term.meaning.zh} {term.meaning.en}".casefold()
    return all(word in words for word in wanted)
