from datetime import datetime
from enum import Enum
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.actions.create_unit import ParentInactive, check_words
from tongzhou.actors.acts import UNIT_EDITED
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import UNIT_CREATE, UNIT_EDIT
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.ledger.append import append
from tongzhou.places.models import Area

# Moving a unit rewrites the lines of all units below it. Two moves at once could each
# look right and together make a circle, so they wait for each other.
_MOVES: Final = 7_305_001
_REWRITE = """
UPDATE actors_unit SET line = %(line)s::uuid[]
    || line[array_position(line, %(unit)s) + 1 : array_length(line, 1)]
WHERE line @> ARRAY[%(unit)s]
"""


class Unchanged(Enum):
    """Stands for "leave it as it is" where None means something."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


class UnitBelowItself(Invalid):
    """A unit is to stand below one that stands below it."""

    code = "unit-below-itself"
    message = _("%(parent)s stands below this unit, so it cannot stand above it.")


class UnitHasUnitsBelow(Conflict):
    """A unit with active units below it is to be closed."""

    code = "unit-has-units-below"
    message = _("%(count)s active unit(s) stand below it. Move or close them first.")


def edit_unit(
    *,
    unit: Unit,
    by: Post,
    at: datetime,
    name_zh: str | None = None,
    name_en: str | None = None,
    sector: str | None = None,
    level: str | None = None,
    area: Area | None = None,
    parent: Unit | Unchanged | None = UNCHANGED,
    active: bool | None = None,
) -> Unit:
    """Changes what is given and leaves the rest. A new ``parent`` needs the right to create
    units there; the lines of all units below follow.

    Raises NotAllowed, UnitNameMissing, UnknownSector, UnknownUnitLevel, ParentInactive,
    UnitBelowItself, UnitHasUnitsBelow.
    """
    with transaction.atomic():
        permissions.require(by=by, word=UNIT_EDIT, on=unit)
        moves = parent is not UNCHANGED and _id(parent) != unit.parent_id
        if moves:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MOVES])
        locked = Unit.objects.select_for_update(of=("self",)).select_related("area")
        found = locked.get(id=unit.id)
        before = _facts(found)
        if name_zh is not None:
            found.name_zh = name_zh.strip()
        if name_en is not None:
            found.name_en = name_en.strip()
        found.sector = sector if sector is not None else found.sector
        found.level = level if level is not None else found.level
        if area is not None:
            found.area = area
        check_words(name_zh=found.name_zh, sector=found.sector, level=found.level)
        if active is not None and active != found.active:
            _check_closable(found, active=active)
            found.active = active
        found.save()
        if moves and not isinstance(parent, Unchanged):
            _move(found, parent, by=by)
        after = _facts(found)
        changed = sorted(name for name in after if after[name] != before[name])
        if changed:
            append(
                UNIT_EDITED,
                at=at,
                about=("unit", found.id),
                **by.signs(),
                with_units=[found.id],
                area=found.area.code,
                audience=found.line,
                data={"code": found.code, "changed": changed},
            )
    return found


def _id(parent: Unit | Unchanged | None) -> UUID | None:
    return parent.id if isinstance(parent, Unit) else None


def _facts(unit: Unit) -> dict[str, object]:
    fields = ("name_zh", "name_en", "sector", "level", "area_id", "parent_id", "active")
    return {field: getattr(unit, field) for field in fields}


def _check_closable(unit: Unit, *, active: bool) -> None:
    below = Unit.objects.filter(parent=unit, active=True).count()
    if not active and below:
        raise UnitHasUnitsBelow(field="active", count=below)


def _move(unit: Unit, parent: Unit | None, *, by: Post) -> None:
    line: list[UUID] = []
    if parent is None:
        permissions.require(by=by, word=UNIT_CREATE, on=unit.area)
    else:
        # Read again behind the lock: another move may have come first.
        parent = Unit.objects.select_related("area").get(id=parent.id)
        permissions.require(by=by, word=UNIT_CREATE, on=parent)
        if unit.id in parent.line:
            raise UnitBelowItself(field="parent", parent=parent.name)
        if not parent.active:
            raise ParentInactive(field="parent", unit=parent.name)
        line = parent.line
    unit.parent = parent
    unit.save(update_fields=["parent"])
    with connection.cursor() as cursor:
        cursor.execute(_REWRITE, {"line": [*line, unit.id], "unit": unit.id})
    unit.line = [*line, unit.id]
