"""Items of guidances: those that a measure can cite, and the measures that cite them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, cast
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.incidents.models import Citation
from tongzhou.incidents.queries.lists import visible
from tongzhou.kernel.errors import Invalid
from tongzhou.library import queries as library
from tongzhou.library.kinds.guidance import GuidanceBody, GuidanceItem
from tongzhou.library.queries import NoSuchVersion, Version
from tongzhou.places.models import Area

KIND: Final = "guidance"


class UnknownGuidance(Invalid):
    """A citation of something that is no item of a guidance in force."""

    code = "unknown-guidance"
    message = _("“%(cited)s” is no item of a guidance that is in force. Write it as key/item.")


@dataclass(frozen=True)
class Cited:
    """An item of a version of a guidance. ``superseded``: a later version took its place."""

    version: Version
    item: GuidanceItem
    superseded: bool = False

    @property
    def name(self) -> str:
        """How it is cited: key/item."""
        return f"{self.version.key}/{self.item.key}"


def in_force(*, on: date, area: Area) -> list[Cited]:
    """All items that can be cited on a day."""
    found = library.all_in_force(KIND, on=on, area=area)
    return [
        Cited(version, item) for version in found for item in cast(GuidanceBody, version.body).items
    ]


def resolve(names: Iterable[str], *, on: date, area: Area) -> list[Cited]:
    """The items with these names (key/item). Raises UnknownGuidance; ``row`` is the place."""
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if not wanted:
        return []
    known = {cited.name: cited for cited in in_force(on=on, area=area)}
    for place, name in enumerate(wanted, start=1):
        if name not in known:
            raise UnknownGuidance(field="guidance", row=place, cited=name[:120])
    return [known[name] for name in wanted]


def of_citations(citations: Iterable[Citation]) -> list[Cited]:
    """What these citations cite; of versions that are kept for good."""
    found = []
    for citation in citations:
        try:
            version = library.version(citation.version)
            item = cast(GuidanceBody, version.body).item(citation.item)
        except (NoSuchVersion, KeyError):
            continue
        found.append(Cited(version, item, citation.superseded_at is not None))
    return found


def resting_on(
    versions: Sequence[UUID], *, visible_to: Post, at: datetime, limit: int = 50
) -> tuple[list[Citation], int]:
    """The citations of these versions by measures in force that the post may see (a public
    one is seen by everybody), and how many there are in all."""
    found = Citation.objects.filter(
        Q(measure__incident__in=visible(visible_to)) | Q(measure__incident__public=True),
        version__in=versions,
        measure__lifted_at=None,
        measure__expires_at__gt=at,
    )
    rows = found.select_related("measure__incident", "measure__unit")
    return list(rows.order_by("measure__expires_at", "id")[:limit]), found.count()
