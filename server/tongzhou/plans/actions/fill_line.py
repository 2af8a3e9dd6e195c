from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.actions.change import authority, reason_given, record
from tongzhou.kernel.errors import Conflict
from tongzhou.library import queries as library
from tongzhou.plans.actions.authority import begin_with_plan
from tongzhou.plans.actions.making import make_lines
from tongzhou.plans.actions.stand_up_plan import UnitInactive
from tongzhou.plans.acts import PLAN_LINE_FILLED
from tongzhou.plans.models import LineKind, Outcome, PlanLine
from tongzhou.plans.outline import Line, Overrule, outline
from tongzhou.plans.queries.preview import gathered


class LineNotOpen(Conflict):
    """The line was filled before, or needs no unit."""

    code = "plan-line-not-open"
    message = _("This line of the plan is not open any more.")


def fill_line(*, line: PlanLine, unit: Unit, reason: str, by: Post, at: datetime) -> PlanLine:
    """Gives a task or group of a standing plan that nobody was found for to a unit. Raises
    NotFound, NotAllowed, IncidentClosed, AnotherAuthority, PlanNotStanding, LineNotOpen,
    ReasonMissing, UnitInactive, and what the act that makes it raises."""
    with transaction.atomic():
        incident, stand_up = begin_with_plan(line.stand_up, by=by)
        locked = PlanLine.objects.select_for_update(of=("self",)).get(id=line.id)
        if locked.outcome != Outcome.UNRESOLVED or locked.kind == LineKind.MEASURE:
            raise LineNotOpen()
        reason = reason_given(reason)
        if not unit.active:
            raise UnitInactive(field="unit", unit=unit.name)
        name = f"{locked.kind}:{locked.key}"
        wanted: Mapping[str, Overrule] = {name: Overrule(name, "assign", reason, unit)}
        given = gathered(
            library.version(stand_up.version), incident, overrules=wanted, by=by, at=at
        )
        found = next((one for one in outline(given).lines if one.name == name), None)
        if found is None:
            raise LineNotOpen()
        # Written anew under its own id: whoever comes second finds it filled, not gone.
        PlanLine.objects.filter(id=locked.id).delete()
        (made,) = make_lines(
            [_anew(found)], stand_up=stand_up, incident=incident, by=by, at=at,
            first=locked.place, ids={name: locked.id},
        )  # fmt: skip
        record(
            PLAN_LINE_FILLED,
            incident=incident,
            by=by,
            at=at,
            about=("plan", stand_up.id),
            with_units=[unit.id],
            area=found.area.code,
            basis=authority(by, [unit]),
            data={"plan": stand_up.key, "line": name, "unit": str(unit.id)},
        )
    return made


def _anew(line: Line) -> Line:
    """The line as one to be done, whatever else of the plan stands already."""
    return replace(line, kept=None)
