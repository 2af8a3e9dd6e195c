"""An act of nobody: a guidance was superseded, and measures in force still rest on it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tongzhou.incidents.actions.change import record
from tongzhou.incidents.acts import MEASURE_GUIDANCE_SUPERSEDED
from tongzhou.incidents.models import Citation


def note_superseded(*, versions: Sequence[UUID], by_version: UUID, at: datetime) -> int:
    """Tells the owners of the measures in force that cite one of ``versions``, and the owner
    of the incident, each once; returns how many measures there are."""
    with transaction.atomic():
        found = (
            Citation.objects.select_for_update(of=("self",), no_key=True)
            .select_related("measure__incident__area", "measure__area")
            .filter(
                version__in=versions,
                superseded_at=None,
                measure__lifted_at=None,
                measure__expires_at__gt=at,
                measure__incident__closed_at=None,
            )
            .order_by("id")
        )
        told: dict[UUID, Citation] = {}
        for citation in found:
            citation.superseded_at = at
            citation.save(update_fields=["superseded_at"])
            told.setdefault(citation.measure_id, citation)
        for citation in told.values():
            measure = citation.measure
            record(
                MEASURE_GUIDANCE_SUPERSEDED,
                incident=measure.incident,
                by=None,
                at=at,
                about=("measure", measure.id),
                with_units={measure.unit_id, measure.incident.owner_id},
                area=measure.area.code,
                outcome="superseded",
                data={
                    "guidance": citation.key,
                    "version": str(citation.version),
                    "by_version": str(by_version),
                },
            )
    return len(told)
