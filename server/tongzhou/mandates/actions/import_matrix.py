from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import MANDATE_MEANS, MANDATE_PROPOSE
from tongzhou.kernel.errors import Invalid, NotAllowed, Refusal
from tongzhou.mandates import access
from tongzhou.mandates.actions.change import ChargedUnitInactive, DutyRetired
from tongzhou.mandates.actions.many_charges import Wanted, propose_many
from tongzhou.mandates.actions.propose_charge import refuse_forbidden
from tongzhou.mandates.actions.propose_end import propose_end
from tongzhou.mandates.actions.proposing import ANSWER_WITHIN
from tongzhou.mandates.actions.record_means import record_means
from tongzhou.mandates.actions.seats import SecondAccountable
from tongzhou.mandates.models import (
    Charge,
    ChargeState,
    Duty,
    Means,
    Proposal,
    ProposalState,
)
from tongzhou.mandates.parts import Part
from tongzhou.mandates.queries.charges import DutyUnknown
from tongzhou.places.models import Area

#: Between several means of one kind in a cell.
JOINT = "; "


class TwoAccountable(Invalid):
    """Two units are to be accountable in one row, for one area."""

    code = "two-accountable"
    message = _("Both %(one)s and %(other)s are marked A for the same area in this row.")


@dataclass(frozen=True)
class Column:
    """A unit and the area for which it is charged; ``header`` as it stands in the file."""

    header: str
    unit: Unit
    area: Area


@dataclass(frozen=True)
class MatrixRow:
    """A line of the sheet: a duty, cells, and what each column says – a part, or "" for
    "propose to take away whatever the unit has"."""

    line: int
    duty: str
    cells: int
    parts: Sequence[tuple[Column, str]]


@dataclass(frozen=True)
class MeansRow:
    """A line of the sheet of means: kind → what there is."""

    line: int
    duty: str
    column: Column
    means: Mapping[str, str]


@dataclass(frozen=True)
class Report:
    """What a file gave: proposals made, proposals to take away, means recorded, what was
    there already, means for charges that are not in force yet. With faults nothing is done."""

    dry_run: bool = False
    proposed: int = 0
    ends: int = 0
    means: int = 0
    unchanged: int = 0
    waiting: int = 0
    faults: list[Refusal] = field(default_factory=list)


class _Undo(Exception):
    """Takes everything back."""


def import_matrix(
    *,
    rows: Sequence[MatrixRow],
    means: Sequence[MeansRow],
    by: Post,
    at: datetime,
    faults: Sequence[Refusal] = (),
    dry_run: bool = False,
) -> Report:
    """Proposes what the rows say and is not so yet; every unit is asked for its consent, as
    for a single proposal. All or nothing; a second time nothing is left to do. Raises
    NotAllowed."""
    permissions.require(by=by, word=MANDATE_PROPOSE)
    found = list(faults)
    counts = {"proposed": 0, "ends": 0, "means": 0, "unchanged": 0, "waiting": 0}
    try:
        with transaction.atomic():
            duties = _duties({row.duty for row in rows} | {row.duty for row in means})
            wanted, ends = _plan(rows, duties, by, at, found, counts)
            recorded = _means(means, duties, by, found, counts)
            if found:
                raise _Undo
            propose_many(wanted, by=by, at=at, due_at=at + ANSWER_WITHIN)
            for charge, reason in ends:
                propose_end(charge=charge, reason=reason, by=by, at=at)
            for charge, kind, text in recorded:
                record_means(charge=charge, kind=kind, text=text, by=by, at=at)
            if dry_run:
                raise _Undo
    except _Undo:
        if found:
            return Report(dry_run=dry_run, faults=found)
    return Report(
        dry_run=dry_run,
        proposed=counts["proposed"],
        ends=counts["ends"],
        means=counts["means"],
        unchanged=counts["unchanged"],
        waiting=counts["waiting"],
    )


def _duties(codes: set[str]) -> dict[str, Duty]:
    locked = Duty.objects.select_for_update(of=("self",), no_key=True).order_by("id")
    return {duty.code: duty for duty in locked.filter(code__in=codes)}


_Ends = list[tuple[Charge, str]]


def _plan(
    rows: Sequence[MatrixRow],
    duties: Mapping[str, Duty],
    by: Post,
    at: datetime,
    faults: list[Refusal],
    counts: dict[str, int],
) -> tuple[list[Wanted], _Ends]:
    held: dict[tuple[UUID, UUID], list[Charge]] = {}
    shown = [ChargeState.IN_FORCE, ChargeState.PROPOSED]
    for charge in Charge.objects.filter(
        duty__in=list(duties.values()), state__in=shown
    ).select_related("unit__area", "duty", "area"):
        held.setdefault((charge.duty_id, charge.area_id), []).append(charge)
    open_ends = set(
        Proposal.objects.filter(state=ProposalState.OPEN, kind="end").values_list(
            "charge_id", flat=True
        )
    )
    # What earlier rows of the same file make accountable.
    fresh: dict[tuple[UUID, UUID], list[tuple[int, Unit]]] = {}
    wanted: list[Wanted] = []
    ends: _Ends = []
    for row in rows:
        duty = duties.get(row.duty)
        if duty is None or not duty.is_open:
            faults.append(
                DutyUnknown(field="duty", row=row.line, code=row.duty)
                if duty is None
                else DutyRetired(field="duty", row=row.line, duty=duty.name)
            )
            continue
        for column, part in row.parts:
            there = held.get((duty.id, column.area.id), [])
            try:
                missing = row.cells & ~_covered(there, column.unit, part) if part else 0
                if part and not missing:
                    counts["unchanged"] += 1
                    continue
                _allow(column, by)
                if not part:
                    _end(column, there, row.cells, open_ends, ends, counts)
                    continue
                refuse_forbidden(duty, column.unit, part=part, at=at)
                if part == Part.ACCOUNTABLE:
                    taken = fresh.setdefault((duty.id, column.area.id), [])
                    _one(column, there, taken, missing)
                    taken.append((missing, column.unit))
                wanted.append(Wanted(duty, column.unit, column.area, part, missing))
                counts["proposed"] += 1
            except Refusal as refusal:
                refusal.row, refusal.field = row.line, column.header
                faults.append(refusal)
    return wanted, ends


def _allow(column: Column, by: Post) -> None:
    if not column.unit.active:
        raise ChargedUnitInactive(unit=column.unit.name)
    access.require_proposer(by, column.unit)


def _one(column: Column, there: list[Charge], taken: list[tuple[int, Unit]], missing: int) -> None:
    for charge in there:
        other = charge.unit_id != column.unit.id and charge.part == Part.ACCOUNTABLE
        if other and charge.cells & missing:
            raise SecondAccountable(holder=charge.unit.name)
    for covered, unit in taken:
        if covered & missing and unit.id != column.unit.id:
            raise TwoAccountable(one=unit.name, other=column.unit.name)


def _end(
    column: Column,
    there: list[Charge],
    wanted: int,
    open_ends: set[UUID],
    ends: _Ends,
    counts: dict[str, int],
) -> None:
    own = [
        charge
        for charge in there
        if charge.unit_id == column.unit.id
        and charge.state == ChargeState.IN_FORCE
        and charge.cells & wanted
        and charge.id not in open_ends
    ]
    for charge in own:
        ends.append((charge, str(_("Imported from a spreadsheet"))))
        open_ends.add(charge.id)
        counts["ends"] += 1
    if not own:
        counts["unchanged"] += 1


def _covered(charges: Sequence[Charge], unit: Unit, part: str) -> int:
    covered = 0
    for charge in charges:
        if charge.unit_id == unit.id and charge.part == part:
            covered |= charge.cells
    return covered


def _means(
    rows: Sequence[MeansRow],
    duties: Mapping[str, Duty],
    by: Post,
    faults: list[Refusal],
    counts: dict[str, int],
) -> list[tuple[Charge, str, str]]:
    held: dict[tuple[str, UUID, UUID], list[Charge]] = {}
    for charge in (
        Charge.objects.filter(
            duty__in=list(duties.values()),
            state=ChargeState.IN_FORCE,
            part__in=[Part.ACCOUNTABLE, Part.RESPONSIBLE],
        )
        .select_related("unit", "duty")
        .order_by("part", "since", "id")
    ):
        key = (charge.duty.code, charge.unit_id, charge.area_id)
        held.setdefault(key, []).append(charge)
    known = _known(duties)
    found: list[tuple[Charge, str, str]] = []
    for row in rows:
        if row.duty not in duties:
            faults.append(DutyUnknown(field="duty", row=row.line, code=row.duty))
            continue
        charges = held.get((row.duty, row.column.unit.id, row.column.area.id), [])
        if not charges:
            counts["waiting"] += len(row.means)
            continue
        # A unit may do one duty twice over, as the one charged and as one it was passed on
        # to; each has a line of its own, and the file does not say which.
        charge = charges[0]
        fresh = []
        for kind, text in row.means.items():
            there = [known.get((one.id, kind), []) for one in charges]
            if any(text in texts or text == JOINT.join(texts) for texts in there):
                counts["unchanged"] += 1
            else:
                fresh.append((charge, kind, text))
                known.setdefault((charge.id, kind), []).append(text)
        if fresh and not permissions.allowed(by=by, word=MANDATE_MEANS, on=charge):
            faults.append(NotAllowed(field="unit", row=row.line, permission=MANDATE_MEANS.label))
            continue
        found += fresh
        counts["means"] += len(fresh)
    return found


def _known(duties: Mapping[str, Duty]) -> dict[tuple[UUID, str], list[str]]:
    """What there is: charge and kind → texts, the oldest first."""
    found: dict[tuple[UUID, str], list[str]] = {}
    rows = Means.objects.filter(ended_at=None, charge__duty__in=list(duties.values()))
    for charge, kind, text in rows.order_by("at", "id").values_list("charge_id", "kind", "text"):
        found.setdefault((charge, kind), []).append(text)
    return found
