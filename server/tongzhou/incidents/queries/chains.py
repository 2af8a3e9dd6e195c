"""On which way a report goes up, and which units stand on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Unit
from tongzhou.kernel.errors import Invalid
from tongzhou.library import queries as library
from tongzhou.library.kinds.report_chain import ChainLevel, Holder, ReportChainBody
from tongzhou.library.queries import Version
from tongzhou.places.models import Area

KIND = "report_chain"


class UnknownChain(Invalid):
    """A report chain that is not in force."""

    code = "unknown-chain"
    message = _("There is no report chain “%(key)s” in force on that day.")


def in_force(about: str, *, on: date, area: Area) -> list[Version]:
    """The chains in force for a "signal" or an "incident", the youngest first."""
    found = [v for v in library.all_in_force(KIND, on=on, area=area) if about in body(v).about]
    return sorted(found, key=lambda version: version.valid_from, reverse=True)


def chosen(key: str, about: str, *, on: date, area: Area) -> Version:
    """The chain with this key, of those in force; without a key the youngest. Raises
    UnknownChain."""
    for version in in_force(about, on=on, area=area):
        if key in ("", version.key):
            return version
    raise UnknownChain(field="chain", key=key)


def body(version: Version) -> ReportChainBody:
    """The levels of a chain."""
    return cast(ReportChainBody, version.body)


def of_id(version: UUID) -> ReportChainBody:
    """The levels of the chain with the id of its version."""
    return body(library.version(version))


@dataclass(frozen=True)
class Next:
    """Where a report goes from a place in the chain. ``unit`` is None where the level lies
    outside of the installation; ``left_out`` are levels between at which nobody stands."""

    level: ChainLevel
    unit: Unit | None
    copy: Unit | None
    left_out: tuple[str, ...]


def after(chain: ReportChainBody, place: int, *, area: Area, beside: Unit | None) -> Next | None:
    """The next level above ``place`` at which a unit other than ``beside`` stands, or that lies
    outside; None when there is none."""
    left_out: list[str] = []
    units = _standing(area)
    for level in chain.levels[place + 1 :]:
        unit = _best(level.holder, units) if level.holder is not None else None
        if level.outside or (unit is not None and (beside is None or unit.id != beside.id)):
            copy = _best(level.copy_to, units) if level.copy_to is not None else None
            if unit is not None and copy is not None and copy.id == unit.id:
                copy = None
            return Next(level, unit, copy, tuple(left_out))
        if unit is None:
            left_out.append(level.key)
    return None


@dataclass(frozen=True)
class Start:
    """Where a unit that reports stands: its own level, and the place from which the next one
    is looked for (levels below the unit's own are none of its business)."""

    own: int
    place: int


def start(chain: ReportChainBody, unit: Unit, *, area: Area) -> Start:
    """A unit has the level that it holds itself, or whose holder stands below it in the line of
    command; any other is the unit that found it, at the beginning of the chain."""
    units = _standing(area)
    own = place = 0
    rank = _rank(unit.level)
    for number, level in enumerate(chain.levels[1:], start=1):
        if level.holder is None:
            break
        holder = _best(level.holder, units)
        if holder is not None and unit.id in holder.line:
            own = place = number
        elif _rank(level.holder.level) < rank:
            place = number
    return Start(own, place)


_RANKS = ("grid", "community", "street", "district", "city", "province", "nation")


def _rank(level: str) -> int:
    return _RANKS.index(level)


def _standing(area: Area) -> Sequence[Unit]:
    """The units of the areas from the root down to this one; one query."""
    found = Unit.objects.filter(active=True, area__code__in=area.line()).select_related("area")
    return sorted(found, key=lambda unit: (len(unit.line), unit.code))


def _best(holder: Holder, units: Sequence[Unit]) -> Unit | None:
    fit = [u for u in units if u.level == holder.level and u.sector in holder.sectors]
    named = [u for u in fit if any(w in u.name_zh or w in u.name_en for w in holder.named)]
    return next(iter(named or fit), None)


def skippable(chain: ReportChainBody, level: str, *, holds: bool) -> list[ChainLevel]:
    """The levels that a report at ``level`` can be brought to past others: by its holder not
    the next one, by others any above."""
    if chain.skip == "never":
        return []
    return list(chain.levels[chain.place(level) + (2 if holds else 1) :])
