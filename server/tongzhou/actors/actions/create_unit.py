import re
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import signing
from tongzhou.actors.acts import UNIT_CREATED
from tongzhou.actors.models import Post, Sector, Unit
from tongzhou.actors.vocabulary import UNIT_CREATE
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append
from tongzhou.places.actions.create_area import UnknownLevel
from tongzhou.places.models import Area, Level

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_CODE = 80


class UnitCodeMalformed(Invalid):
    """A code that could not stand in an address."""

    code = "unit-code-malformed"
    message = _("“%(value)s” is not a code: small letters, digits and single hyphens, up to 80.")


class UnitCodeTaken(Conflict):
    """Another unit has this code."""

    code = "unit-code-taken"
    message = _("There is a unit with the code %(value)s already.")


class UnitNameMissing(Invalid):
    """A unit without a Chinese name."""

    code = "unit-name-missing"
    message = _("Please give the unit its Chinese name.")


class UnknownSector(Invalid):
    """A sector that is none of those there are."""

    code = "unknown-sector"
    message = _("“%(value)s” is not a sector. There are: %(known)s.")


class UnknownUnitLevel(UnknownLevel):
    """A level that is none of those there are."""


class ParentInactive(Invalid):
    """A unit is to stand below one that has been closed."""

    code = "parent-inactive"
    message = _("%(unit)s is no longer active and can have no units below it.")


def create_unit(
    *,
    code: str,
    name_zh: str,
    sector: str,
    level: str,
    area: Area,
    at: datetime,
    by: Post | None,
    name_en: str = "",
    parent: Unit | None = None,
    id: UUID | None = None,
) -> Unit:
    """Makes a unit below ``parent`` in the line of command; without a parent it stands
    outside of every line, as firms and volunteers do, and ``by`` must answer for the area.

    Raises NotAllowed, UnitCodeMalformed, UnitCodeTaken, UnitNameMissing, UnknownSector,
    UnknownUnitLevel, ParentInactive.
    """
    if not _CODE.fullmatch(code) or len(code) > _LONGEST_CODE:
        raise UnitCodeMalformed(field="code", value=code)
    check_words(name_zh=name_zh, sector=sector, level=level)
    if parent is not None and not parent.active:
        raise ParentInactive(field="parent", unit=parent.name)
    unit_id = id or new_id()
    with transaction.atomic():
        signing.require(by=by, word=UNIT_CREATE, on=area if parent is None else parent)
        unit = Unit(
            id=unit_id,
            code=code,
            name_zh=name_zh.strip(),
            name_en=name_en.strip(),
            sector=sector,
            level=level,
            area=area,
            parent=parent,
            line=[*(parent.line if parent else []), unit_id],
            created_at=at,
        )
        try:
            with transaction.atomic():
                unit.save(force_insert=True)
        except IntegrityError as error:
            raise UnitCodeTaken(field="code", value=code) from error
        append(
            UNIT_CREATED,
            at=at,
            about=("unit", unit.id),
            **signing.signature(by),
            with_units=[unit.id, *([parent.id] if parent else [])],
            area=area.code,
            audience=unit.line,
            data={"code": unit.code, "sector": unit.sector, "level": unit.level},
        )
    return unit


def check_words(*, name_zh: str, sector: str, level: str) -> None:
    """Raises UnitNameMissing, UnknownSector, UnknownUnitLevel."""
    if not name_zh.strip():
        raise UnitNameMissing(field="name_zh")
    if sector not in Sector.values:
        raise UnknownSector(field="sector", value=sector, known=", ".join(Sector.values))
    if level not in Level.values:
        raise UnknownUnitLevel(field="level", value=level, known=", ".join(Level.values))
