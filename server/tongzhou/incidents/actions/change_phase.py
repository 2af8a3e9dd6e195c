from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import INCIDENT_PHASE
from tongzhou.incidents import access
from tongzhou.incidents.actions.change import begin, reason_given, record
from tongzhou.incidents.acts import INCIDENT_PHASE_CHANGED
from tongzhou.incidents.models import Incident, PhaseChange
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.library.phases import Phase


class UnknownPhase(Invalid):
    """A phase that is not in the list."""

    code = "unknown-phase"
    message = _("Unknown phase “%(phase)s”.")


class PhaseUnchanged(Conflict):
    """The incident is in this phase already."""

    code = "phase-unchanged"
    message = _("The incident is in the phase “%(phase)s” already.")


def change_phase(
    *,
    incident: Incident,
    phase: str,
    reason: str,
    by: Post,
    at: datetime,
    id: UUID | None = None,
) -> Incident:
    """Enters a phase; any can be entered again. To respond a second time begins the second
    wave, and so on.

    Raises NotFound, NotAllowed, IncidentClosed, UnknownPhase, PhaseUnchanged,
    ReasonMissing.
    """
    with transaction.atomic():
        locked = begin(incident.id, by=by, word=INCIDENT_PHASE)
        if phase not in Phase.values:
            raise UnknownPhase(field="phase", phase=phase)
        reason = reason_given(reason)
        if phase == locked.phase:
            raise PhaseUnchanged(field="phase", phase=locked.get_phase_display())
        if phase == Phase.RESPOND:
            locked.wave = locked.phases.filter(phase=Phase.RESPOND).count() + 1
        before, locked.phase = locked.phase, phase
        locked.save(update_fields=["phase", "wave"])
        PhaseChange(
            id=id or new_id(),
            incident=locked,
            phase=phase,
            wave=locked.wave,
            reason=reason,
            post=by,
            at=at,
        ).save(force_insert=True)
        record(
            INCIDENT_PHASE_CHANGED,
            incident=locked,
            by=by,
            at=at,
            with_units=access.partners(locked.id),
            basis="order",
            outcome=phase,
            public=True,
            data={"phase": phase, "before": before, "wave": locked.wave},
        )
    return locked
