"""The balance of burdens, dependencies, structural tensions."""

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Literal

from django.utils import timezone
from ninja import Router, Status
from pydantic import Field

from tongzhou.actors.schemas import UnitName
from tongzhou.actors.session import PostRequest
from tongzhou.funds import money
from tongzhou.incidents.queries import names
from tongzhou.interests import reckoning
from tongzhou.interests.actions.record_figures import Given, record_figures
from tongzhou.interests.queries import burden, dependencies, tensions
from tongzhou.interests.queries.without import without
from tongzhou.interests.schemas import (
    BurdenBalance,
    BurdenUnit,
    DependencyMap,
    DependencyTie,
    FailurePoint,
    FiguresIn,
    OnlySupplier,
    StoppedWork,
    TensionOut,
    WithoutUnit,
)
from tongzhou.kernel import clock
from tongzhou.kernel.api.values import Code, Day
from tongzhou.places import queries as places

router = Router(tags=["interests"])


@router.get("/interests/burden", response=BurdenBalance, summary="Balance of burdens")
def burden_balance(
    request: PostRequest, since: Day | None = None, until: Day | None = None
) -> BurdenBalance:
    """Hours and cost less compensation against the people of each unit that you may know the
    burden of, the most burdened first; the last thirty days where no span is given."""
    at = clock.now()
    last = until or timezone.localtime(at).date()
    first = since or last - timedelta(days=29)
    found = burden.of(visible_to=request.holder, since=first, until=last, at=at)
    question = found.question
    answer = reckoning.of(question, at=at) if question is not None else None
    figures = answer.found if answer is not None and answer.found else {}
    return BurdenBalance.model_construct(
        since=found.since, until=found.until, units=[BurdenUnit.of(row) for row in found.rows],
        gini=figures.get("value"), lower=figures.get("lower"), upper=figures.get("upper"),
        n=len(found.known), missing=found.without_people,
        pending=answer is not None and answer.pending,
        hour_price=money.currency().plain(found.price) if found.price else None,
    )  # fmt: skip


@router.get("/interests/dependencies", response=DependencyMap, summary="Who needs whom")
def dependency_map(
    request: PostRequest,
    days: Annotated[int, Field(ge=1, le=365)] = 30,
    kind: Literal["task", "shipment", "commitment", "delegation", "consultation"] | None = None,
) -> DependencyMap:
    """The ties that you may see, with single points of failure and only suppliers."""
    at = clock.now()
    found = dependencies.map_of(
        visible_to=request.holder, at=at, days=days, kinds=[kind] if kind else []
    )
    answer = reckoning.of(found.question, at=at)
    codes = {str(key): unit.code for key, unit in found.units.items()}
    points = None
    if answer.found is not None:
        points = [
            FailurePoint.model_construct(
                unit=codes[one["id"]], parts=one["parts"], cut=one["cut"], share=one["share"]
            )
            for one in answer.found["points"]
        ]
    return DependencyMap.model_construct(
        ties=[
            DependencyTie.model_construct(
                needs=codes[str(edge.needs)], of=codes[str(edge.of)], kind=edge.kind.value,
                n=edge.n,
            )
            for edge in found.edges
        ],
        points=points,
        only_suppliers=[
            OnlySupplier.model_construct(
                supplier=one.supplier.code, needs=one.needing.code, item=one.item, n=one.n
            )
            for one in found.sole
        ],
    )  # fmt: skip


@router.get("/interests/without/{code}", response=WithoutUnit, summary="What stops without a unit")
def without_unit(request: PostRequest, code: Code) -> WithoutUnit:
    """The open tasks, shipments, commitments and duties that stop, as far as you may see, and
    who else could take them over."""
    unit = names.unit(code, field="code")
    found = without(unit, visible_to=request.holder, at=clock.now())
    parts = (
        ("task", found.tasks), ("shipment", found.shipments), ("commitment", found.commitments),
        ("duty", found.duties),
    )  # fmt: skip
    stops = [
        StoppedWork.model_construct(
            kind=kind, label=one.label, instead=[unit.code for unit in one.instead]
        )
        for kind, ones in parts
        for one in ones
    ]
    return WithoutUnit.model_construct(
        unit=UnitName.named(unit), stops=stops, nobody_else=found.lost, more=found.more
    )


@router.get("/interests/tensions", response=list[TensionOut], summary="Structural tensions")
def tension_list(request: PostRequest, inside: Code | None = None) -> list[TensionOut]:
    """The areas directly below one (code; else that of the own unit), the most strained
    first."""
    parent = places.find(inside) if inside else request.holder.unit.area
    return [TensionOut.of(row) for row in tensions.below(parent, at=clock.now())]


@router.post("/interests/tensions", response={201: list[TensionOut]}, summary="Record figures")
def tension_record(request: PostRequest, body: FiguresIn) -> Status[list[TensionOut]]:
    """Records figures of areas, all or none. Needs `tension.record` over each."""
    figures = [
        Given(places.find(one.area), one.indicator, Decimal(one.value), one.year, one.source)
        for one in body.figures
    ]
    at = clock.now()
    record_figures(figures=figures, by=request.holder, at=at)
    areas = {one.area.id: one.area for one in figures}.values()
    found = [tensions.of(area, at=at) for area in areas]
    return Status(201, [TensionOut.of(row) for row in found if row is not None])
