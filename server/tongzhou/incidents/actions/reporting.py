"""What the acts on a report have in common: the locked report, its last leg, and the step to
the next level."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import Word
from tongzhou.incidents import access
from tongzhou.incidents.actions.change import exercise_mark
from tongzhou.incidents.models import Leg, Report
from tongzhou.incidents.queries.chains import Next
from tongzhou.kernel.errors import Conflict, NotFound
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import Json, append
from tongzhou.ledger.types import ActType
from tongzhou.library.kinds.report_chain import ReportChainBody


class ReportEnded(Conflict):
    """The report has come to the end of its way."""

    code = "report-ended"
    message = _("This report has come to the end of its way.")


class NoFurtherLevel(Conflict):
    """Nobody stands above, so there is nobody to pass the report to."""

    code = "report-no-further-level"
    message = _("No level stands above this one in the chain.")


def locked_report(report: UUID) -> Report:
    """The report, locked."""
    found = Report.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("holder", "signal__area", "incident__area", "signal__reporter").get(
        id=report
    )


def movable_leg(report: Report, *, by: Post, word: Word) -> Leg:
    """The leg on which the report is. Raises NotFound, ReportEnded, NotAllowed."""
    if not report.relations_of(by):
        raise NotFound()
    if report.ended_at is not None:
        raise ReportEnded()
    permissions.require(by=by, word=word, on=report)
    leg = report.legs.order_by("-place").first()
    assert leg is not None
    return leg


def leave(leg: Leg, *, by: Post, at: datetime, left_out: Iterable[str], reason: str = "") -> str:
    """The report leaves a level; returns "in time" or "late"."""
    leg.passed_at, leg.passed_by = at, by
    leg.left_out, leg.reason = list(left_out), reason
    leg.save(update_fields=["passed_at", "passed_by", "left_out", "reason"])
    return "late" if leg.due_at is not None and at > leg.due_at else "in time"


def arrive(report: Report, chain: ReportChainBody, to: Next, *, at: datetime) -> Leg:
    """The report arrives at a level. Where the level lies outside, that is the end of its
    way here."""
    last = to.unit is None or chain.place(to.level.key) == len(chain.levels) - 1
    leg = Leg(
        id=new_id(),
        report=report,
        place=report.legs.count(),
        level=to.level.key,
        unit=to.unit,
        received_at=at,
        due_at=at + to.level.within if to.level.within is not None else None,
    )
    leg.save(force_insert=True)
    report.holder = None if last else to.unit
    report.ended_at = at if last else None
    report.save(update_fields=["holder", "ended_at"])
    if report.incident is not None and to.unit is not None:
        access.grant(report.incident.id, [to.unit.id], access.TOLD)
    return leg


def tell(
    type: ActType,
    report: Report,
    *,
    by: Post,
    at: datetime,
    to: Next | None = None,
    leg: Leg | None = None,
    asked_at: datetime | None = None,
    outcome: str = "",
    data: dict[str, Json] | None = None,
) -> None:
    """Writes an act about the report. ``leg`` is the one that began with it: its limit is the
    limit of the act, its unit the holder."""
    about = report.about
    reached = [unit.id for unit in (to.unit, to.copy) if unit is not None] if to else []
    append(
        type,
        at=at,
        about=("report", report.id),
        **by.signs(),
        with_units=reached,
        incident=report.incident_id or (report.signal.incident_id if report.signal else None),
        phase=report.incident.phase if report.incident else "",
        area=about.area.code,
        basis="law",
        asked_at=asked_at,
        due_at=leg.due_at if leg is not None else None,
        outcome=outcome,
        audience=[*_told(report, at), *reached],
        data={
            "about": "incident" if report.incident_id else "signal",
            "chain": report.key,
            "version": str(report.chain),
            "holder": str(report.holder_id) if report.holder_id else "",
            "level": leg.level if leg is not None else "",
            **exercise_mark(report.incident),
            **(data or {}),
        },
    )


def _told(report: Report, at: datetime) -> list[UUID]:
    """Those that have had it, and those that know of what is reported."""
    had = [unit for unit in report.legs.values_list("unit_id", flat=True) if unit is not None]
    if report.incident is not None:
        return [*had, *access.audience(report.incident.id)]
    assert report.signal is not None
    return [*had, *access.listeners(report.signal.area, at=at).all]
