"""Addresses of plans, modes, exercises and process charts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from contract.rows import NOT_YOURS, OWN, REASON, operation, page, read, say, send
from contract.world import World
from unit.plans.conftest import PLAN, declared

from tongzhou.library.actions.publish_version import publish_version
from tongzhou.library.queries import Version
from tongzhou.library.reading import read as read_template
from tongzhou.plans.actions.stand_up_plan import stand_up_plan
from tongzhou.plans.models import PlanLine, StandUp


@dataclass(frozen=True)
class Plans:
    """A plan that stands, one that does not, and a line that is open."""

    standing: StandUp
    other: Version
    line: PlanLine


def furnish(world: World) -> Plans:
    """Two plans of the province, one of them stood up in the hidden incident; nobody is
    charged with anything, so its lines are open."""
    declared(world.cast.shen)
    versions = [
        publish_version(
            read=read_template(PLAN.replace("drill-one", key).encode(), file="plan.yaml"),
            reason="Contract",
            by=world.cast.shen,
            at=world.at,
        )
        for key in ("standing", "other")
    ]
    standing = stand_up_plan(
        incident=world.incident, version=versions[0].id, by=world.cast.shen, at=world.at
    )
    return Plans(standing, versions[1], standing.lines.get(key="trace"))


def _incident(world: World) -> Mapping[str, Any]:
    return {"code": world.incident.code}


def _preview(world: World) -> Mapping[str, Any]:
    return {"code": world.incident.code, "version": world.of["plans"].other.id}


def _standing(world: World) -> Mapping[str, Any]:
    return {"id": world.of["plans"].standing.id}


def _line(world: World) -> Mapping[str, Any]:
    return {"id": world.of["plans"].line.id}


def _emergency(world: World) -> Mapping[str, Any]:
    until = (world.at + timedelta(days=30)).isoformat()
    return {"mode": "emergency", "reason": "Cases", "until": until}


_SWITCH: Final = send(
    302, lambda world: {"until": world.later_local, "reason": "Cases"}, **NOT_YOURS
)
PAGES: Final = (
    page("exercise", read(**OWN), send(302, outsider=302)),
    page("modes", read(**OWN), _SWITCH),
    page("mode", read(**OWN), _SWITCH, args=say(code="33")),
    page("processes", read(**OWN)),
    page("process", read(**OWN), args=say(key="task")),
    page("process-svg", read(**OWN), args=say(key="task")),
    page("incident-plans", read(), args=_incident),
    page("plan-preview", read(), send(302, say(then="stand-up")), args=_preview),
    page("plan-reverse", read(), send(302, REASON), args=_standing),
    page("plan-step-down", read(), send(302, REASON), args=_standing),
    page("plan-fill", send(302, say(unit="hz-health", reason="Near")), args=_line),
)  # fmt: skip
OPERATIONS: Final = (
    operation("plans_stood", "GET", args=_incident),
    operation("plans_preview", "GET", args=_preview),
    operation("plans_stand_up", "POST", 201, args=_preview, body=say()),
    operation("plans_reverse", "POST", args=_standing, body=REASON),
    operation("plans_step_down", "POST", args=_standing, body=REASON),
    operation("plans_fill", "POST", args=_line, body=say(unit="hz-health", reason="Near")),
    operation("plans_fitting", "GET", args=_incident),
    operation("plans_reverse_preview", "GET", args=_standing),
    operation("plans_step_down_preview", "GET", args=_standing),
    operation("plans_mode", "GET", 200, 200, args=say(code="33")),
    operation("plans_mode_switch", "POST", 200, 403, args=say(code="33"), body=_emergency),
    operation("plans_process_chart", "GET", 200, 200, args=say(key="task")),
)
