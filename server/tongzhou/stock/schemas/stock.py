"""What the API takes and gives about stores and goods. Amounts are decimal text."""

from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from tongzhou.catalogue.quantities import plain
from tongzhou.catalogue.schemas.items import Amount
from tongzhou.kernel.api.values import Code, Day, Input, Line, Moment, Output, RowFault
from tongzhou.stock.actions.import_opening import Report
from tongzhou.stock.models import Balance, Count, CountLine, Movement, Reservation, Site
from tongzhou.stock.queries.holdings import Holding
from tongzhou.stock.queries.store import CardLine

SiteKindName = Literal[
    "warehouse", "hospital_store", "community_point", "factory_store", "transit_hub", "other"
]
MovementName = Literal["receive", "issue", "move", "count", "discard", "convert"]
ReasonName = Literal[
    "unrecorded_issue", "unrecorded_receipt", "miscounted", "damaged", "expired", "lost", "other"
]


class SiteOut(Output):
    """A store."""

    code: str
    name_zh: str
    name_en: str
    kind: SiteKindName
    unit: str
    area: str
    place: str
    opened_at: Moment
    closed_at: Moment | None

    @classmethod
    def of(cls, site: Site) -> "SiteOut":
        """The store as the API shows it."""
        return cls.model_construct(**_site(site))


def _site(site: Site) -> dict[str, Any]:
    return {
        "code": site.code, "name_zh": site.name_zh, "name_en": site.name_en, "kind": site.kind,
        "unit": site.unit.code, "area": site.area.code, "place": site.place,
        "opened_at": site.opened_at, "closed_at": site.closed_at,
    }  # fmt: skip


class BatchHeld(Output):
    """What lies there of a batch."""

    item: str
    batch: UUID
    code: str
    expires_on: Day | None
    source: str
    on_hand: str
    reserved: str

    @classmethod
    def of(cls, row: Balance) -> "BatchHeld":
        """The balance as the API shows it."""
        return cls(
            item=row.item.code, batch=row.batch_id, code=row.batch.code,
            expires_on=row.batch.expires_on, source=row.batch.source,
            on_hand=plain(row.on_hand), reserved=plain(row.reserved),
        )  # fmt: skip


class SiteCardOut(SiteOut):
    """A store with what lies in it."""

    batches: list[BatchHeld]
    count: UUID | None

    @classmethod
    def card(cls, site: Site, held: list[Balance], count: Count | None) -> "SiteCardOut":
        """The store as the API shows it."""
        return cls.model_construct(
            **_site(site),
            batches=[BatchHeld.of(row) for row in held],
            count=count.id if count else None,
        )


class StoredOut(Output):
    """What a store has of an item."""

    site: str
    item: str
    on_hand: str
    reserved: str
    expired: str
    free: str
    expires_on: Day | None
    moved_at: Moment

    @classmethod
    def of(cls, held: Holding) -> "StoredOut":
        """The holding as the API shows it."""
        return cls(
            site=held.site.code, item=held.item.code, on_hand=plain(held.on_hand),
            reserved=plain(held.reserved), expired=plain(held.expired), free=plain(held.free),
            expires_on=held.expires_on, moved_at=held.moved_at,
        )  # fmt: skip


class SiteIn(Input):
    """A new store."""

    code: Code
    name_zh: Annotated[str, Field(max_length=120)] = ""
    name_en: Annotated[str, Field(max_length=120)] = ""
    kind: SiteKindName = "warehouse"
    unit: Code
    area: Code | None = None
    place: Annotated[str, Field(max_length=200)] = ""


class ReceivedLine(Input):
    """A line of a delivery: `unit` is the item's own measure or one of its packs."""

    item: Line
    quantity: Amount
    unit: Annotated[str, Field(max_length=40)] = ""
    batch: Annotated[str, Field(max_length=80)] = ""
    expires_on: Day | None = None
    source: Annotated[str, Field(max_length=120)] = ""


class ReceiveIn(Input):
    """A delivery: all lines or none."""

    lines: Annotated[list[ReceivedLine], Field(min_length=1, max_length=200)]
    origin: Literal["supplier", "donor", "opening"] = "supplier"
    document: Annotated[str, Field(max_length=80)] = ""
    note: Annotated[str, Field(max_length=1000)] = ""


class OutLine(Input):
    """What goes out: of `batch`, or of what expires first."""

    item: Line
    quantity: Amount
    unit: Annotated[str, Field(max_length=40)] = ""
    batch: UUID | None = None


class IssueIn(Input):
    """Goods handed out for use, or (with a reason) written off."""

    lines: Annotated[list[OutLine], Field(min_length=1, max_length=200)]
    end: Literal["used", "lost"] = "used"
    unit: Code | None = None
    document: Annotated[str, Field(max_length=80)] = ""
    reason: Annotated[str, Field(max_length=1000)] = ""


class MoveIn(Input):
    """Goods carried into another store of the unit."""

    to: Code
    lines: Annotated[list[OutLine], Field(min_length=1, max_length=200)]
    document: Annotated[str, Field(max_length=80)] = ""


class KitIn(Input):
    """Kits to be made or opened."""

    kit: Line
    quantity: Amount
    make: bool = True


class MinimumIn(Input):
    """The least that should lie there; 0 takes it away."""

    item: Line
    quantity: Amount


class StockReason(Input):
    """Why."""

    reason: Line


class MovedLine(Output):
    """A side of a movement: so much more (or less) of a batch on an account."""

    account: str
    site: str | None
    item: str
    batch: UUID
    quantity: str


class MovementOut(Output):
    """A movement; its lines sum to nothing for each item."""

    id: UUID
    kind: MovementName
    at: Moment
    document: str
    lines: list[MovedLine]

    @classmethod
    def of(cls, movement: Movement) -> "MovementOut":
        """The movement as the API shows it. One query."""
        rows = movement.entries.select_related("account__site", "item").order_by("id")
        return cls(
            id=movement.id, kind=movement.kind, at=movement.at,  # type: ignore[arg-type]
            document=movement.document,
            lines=[
                MovedLine(
                    account=row.account.kind,
                    site=row.account.site.code if row.account.site else None,
                    item=row.item.code, batch=row.batch_id, quantity=plain(row.quantity),
                )
                for row in rows
            ],
        )  # fmt: skip


class CardLineOut(Output):
    """A line of a stock card."""

    movement: UUID
    kind: MovementName
    at: Moment
    batch: UUID
    quantity: str
    balance: str

    @classmethod
    def of(cls, line: CardLine) -> "CardLineOut":
        """The line as the API shows it."""
        entry = line.entry
        return cls(
            movement=entry.movement_id, kind=entry.movement.kind,  # type: ignore[arg-type]
            at=entry.movement.at, batch=entry.batch_id, quantity=plain(entry.quantity),
            balance=plain(line.balance),
        )  # fmt: skip


class ReserveIn(Input):
    """Goods to be kept for something that has a kind and an id."""

    item: Line
    quantity: Amount
    for_kind: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    for_id: UUID
    until: Moment | None = None


class ReservationOut(Output):
    """A reservation: what was kept at first, what is left."""

    id: UUID
    site: str
    item: str
    quantity: str
    left: str
    for_kind: str
    for_id: UUID
    until: Moment | None
    ended_at: Moment | None

    @classmethod
    def of(cls, row: Reservation) -> "ReservationOut":
        """The reservation as the API shows it."""
        left: Decimal = row.left
        return cls(
            id=row.id, site=row.site.code, item=row.item.code, quantity=plain(row.quantity),
            left=plain(left), for_kind=row.for_kind, for_id=row.for_id, until=row.until,
            ended_at=row.ended_at,
        )  # fmt: skip


class CountedIn(Input):
    """What was found of a batch: one of the count, or goods that the books do not know."""

    counted: Amount
    batch: UUID | None = None
    item: Line | None = None
    code: Annotated[str, Field(max_length=80)] = ""
    expires_on: Day | None = None
    reason: ReasonName | None = None
    note: Annotated[str, Field(max_length=400)] = ""


class CountLineOut(Output):
    """A line of a count."""

    item: str
    batch: UUID
    booked: str | None
    counted: str | None
    reason: str

    @classmethod
    def of(cls, row: CountLine) -> "CountLineOut":
        """The line as the API shows it."""
        return cls(
            item=row.batch.item.code, batch=row.batch_id,
            booked=plain(row.booked) if row.booked is not None else None,
            counted=plain(row.counted) if row.counted is not None else None, reason=row.reason,
        )  # fmt: skip


class StoreCountOut(Output):
    """A count of a store."""

    id: UUID
    site: str
    started_at: Moment
    closed_at: Moment | None
    lines: list[CountLineOut]

    @classmethod
    def of(cls, count: Count) -> "StoreCountOut":
        """The count as the API shows it. One query."""
        rows = count.lines.select_related("batch__item").order_by("id")
        return cls(
            id=count.id, site=count.site.code, started_at=count.started_at,
            closed_at=count.closed_at, lines=[CountLineOut.of(row) for row in rows],
        )  # fmt: skip


class StockImportOut(Output):
    """What an import did, or would do."""

    rows: int
    new: int
    unchanged: int
    faults: list[RowFault]
    unknown_columns: list[str]
    dry_run: bool
    written: bool

    @classmethod
    def of(cls, report: Report) -> "StockImportOut":
        """The report as the API shows it."""
        return cls(
            rows=report.rows, new=report.new, unchanged=report.unchanged,
            faults=[RowFault.of(fault) for fault in report.faults],
            unknown_columns=report.unknown, dry_run=report.dry_run, written=report.written,
        )  # fmt: skip
