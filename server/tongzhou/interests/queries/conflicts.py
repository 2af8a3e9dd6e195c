"""Conflicts: a list, the matrix of units, one with its mediations and compensations."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Final
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from tongzhou.actors.models import Post, Unit
from tongzhou.funds.choices import SpendingState, Work
from tongzhou.funds.models import Spending
from tongzhou.incidents.queries.lists import of_world
from tongzhou.interests import access
from tongzhou.interests.choices import LIVING, ConflictState
from tongzhou.interests.models import Compensation, Conflict, Mediation
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound

#: So many units stand in the matrix; the list holds all.
MOST_UNITS: Final = 24
RELATED = ("one__unit", "other__unit", "one__measure", "one__incident", "one__area", "incident",
           "area", "decider")  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """The living conflicts of two units: how many, and the worst of them."""

    severity: int
    n: int
    conflict: Conflict


@dataclass(frozen=True)
class Matrix:
    """Units by units; None where two have no living conflict. ``left_out``: units beyond the
    first."""

    units: Sequence[Unit]
    rows: Sequence[tuple[Unit, Sequence[Cell | None]]]
    left_out: int


@dataclass(frozen=True)
class Settlement:
    """How conflicts ended: settled of raised, and the median days until they were."""

    raised: int
    living: int
    settled: int
    days: float | None

    @property
    def share(self) -> float | None:
        """Settled (also in part) of those raised; None where there are none."""
        return self.settled / self.raised if self.raised else None


def listed(
    *,
    visible_to: Post,
    show: str = "",
    clash: str = "",
    incident: str = "",
    unit: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Slice[Conflict]:
    """Conflicts by number, the latest first; ``show``: "" those that live, "ended", "all", "ours"
    (we are a side, mediate or decide); ``unit`` a code of a side. One query, and one for who
    mediates. Raises CursorInvalid."""
    found = _filtered(visible_to, clash=clash, incident=incident, unit=unit)
    if show == "ended":
        found = found.exclude(ended_at=None)
    elif show == "ours":
        own = visible_to.unit_id
        ours = Q(one__unit=own) | Q(other__unit=own) | Q(decider=own)
        ours |= Q(id__in=Mediation.objects.filter(mediator=own).values("conflict"))
        found = found.filter(ours, ended_at=None)
    elif show != "all":
        found = found.filter(ended_at=None)
    running = Mediation.objects.filter(closed_at=None).select_related("mediator")
    rows = found.select_related(*RELATED).prefetch_related(
        Prefetch("mediations", running, to_attr="running")
    )
    return slice_of(rows, by=[("number", int)], cursor=cursor, limit=limit, descending=True)


def _filtered(
    post: Post, *, clash: str = "", incident: str = "", unit: str = ""
) -> QuerySet[Conflict, Conflict]:
    found = access.conflicts(post)
    if clash:
        found = found.filter(clash=clash)
    if incident:
        found = found.filter(incident__code=incident)
    if unit:
        found = found.filter(Q(one__unit__code=unit) | Q(other__unit__code=unit))
    return found


def matrix(*, visible_to: Post, clash: str = "", incident: str = "", unit: str = "") -> Matrix:
    """Who clashes with whom now; the units with the most conflicts first. One query."""
    found = _filtered(visible_to, clash=clash, incident=incident, unit=unit)
    rows = list(
        found.filter(state__in=LIVING).select_related("one__unit", "other__unit")
        .order_by("-severity", "-number")[:1000]
    )  # fmt: skip
    cells: dict[tuple[UUID, UUID], Cell] = {}
    units: dict[UUID, Unit] = {}
    often: Counter[UUID] = Counter()
    for row in rows:
        sides = row.units
        for one, other in (sides, sides[::-1]):
            units[one.id] = one
            often[one.id] += 1
            there = cells.get((one.id, other.id))
            cells[one.id, other.id] = Cell(
                severity=max(row.severity, there.severity if there else 0),
                n=(there.n if there else 0) + 1,
                conflict=there.conflict if there else row,
            )
    order = sorted(units.values(), key=lambda unit: (-often[unit.id], unit.code))
    shown = order[:MOST_UNITS]
    return Matrix(
        units=shown,
        rows=[(one, [cells.get((one.id, other.id)) for other in shown]) for one in shown],
        left_out=len(order) - len(shown),
    )


def settlement(*, visible_to: Post) -> Settlement:
    """Settlement = settled ÷ raised, and the median of days from declaring to settling; what
    was withdrawn counts as never raised. One query."""
    rows = access.conflicts(visible_to).exclude(state=ConflictState.WITHDRAWN)
    found = list(rows.values_list("state", "declared_at", "ended_at"))
    settled = [
        (ended - declared) / timedelta(days=1)
        for state, declared, ended in found
        if state in (ConflictState.SETTLED, ConflictState.PARTLY) and ended is not None
    ]
    return Settlement(
        raised=len(found),
        living=sum(ended is None for _state, _declared, ended in found),
        settled=len(settled),
        days=median(settled) if settled else None,
    )


def find(number: int, *, visible_to: Post) -> Conflict:
    """One conflict. Raises NotFound."""
    found = access.conflicts(visible_to).select_related(
        *RELATED, "other__incident", "other__measure", "other__area", "post__unit"
    )
    conflict = found.filter(number=number).first() if number < 2**62 else None
    if conflict is None:
        raise NotFound()
    return conflict


def mediations(conflict: Conflict) -> list[Mediation]:
    """Its mediations with meetings and consents, the latest first. Three queries."""
    found = conflict.mediations.select_related("mediator", "post__unit")
    return list(
        found.prefetch_related("meetings__post__unit", "consents__unit").order_by("-opened_at")
    )


@dataclass(frozen=True)
class Paid:
    """A compensation, and the request by which a fund pays it."""

    compensation: Compensation
    spending: Spending | None


def compensations(conflict: Conflict) -> list[Paid]:
    """What was promised for it, with how it is paid. Two queries."""
    rows = list(
        conflict.compensations.select_related("payer", "receiver", "conflict").order_by("number")
    )
    living = (SpendingState.ASKED, SpendingState.APPROVED, SpendingState.PAID)
    asked = Spending.objects.filter(
        for_kind=Work.COMPENSATION, for_id__in=[row.id for row in rows], state__in=living
    )
    by_id = {one.for_id: one for one in asked.select_related("fund", "payment")}
    return [Paid(row, by_id.get(row.id)) for row in rows]


def compensation(number: int, *, visible_to: Post) -> Compensation:
    """One compensation of a conflict that the post may see, or that its unit pays or gets.
    Raises NotFound."""
    unit = visible_to.unit_id
    near = Q(payer__line__contains=[unit]) | Q(receiver__line__contains=[unit])
    found = Compensation.objects.filter(
        Q(conflict__in=access.conflicts(visible_to)) | near,
        of_world(visible_to, by="conflict__incident"),
    ).select_related("payer", "receiver", "conflict__one__unit", "conflict__other__unit",
                     "conflict__incident")  # fmt: skip
    one = found.filter(number=number).first() if number < 2**62 else None
    if one is None:
        raise NotFound()
    return one
