"""Allocations as the API shows and takes them. Amounts are text, shares from 0 to 1."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from tongzhou.actors.schemas import UnitName
from tongzhou.allocations.models import Allocation, AllocationLine
from tongzhou.allocations.queries import plan
from tongzhou.catalogue.quantities import plain
from tongzhou.kernel.api.values import Code, Input, Line, Moment, Output

ObjectiveName = Literal["max_min", "proportional", "priority"]
StateName = Literal["draft", "computing", "ready", "approved", "cancelled", "failed"]
Amount = Annotated[str, Field(min_length=1, max_length=40)]
Why = Annotated[str, Field(max_length=500)]


class AllocationIn(Input):
    """What is shared out. ``items`` by any name, ``sites`` and ``area`` by code; empty: all."""

    name: Annotated[Line, Field(max_length=200)]
    objective: ObjectiveName = "max_min"
    items: Annotated[list[Line], Field(max_length=100)] = []
    area: Code | None = None
    sites: Annotated[list[Code], Field(max_length=100)] = []
    incident: Code | None = None
    stand_ins: bool = False


class AllocationChangeIn(Input):
    """Another amount from a store (code) to a line of a need (id); ``measure``: a pack or a measure
    of the item."""

    site: Code
    need_line: UUID
    item: Line
    quantity: Amount
    measure: Annotated[str, Field(max_length=40)] = ""
    reason: Why


class AllocationApproveIn(Input):
    """By when everything is to be there."""

    due_at: Moment


class AllocationReasonIn(Input):
    """Why."""

    reason: Why


class AllocationFigures(Output):
    """What a way of sharing gives, all things together."""

    shipped: float
    unit_distance: float
    min_fill: float | None
    gini: float | None
    most_deprived: str
    loss: float
    weighted: float


class AllocationArea(Output):
    """How far an area is served: shares of what it lacks, in percent."""

    code: str
    name: str
    needs: int
    missing: str | None
    received: str | None
    fill: float
    shortage: float
    computed: float
    proportional: float


class AllocationStage(Output):
    """One objective: what was reached, and the bound that no plan can pass."""

    name: str
    value: float
    bound: float
    gap: float


class AllocationOut(Output):
    """An allocation in a list."""

    number: int
    name: str
    unit: UnitName
    incident: str | None
    objective: ObjectiveName
    stand_ins: bool
    state: StateName
    progress: int
    needs: int
    min_fill: float | None
    drafted_at: datetime
    computed_at: datetime | None
    decided_at: datetime | None

    @classmethod
    def of(cls, found: Allocation) -> Self:
        """From the query."""
        return cls.model_construct(
            **{name: getattr(found, name) for name in (
                "number", "name", "objective", "stand_ins", "state", "progress", "min_fill",
                "drafted_at", "computed_at", "decided_at",
            )},
            unit=UnitName.named(found.unit),
            incident=found.incident.code if found.incident else None,
            needs=found.need_count,
        )  # fmt: skip


class AllocationPlanOut(AllocationOut):
    """With its figures ("plan" as it stands, "computed", "proportional", "nothing"), areas and
    proof."""

    figures: dict[str, AllocationFigures]
    areas: list[AllocationArea]
    proven: bool | None
    stages: list[AllocationStage]
    unknown_amounts: int
    nothing_there: int

    @classmethod
    def of(cls, found: Allocation) -> Self:
        """From the query."""
        result = found.result or {}
        return cls.model_construct(
            **dict(AllocationOut.of(found)),
            figures={
                name: AllocationFigures.model_construct(**{
                    key: getattr(one, key) for key in AllocationFigures.model_fields
                })
                for name, one in plan.figures(found).items()
            },
            areas=[
                AllocationArea.model_construct(
                    code=row.code, name=row.name, needs=row.needs,
                    missing=None if row.missing is None else plain(row.missing),
                    received=None if row.received is None else plain(row.received),
                    fill=row.fill, shortage=row.shortage, computed=row.computed,
                    proportional=row.proportional,
                )
                for row in plan.areas(found)
            ],
            proven=result.get("proven"),
            stages=[AllocationStage.model_construct(**one) for one in result.get("stages", ())],
            unknown_amounts=found.problem["left_out"]["unknown"],
            nothing_there=found.problem["left_out"]["nothing_there"],
        )  # fmt: skip


class AllocationLineOut(Output):
    """So much from a store to a line of a need."""

    site: str
    need: int
    need_line: UUID
    unit: UnitName
    area: str
    item: str
    asked: str
    computed: str
    quantity: str
    distance: float
    reason: str
    commitment: UUID | None
    shipment: int | None

    @classmethod
    def of(cls, line: AllocationLine) -> Self:
        """From the query."""
        need = line.need_line
        return cls.model_construct(
            site=line.site.code,
            need=need.need.number,
            need_line=need.id,
            unit=UnitName.named(need.unit),
            area=need.need.area.code,
            item=line.item.code,
            asked=need.item.code,
            computed=plain(line.computed),
            quantity=plain(line.quantity),
            distance=line.distance,
            reason=line.reason,
            commitment=line.commitment_id,
            shipment=line.shipment.number if line.shipment else None,
        )
