"""Acts of nobody: the clock noticed that a response level is about to expire, or that a
measure has. Each is told once, however often this runs and by how many workers."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from tongzhou.incidents.actions.change import record
from tongzhou.incidents.acts import GRADE_EXPIRING, MEASURE_EXPIRED
from tongzhou.incidents.models import GradeChange, Measure

#: So long before its expiry a response level is told of.
AHEAD: Final = timedelta(hours=24)
_BATCH: Final = 200


def note_expiring_grades(*, at: datetime) -> int:
    """Tells the owner (and the units that work with it) of each level in force that expires
    within a day or has expired; returns how many were told of."""
    latest = GradeChange.objects.filter(incident=OuterRef("incident")).order_by("-at", "-id")
    with transaction.atomic():
        found = (
            GradeChange.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
            .select_related("incident__area")
            .annotate(latest=Subquery(latest.values("id")[:1]))
            .filter(
                id=F("latest"),
                expiry_told=False,
                expires_at__lte=at + AHEAD,
                incident__closed_at=None,
            )[:_BATCH]
        )
        told = list(found)
        for grade in told:
            record(
                GRADE_EXPIRING,
                incident=grade.incident,
                by=None,
                at=at,
                with_units=[grade.incident.owner_id],
                due_at=grade.expires_at,
                data={"grade": grade.grade},
            )
        ids = [grade.id for grade in told]
        GradeChange.objects.filter(id__in=ids).update(expiry_told=True)
    return len(told)


def note_expired_measures(*, at: datetime) -> int:
    """Tells of each measure that expired without having been lifted; returns how many."""
    with transaction.atomic():
        found = (
            Measure.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
            .select_related("incident__area", "area")
            .filter(
                expiry_told=False, lifted_at=None, expires_at__lte=at, incident__closed_at=None
            )[:_BATCH]
        )
        told = list(found)
        for measure in told:
            units = {measure.unit_id, measure.incident.owner_id}
            record(
                MEASURE_EXPIRED,
                incident=measure.incident,
                by=None,
                at=at,
                about=("measure", measure.id),
                with_units=units,
                area=measure.area.code,
                due_at=measure.expires_at,
                outcome="expired",
                public=True,
                data={"title_zh": measure.title_zh, "title_en": measure.title_en},
            )
        ids = [measure.id for measure in told]
        Measure.objects.filter(id__in=ids).update(expiry_told=True)
    return len(told)
