"""Addresses of what the room of incidents gained: reports upwards, 7-1-7, field shifts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from contract.rows import (
    OWN,
    Build,
    in_incident,
    incident_code,
    operation,
    page,
    read,
    say,
    send,
    step,
    step_on,
    ticket,
)
from contract.world import HOUR, World

from tongzhou.incidents.actions.pass_report import pass_report
from tongzhou.incidents.actions.start_report import start_report
from tongzhou.incidents.actions.start_shift import start_shift
from tongzhou.incidents.models import Report, Shift

SECRETS: Final = {"place of the shift": "Hidden gate of the shift"}


@dataclass(frozen=True)
class Made:
    """A report on its way, with the city, and a shift that is out."""

    report: Report
    shift: Shift


def furnish(world: World) -> Made:
    """Makes both, through the acts."""
    cast = world.cast
    begun = start_report(
        about=world.signal, chain="regulation-2003", by=cast.ye, at=world.at + HOUR / 4
    )
    return Made(
        report=pass_report(report=begun, by=cast.lou, at=world.at + HOUR / 2),
        shift=start_shift(
            unit=cast.units["baoshi-community"],
            area=cast.areas["330106002901"],
            people=2,
            every=timedelta(hours=2),
            place=SECRETS["place of the shift"],
            by=cast.mei,
            at=world.at,
        ),
    )


def _made(name: str) -> Build:
    def arguments(world: World) -> Mapping[str, Any]:
        return {"id": getattr(world.of["incidents"], name).id}

    return arguments


def _milestone(world: World) -> Mapping[str, Any]:
    return {"key": "detected", "happened_at": world.at.strftime("%Y-%m-%dT%H:%M")}


_SHIFT: Final = {"unit": "baoshi-community", "area": "330106002901", "people": 2}
_NOTE: Final = {"stretch": "notify", "sort": "bottleneck", "text": "No rota"}
_SKIP: Final = {"to_level": "province", "reason": "Fast"}

PAGES: Final = (
    page("reports", read(**OWN)),
    page("reports-export", read(**OWN)),
    page("report", read(by="ye"), args=_made("report")),
    page("report-receive", send(by="xia"), args=_made("report")),
    page("report-pass", send(by="xia"), args=_made("report")),
    page("report-skip", send(body=say(**_SKIP), by="ye"), args=_made("report")),
    page("signal-report", read(by="ye"), send(body=say(chain="law-2025"), by="ye"), args=ticket),
    page("incident-report", read(), send(body=say(chain="law-2025")), args=incident_code),
    page("incident-timeliness", read(), args=incident_code),
    page("incident-step", read(), send(body=_milestone), args=step("milestone")),
    page("incident-step", read(), send(body=say(**_NOTE)), args=step("timeliness-note")),
    page("incident-step-on", read(), send(), args=step_on("decision-see", "decision")),
    page("shifts", read(**OWN)),
    page("shifts-export", read(**OWN)),
    page(
        "shift-new",
        read(by="mei", **OWN),
        send(body=say(**_SHIFT, every="120"), by="mei", outsider=422),
    ),
    page("shift", read(by="mei"), args=_made("shift")),
    page("shift-check-in", send(body=say(state="well"), by="ji"), args=_made("shift")),
    page("shift-end", send(by="ji"), args=_made("shift")),
)

OPERATIONS: Final = (
    operation("incidents_upward_reports", "GET", 200, 200),
    operation("incidents_upward_report", "GET", 200, args=_made("report")),
    operation("incidents_report_receive", "POST", by="xia", args=_made("report")),
    operation("incidents_report_pass", "POST", by="xia", args=_made("report")),
    operation("incidents_report_skip", "POST", by="ye", args=_made("report"), body=say(**_SKIP)),
    operation("incidents_signal_report", "POST", 201, by="ye", args=ticket,
              body=say(chain="law-2025")),
    operation("incidents_incident_report", "POST", 201, args=incident_code,
              body=say(chain="law-2025")),
    operation("incidents_timeliness_of", "GET", 200, args=incident_code),
    operation("incidents_risk_of", "GET", 200, args=incident_code),
    operation("incidents_milestone", "POST", 201, args=incident_code,
              body=lambda world: {"key": "detected", "happened_at": world.at.isoformat()}),
    operation("incidents_timeliness_note", "POST", 201, args=incident_code, body=say(**_NOTE)),
    operation("incidents_decision_see", "POST", 200, args=in_incident("decision")),
    operation("incidents_shift_list", "GET", 200, 200),
    operation("incidents_shift_start", "POST", 201, 403, by="mei",
              body=say(**_SHIFT, every_minutes=60)),
    operation("incidents_shift", "GET", 200, by="mei", args=_made("shift")),
    operation("incidents_shift_check_in", "POST", 200, by="ji", args=_made("shift"),
              body=say(needs_help=True)),
    operation("incidents_shift_end", "POST", 200, by="ji", args=_made("shift")),
)  # fmt: skip
