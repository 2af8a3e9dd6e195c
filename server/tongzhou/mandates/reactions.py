"""What acts of this room are about, for lines of the ledger in any room."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from tongzhou.actors.sentences import Subject, subjects
from tongzhou.ledger.queries import Line
from tongzhou.mandates.models import Charge, Duty


@subjects("duty")
def _duties(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Duty.objects.filter(id__in={line.act.about_id for line in lines})
    return {duty.id: Subject(duty.name, reverse("duty", args=[duty.code])) for duty in found}


@subjects("charge")
def _charges(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Charge.objects.select_related("duty", "unit").filter(
        id__in={line.act.about_id for line in lines}
    )
    return {
        charge.id: Subject(
            charge.duty.name, reverse("duty-cell", args=[charge.duty.code, charge.unit.code])
        )
        for charge in found
    }
