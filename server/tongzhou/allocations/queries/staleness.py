"""What has changed since a plan was computed: named, so that people know why it is stale."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext

from tongzhou.actors.models import Post
from tongzhou.allocations.models import AllocationLine
from tongzhou.catalogue.quantities import plain
from tongzhou.needs.models import NeedLine
from tongzhou.needs.queries.board import Filters
from tongzhou.needs.queries.board import lines as board_lines
from tongzhou.stock import queries as stock


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was: ``what`` (a store or a need, with the item), how much of
    it is planned and how much is there or missing now."""

    what: str
    planned: Decimal
    now: Decimal
    need: bool

    def __str__(self) -> str:
        said = (
            gettext("%(what)s: %(now)s still missing, %(planned)s planned")
            if self.need
            else gettext("%(what)s: %(now)s free, %(planned)s planned")
        )
        return said % {
            "what": self.what, "now": plain(self.now), "planned": plain(self.planned),
        }  # fmt: skip


def changes(lines: Sequence[AllocationLine], *, visible_to: Post, at: datetime) -> list[Change]:
    """Where the lines (with sites, items and lines of needs) want more than there is free, or
    than is still missing; nothing is free in a closed store, nothing missing of a need that is
    closed. A handful of queries."""
    return [*_stores(lines, visible_to, at), *_needs(lines, visible_to)]


def _stores(lines: Sequence[AllocationLine], post: Post, at: datetime) -> Iterable[Change]:
    planned: dict[tuple[UUID, UUID], Decimal] = defaultdict(Decimal)
    first: dict[tuple[UUID, UUID], AllocationLine] = {}
    for line in lines:
        planned[line.site_id, line.item_id] += line.quantity
        first.setdefault((line.site_id, line.item_id), line)
    free = stock.available(
        visible_to=post, at=at, items={item for _site, item in planned},
        sites={line.site_id for line in lines if line.site.is_open},
    )  # fmt: skip
    for key, quantity in planned.items():
        if free.get(key, Decimal(0)) < quantity:
            name = f"{first[key].site.name} – {first[key].item.name}"
            yield Change(name, quantity, free.get(key, Decimal(0)), need=False)


def _needs(lines: Sequence[AllocationLine], post: Post) -> Iterable[Change]:
    planned: dict[UUID, Decimal] = defaultdict(Decimal)
    first: dict[UUID, AllocationLine] = {}
    for line in lines:
        planned[line.need_line_id] += line.quantity
        first.setdefault(line.need_line_id, line)
    missing: dict[UUID, Decimal] = dict(
        board_lines(post, Filters(show="open"))
        .filter(id__in=list(planned), unit__active=True)
        .values_list("id", "unmet")
    )
    for key, quantity in planned.items():
        now = missing.get(key) or Decimal(0)
        if now < quantity:
            wanted: NeedLine = first[key].need_line
            name = f"{wanted.need.reference} – {wanted.item.name}"
            yield Change(name, quantity, now, need=True)
