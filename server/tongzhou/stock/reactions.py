"""What acts of this room are about, for lines of the ledger in any room."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from tongzhou.actors.sentences import Subject, subjects
from tongzhou.ledger.queries import Line
from tongzhou.stock.models import Site


@subjects("site")
def _sites(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Site.objects.filter(id__in={line.act.about_id for line in lines})
    return {site.id: Subject(site.name, reverse("stock-site", args=[site.code])) for site in found}
