"""What acts of this room are about, for lines of the ledger in any room."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from tongzhou.actors.sentences import Subject, subjects
from tongzhou.ledger.queries import Line
from tongzhou.library import queries as library
from tongzhou.plans.models import StandUp


@subjects("plan")
def _plans(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = StandUp.objects.select_related("incident").filter(
        id__in={line.act.about_id for line in lines}
    )
    return {
        stand.id: Subject(
            str(library.version(stand.version).title),
            reverse("incident-plans", args=[stand.incident.code]),
        )
        for stand in found
    }
