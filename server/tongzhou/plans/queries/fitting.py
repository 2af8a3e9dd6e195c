"""Which plans fit an incident: its area, its response level, its phase."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Conflict
from tongzhou.library import queries as library
from tongzhou.library.document import NATIONAL
from tongzhou.library.kinds.plan import Plan
from tongzhou.library.queries import Version
from tongzhou.plans.queries.figures import figures_of
from tongzhou.plans.rules import Judgement, judge

KIND = "plan"


class PlanNotInForce(Conflict):
    """A version of a plan that is not in force on this day."""

    code = "plan-not-in-force"
    message = _("“%(plan)s” is not in force on %(on)s. Choose the version that is.")


class PlanOfElsewhere(Conflict):
    """A plan of another area or of another country profile."""

    code = "plan-of-elsewhere"
    message = _("“%(plan)s” holds for %(jurisdiction)s, not for %(area)s.")


class PlanUnfit(Conflict):
    """A plan for another level of area, response level or phase."""

    code = "plan-unfit"
    message = _(
        "“%(plan)s” is not for the level, the response level and the phase of this incident. Set "
        "these first, or choose another plan."
    )


@dataclass(frozen=True)
class Fitting:
    """A plan in force with how it fits: ``now`` – level and phase are those of the incident;
    ``rule`` – what its own condition on the area says."""

    version: Version
    now: bool
    rule: Judgement

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        return cast(Plan, self.version.body)


def day_of(at: datetime) -> date:
    """The day on which a version must be in force."""
    return localdate(at)


def fits(plan: Plan, incident: Incident) -> bool:
    """True where the plan is for this level of area, response level and phase."""
    return (
        plan.level == incident.area.level
        and incident.grade in plan.grades
        and incident.phase in plan.phases
    )


def fitting(incident: Incident, *, at: datetime) -> list[Fitting]:
    """The plans for areas of the incident's level, those that fit now first."""
    found = library.all_in_force(KIND, on=day_of(at), area=incident.area)
    plans = [v for v in found if cast(Plan, v.body).level == incident.area.level]
    if not plans:
        return []
    figures = figures_of([incident.area], incident=incident)[incident.area.code]
    rows = [
        Fitting(
            version,
            fits(cast(Plan, version.body), incident),
            judge(cast(Plan, version.body).when, figures),
        )
        for version in plans
    ]
    return sorted(rows, key=lambda row: (not row.now, row.version.key))


def plan_for(incident: Incident, *, version: UUID, at: datetime) -> Version:
    """The version of a plan, where it holds for the incident's area today and fits it. Raises
    NoSuchVersion, PlanOfElsewhere, PlanNotInForce, PlanUnfit."""
    found = library.version(version)
    title = str(found.title)
    area = incident.area
    if found.kind != KIND:
        raise library.NoSuchVersion(id=str(version))
    known = {library.profile.current(), "common", *area.line()}
    if found.jurisdiction not in known:
        raise PlanOfElsewhere(
            field="version",
            plan=title,
            jurisdiction=_place(found.jurisdiction),
            area=area.name,
        )
    held = {v.id for v in library.all_in_force(KIND, on=day_of(at), area=area)}
    if found.id not in held:
        raise PlanNotInForce(field="version", plan=title, on=day_of(at).isoformat())
    if not fits(cast(Plan, found.body), incident):
        raise PlanUnfit(field="version", plan=title)
    return found


def _place(jurisdiction: str) -> str:
    if jurisdiction in NATIONAL:
        return str({"cn": _("China"), "int": _("other countries")}.get(jurisdiction, jurisdiction))
    return jurisdiction
