"""What acts of this room are about, for lines of the ledger in any room."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from tongzhou.actors.sentences import Subject, subjects
from tongzhou.ledger.queries import Line
from tongzhou.shipments.models import Shipment


@subjects("shipment")
def _shipments(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Shipment.objects.filter(id__in={line.act.about_id for line in lines})
    return {s.id: Subject(s.reference, reverse("shipment", args=[s.number])) for s in found}
