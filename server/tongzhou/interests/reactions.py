"""What acts of this room are about, for lines of the ledger in any room."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from tongzhou.actors.sentences import Subject, subjects
from tongzhou.interests.models import Compensation, Conflict, Stake
from tongzhou.ledger.queries import Line


@subjects("stake")
def _stakes(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Stake.objects.filter(id__in={line.act.about_id for line in lines})
    return {
        stake.id: Subject(str(stake)[:90], reverse("stake", args=[stake.number]))
        for stake in found.select_related("unit")
    }


@subjects("conflict")
def _conflicts(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Conflict.objects.filter(id__in={line.act.about_id for line in lines})
    return {one.id: Subject(one.reference, reverse("conflict", args=[one.number])) for one in found}


@subjects("compensation")
def _compensations(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Compensation.objects.filter(id__in={line.act.about_id for line in lines})
    return {
        one.id: Subject(one.reference, reverse("conflict", args=[one.conflict.number]))
        for one in found.select_related("conflict")
    }
