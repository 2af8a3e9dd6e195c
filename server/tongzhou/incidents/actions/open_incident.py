import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import INCIDENT_OPEN
from tongzhou.incidents import access
from tongzhou.incidents.actions.change import filled, record, require_world
from tongzhou.incidents.acts import INCIDENT_OPENED, SIGNAL_JOINED
from tongzhou.incidents.models import Incident, PhaseChange, Signal
from tongzhou.kernel.errors import Conflict, Invalid, NotFound
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append
from tongzhou.library.phases import Phase
from tongzhou.places.models import Area

_CODE = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_LONGEST_CODE = 60
#: Addresses that are taken: /incidents/new.
_RESERVED = frozenset({"new"})


class CodeMalformed(Invalid):
    """A code with something other than small letters, digits and hyphens."""

    code = "code-malformed"
    message = _("“%(given)s” cannot be a code: use small letters, digits and hyphens.")


class CodeTaken(Conflict):
    """Another incident has this code."""

    code = "incident-code-taken"
    message = _("There is an incident with the code “%(given)s” already.")


class SignalIsReal(Conflict):
    """An exercise of what somebody really noticed would hide it."""

    code = "signal-is-real"
    message = _("A signal is real: an exercise cannot take it over.")


class SignalHasIncident(Conflict):
    """The signal led to another incident already."""

    code = "signal-has-incident"
    message = _("The signal %(ticket)s belongs to an incident already.")


def open_incident(
    *,
    code: str,
    title_zh: str,
    area: Area,
    by: Post,
    at: datetime,
    title_en: str = "",
    agent: str = "",
    incubation_days: int | None = None,
    severity: str = "",
    uncertainty: str = "",
    summary_zh: str = "",
    summary_en: str = "",
    signal: Signal | None = None,
    told: Sequence[Unit] = (),
    exercise: bool = False,
    public: bool = True,
    id: UUID | None = None,
) -> Incident:
    """Opens an incident, owned by the unit of ``by``, in the phase "watch". The units above
    the owner see it, and those ``told``; also those that assessed the ``signal`` that it
    answers, which becomes part of it. ``area`` must lie in the area of the owner.

    Raises NotFound (a signal that the post may not see), NotAllowed, TextMissing,
    NothingReal, CodeMalformed, CodeTaken, SignalHasIncident.
    """
    if not _CODE.match(code) or len(code) > _LONGEST_CODE or code in _RESERVED:
        raise CodeMalformed(field="code", given=code)
    title_zh = filled(title_zh or title_en, field="title_zh", name=_("title"))
    permissions.require(by=by, word=INCIDENT_OPEN, on=area)
    require_world(exercise=exercise, by=by)
    with transaction.atomic():
        if Incident.objects.filter(code=code).exists():
            raise CodeTaken(field="code", given=code)
        incident = Incident(
            id=id or new_id(),
            code=code,
            title_zh=title_zh,
            title_en=title_en.strip(),
            area=area,
            owner=by.unit,
            agent=agent.strip(),
            incubation_days=incubation_days,
            severity=severity.strip(),
            uncertainty=uncertainty.strip(),
            summary_zh=summary_zh.strip(),
            summary_en=summary_en.strip(),
            phase=Phase.WATCH,
            exercise=exercise,
            public=public,
            opened_at=at,
        )
        incident.save(force_insert=True)
        PhaseChange.objects.create(
            incident=incident, phase=Phase.WATCH, wave=1, reason="", post=by, at=at
        )
        told_ids = [unit.id for unit in told]
        if signal is not None:
            if exercise:
                raise SignalIsReal(field="signal")
            assessors = _join(signal, incident, by=by, at=at)
            told_ids += [unit for unit in assessors if unit not in {by.unit_id, *told_ids}]
        access.grant(incident.id, [by.unit_id], access.OWNER)
        access.grant(incident.id, by.unit.above, access.LINE)
        access.grant(incident.id, told_ids, access.TOLD)
        record(
            INCIDENT_OPENED,
            incident=incident,
            by=by,
            at=at,
            with_units=told_ids,
            basis="law",
            public=True,
            data={
                "agent": incident.agent,
                "incubation_days": incubation_days,
                "exercise": exercise,
                "signal": str(signal.id) if signal is not None else None,
            },
        )
    return incident


def _join(signal: Signal, incident: Incident, *, by: Post, at: datetime) -> list[UUID]:
    """Makes the signal part of the incident; returns the units that assessed it."""
    locked = Signal.objects.select_for_update(of=("self",), no_key=True).get(id=signal.id)
    if not locked.relations_of(by):
        raise NotFound(field="signal")
    if locked.incident_id is not None:
        raise SignalHasIncident(field="signal", ticket=locked.ticket)
    locked.incident = incident
    locked.save(update_fields=["incident"])
    reporter = locked.reporter.unit_id if locked.reporter is not None else None
    told = access.listeners(locked.area, at=at).all
    append(
        SIGNAL_JOINED,
        at=at,
        about=("signal", locked.id),
        **by.signs(),
        incident=incident.id,
        phase=incident.phase,
        area=locked.area.code,
        basis="law",
        asked_at=locked.reported_at,
        audience=[*told, *([reporter] if reporter else [])],
    )
    found = locked.assessments.order_by("post__unit_id").values_list("post__unit_id", flat=True)
    return list(found.distinct())
