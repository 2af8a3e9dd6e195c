"""The units that a task names: they must be able to take work, and each has one part."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Unit
from tongzhou.kernel.errors import Invalid


class UnitInactive(Invalid):
    """The unit takes no more work."""

    code = "unit-inactive"
    message = _("%(unit)s is no longer active and can take no tasks.")


def require_active(units: Iterable[Unit], *, field: str) -> None:
    """Raises UnitInactive for the first unit that takes no more work."""
    for unit in units:
        if not unit.active:
            raise UnitInactive(field=field, unit=unit.name)


def others(units: Sequence[Unit], *, than: Iterable[UUID]) -> list[UUID]:
    """The ids of the units, once each, in order, without those that have another part."""
    taken = set(than)
    return [unit for unit in dict.fromkeys(u.id for u in units) if unit not in taken]
