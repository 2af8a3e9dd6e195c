from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import PLAN_STAND_UP
from tongzhou.incidents.actions.change import authority, begin, record
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Conflict, Invalid, ReasonMissing
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import Json
from tongzhou.plans.actions.making import make_lines
from tongzhou.plans.actions.taking_back import end, take_back
from tongzhou.plans.acts import PLAN_STOOD_UP
from tongzhou.plans.models import PlanLine, StandState, StandUp
from tongzhou.plans.outline import Line, Outline, Overrule, Standing
from tongzhou.plans.queries.fitting import plan_for
from tongzhou.plans.queries.preview import Preview, preview


class PlanStands(Conflict):
    """The same plan is not stood up twice in one incident."""

    code = "plan-stands"
    message = _("“%(plan)s” stands in this incident already.")


class PreviewChanged(Conflict):
    """Something changed since the person looked: who is charged, or the figures."""

    code = "preview-changed"
    message = _("The plan would do something else now than what you saw. Look at it again.")


class LineUnknown(Invalid):
    """A line that this plan does not have here."""

    code = "plan-line-unknown"
    message = _("The plan has no line “%(line)s” here.")


class OverruleUnfit(Invalid):
    """Something that cannot be done with such a line."""

    code = "overrule-unfit"
    message = _("This cannot be done with the line “%(line)s”.")


class UnitInactive(Invalid):
    """A unit that takes no more work."""

    code = "charged-unit-closed"
    message = _("%(unit)s is no longer active and can take nothing on.")


def stand_up_plan(
    *,
    incident: Incident,
    version: UUID,
    by: Post,
    at: datetime,
    overrules: Iterable[Overrule] = (),
    seen: str = "",
    id: UUID | None = None,
) -> StandUp:
    """Stands a plan up: forms its groups, sends its tasks, puts its measures in force, all of
    it or nothing. What exists already from a plan that stands is carried over; plans that do
    not fit any more give way, and what they began and this one does not have is taken back
    as far as it can be. What nobody was found for stays open on the plan's page.

    ``overrules`` by line, each with a reason; ``seen`` is the digest of the preview that the
    person saw. Raises NotFound, NotAllowed, IncidentClosed, NoSuchVersion, PlanOfElsewhere,
    PlanNotInForce, PlanUnfit, PlanStands, PreviewChanged, LineUnknown, OverruleUnfit,
    ReasonMissing, UnitInactive, and what the acts of groups, tasks and measures raise, with
    the name of the line as field.
    """
    with transaction.atomic():
        locked = begin(incident.id, by=by, word=PLAN_STAND_UP)
        chosen = plan_for(locked, version=version, at=at)
        if StandUp.objects.filter(incident=locked, key=chosen.key, state=StandState.UP).exists():
            raise PlanStands(field="version", plan=str(chosen.title))
        wanted = {overrule.line: overrule for overrule in overrules}
        found = preview(chosen, locked, overrules=wanted, visible_to=by, at=at)
        _check(wanted, found.outline)
        if seen and seen != found.digest:
            raise PreviewChanged()
        stand_up = StandUp(
            id=id or new_id(),
            incident=locked,
            key=chosen.key,
            version=chosen.id,
            grade=locked.grade,
            phase=locked.phase,
            unit=by.unit,
            post=by,
            at=at,
            replaced=found.replaces[0] if found.replaces else None,
        )
        stand_up.save(force_insert=True)
        _record(stand_up, found, by=by, at=at)
        _replace(found, new=stand_up, by=by, at=at)
        make_lines(found.outline.lines, stand_up=stand_up, incident=locked, by=by, at=at)
    return stand_up


def _check(wanted: Mapping[str, Overrule], found: Outline) -> None:
    lines = {line.name: line for line in found.lines}
    for name, overrule in wanted.items():
        line = lines.get(name)
        if line is None:
            raise LineUnknown(field=name[:200], line=name[:200])
        if not overrule.reason.strip():
            raise ReasonMissing(field=name)
        _check_fit(line, overrule)


def _check_fit(line: Line, overrule: Overrule) -> None:
    match overrule.act:
        case "assign":
            if line.kind == "measure" or overrule.unit is None:
                raise OverruleUnfit(field=line.name, line=line.name)
            if not overrule.unit.active:
                raise UnitInactive(field=line.name, unit=overrule.unit.name)
        case "include":
            if not line.judgement.readings:
                raise OverruleUnfit(field=line.name, line=line.name)
        case "leave_out":
            pass


def _record(stand_up: StandUp, found: Preview, *, by: Post, at: datetime) -> None:
    lines = found.outline.lines
    units = found.told

    def named(*standings: Standing) -> list[Json]:
        return [line.name for line in lines if line.standing in standings]

    assigned: dict[str, Json] = {
        line.name: str(line.overrule.unit.id)
        for line in lines
        if line.overrule is not None and line.overrule.unit is not None
    }
    included: list[Json] = [
        line.name for line in lines if line.overrule and line.overrule.act == "include"
    ]
    record(
        PLAN_STOOD_UP,
        incident=stand_up.incident,
        by=by,
        at=at,
        about=("plan", stand_up.id),
        with_units=[unit.id for unit in units],
        basis=authority(by, units),
        outcome="up",
        evidence=found.version.reference,
        data={
            "plan": stand_up.key,
            "version": str(stand_up.version),
            "groups": sum(line.done for line in found.outline.groups),
            "tasks": sum(line.done for line in found.outline.tasks),
            "measures": sum(line.done for line in found.outline.measures),
            "kept": len(named(Standing.KEPT)),
            "unresolved": named(Standing.UNRESOLVED),
            "left_out": named(Standing.LEFT_OUT),
            "assigned": assigned,
            "included": included,
            "replaces": [str(stand.id) for stand in found.replaces],
        },
    )


def _replace(found: Preview, *, new: StandUp, by: Post, at: datetime) -> None:
    """The plans that give way: what the new one has too is carried over, the rest ends."""
    reason = str(found.version.title)
    carried = {line.kept for line in found.outline.lines if line.kept is not None}
    for stand_up in found.replaces:
        lines = list(PlanLine.objects.filter(stand_up=stand_up).order_by("place", "id"))
        spare = [line for line in lines if line.made in carried]
        take_back(lines, reason=reason, by=by, at=at, spare=spare)
        end(stand_up, StandState.REPLACED, reason=reason, by=by, at=at)
