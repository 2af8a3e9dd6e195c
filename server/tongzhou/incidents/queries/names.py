"""Units by the codes that somebody wrote."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Unit
from tongzhou.kernel.errors import Invalid


class UnitUnknown(Invalid):
    """No unit has this code."""

    code = "unit-unknown"
    message = _("There is no unit with the code “%(given)s”.")


def unit(code: str, *, field: str) -> Unit:
    """The unit with this code. Raises UnitUnknown."""
    return units([code], field=field)[0]


def units(codes: Sequence[str], *, field: str) -> list[Unit]:
    """The units with these codes, in this order; one query. Raises UnitUnknown, ``row``
    being the place in the list."""
    found = {u.code: u for u in Unit.objects.select_related("area").filter(code__in=codes)}
    for place, code in enumerate(codes, start=1):
        if code not in found:
            raise UnitUnknown(field=field, row=place, given=code)
    return [found[code] for code in codes]
