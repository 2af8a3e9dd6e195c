"""The glossary: every term with its definition in both languages."""

from django.utils.translation import gettext_lazy as _
from pydantic import model_validator

from tongzhou.library.kinds.base import Body, Key, Text, kind, said, unfit


class Term(Body):
    """A term. ``see``: keys of related ones."""

    key: Key = said("Key", "标识")
    term: Text = said("Term", "术语")
    meaning: Text = said("Definition", "释义")
    see: tuple[Key, ...] = said("See also", "参见", default=())


@kind("glossary", en="Glossary", zh="术语表")
class GlossaryBody(Body):
    """Terms; each once, and related ones are there."""

    terms: tuple[Term, ...] = said("Terms", "术语", min_length=1)

    @model_validator(mode="after")
    def _closed(self) -> "GlossaryBody":
        keys = [term.key for term in self.terms]
        if len(keys) != len(set(keys)):
            raise unfit("term-twice", _("Two terms have the same key."))
        lost = next((see for t in self.terms for see in t.see if see not in keys), None)
        if lost is not None:
            raise unfit("term-missing", _("There is no term with the key “%(key)s”."), key=lost)
        return self
