from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Person
from tongzhou.kernel.errors import Invalid


class UnknownLanguage(Invalid):
    """A language that the platform does not speak."""

    code = "unknown-language"
    message = _("“%(value)s” is not a language of this platform.")


def choose_language(*, person: Person | None, language: str) -> str:
    """Keeps the language that a person reads (None: a visitor, for whom the page keeps it).
    No act: nobody else is concerned. Raises UnknownLanguage."""
    if language not in dict(settings.LANGUAGES):
        raise UnknownLanguage(field="language", value=language[:20])
    if person is not None:
        Person.objects.filter(id=person.id).update(language=language)
    return language
