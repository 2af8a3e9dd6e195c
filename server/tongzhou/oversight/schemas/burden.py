"""The catalogue, requests, the sheet of a day and the meter."""

from datetime import date, datetime, time
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field as Bounded

from tongzhou.actors.schemas import UnitName
from tongzhou.kernel.api.values import Code, Day, Input, Output, Whole
from tongzhou.oversight.models import Ask, AskPart, Field
from tongzhou.oversight.queries.asks import Answer
from tongzhou.oversight.queries.filling import Sheet
from tongzhou.oversight.queries.load import Load
from tongzhou.oversight.queries.meter import Meter

TypeName = Literal["whole", "number", "yes_no", "day", "text"]
Short = Annotated[str, Bounded(max_length=120)]


class FieldIn(Input):
    """A field of the catalogue; ``reason`` says why it is another thing than a similar one."""

    code: Annotated[str, Bounded(min_length=1, max_length=60)]
    name_zh: Short = ""
    name_en: Short = ""
    type: TypeName = "whole"
    measure: Annotated[str, Bounded(max_length=30)] = ""
    owner: Code | None = None
    kept_in: Annotated[str, Bounded(max_length=200)] = ""
    reason: Annotated[str, Bounded(max_length=500)] = ""


class FieldOut(Output):
    """A field of the catalogue."""

    code: str
    name_zh: str
    name_en: str
    type: TypeName
    measure: str
    owner: UnitName
    kept_in: str

    @classmethod
    def of(cls, found: Field) -> Self:
        """From the model, with its owner joined."""
        names = ("code", "name_zh", "name_en", "type", "measure", "kept_in")
        return cls.model_construct(
            **{name: getattr(found, name) for name in names}, owner=UnitName.named(found.owner)
        )


class WantedIn(Input):
    """A field that a form asks for. ``anew``: although it is reported already, for a reason."""

    field: Code
    anew: bool = False
    reason: Annotated[str, Bounded(max_length=500)] = ""


class AskIn(Input):
    """A request. ``units`` are codes; ``withdraws`` and ``passes_on`` numbers of requests."""

    kind: Literal["form", "meeting", "inspection"] = "form"
    title: Annotated[str, Bounded(min_length=1, max_length=200)]
    units: Annotated[list[Code], Bounded(min_length=1, max_length=500)]
    wanted: Annotated[list[WantedIn], Bounded(max_length=100)] = []
    rhythm: Literal["once", "daily", "weekly"] = "once"
    first_on: Day
    until: Day | None = None
    due_time: time = time(17)
    purpose: Annotated[str, Bounded(min_length=1, max_length=1000)]
    legal_basis: Annotated[str, Bounded(min_length=1, max_length=500)]
    withdraws: Whole | None = None
    passes_on: Whole | None = None
    seek_consent: bool = False


class AskOut(Output):
    """A request."""

    number: int
    kind: str
    title: str
    sender: UnitName
    rhythm: str
    first_on: date
    until: date
    stops_on: date | None
    due_time: time
    purpose: str
    legal_basis: str

    @classmethod
    def of(cls, found: Ask) -> Self:
        """From the model, with its sender joined."""
        return cls.model_construct(**cls.values(found))

    @staticmethod
    def values(found: Ask) -> dict[str, Any]:
        """The values of the fields."""
        names = ("number", "kind", "title", "rhythm", "first_on", "until", "stops_on", "due_time",
                 "purpose", "legal_basis")  # fmt: skip
        return {name: getattr(found, name) for name in names} | {
            "sender": UnitName.named(found.sender)
        }


class AskPartOut(Output):
    """A request as it is put to one unit: "running", "waiting" for consent, or "declined"."""

    unit: UnitName
    state: str
    consented_at: datetime | None
    reason: str

    @classmethod
    def of(cls, found: AskPart) -> Self:
        """From the model, with its unit joined."""
        return cls.model_construct(
            unit=UnitName.named(found.unit),
            state=found.state,
            consented_at=found.consented_at,
            reason=found.reason,
        )


class AskDetail(AskOut):
    """With its fields and units."""

    fields_: Annotated[list[FieldOut], Bounded(serialization_alias="fields")]
    units: list[AskPartOut]

    @classmethod
    def full(cls, found: Ask, wanted: list[FieldOut], parts: list[AskPartOut]) -> Self:
        """From the model and what belongs to it."""
        return cls.model_construct(**cls.values(found), fields_=wanted, units=parts)


class ConsentIn(Input):
    """Consent to what passes the quota; false needs a reason."""

    consent: bool
    reason: Annotated[str, Bounded(max_length=1000)] = ""


class AnswerOut(Output):
    """What a unit answered on one occasion; ``values`` by field code."""

    unit: UnitName
    day: date
    answered_at: datetime | None
    late: bool
    revision: int
    values: dict[str, str | None]

    @classmethod
    def of(cls, row: Answer, codes: list[str]) -> Self:
        """From the query."""
        answer = row.answer
        return cls.model_construct(
            unit=UnitName.named(row.part.unit),
            day=row.day,
            answered_at=answer.at if answer else None,
            late=bool(answer and answer.late),
            revision=answer.revision if answer else 0,
            values={
                code: fact.value if fact else None
                for code, fact in zip(codes, row.values, strict=True)
            },
        )


class SlotOut(Output):
    """A field to fill in; ``value`` is what stands, entered by ``entered_by``."""

    key: str
    name_zh: str
    name_en: str
    type: TypeName
    requests: list[int]
    value: str | None
    entered_by: UnitName | None


class SheetOut(Output):
    """Everything that the own unit fills in for a day, each field once."""

    day: date
    waiting: list[int]
    answered: list[int]
    slots: list[SlotOut]

    @classmethod
    def of(cls, sheet: Sheet) -> Self:
        """From the query."""
        return cls.model_construct(
            day=sheet.day,
            waiting=[one.ask.number for one in sheet.waiting],
            answered=[one.ask.number for one in sheet.occasions if one.answer is not None],
            slots=[
                SlotOut.model_construct(
                    key=slot.key,
                    name_zh=slot.field.name_zh,
                    name_en=slot.field.name_en,
                    type=slot.field.type,
                    requests=[ask.number for ask in slot.asks],
                    value=slot.fact.value if slot.fact else None,
                    entered_by=UnitName.named(slot.fact.unit) if slot.fact else None,
                )
                for slot in sheet.slots
            ],
        )


class DailyReportIn(Input):
    """Values by field code (``code@number`` for one that a request asks anew)."""

    day: Day
    values: Annotated[
        dict[Annotated[str, Bounded(max_length=90)], Annotated[str, Bounded(max_length=1000)]],
        Bounded(max_length=500),
    ]


class LoadOut(Output):
    """What is asked: entries, different fields, fields of all forms together, and the rest."""

    fields_: Annotated[int, Bounded(serialization_alias="fields")]
    distinct: int
    written: int
    duplicates: int
    forms: int
    meetings: int
    inspections: int
    convened: int

    @classmethod
    def of(cls, found: Load) -> Self:
        """From the query."""
        names = ("distinct", "written", "duplicates", "forms", "meetings", "inspections",
                 "convened")  # fmt: skip
        return cls.model_construct(
            fields_=found.fields, **{name: getattr(found, name) for name in names}
        )


class UsedOut(Output):
    """How far a limit is used."""

    limit: str
    amount: int
    allowed: int


class MeterRow(Output):
    """One unit in the week."""

    unit: UnitName
    week: LoadOut
    limits: list[UsedOut]


class SenderOut(Output):
    """Who asks, and how many fields."""

    id: UUID
    code: str
    asked: int
    fields_: Annotated[int, Bounded(serialization_alias="fields")]


class MeterOut(Output):
    """A week of burden."""

    since: date
    until: date
    duplicate_percent: int
    units: list[MeterRow]
    senders: list[SenderOut]

    @classmethod
    def of(cls, found: Meter) -> Self:
        """From the query."""
        return cls.model_construct(
            since=found.since,
            until=found.until,
            duplicate_percent=found.duplicate_percent,
            units=[
                MeterRow.model_construct(
                    unit=UnitName.named(row.unit),
                    week=LoadOut.of(row.week),
                    limits=[
                        UsedOut.model_construct(
                            limit=use.limit, amount=use.amount, allowed=use.allowed
                        )
                        for use in row.uses
                    ],
                )
                for row in found.rows
            ],
            senders=[
                SenderOut.model_construct(id=s.id, code=s.code, asked=s.asked, fields_=s.fields)
                for s in found.senders
            ],
        )
