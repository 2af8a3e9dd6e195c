"""Stakes, conflicts, mediations, compensations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from contract.rows import OWN, Build, operation, page, read, say, send
from contract.world import World
from django.utils import timezone

from tongzhou.incidents import access
from tongzhou.interests.actions.answer_terms import answer_terms
from tongzhou.interests.actions.close_mediation import close_mediation
from tongzhou.interests.actions.declare_conflict import declare_conflict
from tongzhou.interests.actions.open_mediation import open_mediation
from tongzhou.interests.actions.promise_compensation import promise_compensation
from tongzhou.interests.actions.propose_terms import propose_terms
from tongzhou.interests.actions.stake_acts import Words
from tongzhou.interests.actions.state_stake import state_stake
from tongzhou.interests.models import Compensation, Conflict, Stake

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECRETS: Final = {
    "what is at stake": "Hidden loss of the firm",
    "red line": "Hidden line of the firm",
    "why stakes clash": "Hidden clash at the gate",
    "terms of a mediation": "Hidden terms of peace",
    "what compensation consists of": "Hidden gloves",
}


@dataclass(frozen=True)
class Made:
    """The objects of this room."""

    stake: Stake
    other: Stake
    free: Stake
    recorded: Stake
    conflict: Conflict
    mediated: Conflict
    proposed: Conflict
    failed: Conflict
    settled: Conflict
    goods: Compensation
    money: Compensation


def furnish(world: World) -> Made:
    """One of everything, in the states that the rows need."""
    cast, at = world.cast, world.at - HOUR
    units = cast.units
    access.grant(
        world.incident.id, [units["baoshi-property"].id, units["beishan-street"].id], access.TOLD
    )

    def stated(by: str, **more: Any) -> Stake:
        words = Words(stake=SECRETS["what is at stake"], red_line=SECRETS["red line"])
        where = more if "area" in more else {"incident": world.incident, **more}
        return state_stake(words=words, by=cast.posts[by], at=at, **where)

    one, other = stated("pan"), stated("tang")

    def declared(clash: str) -> Conflict:
        return declare_conflict(
            one=one, other=other, clash=clash, severity=2, why=SECRETS["why stakes clash"],
            by=cast.pan, at=at,
        )  # fmt: skip

    def mediated(clash: str) -> Conflict:
        found = declared(clash)
        open_mediation(conflict=found, mediator=units["beishan-street"], by=cast.pan, at=at)
        return found

    def proposed(clash: str) -> Conflict:
        found = mediated(clash)
        propose_terms(
            conflict=found, outcome="settled", terms=SECRETS["terms of a mediation"],
            agreed=900_00, by=cast.ye, at=at,
        )  # fmt: skip
        answer_terms(conflict=found, agreed=True, by=cast.pan, at=at)
        return found

    settled = proposed("goods")
    answer_terms(conflict=settled, agreed=True, by=cast.tang, at=at)
    settled = close_mediation(conflict=settled, by=cast.ye, at=at)

    def promised(means: str) -> Compensation:
        return promise_compensation(
            conflict=settled, receiver=units["baoshi-property"], means=means, amount=100_00,
            due_at=world.at + DAY, what=SECRETS["what compensation consists of"], by=cast.tang,
            at=at,
        )  # fmt: skip

    agreed = proposed("access")
    answer_terms(conflict=agreed, agreed=True, by=cast.tang, at=at)
    return Made(
        stake=one,
        other=other,
        free=stated("shen"),
        recorded=stated(
            "ye", unit=units["baoshi-community"], reason="No time", area=cast.areas["3301"]
        ),
        conflict=declared("cost"),
        mediated=mediated("workload"),
        proposed=agreed,
        failed=close_mediation(
            conflict=mediated("powers"), failed=True, reason="No", by=cast.ye, at=at
        ),
        settled=settled,
        goods=promised("goods"),
        money=promised("money"),
    )  # fmt: skip


def made(world: World) -> Made:
    found = world.of["interests"]
    assert isinstance(found, Made)
    return found


def number_of(name: str, **more: Any) -> Build:
    return lambda world: {"number": getattr(made(world), name).number, **more}


def stake_form(world: World) -> Mapping[str, Any]:
    return {"area": "330106", "stake": "Roads", "cost": "12.50", "hours": "3"}


def conflict_form(world: World) -> Mapping[str, Any]:
    found = made(world)
    return {
        "one": found.stake.number, "other": found.other.number, "clash": "rights",
        "severity": "1", "why": "Both",
    }  # fmt: skip


def conflict_body(world: World) -> Mapping[str, Any]:
    return {**conflict_form(world), "severity": 1}


def later(world: World) -> str:
    return (world.at + 2 * DAY).strftime("%Y-%m-%dT%H:%M")


def mediate_form(world: World) -> Mapping[str, Any]:
    return {"mediator": "beishan-street", "due_at": later(world)}


def meeting_form(world: World) -> Mapping[str, Any]:
    return {"held_at": timezone.localtime(world.at).strftime("%Y-%m-%dT%H:%M"), "note": "Talked"}


def promise_form(world: World) -> Mapping[str, Any]:
    return {
        "receiver": "baoshi-property", "means": "people", "amount": "50", "due_at": later(world),
    }  # fmt: skip


FIGURES: Final = b"area,indicator,value,year,source\n330106,density,5,2019,Yearbook\n"


def figure_form(world: World) -> Mapping[str, Any]:
    return {
        "area": "330106", "indicator": "density", "value": "5", "year": "2019", "source": "Book",
    }  # fmt: skip


def figures_body(world: World) -> Mapping[str, Any]:
    return {"figures": [figure_form(world) | {"year": 2019}]}


# fmt: off
PAGES: Final = (
    page("interests", read(**OWN)),
    page("stakes-csv", read(by="pan", **OWN)),
    page("stake-new", read(by="pan", **OWN), send(302, stake_form, by="pan", outsider=302)),
    page("stake", read(by="pan"), args=number_of("stake")),
    page("stake-step", send(302, by="mei"), args=number_of("recorded", step="confirm"),
         note="confirm"),
    page("stake-step", send(302, say(stake="Anew"), by="pan"),
         args=number_of("stake", step="revise"), note="revise"),
    page("stake-step", send(302, say(stake="Anew", reason="New"), by="ye"),
         args=number_of("recorded", step="record"), note="record"),
    page("stake-step", send(302), args=number_of("free", step="withdraw"), note="withdraw"),
    page("conflicts", read(**OWN)),
    page("conflicts-csv", read(by="pan", **OWN), query="?show=all"),
    page("conflict-new", read(by="pan", **OWN), send(302, conflict_form, by="pan", outsider=422)),
    page("conflict", read(by="pan"), args=number_of("conflict")),
    page("conflict-step", send(302, mediate_form, by="pan"), note="mediate",
         args=number_of("conflict", step="mediate")),
    page("conflict-step", send(302, say(reason="Wrong"), by="pan"), note="withdraw",
         args=number_of("conflict", step="withdraw")),
    page("conflict-step", send(302, meeting_form, by="ye"), note="meeting",
         args=number_of("mediated", step="meeting")),
    page("conflict-step", send(302, say(outcome="settled", terms="T", agreed="5"), by="ye"),
         note="terms", args=number_of("mediated", step="terms")),
    page("conflict-step", send(302, say(agreed="no", reason="No", round="1"), by="tang"),
         note="answer", args=number_of("proposed", step="answer")),
    page("conflict-step", send(302, by="ye"), note="close",
         args=number_of("proposed", step="close")),
    page("conflict-step", send(302, say(reason="No"), by="ye"), note="fail",
         args=number_of("mediated", step="fail")),
    page("conflict-step", send(302, say(terms="So be it", agreed="0"), by="shen"), note="decide",
         args=number_of("failed", step="decide")),
    page("conflict-step", send(302, promise_form, by="tang"), note="promise",
         args=number_of("settled", step="promise")),
    page("compensation-step", send(302, say(fund="hidden-budget", purpose="community"),
         by="tang"), note="ask", args=number_of("money", step="ask")),
    page("compensation-step", send(302, by="pan"), note="receive",
         args=number_of("goods", step="receive")),
    page("compensation-step", send(302, say(reason="No need"), by="pan"), note="waive",
         args=number_of("goods", step="waive")),
    page("interests-burden", read(**OWN)),
    page("interests-burden-csv", read(**OWN)),
    page("dependencies", read(**OWN)),
    page("dependencies", read(**OWN), query="?without=beishan-street", note="without a unit"),
    page("dependencies-csv", read(**OWN)),
    page("tensions", read(**OWN)),
    page("tensions-csv", read(**OWN), query="?inside=33"),
    page("figure-new", read(outsider=200), send(302, figure_form, outsider=422)),
    page("figure-import", read(outsider=200), send(302, say(file=FIGURES), outsider=422)),
)


def stake_body(world: World) -> Mapping[str, Any]:
    return {"area": "330106", "stake": "Roads", "cost": "12.50", "hours": "3"}


def mediation_body(world: World) -> Mapping[str, Any]:
    return {"mediator": "beishan-street", "due_at": (world.at + DAY).isoformat()}


def meeting_body(world: World) -> Mapping[str, Any]:
    return {"held_at": world.at.isoformat(), "note": "Talked"}


def promise_body(world: World) -> Mapping[str, Any]:
    return {
        "receiver": "baoshi-property", "means": "people", "amount": "50",
        "due_at": (world.at + DAY).isoformat(),
    }  # fmt: skip


# fmt: off
OPERATIONS: Final = (
    operation("interests_stake_list", "GET", 200, 200),
    operation("interests_stake_state", "POST", 201, 201, by="pan", body=stake_body),
    operation("interests_stake", "GET", 200, by="pan", args=number_of("stake")),
    operation("interests_stake_revise", "POST", 200, by="pan", args=number_of("stake"),
              body=say(stake="Anew")),
    operation("interests_stake_confirm", "POST", 200, by="mei", args=number_of("recorded")),
    operation("interests_stake_withdraw", "POST", 200, args=number_of("free")),
    operation("interests_conflict_list", "GET", 200, 200),
    operation("interests_conflict_matrix", "GET", 200, 200),
    operation("interests_conflict_declare", "POST", 201, 404, by="pan", body=conflict_body),
    operation("interests_conflict", "GET", 200, by="pan", args=number_of("settled")),
    operation("interests_conflict_withdraw", "POST", 200, by="pan", args=number_of("conflict"),
              body=say(reason="Wrong")),
    operation("interests_conflict_mediate", "POST", 200, by="pan", args=number_of("conflict"),
              body=mediation_body),
    operation("interests_conflict_meeting", "POST", 200, by="ye", args=number_of("mediated"),
              body=meeting_body),
    operation("interests_conflict_terms", "POST", 200, by="ye", args=number_of("mediated"),
              body=say(outcome="partly", terms="T")),
    operation("interests_conflict_answer", "POST", 200, by="tang", args=number_of("proposed"),
              body=say(agreed=True)),
    operation("interests_conflict_close", "POST", 200, by="ye", args=number_of("proposed"),
              body=say()),
    operation("interests_conflict_decide", "POST", 200, args=number_of("failed"),
              body=say(terms="So be it", agreed="5")),
    operation("interests_compensation_promise", "POST", 201, by="tang", body=promise_body,
              args=number_of("settled")),
    operation("interests_compensation_ask", "POST", 200, by="tang", args=number_of("money"),
              body=say(fund="hidden-budget")),
    operation("interests_compensation_receive", "POST", 200, by="pan", args=number_of("goods")),
    operation("interests_compensation_waive", "POST", 200, by="pan", args=number_of("goods"),
              body=say(reason="No need")),
    operation("interests_burden_balance", "GET", 200, 200),
    operation("interests_dependency_map", "GET", 200, 200),
    operation("interests_without_unit", "GET", 200, 200,
              args=lambda world: {"code": "beishan-street"}),
    operation("interests_tension_list", "GET", 200, 200, query="?inside=33"),
    operation("interests_tension_record", "POST", 201, 403, body=figures_body),
)
