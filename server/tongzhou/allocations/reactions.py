"""What acts of this room are about, for lines of the ledger in any room."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from tongzhou.actors.sentences import Subject, subjects
from tongzhou.allocations.models import Allocation
from tongzhou.ledger.queries import Line


@subjects("allocation")
def _allocations(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Allocation.objects.filter(id__in={line.act.about_id for line in lines})
    return {
        one.id: Subject(str(one)[:90], reverse("allocation", args=[one.number]))
        for one in found.only("id", "number", "name")
    }
