from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Sector, Unit
from tongzhou.actors.vocabulary import HOSPITAL_REPORT
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.ledger.append import append
from tongzhou.needs.actions.change import LINE, NeedTimeOff, bounded
from tongzhou.needs.acts import HOSPITAL_REPORTED
from tongzhou.needs.choices import Channel, Emergency, Supply
from tongzhou.needs.models import HospitalStatus

FIGURES: Final = ("beds", "beds_free", "isolation_free", "icu_free", "ventilators_free",
                  "dialysis_free")  # fmt: skip
SUPPLIES: Final = ("staff", "drugs", "oxygen")
FIELDS: Final = (*FIGURES, *SUPPLIES, "emergency")
#: No hospital has more of anything.
MOST: Final = 20_000
OLDEST: Final = timedelta(days=366 * 10)


class NotAHospital(Invalid):
    """A unit that has no beds."""

    code = "not-a-hospital"
    message = _("%(unit)s is not a hospital.")


class NothingSaid(Invalid):
    """A status without a single figure."""

    code = "nothing-said"
    message = _("Give at least one figure.")


class FigureAbsurd(Invalid):
    """A figure that no hospital has."""

    code = "figure-absurd"
    message = _("%(value)s cannot be right here: between 0 and %(most)s.")


class MoreFreeThanThere(Invalid):
    """More beds free than there are."""

    code = "more-free-than-there"
    message = _("More beds are free (%(free)s) than there are (%(beds)s).")


class UnknownWord(Invalid):
    """A word that is none of the known ones."""

    code = "unknown-status-word"
    message = _("“%(value)s” is none of: %(possible)s.")


class ReportedAlready(Conflict):
    """The same hospital, the same moment."""

    code = "status-reported-already"
    message = _("%(unit)s has a status of this moment already. A later one corrects it.")


def report_hospital(
    *,
    unit: Unit,
    figures: Mapping[str, Any],
    by: Post,
    at: datetime,
    as_of: datetime | None = None,
    channel: str = Channel.WEB,
    source: str = "",
) -> HospitalStatus:
    """Says how a hospital stands: ``figures`` by the names in ``FIELDS``, None or "" where not
    said. What was said before stays. Raises NotFound, NotAllowed, NotAHospital, NothingSaid,
    FigureAbsurd, MoreFreeThanThere, UnknownWord, NeedTimeOff, ReportedAlready, WordsTooMany."""
    with transaction.atomic():
        permissions.require(by=by, word=HOSPITAL_REPORT, on=unit)
        moment = as_of or at
        if not at - OLDEST <= moment <= at:
            raise NeedTimeOff(field="as_of")
        made = HospitalStatus(
            unit=unit,
            as_of=moment,
            at=at,
            post=by,
            channel=channel,
            source=bounded(source, field="source", limit=LINE),
            exercise=by.exercise,
            **checked(unit, figures),
        )
        there = HospitalStatus.objects.filter(unit=unit, as_of=moment, exercise=by.exercise)
        if there.exists():
            raise ReportedAlready(field="as_of", unit=unit.name)
        made.save(force_insert=True)
        append(
            HOSPITAL_REPORTED,
            at=at,
            about=("unit", unit.id),
            **by.signs(),
            with_units=[unit.id],
            area=unit.area.code,
            audience=unit.line,
            data={
                "status": str(made.id),
                "unit": str(unit.id),
                "code": unit.code,
                "said": [name for name in FIELDS if getattr(made, name) not in (None, "")],
                **({"exercise": True} if by.exercise else {}),
            },
        )
    return made


def checked(unit: Unit, figures: Mapping[str, Any], *, row: int | None = None) -> dict[str, Any]:
    """The figures as they are kept. Raises NotAHospital, NothingSaid, FigureAbsurd,
    MoreFreeThanThere, UnknownWord."""
    if unit.sector != Sector.HOSPITAL:
        raise NotAHospital(field="unit", row=row, unit=unit.name)
    found: dict[str, Any] = {}
    for name in FIGURES:
        value = figures.get(name)
        if value in (None, ""):
            continue
        try:
            number = int(str(value).strip().replace(",", ""))
        except ValueError:
            number = -1
        if not 0 <= number <= MOST:
            raise FigureAbsurd(field=name, row=row, value=str(value)[:40], most=MOST)
        found[name] = number
    for name in (*SUPPLIES, "emergency"):
        word = str(figures.get(name) or "").strip().lower()
        possible = Emergency.values if name == "emergency" else Supply.values
        if word and word not in possible:
            raise UnknownWord(field=name, row=row, value=word[:40], possible=", ".join(possible))
        if word:
            found[name] = word
    if not found:
        raise NothingSaid(row=row)
    beds, free = found.get("beds"), found.get("beds_free")
    if beds is not None and free is not None and free > beds:
        raise MoreFreeThanThere(field="beds_free", row=row, free=free, beds=beds)
    return found
