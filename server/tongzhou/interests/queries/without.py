"""What if an actor drops out: the open tasks, supplies and duties that stop, and who else could
take each over.

Of a task: units that lead the same duty, else those that did the same kind of work in the last
ninety days. Of goods: units with the item free in a store that the post may see.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q, Sum

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models.words import in_language
from tongzhou.mandates.models import Charge, ChargeState
from tongzhou.mandates.parts import Part
from tongzhou.needs.access import visible_lines
from tongzhou.needs.models import Commitment, NeedLine
from tongzhou.shipments.models import Shipment
from tongzhou.shipments.queries import shipments
from tongzhou.stock.models import Balance
from tongzhou.stock.queries.sites import visible_sites
from tongzhou.tasks.models import CLOSED, Task
from tongzhou.tasks.queries import details as tasks

MOST: Final = 50
#: So many units are named that could take something over.
NAMED: Final = 3
BACK: Final = timedelta(days=90)


@dataclass(frozen=True)
class Stops:
    """Something that stops, and who else could do it; nobody: a single point of failure."""

    what: Task | Shipment | Commitment | Charge
    label: str
    instead: Sequence[Unit]


@dataclass(frozen=True)
class Without:
    """Everything that stops without a unit; ``more`` counts what is not listed."""

    unit: Unit
    tasks: Sequence[Stops]
    shipments: Sequence[Stops]
    commitments: Sequence[Stops]
    duties: Sequence[Stops]
    more: int

    @property
    def lost(self) -> int:
        """What nobody else could take over."""
        every = (*self.tasks, *self.shipments, *self.commitments, *self.duties)
        return sum(not one.instead for one in every)


def without(unit: Unit, *, visible_to: Post, at: datetime) -> Without:
    """What stops without the unit, as far as the post may see. A fixed number of queries."""
    led = tasks.visible(visible_to).filter(lead=unit, dispatched_at__isnull=False)
    led = led.exclude(state__in=CLOSED).order_by("due_at")
    sent = shipments.visible(visible_to).filter(
        Q(giver=unit) | Q(carrier=unit), received_at=None, cancelled_at=None, lost_at=None,
        taken_back_at=None,
    )  # fmt: skip
    given = Commitment.objects.filter(
        unit=unit, withdrawn_at=None, received_at=None,
        line__in=NeedLine.objects.filter(visible_lines(visible_to)),
    )  # fmt: skip
    duties = Charge.objects.filter(
        unit=unit, state=ChargeState.IN_FORCE, part=Part.RESPONSIBLE
    ) if not visible_to.exercise else Charge.objects.none()  # fmt: skip
    counts = [found.count() for found in (led, sent, given, duties)]
    own_tasks = list(led[:MOST])
    own_sent = list(
        sent.select_related("receiver").prefetch_related("lines__item").order_by("due_at")[:MOST]
    )
    own_given = list(given.select_related("line__item", "line__unit").order_by("at")[:MOST])
    own_duties = list(duties.select_related("duty", "area")[:MOST])
    charged = _charged(
        {t.duty_id for t in own_tasks if t.duty_id} | {c.duty_id for c in own_duties}, but=unit
    )
    workers = _workers({t.work for t in own_tasks}, visible_to, at=at, but=unit)
    items = {line.item_id for s in own_sent for line in s.lines.all()}
    items |= {c.line.item_id for c in own_given}
    holders = _holders(items, visible_to, but=unit)
    units = Unit.objects.in_bulk(
        {one for found in (charged, workers, holders) for ones in found.values() for one in ones}
    )

    def named(found: Collection[UUID]) -> list[Unit]:
        return [units[one] for one in list(found)[:NAMED] if one in units]

    def by_duty_or_work(task: Task) -> list[Unit]:
        return named((task.duty_id and charged.get(task.duty_id)) or workers.get(task.work, []))

    def all_items(shipment: Shipment) -> list[Unit]:
        wanted = [set(holders.get(line.item_id, [])) for line in shipment.lines.all()]
        return named(sorted(set.intersection(*wanted)) if wanted else [])

    return Without(
        unit=unit,
        tasks=[Stops(t, str(t), by_duty_or_work(t)) for t in own_tasks],
        shipments=[Stops(s, s.reference, all_items(s)) for s in own_sent],
        commitments=[
            Stops(c, in_language(c.line.item.name_zh, c.line.item.name_en),
                  named(holders.get(c.line.item_id, [])))
            for c in own_given
        ],
        duties=[Stops(c, c.duty.name, named(charged.get(c.duty_id, []))) for c in own_duties],
        more=sum(max(n - MOST, 0) for n in counts),
    )  # fmt: skip


def _charged(duties: Collection[UUID], *, but: Unit) -> Mapping[UUID, list[UUID]]:
    """Who else is responsible for the duties."""
    rows = Charge.objects.filter(
        duty__in=duties, state=ChargeState.IN_FORCE, part=Part.RESPONSIBLE, unit__active=True
    ).exclude(unit=but)
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for duty, unit in rows.order_by("unit__code").values_list("duty", "unit").distinct():
        found[duty].append(unit)
    return found


def _workers(
    kinds: Collection[str], post: Post, *, at: datetime, but: Unit
) -> Mapping[str, list[UUID]]:
    """Who did the same kind of work lately, the most of it first."""
    rows = (
        tasks.visible(post)
        .filter(work__in=kinds, done_at__gte=at - BACK, lead__active=True)
        .exclude(lead=but)
        .order_by()
        .values_list("work", "lead")
        .annotate(n=Count("id"))
    )
    found: dict[str, list[UUID]] = defaultdict(list)
    for work, lead, _n in sorted(rows, key=lambda row: -row[2]):
        found[work].append(lead)
    return found


def _holders(items: Collection[UUID], post: Post, *, but: Unit) -> Mapping[UUID, list[UUID]]:
    """Who has some of the items free, the most first."""
    rows = (
        Balance.objects.filter(
            item__in=items, account__site__in=visible_sites(visible_to=post),
            on_hand__gt=F("reserved"),
        )
        .exclude(account__site__unit=but)
        .order_by()
        .values_list("item", "account__site__unit")
        .annotate(free=Sum(F("on_hand") - F("reserved")))
    )  # fmt: skip
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for item, unit, _free in sorted(rows, key=lambda row: -(row[2] or Decimal(0))):
        found[item].append(unit)
    return found
