"""Who needs what of whom: ties from records that are there anyway, and what stops when an actor
drops out.

A tie leads from whoever needs to whoever is needed: from the asker of a task to its lead; from
the receiver of a shipment to the giver; from whoever has a need to whoever committed to it; from
who delegated a duty to who took it on; from who is responsible for a duty to who is consulted on
it. It weighs the number of such records of the span (those still going on always count).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models.words import in_language
from tongzhou.mandates.models import Charge, ChargeState, Delegation
from tongzhou.mandates.parts import Part
from tongzhou.needs.access import visible_lines
from tongzhou.needs.models import Commitment, NeedLine
from tongzhou.shipments.models import ShipmentLine
from tongzhou.shipments.queries import shipments
from tongzhou.tasks.models import CLOSED
from tongzhou.tasks.queries import details as tasks

#: So many ties are read at most, the heaviest first.
MOST: Final = 3000


class Tie(models.TextChoices):
    """What is needed."""

    TASK = "task", _("tasks")
    SHIPMENT = "shipment", _("shipments")
    COMMITMENT = "commitment", _("commitments")
    DELEGATION = "delegation", _("delegated duties")
    CONSULTATION = "consultation", _("consultation")


@dataclass(frozen=True)
class Edge:
    """One unit needs another, for this, so often."""

    needs: UUID
    of: UUID
    kind: Tie
    n: int


@dataclass(frozen=True)
class Sole:
    """A unit that some depend on alone for an item: nobody else gave it to them."""

    supplier: Unit
    needing: Unit
    item: str
    n: int


@dataclass(frozen=True)
class Map:
    """The ties, the units at their ends, and who is the only supplier of what."""

    edges: Sequence[Edge]
    units: Mapping[UUID, Unit]
    sole: Sequence[Sole]

    @property
    def question(self) -> Mapping[str, Any]:
        """What the analysis is asked: whose loss breaks the network."""
        weights: Counter[tuple[str, str]] = Counter()
        for edge in self.edges:
            weights[str(edge.needs), str(edge.of)] += edge.n
        ties = [[one, other, float(n)] for (one, other), n in sorted(weights.items())]
        return {"what": "failures", "actors": sorted(map(str, self.units)), "ties": ties}


def map_of(*, visible_to: Post, at: datetime, days: int, kinds: Collection[str] = ()) -> Map:
    """The ties that the post may see, of the last ``days``. A fixed number of queries."""
    since = at - timedelta(days=days)
    wanted = set(kinds) or set(Tie.values)
    found: Counter[tuple[UUID, UUID, Tie]] = Counter()
    if Tie.TASK in wanted:
        rows = tasks.visible(visible_to).filter(
            Q(done_at__gte=since) | ~Q(state__in=CLOSED), dispatched_at__isnull=False
        )
        _add(found, Tie.TASK, rows.order_by().values_list("asker", "lead"))
    moved = shipments.visible(visible_to).filter(
        Q(planned_at__gte=since) | Q(received_at=None), cancelled_at=None
    )
    if Tie.SHIPMENT in wanted:
        _add(found, Tie.SHIPMENT, moved.order_by().values_list("receiver", "giver"))
    given = Commitment.objects.filter(
        Q(at__gte=since) | Q(received_at=None),
        line__in=NeedLine.objects.filter(visible_lines(visible_to)), withdrawn_at=None,
        unit__isnull=False,
    )  # fmt: skip
    if Tie.COMMITMENT in wanted:
        _add(found, Tie.COMMITMENT, given.order_by().values_list("line__unit", "unit"))
    near = Q(charge__unit__line__contains=[visible_to.unit_id])
    near |= Q(to__unit__line__contains=[visible_to.unit_id])
    if Tie.DELEGATION in wanted and not visible_to.exercise:
        passed = Delegation.objects.filter(near, recalled_at=None, until__gt=at)
        _add(found, Tie.DELEGATION, passed.order_by().values_list("charge__unit", "to__unit"))
    if Tie.CONSULTATION in wanted and not visible_to.exercise:
        _consulted(found, visible_to)
    edges = [Edge(one, other, kind, n) for (one, other, kind), n in found.most_common(MOST)]
    ends = {end for edge in edges for end in (edge.needs, edge.of)}
    lines = ShipmentLine.objects.filter(shipment__in=moved)
    alone = _sole(lines) if Tie.SHIPMENT in wanted else []
    units = Unit.objects.in_bulk({*ends, *(end for row in alone for end in row[:2])})
    return Map(
        edges=edges,
        units={key: unit for key, unit in units.items() if key in ends},
        sole=[Sole(units[giver], units[needs], item, n) for needs, giver, item, n in alone],
    )


def _add(found: Counter[tuple[UUID, UUID, Tie]], kind: Tie, rows: Any) -> None:
    for needs, of, n in rows.annotate(n=Count("id")):
        if needs != of:
            found[needs, of, kind] += n


def _consulted(found: Counter[tuple[UUID, UUID, Tie]], post: Post) -> None:
    """Of duties in which a unit of the own line has a part: the responsible need the consulted."""
    own = Charge.objects.filter(state=ChargeState.IN_FORCE, unit__line__contains=[post.unit_id])
    rows = Charge.objects.filter(
        state=ChargeState.IN_FORCE, duty__in=own.values("duty"),
        part__in=(Part.RESPONSIBLE, Part.CONSULTED),
    )  # fmt: skip
    sides: dict[tuple[UUID, UUID], dict[str, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    for duty, area, part, unit in rows.values_list("duty", "area", "part", "unit")[:5000]:
        sides[duty, area][part].add(unit)
    for parts in sides.values():
        for one in parts[Part.RESPONSIBLE]:
            for other in parts[Part.CONSULTED] - {one}:
                found[one, other, Tie.CONSULTATION] += 1


def _sole(lines: Any) -> list[tuple[UUID, UUID, str, int]]:
    """Who got an item twice or more, and always from the same giver."""
    rows = (
        lines.order_by()
        .values("shipment__receiver", "item", "item__name_zh", "item__name_en")
        .annotate(
            n=Count("shipment", distinct=True),
            givers=Count("shipment__giver", distinct=True),
            giver=models.Max(Cast("shipment__giver", models.TextField())),
        )
        .filter(givers=1, n__gte=2)
        .exclude(shipment__receiver=F("shipment__giver"))
        .order_by("-n")[:50]
    )
    return [(row["shipment__receiver"], UUID(row["giver"]), named(row), row["n"]) for row in rows]


def named(row: Mapping[str, Any]) -> str:
    """An item's name in the active language, from a row of values."""
    return in_language(row["item__name_zh"], row["item__name_en"])
