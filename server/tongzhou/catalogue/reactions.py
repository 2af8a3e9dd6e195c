"""What acts of this room are about, for lines of the ledger in any room."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from tongzhou.actors.sentences import Subject, subjects
from tongzhou.catalogue.models import Item, Resource
from tongzhou.ledger.queries import Line


@subjects("item")
def _items(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Item.objects.filter(id__in={line.act.about_id for line in lines})
    return {i.id: Subject(i.name, reverse("catalogue-item", args=[i.code])) for i in found}


@subjects("resource")
def _resources(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Resource.objects.filter(id__in={line.act.about_id for line in lines})
    return {one.id: Subject(one.label, reverse("resources")) for one in found}
