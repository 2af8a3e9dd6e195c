"""Each act happens, is refused with its own word, is invisible to strangers, and leaves nothing
behind when it cannot be written down."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from unit.interests.conftest import AT, DAY, HOUR, said
from unit.rows import rows

from tongzhou.demo.cast import Cast
from tongzhou.funds.actions.approve_spending import approve_spending
from tongzhou.funds.actions.open_fund import open_fund
from tongzhou.funds.actions.pay_spending import pay_spending
from tongzhou.funds.actions.receive_money import receive_money
from tongzhou.funds.models import Fund
from tongzhou.funds.money import AmountAbsurd
from tongzhou.incidents.models import Incident
from tongzhou.interests.actions.answer_terms import TermsMissing, answer_terms
from tongzhou.interests.actions.ask_compensation import CompensationAsked, ask_compensation
from tongzhou.interests.actions.change import (
    ConflictNotSo,
    CostNegative,
    DayWrong,
    HoursAbsurd,
)
from tongzhou.interests.actions.close_mediation import ConsentsMissing, close_mediation
from tongzhou.interests.actions.compensation_acts import CompensationNotSo
from tongzhou.interests.actions.confirm_stake import confirm_stake
from tongzhou.interests.actions.decide_conflict import decide_conflict
from tongzhou.interests.actions.declare_conflict import (
    ConflictKindUnknown,
    ConflictThere,
    ConflictWithSelf,
    MattersApart,
    declare_conflict,
)
from tongzhou.interests.actions.note_meeting import MeetingAhead, note_meeting
from tongzhou.interests.actions.open_mediation import MediatorIsParty, open_mediation
from tongzhou.interests.actions.promise_compensation import (
    AboveAgreed,
    MeansUnknown,
    NotASide,
    promise_compensation,
)
from tongzhou.interests.actions.propose_terms import OutcomeUnknown, propose_terms
from tongzhou.interests.actions.receive_compensation import (
    CompensationNotPaid,
    receive_compensation,
)
from tongzhou.interests.actions.revise_stake import StakeTheirs, revise_stake
from tongzhou.interests.actions.state_stake import MatterMissing, StakeThere, state_stake
from tongzhou.interests.actions.waive_compensation import waive_compensation
from tongzhou.interests.actions.withdraw_conflict import withdraw_conflict
from tongzhou.interests.actions.withdraw_stake import StakeInConflict, withdraw_stake
from tongzhou.interests.models import (
    Compensation,
    Conflict,
    Consent,
    Mediation,
    Meeting,
    Stake,
    StakeVersion,
)
from tongzhou.kernel.errors import NotAllowed, NotFound, ReasonMissing, Refusal, TextMissing
from tongzhou.ledger.models import Act

TABLES = (Stake, StakeVersion, Conflict, Mediation, Meeting, Consent, Compensation)
Broken = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True)
class Scene:
    """Everything that an act may be about, each in the state before it."""

    cast: Cast
    made: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.made[name]


@pytest.fixture
def scene(cast: Cast, incident: Incident, request: pytest.FixtureRequest) -> Scene:
    """What the case asks for, made when it does."""

    class Made(dict[str, Any]):
        def __missing__(self, name: str) -> Any:
            return request.getfixturevalue(name)

    return Scene(cast, Made(incident=incident))


@pytest.fixture
def recorded(cast: Cast, incident: Incident) -> Stake:
    """What the street recorded for its community."""
    return state_stake(
        words=said(), unit=cast.units["baoshi-community"], incident=incident,
        reason="Nobody there had time", by=cast.ye, at=AT,
    )  # fmt: skip


@pytest.fixture
def failed(cast: Cast, mediated: Conflict) -> Conflict:
    """The street could not bring them together; the incident's owner decides."""
    return close_mediation(conflict=mediated, failed=True, reason="No", by=cast.ye, at=AT + HOUR)


@pytest.fixture
def fund(cast: Cast) -> Fund:
    """A fund of the district, for all in it."""
    liaison = cast.second_post
    made = open_fund(
        code="district-fund", name_zh="资金", source="own", starts_on=AT.date(), by=liaison, at=AT,
        open_to_area=True,
    )  # fmt: skip
    receive_money(fund=made, amount=5000_00, reference="Doc", by=liaison, at=AT)
    return made


@pytest.fixture
def promised(cast: Cast, settled: Conflict) -> Compensation:
    """The volunteers promise the firm six hundred yuan."""
    return promise_compensation(
        conflict=settled, receiver=cast.units["baoshi-property"], means="money", amount=600_00,
        due_at=AT + 5 * DAY, by=cast.chu, at=AT + 4 * HOUR,
    )  # fmt: skip


@dataclass(frozen=True)
class Case:
    """An act with what makes it happen; ``by`` who may, ``not_by`` who sees and may not."""

    act: Callable[..., Any]
    given: Callable[[Scene], dict[str, Any]]
    by: str
    type: str
    not_by: str = ""
    at: Any = AT + 5 * HOUR


def _promise(s: Scene) -> dict[str, Any]:
    return {
        "conflict": s["settled"], "receiver": s.cast.units["baoshi-property"], "means": "goods",
        "amount": 1000_00, "due_at": AT + 9 * DAY,
    }  # fmt: skip


CASES = [
    Case(state_stake, lambda s: {"words": said(), "incident": s["incident"]}, "pan",
         "stake.stated.v1"),
    Case(state_stake, lambda s: {"words": said(), "incident": s["incident"], "reason": "Busy",
                                 "unit": s.cast.units["baoshi-community"]},
         "ye", "stake.recorded.v1", not_by="chu"),
    Case(revise_stake, lambda s: {"stake": s["firm"], "words": said(stake="More")}, "pan",
         "stake.stated.v1", not_by="chu"),
    Case(confirm_stake, lambda s: {"stake": s["recorded"]}, "mei", "stake.confirmed.v1",
         not_by="ye"),
    Case(withdraw_stake, lambda s: {"stake": s["firm"]}, "pan", "stake.withdrawn.v1",
         not_by="chu"),
    Case(declare_conflict, lambda s: {"one": s["firm"], "other": s["team"], "clash": "cost",
                                      "severity": 2, "why": "Both"}, "ye",
         "conflict.declared.v1"),
    Case(withdraw_conflict, lambda s: {"conflict": s["conflict"], "reason": "Wrong"}, "pan",
         "conflict.withdrawn.v1", not_by="chu"),
    Case(open_mediation, lambda s: {"conflict": s["conflict"],
                                    "mediator": s.cast.units["xh-command"]}, "chu",
         "mediation.opened.v1", not_by="ye"),
    Case(note_meeting, lambda s: {"conflict": s["mediated"], "held_at": AT + HOUR,
                                  "note": "Talked"}, "ye", "mediation.met.v1", not_by="pan"),
    Case(propose_terms, lambda s: {"conflict": s["mediated"], "outcome": "partly",
                                   "terms": "Noon", "agreed": 5}, "ye", "mediation.proposed.v1",
         not_by="pan"),
    Case(answer_terms, lambda s: {"conflict": s["proposed"], "agreed": False, "reason": "No",
                                  "round": 1}, "pan", "mediation.answered.v1", not_by="ye"),
    Case(close_mediation, lambda s: {"conflict": s["mediated"], "failed": True,
                                     "reason": "No"}, "ye", "mediation.failed.v1", not_by="chu"),
    Case(decide_conflict, lambda s: {"conflict": s["failed"], "terms": "Open", "agreed": 7},
         "shen", "conflict.decided.v1", not_by="chu"),
    Case(promise_compensation, _promise, "chu", "compensation.promised.v1", not_by="ye"),
    Case(ask_compensation, lambda s: {"compensation": s["promised"], "fund": s["fund"]}, "chu",
         "compensation.asked.v1", not_by="ye"),
    Case(receive_compensation, lambda s: {"compensation": s["goods"]}, "pan",
         "compensation.received.v1", not_by="chu"),
    Case(waive_compensation, lambda s: {"compensation": s["promised"], "reason": "No need"},
         "pan", "compensation.waived.v1", not_by="chu"),
]  # fmt: skip


@pytest.fixture
def goods(cast: Cast, settled: Conflict) -> Compensation:
    """The volunteers promise the firm masks."""
    return promise_compensation(
        conflict=settled, receiver=cast.units["baoshi-property"], means="goods", amount=100_00,
        due_at=AT + 5 * DAY, what="Masks", by=cast.chu, at=AT + 4 * HOUR,
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.type)
def test_an_act_happens_once_is_refused_and_leaves_nothing_behind(
    scene: Scene, case: Case, broken_ledger: Broken
) -> None:
    given = case.given(scene)
    before = rows(TABLES)
    acts = Act.objects.count()

    # Whoever has nothing to do with the incident cannot state anything in it either.
    if "unit" not in given:
        with pytest.raises(NotFound):
            case.act(**given, by=scene.cast.ou, at=case.at)
    if case.not_by:
        with pytest.raises(NotAllowed):
            case.act(**given, by=scene.cast.posts[case.not_by], at=case.at)
    with broken_ledger():
        case.act(**given, by=scene.cast.posts[case.by], at=case.at)
    assert (rows(TABLES), Act.objects.count()) == (before, acts)

    case.act(**given, by=scene.cast.posts[case.by], at=case.at)
    last = Act.objects.order_by("-id")[0]
    assert last.type == case.type
    # What people wrote stands in tables of the room, never in the ledger.
    assert not any(word in str(last.data) for word in ("Hidden", "Noon", "Masks", "Talked"))
    assert (rows(TABLES) != before) == (case.act is not ask_compensation)


def _refused(error: type[Refusal], act: Callable[[], object]) -> None:
    before, acts = rows(TABLES), Act.objects.count()
    with pytest.raises(error):
        act()
    assert (rows(TABLES), Act.objects.count()) == (before, acts)


def test_stakes_refuse_what_makes_no_sense(
    cast: Cast, incident: Incident, firm: Stake, team: Stake
) -> None:
    def state(**given: Any) -> Callable[[], object]:
        words = said(**given)
        return lambda: state_stake(words=words, area=cast.areas["33"], by=cast.pan, at=AT)

    for error, given in (
        (CostNegative, {"cost": -1}), (AmountAbsurd, {"cost": 10**15}),
        (TextMissing, {"stake": " "}),
        (CostNegative, {"hours": Decimal("-0.5")}), (HoursAbsurd, {"hours": Decimal("NaN")}),
        (HoursAbsurd, {"hours": Decimal(10**7)}), (HoursAbsurd, {"hours": Decimal("0.55")}),
    ):  # fmt: skip
        _refused(error, state(**given))
    _refused(StakeThere, lambda: state_stake(
        words=said(), incident=incident, by=cast.pan, at=AT))  # fmt: skip
    _refused(MatterMissing, lambda: state_stake(words=said(), by=cast.pan, at=AT))
    _refused(ReasonMissing, lambda: state_stake(
        words=said(), incident=incident, unit=cast.units["baoshi-community"], by=cast.ye, at=AT,
    ))  # fmt: skip
    _refused(NotAllowed, lambda: state_stake(
        words=said(), incident=incident, unit=cast.units["baoshi-property"], reason="x",
        by=cast.ye, at=AT,
    ))  # fmt: skip


def test_a_superior_speaks_only_until_the_unit_does(cast: Cast, recorded: Stake) -> None:
    assert not recorded.is_confirmed
    assert recorded.relations_of(cast.chu) == frozenset()
    again = revise_stake(stake=recorded, words=said(stake="b"), reason="New", by=cast.ye, at=AT)
    confirm_stake(stake=again, by=cast.mei, at=AT)
    _refused(StakeTheirs, lambda: revise_stake(
        stake=recorded, words=said(stake="c"), reason="Newer", by=cast.ye, at=AT))  # fmt: skip
    own = revise_stake(stake=recorded, words=said(stake="d"), by=cast.mei, at=AT)

    assert [v.stake for v in own.versions.order_by("version")] == [
        "Hidden guards at the gate", "b", "d",
    ]  # fmt: skip
    assert own.relations_of(cast.chu) == {"party"}


def test_conflicts_refuse_what_makes_no_sense(
    cast: Cast, conflict: Conflict, firm: Stake, team: Stake
) -> None:
    elsewhere = state_stake(words=said(), area=cast.areas["330106"], by=cast.pan, at=AT)
    inside = state_stake(words=said(), area=cast.areas["330106"], by=cast.chu, at=AT)

    def declare(error: type[Refusal], **given: Any) -> None:
        whole = {"one": firm, "other": team, "clash": "cost", "severity": 1, "why": "x"} | given
        _refused(error, lambda: declare_conflict(**whole, by=cast.pan, at=AT))

    declare(ConflictWithSelf, other=elsewhere)
    declare(ConflictWithSelf, one=firm, other=firm)
    declare(MattersApart, other=inside)
    declare(ConflictThere, one=team, other=firm, clash="access")
    declare(ConflictKindUnknown, clash="x")
    declare(ConflictKindUnknown, severity=4)
    _refused(StakeInConflict, lambda: withdraw_stake(stake=firm, by=cast.pan, at=AT))
    for unit in ("baoshi-property", "lvyuan-volunteers"):
        _refused(MediatorIsParty, lambda unit=unit: open_mediation(  # type: ignore[misc]
            conflict=conflict, mediator=cast.units[unit], by=cast.pan, at=AT))  # fmt: skip
    _refused(DayWrong, lambda: open_mediation(
        conflict=conflict, mediator=cast.units["xh-command"], due_at=AT, by=cast.pan, at=AT,
    ))  # fmt: skip
    Conflict.objects.update(decider=cast.units["zj-command"])
    _refused(ConflictNotSo, lambda: decide_conflict(
        conflict=conflict, terms="x", by=cast.shen, at=AT))  # fmt: skip


def test_terms_hold_only_with_the_consent_of_both_to_the_same_ones(
    cast: Cast, mediated: Conflict
) -> None:
    def propose(terms: str) -> None:
        propose_terms(conflict=mediated, outcome="settled", terms=terms, by=cast.ye, at=AT)

    def answer(post: Any, **given: Any) -> None:
        answer_terms(conflict=mediated, agreed=True, by=post, at=AT, **given)

    _refused(TermsMissing, lambda: answer(cast.pan))
    _refused(ConsentsMissing, lambda: close_mediation(conflict=mediated, by=cast.ye, at=AT))
    _refused(OutcomeUnknown, lambda: propose_terms(
        conflict=mediated, outcome="won", terms="x", by=cast.ye, at=AT))  # fmt: skip
    _refused(CostNegative, lambda: propose_terms(
        conflict=mediated, outcome="settled", terms="x", agreed=-5, by=cast.ye, at=AT,
    ))  # fmt: skip
    _refused(MeetingAhead, lambda: note_meeting(
        conflict=mediated, held_at=AT + DAY, note="x", by=cast.ye, at=AT))  # fmt: skip
    propose("first")
    answer(cast.pan)
    answer(cast.chu)
    propose("second")
    _refused(ConsentsMissing, lambda: close_mediation(conflict=mediated, by=cast.ye, at=AT))
    _refused(TermsMissing, lambda: answer(cast.pan, round=1))
    answer(cast.pan, round=2)
    _refused(ConsentsMissing, lambda: close_mediation(conflict=mediated, by=cast.ye, at=AT))
    answer(cast.chu, round=2)

    assert close_mediation(conflict=mediated, by=cast.ye, at=AT).terms == "second"


def test_compensation_stays_below_what_was_agreed_and_is_paid_by_a_fund(
    cast: Cast, settled: Conflict, promised: Compensation, fund: Fund
) -> None:
    firm = cast.units["baoshi-property"]

    def promise(error: type[Refusal], **given: Any) -> None:
        whole = {"receiver": firm, "means": "money", "amount": 1, "due_at": AT + 9 * DAY} | given
        _refused(error, lambda: promise_compensation(
            conflict=settled, **whole, by=cast.chu, at=AT + 4 * HOUR))  # fmt: skip

    promise(AboveAgreed, amount=400_01)
    promise(NotASide, receiver=cast.units["lvyuan-volunteers"])
    promise(NotASide, receiver=cast.units["zj-cdc"])
    promise(MeansUnknown, means="thanks")
    promise(DayWrong, due_at=AT - DAY)
    _refused(CompensationNotPaid, lambda: receive_compensation(
        compensation=promised, by=cast.pan, at=AT + DAY))  # fmt: skip
    asked = ask_compensation(compensation=promised, fund=fund, by=cast.chu, at=AT + DAY)
    _refused(CompensationAsked, lambda: ask_compensation(
        compensation=promised, fund=fund, by=cast.chu, at=AT + DAY))  # fmt: skip
    _refused(CompensationAsked, lambda: waive_compensation(
        compensation=promised, reason="x", by=cast.pan, at=AT + DAY))  # fmt: skip
    approve_spending(spending=asked, by=cast.second_post, at=AT + DAY)
    pay_spending(spending=asked, by=cast.second_post, at=AT + DAY)
    came = receive_compensation(compensation=promised, by=cast.pan, at=AT + DAY)

    assert (came.state, asked.payee_id, asked.amount) == ("fulfilled", firm.id, 600_00)
    _refused(CompensationNotSo, lambda: receive_compensation(
        compensation=promised, by=cast.pan, at=AT + DAY))  # fmt: skip
