"""The duty card of a unit: what it owes, with what means, on which side."""

from collections.abc import Sequence
from dataclasses import dataclass

from tongzhou.actors.models import Post, Unit
from tongzhou.mandates import cells
from tongzhou.mandates.cells import Span
from tongzhou.mandates.models import Charge, ChargeState, Means, Proposal, ProposalState
from tongzhou.mandates.parts import LETTERS, WORKING, MeansKind, Part, Side
from tongzhou.mandates.queries import charges as reading


@dataclass(frozen=True)
class NeededMeans:
    """A kind of means that the duty needs: what there is of it, or nothing."""

    kind: str
    label: str
    there: list[Means]


@dataclass(frozen=True)
class Line:
    """A charge as it stands on a page: its part, its cells in words, its means, and the
    proposal that waits, if any."""

    charge: Charge
    letter: str
    spans: tuple[Span, ...]
    means: list[NeededMeans]
    more: list[Means]
    proposal: Proposal | None

    @property
    def in_force(self) -> bool:
        """False while it waits for consent."""
        return self.charge.state == ChargeState.IN_FORCE

    @property
    def lacks(self) -> list[NeededMeans]:
        """What is missing."""
        return [needed for needed in self.means if not needed.there]

    @property
    def red(self) -> bool:
        """True when it is in force and a means is missing."""
        return self.in_force and bool(self.lacks)


@dataclass(frozen=True)
class SideCount:
    """How many duties of a side the unit works on, and how many of them lack means."""

    side: str
    label: str
    duties: int
    red: int


@dataclass(frozen=True)
class Card:
    """The card: lines by part, and the seven sides."""

    lines: list[Line]
    sides: list[SideCount]

    @property
    def working(self) -> int:
        """How many charges in force make the unit do the work."""
        return sum(1 for line in self.lines if line.in_force and line.charge.part in WORKING)

    @property
    def red(self) -> int:
        """How many of them lack a means: the mismatch of powers and duties."""
        return sum(1 for line in self.lines if line.red)


def lines(charges: Sequence[Charge]) -> list[Line]:
    """Charges, read with means and proposals, as they stand on a page."""
    return [_line(charge) for charge in charges]


def of_unit(unit: Unit, *, visible_to: Post, within: int = cells.EVERY) -> Card:
    """The card of a unit, in these cells."""
    found = [c for c in reading.of_unit(unit, visible_to=visible_to) if c.cells & within]
    order = {part.value: place for place, part in enumerate(Part)}
    found.sort(key=lambda charge: (charge.state != ChargeState.IN_FORCE, order[charge.part]))
    made = lines(found)
    return Card(made, [_side(side, made) for side in Side])


def _side(side: Side, made: Sequence[Line]) -> SideCount:
    own = [
        line
        for line in made
        if line.in_force and line.charge.part in WORKING and line.charge.duty.side == side
    ]
    return SideCount(
        side.value,
        str(side.label),
        len({line.charge.duty_id for line in own}),
        sum(1 for line in own if line.red),
    )


def _line(charge: Charge) -> Line:
    there = list(charge.means.all())
    needs = charge.duty.needs if charge.part in WORKING else []
    labels = dict(MeansKind.choices)
    waiting = [p for p in charge.proposals.all() if p.state == ProposalState.OPEN]
    return Line(
        charge=charge,
        letter=LETTERS[charge.part],
        spans=cells.spans(charge.cells),
        means=[
            NeededMeans(kind, str(labels[kind]), [m for m in there if m.kind == kind])
            for kind in MeansKind.values
            if kind in needs
        ],
        more=[m for m in there if m.kind not in needs],
        proposal=waiting[0] if waiting else None,
    )
