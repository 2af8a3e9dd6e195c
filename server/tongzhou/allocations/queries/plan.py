"""A computed plan as a page, a file or a program shows it: figures, areas, lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet, Sum

from tongzhou.allocations.choices import Objective
from tongzhou.allocations.models import Allocation, AllocationLine
from tongzhou.catalogue.models import Item, here
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.places.models import Area

PAGE: Final = 50


@dataclass(frozen=True)
class Figures:
    """What one way of sharing gives. ``most_deprived``: the name of the area of least fill."""

    shipped: float
    unit_distance: float
    min_fill: float | None
    gini: float | None
    most_deprived: str
    loss: float
    weighted: float

    @property
    def least(self) -> float | None:
        """The least fill of a need, in percent."""
        return percent(self.min_fill)

    @property
    def least_text(self) -> str:
        """The same, as it is read."""
        return "–" if self.least is None else f"{self.least:g} %"


@dataclass(frozen=True)
class Loss:
    """What a changed plan lost against the computed one; gains are below nothing. ``least`` in
    percentage points."""

    least: float
    shipped: float
    unit_distance: float


@dataclass(frozen=True)
class AreaFill:
    """How far an area is served, in percent of what it lacks: by the plan as it stands, as
    computed, by the proportional split. ``missing`` and ``received`` are None where they would
    add up different things."""

    code: str
    name: str
    needs: int
    missing: Decimal | None
    received: Decimal | None
    fill: float
    computed: float
    proportional: float

    @property
    def shortage(self) -> float:
        """The share that stays missing, in percent."""
        return round(100 - self.fill, 1)


@dataclass(frozen=True)
class Flow:
    """How much of a thing goes from the stores of an area to the needs of another, in pieces."""

    start: Area
    end: Area
    thing: str
    quantity: Decimal


def percent(share: float | None) -> float | None:
    """A share as percent with one decimal."""
    return None if share is None else round(100 * share, 1)


def figures(allocation: Allocation) -> dict[str, Figures]:
    """By name: "plan" (as it stands), "computed", "proportional", "nothing"; none before it is
    computed."""
    if allocation.result is None:
        return {}
    found = {name: allocation.result[name] for name in ("computed", "proportional", "nothing")}
    named = {"plan": allocation.figures, **found}
    return {name: _figures(allocation, one) for name, one in named.items() if one is not None}


def _figures(allocation: Allocation, found: dict[str, Any]) -> Figures:
    least = found["most_deprived"]
    area = allocation.problem["areas"][least] if least is not None else None
    return Figures(
        shipped=found["shipped"],
        unit_distance=found["unit_distance"],
        min_fill=found["min_fill"],
        gini=found["gini"],
        most_deprived=here(area["zh"], area["en"]) if area else "",
        loss=found["loss"],
        weighted=found["weighted"],
    )


def stated(allocation: Allocation, of: Figures) -> float:
    """How good a plan is by the stated objective; more is better."""
    return of.weighted if allocation.objective == Objective.PRIORITY else of.min_fill or 0.0


def loss(allocation: Allocation) -> Loss | None:
    """What people's changes cost; None while there are none."""
    if allocation.chosen is None:
        return None
    found = figures(allocation)
    plan, best = found["plan"], found["computed"]
    return Loss(
        least=round(100 * ((best.min_fill or 0) - (plan.min_fill or 0)), 1),
        shipped=round(best.shipped - plan.shipped, 3),
        unit_distance=round(plan.unit_distance - best.unit_distance, 1),
    )


def areas(allocation: Allocation) -> list[AreaFill]:
    """The areas of use, the least served first."""
    result, problem = allocation.result, allocation.problem
    if result is None or allocation.figures is None:
        return []
    alike = len({need["item"] for need in problem["needs"]}) == 1
    count = [0] * len(problem["areas"])
    missing = [Decimal(0)] * len(problem["areas"])
    received = [Decimal(0)] * len(problem["areas"])
    for need, got in zip(problem["needs"], allocation.figures["received"], strict=True):
        count[need["area"]] += 1
        missing[need["area"]] += Decimal(need["missing"])
        received[need["area"]] += Decimal(str(got))
    rows = [
        AreaFill(
            code=area["code"],
            name=here(area["zh"], area["en"]),
            needs=count[n],
            missing=missing[n] if alike else None,
            received=received[n] if alike else None,
            fill=percent(allocation.figures["areas"][n]) or 0.0,
            computed=percent(result["computed"]["areas"][n]) or 0.0,
            proportional=percent(result["proportional"]["areas"][n]) or 0.0,
        )
        for n, area in enumerate(problem["areas"])
    ]
    return sorted(rows, key=lambda row: (row.fill, row.code))


def things(allocation: Allocation) -> list[dict[str, Any]]:
    """Each item asked for: name, how much is missing in how many lines, and how much of what can
    be given for it is free."""
    problem = allocation.problem
    found: dict[str, dict[str, Any]] = {}
    for need in problem["needs"]:
        item = problem["items"][need["item"]]
        row = found.setdefault(
            need["item"],
            {"code": item["code"], "name": here(item["zh"], item["en"]), "lines": 0,
             "missing": Decimal(0), "free": Decimal(0), "instead": []},
        )  # fmt: skip
        row["lines"] += 1
        row["missing"] += Decimal(need["missing"])
    for item, row in found.items():
        instead = dict(problem["instead"].get(item, ()))
        for stock in problem["stocks"]:
            if stock["item"] == item or stock["item"] in instead:
                row["free"] += Decimal(stock["free"])
        row["instead"] = [
            (here(problem["items"][other]["zh"], problem["items"][other]["en"]), condition)
            for other, condition in instead.items()
        ]
    return sorted(found.values(), key=lambda row: row["code"])


def lines(allocation: Allocation, *, area: str = "") -> QuerySet[AllocationLine, AllocationLine]:
    """The lines with what a row shows; of one area of use, or of all."""
    found = allocation.lines.select_related(
        "site", "item", "need_line__item", "need_line__unit", "need_line__need__area",
        "changed_by__unit", "shipment",
    ).defer("need_line__need__area__boundary", "need_line__need__area__profile",
            "need_line__need__call", "need_line__need__note")  # fmt: skip
    return found.filter(need_line__need__area__code=area) if area else found


def page(
    allocation: Allocation, *, area: str = "", cursor: str = "", limit: int = PAGE
) -> Slice[AllocationLine]:
    """A page of lines. Raises CursorInvalid."""
    return slice_of(
        lines(allocation, area=area), by=[("id", UUID)], cursor=cursor, limit=limit
    )  # fmt: skip


def flows(allocation: Allocation) -> list[Flow]:
    """What goes from which area to which, the most first."""
    rows = (
        allocation.lines.filter(quantity__gt=0)
        .values_list("site__area", "need_line__need__area", "item")
        .annotate(total=Sum("quantity"))
        .order_by("-total", "item")
    )
    found = list(rows)
    codes = {code for start, end, _item, _total in found for code in (start, end)}
    areas = Area.objects.defer("boundary", "profile").in_bulk(codes)
    items = Item.objects.in_bulk({item for _start, _end, item, _total in found})
    return [
        Flow(areas[start], areas[end], items[item].name, total) for start, end, item, total in found
    ]


def every(allocation: Allocation) -> Iterator[AllocationLine]:
    """All lines, for a file."""
    return lines(allocation).order_by("id").iterator(chunk_size=1000)


def changed(allocation: Allocation, *, most: int = 50) -> list[AllocationLine]:
    """The lines that people changed, the last first."""
    rows = lines(allocation).filter(changed_at__isnull=False)
    return list(rows.order_by("-changed_at", "-id")[:most])


def instead_of(allocation: Allocation) -> dict[tuple[str, str], str]:
    """(asked, given) → the condition on which it may stand in."""
    return {
        (item, other): condition
        for item, others in allocation.problem["instead"].items()
        for other, condition in others
    }
