"""Values that must be one of a few."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Invalid


class UnknownChoice(Invalid):
    """A value that is none of those there are."""

    code = "unknown-choice"
    message = _("“%(value)s” is none of the possible values: %(possible)s.")


def require_choice(value: object, possible: Iterable[object], *, field: str) -> None:
    """Raises UnknownChoice where the value is none of the possible ones."""
    known = list(possible)
    if value not in known:
        raise UnknownChoice(field=field, value=value, possible=", ".join(map(str, known)))
