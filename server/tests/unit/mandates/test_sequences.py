"""No sequence of acts leaves a duty with two accountable units, takes the last one away unless
that was asked for, lets a delegation run in a circle, or lets tables and ledger tell different
things."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from unit.mandates.conftest import AT

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import Refusal
from tongzhou.ledger.models import Act
from tongzhou.mandates import cells, checks
from tongzhou.mandates.actions.consent_charge import consent_charge
from tongzhou.mandates.actions.declare_duty import declare_duty
from tongzhou.mandates.actions.decline_charge import decline_charge
from tongzhou.mandates.actions.delegate_duty import delegate_duty
from tongzhou.mandates.actions.propose_charge import propose_charge
from tongzhou.mandates.actions.propose_end import propose_end
from tongzhou.mandates.actions.recall_delegation import recall_delegation
from tongzhou.mandates.models import (
    Charge,
    ChargeState,
    Delegation,
    Duty,
    Proposal,
    ProposalState,
    Seat,
)
from tongzhou.mandates.parts import Part

UNITS = ("hz-command", "hz-health", "xh-command")
SPANS = ((), ("respond",), ("prepare", "recover"))

#: "agree": all who are asked consent, one after the other.
VERBS = (
    "propose", "take", "own", "end", "agree", "agree", "consent", "decline", "pass", "recall",
)  # fmt: skip
#: One unit is accountable, another takes over a part of it, a third the rest.
HANDED_OVER = [
    ("propose", 1, 1, 0),
    ("agree", 0, 0, 0),
    ("take", 1, 2, 1),
    ("agree", 0, 0, 0),
    ("take", 1, 0, 2),
    ("agree", 0, 0, 0),
]

steps = st.lists(
    st.tuples(
        st.sampled_from(VERBS),
        st.integers(0, 7),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    min_size=8,
    max_size=24,
)


class Town:
    """A duty, three units that may be charged with it for one city, and what happens."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.at = AT
        self.duty = declare_duty(code=f"d-{Duty.objects.count()}", name_zh="事", by=cast.lou, at=AT)
        #: One who may act for each unit, whatever the role of the cast is.
        self.posts = {code: self._post(code) for code in UNITS}

    def _post(self, code: str) -> Post:
        unit = self.cast.units[code]
        found = Post.objects.filter(unit=unit).select_related("unit__area", "person").first()
        post = found or self.cast.ye
        return Post(
            id=post.id, person=post.person, unit=unit, role="commander", starts_at=post.starts_at
        )

    def do(self, verb: str, pick: int, one: int, other: int) -> None:
        """One step; a refusal is an answer, too."""
        self.at += timedelta(hours=1)
        with suppress(Refusal):
            getattr(self, f"_{verb}")(pick, UNITS[one], other)

    def _propose(self, pick: int, unit: str, other: int, take: bool = False) -> None:
        propose_charge(
            duty=self.duty,
            unit=self.cast.units[unit],
            part=Part.ACCOUNTABLE if pick % 4 else Part.RESPONSIBLE,
            area=self.cast.areas["3301"],
            phases=SPANS[other],
            take_over=take,
            by=self.posts["hz-command"],
            at=self.at,
        )

    def _take(self, pick: int, unit: str, other: int) -> None:
        self._propose(pick, unit, other, take=True)

    def _own(self, pick: int, unit: str, other: int) -> None:
        propose_charge(
            duty=self.duty,
            unit=self.cast.units[unit],
            part=Part.ACCOUNTABLE,
            area=self.cast.areas["3301"],
            phases=SPANS[other],
            take_over=bool(pick % 2),
            by=self.posts[unit],
            at=self.at,
        )

    def _held(self, pick: int) -> Charge | None:
        found = list(Charge.objects.filter(duty=self.duty, state="in_force").order_by("id"))
        return found[pick % len(found)] if found else None

    def _open(self, pick: int) -> Proposal | None:
        found = list(
            Proposal.objects.filter(charge__duty=self.duty, state=ProposalState.OPEN).order_by("id")
        )
        return found[pick % len(found)] if found else None

    def _end(self, pick: int, unit: str, other: int) -> None:
        if charge := self._held(pick):
            propose_end(charge=charge, reason="r", by=self.posts["hz-command"], at=self.at)

    def _consent(self, pick: int, unit: str, other: int) -> None:
        if proposal := self._open(pick):
            consent_charge(proposal=proposal, by=self.posts[unit], at=self.at)

    def _agree(self, pick: int, unit: str, other: int) -> None:
        if proposal := self._open(pick):
            for code in UNITS:
                if self.cast.units[code].id in proposal.waiting:
                    consent_charge(proposal=proposal, by=self.posts[code], at=self.at)
                    proposal.refresh_from_db()

    def _decline(self, pick: int, unit: str, other: int) -> None:
        if proposal := self._open(pick):
            decline_charge(proposal=proposal, reason="r", by=self.posts[unit], at=self.at)

    def _pass(self, pick: int, unit: str, other: int) -> None:
        if charge := self._held(pick):
            code = next((c for c in UNITS if self.cast.units[c].id == charge.unit_id), UNITS[0])
            delegate_duty(
                charge=charge,
                to=self.cast.units[unit],
                until=self.at + timedelta(days=30),
                area=charge.area,
                by=self.posts[code],
                at=self.at,
            )

    def _recall(self, pick: int, unit: str, other: int) -> None:
        found = list(Delegation.objects.filter(charge__duty=self.duty, recalled_at=None))
        if found:
            recall_delegation(
                delegation=found[pick % len(found)], reason="r", by=self.posts[unit], at=self.at
            )

    def accountable(self) -> int:
        """The cells in which somebody is accountable."""
        covered = 0
        for charge in Charge.objects.filter(
            duty=self.duty, state="in_force", part=Part.ACCOUNTABLE
        ):
            assert not covered & charge.cells, "two accountable units"
            covered |= charge.cells
        return covered

    def ended(self) -> int:
        """How many charges ended because that was asked for and agreed."""
        return Proposal.objects.filter(
            charge__duty=self.duty, kind="end", state=ProposalState.AGREED
        ).count()


@settings(
    derandomize=True,
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(taken=steps)
@example(taken=HANDED_OVER)
@pytest.mark.django_db
def test_no_sequence_of_acts_breaks_the_matrix(cast: Cast, taken: list) -> None:
    town = Town(cast)
    before, ends = 0, 0

    for step in taken:
        town.do(*step)

        now, asked = town.accountable(), town.ended()
        assert now & before == before or asked > ends, "nobody is accountable any more"
        before, ends = now, asked

    _seats_agree(town)
    _no_circle(town)
    _the_ledger_says_the_same(town)


def _seats_agree(town: Town) -> None:
    sat: dict[UUID, int] = {}
    for charge, phase, grade in Seat.objects.filter(duty=town.duty).values_list(
        "charge", "phase", "grade"
    ):
        sat[charge] = sat.get(charge, 0) | cells.bit(phase, grade)
    held = Charge.objects.filter(duty=town.duty, state="in_force", part=Part.ACCOUNTABLE)
    assert sat == {charge.id: charge.cells for charge in held}
    rows = [
        checks.Held(
            str(c.id), str(c.duty_id), str(c.unit_id), str(c.area_id), c.area.path, c.part, c.cells
        )
        for c in Charge.objects.filter(duty=town.duty, state="in_force").select_related("area")
    ]
    found = checks.find([checks.Owed(str(town.duty.id))], rows, [])
    assert not [p for p in found if p.kind == checks.ProblemKind.TWO]


def _no_circle(town: Town) -> None:
    goes: dict[UUID, set[UUID]] = {}
    for giver, taker in Delegation.objects.filter(
        charge__duty=town.duty, recalled_at=None, to__state__in=("in_force", "proposed")
    ).values_list("charge__unit", "to__unit"):
        goes.setdefault(giver, set()).add(taker)

    def reaches(unit: UUID, goal: UUID, seen: frozenset[UUID]) -> bool:
        ahead = goes.get(unit, set()) - seen
        return goal in ahead or any(reaches(n, goal, seen | {n}) for n in ahead)

    assert not [unit for unit in goes if reaches(unit, unit, frozenset())]


def _the_ledger_says_the_same(town: Town) -> None:
    told: dict[UUID, tuple[str, int]] = {}
    for act in Act.objects.filter(about_kind="charge", data__duty=str(town.duty.id)).order_by("id"):
        data, (state, covered) = act.data, told.get(act.about_id, ("proposed", 0))
        match act.type.removeprefix("charge.").removesuffix(".v1"):
            case "proposed" | "delegated":
                told[act.about_id] = ("proposed", data["cells"])
            case "agreed" | "declined" | "handed_over":
                told[act.about_id] = (data["state"], data["cells"])
            case "withdrawn":
                told[act.about_id] = (data["state"], covered)
            case "recalled" | "expired":
                told[act.about_id] = ("ended", covered)
            case "end_proposed" | "consented":
                told[act.about_id] = (state, covered)
            case other:
                raise AssertionError(other)
    stands = {
        charge.id: (charge.state, charge.cells) for charge in Charge.objects.filter(duty=town.duty)
    }
    assert {k: v[0] for k, v in told.items()} == {k: v[0] for k, v in stands.items()}
    in_force = {k for k, v in stands.items() if v[0] == ChargeState.IN_FORCE}
    assert {k: told[k] for k in in_force} == {k: stands[k] for k in in_force}
