"""Mutual aid: packages, calls, offers, agreements, deployments, cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from contract.rows import OWN, Build, Row, operation, page, read, say, send
from contract.world import World

from tongzhou.aid.actions.claim_cost import CostItem, claim_cost
from tongzhou.aid.actions.confirm_arrival import confirm_arrival
from tongzhou.aid.actions.deploy import deploy
from tongzhou.aid.actions.draft_agreement import draft_agreement
from tongzhou.aid.actions.offer_aid import offer_aid
from tongzhou.aid.actions.publish_package import PackageItem, publish_package
from tongzhou.aid.actions.release import release
from tongzhou.aid.actions.request_aid import request_aid
from tongzhou.aid.actions.sign_agreement import sign_agreement
from tongzhou.aid.models import Agreement, AidOffer, AidRequest, Cost, Deployment, Package
from tongzhou.funds.actions.open_fund import open_fund

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECRETS: Final = {
    "what aid is asked for": "Hidden call for sampling teams",
    "why it is urgent": "Hidden outbreak of the district",
    "conditions of an offer": "Hidden conditions of the sender",
    "note for the host": "Hidden note of the departure",
    "where they lodge": "Hidden hotel of the team",
    "line of the cost": "Hidden wages of the team",
}


@dataclass(frozen=True)
class Made:
    """The objects of this room, in the states that the rows need."""

    package: Package
    call: AidRequest
    offer: AidOffer
    draft: Agreement
    force: Agreement
    way: Deployment
    here: Deployment
    back: Deployment
    other: Agreement
    other_call: AidRequest
    cost: Cost


def furnish(world: World) -> Made:
    """Wenzhou calls, Hangzhou's health commission sends; Hangzhou's headquarters signs for it."""
    cast, at = world.cast, world.at - HOUR
    package = publish_package(
        code="hidden-team", name_zh="采样队", name_en="Sampling team", kind="testing", days=10,
        lines=[PackageItem("people", Decimal(12), skill="sampling", cost=500_00)],
        by=cast.xia, at=at,
    )  # fmt: skip

    def asked() -> AidRequest:
        return request_aid(
            kind="testing", what=SECRETS["what aid is asked for"], count=20,
            asked=[cast.units["hz-health"]], starts_on=at.date(), ends_on=at.date() + 14 * DAY,
            priority=1, reason=SECRETS["why it is urgent"], by=cast.he, at=at,
        )  # fmt: skip

    call = asked()

    def offered() -> AidOffer:
        return offer_aid(
            request=call, count=2, arrives_at=world.at + DAY, ends_on=at.date() + 10 * DAY,
            people=12, cost=900_00, conditions=SECRETS["conditions of an offer"], by=cast.xia,
            at=at,
        )  # fmt: skip

    def in_force() -> Agreement:
        found = draft_agreement(offer=offered(), by=cast.he, at=at)
        sign_agreement(agreement=found, by=cast.he, at=at)
        sign_agreement(agreement=found, by=cast.lou, at=at)
        return found

    def sent(agreement: Agreement) -> Deployment:
        note = SECRETS["note for the host"]
        return deploy(agreement=agreement, count=1, note=note, by=cast.xia, at=at)

    def arrived(agreement: Agreement) -> Deployment:
        place = SECRETS["where they lodge"]
        return confirm_arrival(deployment=sent(agreement), place=place, by=cast.he, at=at)

    force, other = in_force(), in_force()
    lines = [CostItem(SECRETS["line of the cost"], 100_00)]
    open_fund(
        code="wz-aid-fund", name_zh="温州资金", source="budget", starts_on=at.date() - DAY,
        by=cast.he, at=at,
    )  # fmt: skip
    return Made(
        package=package,
        call=call,
        offer=offered(),
        draft=draft_agreement(offer=offered(), by=cast.he, at=at),
        force=force,
        way=sent(force),
        here=arrived(other),
        other=other,
        other_call=asked(),
        back=release(deployment=arrived(other), by=cast.he, at=at),
        cost=claim_cost(agreement=other, lines=lines, by=cast.xia, at=at),
    )


def made(world: World) -> Made:
    found: Made = world.of["aid"]
    return found


def number_of(name: str, **more: Any) -> Build:
    return lambda world: {"number": getattr(made(world), name).number, **more}


def id_of(name: str, **more: Any) -> Build:
    return lambda world: {"id": getattr(made(world), name).id, **more}


def package_code(world: World) -> Mapping[str, Any]:
    return {"code": made(world).package.code}


def package_form(world: World) -> Mapping[str, Any]:
    return {
        "code": "new-team", "name_zh": "新队", "name_en": "New team", "kind": "medical",
        "days": "5", "since": world.at.date().isoformat(), "part-0": "people",
        "skill-0": "nurse", "quantity-0": "4", "cost-0": "100",
    }  # fmt: skip


def call_form(world: World) -> Mapping[str, Any]:
    day = world.at.date()
    return {
        "kind": "testing", "what": "Teams", "count": "2", "asked": "hz-health",
        "starts_on": day.isoformat(), "ends_on": (day + 5 * DAY).isoformat(), "priority": "2",
        "reason": "Short",
    }  # fmt: skip


def offer_form(world: World) -> Mapping[str, Any]:
    return {
        "count": "1", "arrives_at": world.later_local, "cost": "50",
        "ends_on": (world.at.date() + 9 * DAY).isoformat(),
    }  # fmt: skip


def prolong_form(world: World) -> Mapping[str, Any]:
    day = world.at.date() + 30 * DAY
    return {"ends_on": day.isoformat(), "reason": "Longer"}


def amend_form(world: World) -> Mapping[str, Any]:
    return {
        "count": "2", "cost": "950", "arrives_at": world.later_local, "payment": "asker",
        "ends_on": (world.at.date() + 12 * DAY).isoformat(), "liability": "each",
        "reason": "Longer",
    }  # fmt: skip


def hosting_form(world: World) -> Mapping[str, Any]:
    return {"people": "30", "since": world.at.date().isoformat()}


def step(name: str, verb: str, by: str, of: str, body: Build, *, key: str = "number") -> Row:
    """A form beside its thing."""
    args = (id_of if key == "id" else number_of)(of, step=verb)
    return page(name, send(302, body, by=by), args=args, note=verb)


REASON: Final = say(reason="Because")
ONE: Final = say(count="1", difference="")
# fmt: off
PAGES: Final = (
    page("aid", read(**OWN)),
    page("aid", read(by="he", **OWN), query="?show=asked&q=hidden&kind=testing", note="filtered"),
    page("aid-export", read(by="he", **OWN)),
    page("aid-new", read(by="he", **OWN), send(302, call_form, by="he", outsider=422)),
    page("aid-hosting", read(by="he", **OWN),
         send(302, hosting_form, by="he", outsider=302), query="?from=2020-01-01"),
    page("aid-packages", read(**OWN), query="?q=sampling"),
    page("aid-package-new", read(by="xia", **OWN),
         send(302, package_form, by="xia", outsider=302)),
    page("aid-package", read(by="he", **OWN), args=package_code),
    page("aid-package-retire", send(302, by="xia", outsider=403), args=package_code),
    page("aid-request", read(by="he"), args=number_of("call")),
    page("aid-request", read(by="xia"), args=number_of("call"), note="by who was asked"),
    page("aid-offer-new", read(by="xia"), send(302, offer_form, by="xia"), args=number_of("call")),
    step("aid-request-step", "prolong", "he", "call", prolong_form),
    step("aid-request-step", "close", "he", "call", REASON),
    step("aid-request-step", "decline", "xia", "other_call", REASON),
    step("aid-offer-step", "take", "he", "offer",
         say(count="1", payment="asker", liability="asker")),
    step("aid-offer-step", "decline", "he", "offer", REASON),
    step("aid-offer-step", "withdraw", "xia", "offer", REASON),
    page("aid-agreement", read(by="he"), args=number_of("force")),
    page("aid-agreement", read(by="lou"), args=number_of("draft"), note="to be signed"),
    page("aid-agreement-paper", read(by="xia"), args=number_of("draft")),
    step("aid-agreement-step", "sign", "lou", "draft", say(version="1", sure="on")),
    step("aid-agreement-step", "amend", "he", "force", amend_form),
    step("aid-agreement-step", "cancel", "he", "draft", REASON),
    step("aid-agreement-step", "deploy", "xia", "force", say(count="1")),
    step("aid-agreement-step", "claim", "xia", "other", say(lines="Fuel 12.50")),
    step("aid-stay-step", "arrive", "he", "way", ONE, key="id"),
    step("aid-stay-step", "release", "he", "here", ONE, key="id"),
    step("aid-stay-step", "home", "xia", "back", ONE, key="id"),
    step("aid-cost-step", "pay", "he", "cost", say(fund="wz-aid-fund", purpose="testing")),
    step("aid-cost-step", "refuse", "he", "cost", REASON),
    step("aid-cost-step", "give", "xia", "cost", REASON),
)


def package_body(world: World) -> Mapping[str, Any]:
    return {
        "code": "newer-team", "name_zh": "新队", "kind": "medical", "days": 5,
        "lines": [{"part": "people", "quantity": 4, "skill": "nurse", "cost": "100.50"}],
    }  # fmt: skip


def call_body(world: World) -> Mapping[str, Any]:
    day = world.at.date()
    return {
        "kind": "testing", "what": "Teams", "count": 2, "asked": ["hz-health"],
        "starts_on": day.isoformat(), "ends_on": (day + 5 * DAY).isoformat(), "priority": 2,
        "reason": "Short",
    }  # fmt: skip


def offer_body(world: World) -> Mapping[str, Any]:
    return {
        "count": 1, "arrives_at": world.later, "cost": "0",
        "ends_on": (world.at.date() + 9 * DAY).isoformat(),
    }  # fmt: skip


def api(name: str, of: str, by: str, body: Build, status: int = 200, *, key: str = "number") -> Row:
    args = (id_of if key == "id" else number_of)(of)
    return operation(f"aid_{name}", "POST", status, by=by, args=args, body=body)


def hosting_body(world: World) -> Mapping[str, Any]:
    return {"people": 30, "since": world.at.date().isoformat()}


OPERATIONS: Final = (
    operation("aid_package_list", "GET", 200, 200),
    operation("aid_package_publish", "POST", 201, 201, by="xia", body=package_body),
    operation("aid_package", "GET", 200, 200, args=package_code),
    operation("aid_package_retire", "POST", 200, 403, by="xia", args=package_code),
    operation("aid_hosting_load", "GET", 200, 200),
    operation("aid_hosting_set", "POST", 200, 200, by="he", body=hosting_body),
    operation("aid_call_list", "GET", 200, 200, by="he"),
    operation("aid_call_make", "POST", 201, 403, by="he", body=call_body),
    operation("aid_call_one", "GET", 200, by="xia", args=number_of("call")),
    api("call_prolong", "call", "he", prolong_form),
    api("call_close", "call", "he", REASON),
    api("call_decline", "other_call", "xia", REASON),
    api("offer_make", "call", "xia", offer_body, 201),
    api("offer_withdraw", "offer", "xia", REASON),
    api("offer_decline", "offer", "he", REASON),
    api("offer_take", "offer", "he", say(count=1), 201),
    operation("aid_agreement_one", "GET", 200, by="lou", args=number_of("force")),
    api("agreement_sign", "draft", "lou", say(version=1)),
    api("agreement_amend", "force", "xia", say(cost="950", reason="Longer")),
    api("agreement_cancel", "draft", "xia", REASON),
    api("stay_send", "force", "xia", say(count=1), 201),
    api("stay_arrive", "way", "he", say(place="Hotel"), key="id"),
    api("stay_release", "here", "he", say(), key="id"),
    api("stay_home", "back", "xia", say(difference="A freezer"), key="id"),
    api("cost_claim", "other", "xia", say(lines=[{"what": "Fuel", "amount": "5"}]), 201),
    api("cost_pay", "cost", "he", say(fund="wz-aid-fund")),
    api("cost_refuse", "cost", "he", REASON),
    api("cost_give", "cost", "xia", REASON),
)
