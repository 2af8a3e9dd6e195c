from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.incidents.actions.change import record
from tongzhou.incidents.models import Incident, Measure
from tongzhou.plans.acts import PLAN_WINDOW_FOLLOWED
from tongzhou.plans.models import ALIVE, LineKind, PlanLine, StandState

#: Nobody loses a measure from one moment to the next because a figure was corrected: whoever
#: answers for it has this long to lift it, or to put it in force anew.
NOTICE: Final = timedelta(days=1)


def follow_incubation(*, incident: UUID, by: Post, at: datetime) -> list[Measure]:
    """Gives the measures in force that standing plans proposed, and whose expiry hangs on the
    incubation, the expiry that follows from the one on file now. ``by`` is who changed the
    profile: this follows from it and asks for no further permission. Done twice, it changes
    nothing."""
    with transaction.atomic():
        found = Incident.objects.select_for_update(of=("self",), no_key=True).get(id=incident)
        if not found.is_open or not found.incubation_days:
            return []
        lines = PlanLine.objects.filter(
            stand_up__incident=found,
            stand_up__state=StandState.UP,
            kind=LineKind.MEASURE,
            outcome__in=ALIVE,
            incubations__isnull=False,
        )
        times = {line.made: line.incubations for line in lines if line.made is not None}
        measures = Measure.objects.select_for_update(of=("self",)).select_related("area")
        changed = []
        for measure in measures.filter(id__in=list(times), lifted_at=None, expires_at__gt=at):
            days = max(1, round((times[measure.id] or 0) * found.incubation_days))
            expires = max(measure.starts_at + timedelta(days=days), at + NOTICE)
            if expires != measure.expires_at and not _noticed(measure, expires, at):
                _move(measure, to=expires, incident=found, by=by, at=at)
                changed.append(measure)
        return changed


def _noticed(measure: Measure, expires: datetime, at: datetime) -> bool:
    """The day of notice runs already."""
    return expires == at + NOTICE and measure.expires_at <= expires


def _move(measure: Measure, *, to: datetime, incident: Incident, by: Post, at: datetime) -> None:
    before, measure.expires_at = measure.expires_at, to
    measure.save(update_fields=["expires_at"])
    record(
        PLAN_WINDOW_FOLLOWED,
        incident=incident,
        by=by,
        at=at,
        about=("measure", measure.id),
        with_units=[incident.owner_id, measure.unit_id],
        area=measure.area.code,
        due_at=to,
        public=True,
        data={
            "before": before.isoformat(),
            "unit": str(measure.unit_id),
            "incubation_days": incident.incubation_days,
        },
    )
