"""Does a unit act inside its mandate?"""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from tongzhou.actors.models import Unit
from tongzhou.kernel import clock
from tongzhou.mandates.queries.forbidding import forbidden
from tongzhou.mandates.queries.resolving import Resolution, Why, resolve
from tongzhou.mandates.rules import Rule
from tongzhou.places.models import Area

Kind = Literal["in_cell", "emergent", "wrong"]


@dataclass(frozen=True)
class Verdict:
    """``in_cell``: the unit is accountable or responsible there, by the charge ``cell``;
    ``wrong``: another unit is, namely ``proposed``, by the charge ``cell``; ``emergent``:
    nobody is (``why``). ``forbidden_by``: the rule by which this unit must not be given the
    duty at all; whoever dispatches it is refused."""

    kind: Kind
    cell: UUID | None
    proposed: Unit | None
    forbidden_by: Rule | None
    why: Why | None = None

    @property
    def recorded(self) -> str:
        """What a dispatch writes down: ``cell:<id>``, or ``emergent`` (outside of every
        mandate), with the charge that was passed over where there is one."""
        if self.kind == "in_cell":
            return f"cell:{self.cell}"
        return f"emergent:{self.cell}" if self.cell else "emergent"


def check(
    duty: str, lead: Unit, *, area: Area, phase: str, grade: str, on: date | None = None
) -> Verdict:
    """Whether ``lead`` may be given a task of this duty, by the rules in force ``on`` that
    day (today). Raises UnknownPhase, UnknownGrade."""
    found = resolve(duty, area=area, phase=phase, grade=grade)
    return judge(found, lead, on=on or clock.now().date())


def judge(found: Resolution, lead: Unit, *, on: date) -> Verdict:
    """The verdict on ``lead`` where it is known already who is charged."""
    rule = forbidden(found.object, lead, on=on) if found.object is not None else None
    own = found.working.get(lead.id)
    if own is not None:
        return Verdict("in_cell", own, lead, rule)
    proposed = found.accountable or next(iter(found.responsible), None)
    if proposed is None:
        return Verdict("emergent", None, None, rule, why=found.why)
    return Verdict("wrong", found.working[proposed.id], proposed, rule, why=found.why)
