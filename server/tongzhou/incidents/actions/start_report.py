from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import REPORT_START
from tongzhou.incidents.actions.reporting import NoFurtherLevel, arrive, tell
from tongzhou.incidents.acts import REPORT_ARRIVED, REPORT_STARTED
from tongzhou.incidents.models import Incident, Leg, Report, Signal
from tongzhou.incidents.queries import chains
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.kernel.ids import new_id


class ReportedAlready(Conflict):
    """A report of the same thing is on its way in the same chain."""

    code = "reported-already"
    message = _("A report of this is on its way in this chain already.")


class NoticedInFuture(Invalid):
    """What is reported was noticed after the report."""

    code = "noticed-in-future"
    message = _("It cannot have been noticed after it was reported.")


def start_report(
    *,
    about: Signal | Incident,
    by: Post,
    at: datetime,
    chain: str = "",
    noticed_at: datetime | None = None,
    id: UUID | None = None,
) -> Report:
    """Reports a signal or an incident upwards, on the chain ``chain`` (a key; without one the
    youngest in force), to the first level above the unit of ``by``. The time since it was
    noticed counts as that unit's own.

    Raises NotFound, NotAllowed, UnknownChain, NoticedInFuture, NoFurtherLevel,
    ReportedAlready.
    """
    signal = about if isinstance(about, Signal) else None
    incident = about if isinstance(about, Incident) else None
    permissions.require(by=by, word=REPORT_START, on=about)
    kind = "signal" if signal is not None else "incident"
    version = chains.chosen(chain, kind, on=timezone.localdate(at), area=about.area)
    body = chains.body(version)
    began = noticed_at or (about.reported_at if isinstance(about, Signal) else about.opened_at)
    if began > at:
        raise NoticedInFuture(field="noticed_at")
    start = chains.start(body, by.unit, area=about.area)
    to = chains.after(body, start.place, area=about.area, beside=by.unit)
    if to is None:
        raise NoFurtherLevel()
    with transaction.atomic():
        # Of two who report at once, the second waits here and finds the first one's report.
        type(about).objects.select_for_update(of=("self",), no_key=True).get(id=about.id)
        if Report.objects.filter(
            signal=signal, incident=incident, key=version.key, ended_at=None
        ).exists():
            raise ReportedAlready()
        report = Report(
            id=id or new_id(),
            signal=signal,
            incident=incident,
            chain=version.id,
            key=version.key,
            noticed_at=began,
            started_at=at,
            started_by=by,
        )
        report.save(force_insert=True)
        own = body.levels[start.own]
        due = began + own.within if own.within is not None else None
        Leg(
            id=new_id(),
            report=report,
            place=0,
            level=own.key,
            unit=by.unit,
            received_at=began,
            due_at=due,
            seen_at=began,
            seen_by=by,
            passed_at=at,
            passed_by=by,
            left_out=list(to.left_out),
        ).save(force_insert=True)
        leg = arrive(report, body, to, at=at)
        ended = report.ended_at is not None
        tell(
            REPORT_ARRIVED if ended else REPORT_STARTED,
            report,
            by=by,
            at=at,
            to=to,
            leg=leg,
            asked_at=began,
            outcome="late" if due is not None and at > due else "in time",
            data={"left_out": list(to.left_out)},
        )
    return report
