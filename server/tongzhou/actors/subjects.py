"""What acts of the two lower rooms are about, by name: areas and units."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from tongzhou.actors.models import Unit
from tongzhou.actors.sentences import Subject, subjects
from tongzhou.ledger.queries import Line
from tongzhou.places.models import Area


@subjects("area")
def areas(lines: Sequence[Line]) -> Mapping[UUID, Subject]:
    """Areas by name."""
    found = Area.objects.only("code", "name_zh", "name_en").in_bulk(_ids(lines))
    return {a.id: Subject(a.name, reverse("area", args=[a.code])) for a in found.values()}


@subjects("unit")
def units(lines: Sequence[Line]) -> Mapping[UUID, Subject]:
    """Units by name."""
    found = Unit.objects.only("code", "name_zh", "name_en").in_bulk(_ids(lines))
    return {u.id: Subject(u.name, reverse("unit", args=[u.code])) for u in found.values()}


def _ids(lines: Sequence[Line]) -> list[UUID]:
    return [line.act.about_id for line in lines]
