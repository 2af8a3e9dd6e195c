"""Addresses of needs, offers and hospitals. A need is seen by its unit, those above it, those who
answer for its place; an offer that was not answered by its desk alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from contract.rows import OWN, PUBLIC, Build, operation, page, read, say, send
from contract.world import World
from django.core.files.uploadedfile import SimpleUploadedFile

from tongzhou.needs.actions.ask_for import Wanted, ask_for
from tongzhou.needs.actions.commit import commit
from tongzhou.needs.actions.offer_publicly import offer_publicly
from tongzhou.needs.actions.offering import Offered
from tongzhou.needs.models import Commitment, Need, NeedLine, Offer

DAY = timedelta(days=1)
SECRETS: Final = {
    "reason of the need": "Hidden reason of the need",
    "note of the need": "Hidden note of the need",
    "conditions of the offer": "Hidden conditions of the offer",
    "name of the donor": "Hidden donor of masks",
}
CSV: Final = b"unit,item,quantity\nbaoshi-community,N95,50\n"


@dataclass(frozen=True)
class Made:
    """A need with a line, another that can be done away with, a commitment to be received and
    one to be taken back, two offers of donors."""

    need: Need
    line: NeedLine
    other: Need
    repeat: Need
    third: Need
    fourth: Need
    given: Commitment
    back: Commitment
    received: Commitment
    withdrawn: Commitment
    offer: Offer
    second: Offer
    last: Offer


def furnish(world: World) -> Made:
    """Makes them: the headquarters asks and gives."""
    cast, at, items = world.cast, world.at - timedelta(hours=1), world.of["catalogue"].items

    def asked() -> Need:
        return ask_for(
            lines=[Wanted(items["mask-n95"], 1000)], priority=2,
            reason=SECRETS["reason of the need"], note=SECRETS["note of the need"],
            unit=cast.units["xh-command"], by=cast.shen, at=at,
        )  # fmt: skip

    need, other, repeat, third, fourth = (asked() for _ in range(5))
    own = _own(world, items, at)
    held = NeedLine.objects.select_related("need", "item").get(need=need)
    mine = NeedLine.objects.select_related("need", "item").get(need=own)

    def given(line: NeedLine) -> Commitment:
        return commit(line=line, quantity=10, by=cast.shen, at=at)

    def offered() -> Offer:
        return offer_publicly(
            lines=[Offered(items["mask-n95"], 300)], area=cast.areas["33"],
            conditions=SECRETS["conditions of the offer"],
            contact_name=SECRETS["name of the donor"], at=at,
        )  # fmt: skip

    return Made(
        need, held, other, repeat, third, fourth, given(mine), given(held),
        given(mine), given(held),
        offered(), offered(), offered(),
    )  # fmt: skip


def _own(world: World, items: Mapping[str, Any], at: Any) -> Need:
    cast = world.cast
    return ask_for(lines=[Wanted(items["goggles"], 1000)], by=cast.shen, at=at)


def made(world: World) -> Made:
    """What ``furnish`` made."""
    found: Made = world.of["needs"]
    return found


def of(name: str = "need", **more: Any) -> Build:
    return lambda world: {"number": getattr(made(world), name).number, **more}


def line_of(world: World) -> Mapping[str, Any]:
    return {"number": made(world).need.number, "line": made(world).line.id}


def on(name: str, **more: Any) -> Build:
    return lambda world: {"id": getattr(made(world), name).id, **more}


def into(world: World) -> Mapping[str, Any]:
    return {"into": str(made(world).need.number)}


def changed(world: World) -> Mapping[str, Any]:
    return {f"amount_{made(world).line.id}": "1200", "priority": "2", "reason": "x", "why": "y"}


def changed_to(world: World) -> Mapping[str, Any]:
    return {"why": "y", "amounts": {str(made(world).line.id): {"quantity": "1300"}}}


def merged(world: World) -> Mapping[str, Any]:
    return {"into": made(world).need.number}


def sheet(world: World) -> Mapping[str, Any]:
    return {"source": "table", "files": SimpleUploadedFile("needs.csv", CSV)}


def offered(world: World) -> Mapping[str, Any]:
    return {"item_1": "N95", "amount_1": "5", "area": "33",
            "once": "0190b2d4-0000-7000-8000-000000000009"}  # fmt: skip


def code_of(world: World) -> str:
    return str(made(world).offer.code)


ASK: Final = say(item_1="N95", amount_1="5", priority="3")
HOSPITAL: Final = say(code="hz-hospital")
WHY: Final = say(reason="Because")
PAGES: Final = (
    page("needs", read(**OWN)),
    page("needs-export", read(**OWN), args=say(kind="csv")),
    page("need-new", read(**OWN), send(body=ASK, outsider=302)),
    page("need-read", read(**OWN), send(200, body=say(text="急需N95口罩500个"), outsider=200)),
    page("need-repeats", read(**OWN)),
    page("need-idle", read(**OWN)),
    page("need-items", read(**OWN), query="?q=N95"),
    page("needs-import", read(**OWN), send(200, body=sheet, **OWN)),
    page("need", read(), args=of()),
    page("need-give", read(), send(body=say(amount="5")), args=line_of),
    page("need-act", read(), send(body=changed), args=of(verb="change"), note="change"),
    page("need-act", read(), send(body=WHY), args=of(verb="pass"), note="pass"),
    page("need-act", read(), send(body=WHY), args=of("other", verb="withdraw"), note="withdraw"),
    page("need-act", send(), args=of(verb="confirm"), note="confirm"),
    page("need-act", send(body=into), args=of("repeat", verb="merge"), note="merge"),
    page("commitment-act", send(body=say(quantity="10")), args=on("given", verb="receive"),
         note="receive"),
    page("commitment-act", send(body=WHY), args=on("back", verb="withdraw"), note="withdraw"),
    page("offers", read(**OWN)),
    page("offer-new", read(**OWN), send(body=ASK, outsider=302)),
    page("offer", read(), args=of("offer")),
    page("offer-answer", read(), send(body=say(accepted="yes")), args=of("offer")),
    page("offer-withdraw", read(), send(body=WHY), args=of("second")),
    page("offer-public", read(**PUBLIC), send(302, body=offered, outsider=302, visitor=302)),
    page("offer-follow", read(**PUBLIC)),
    page("hospitals", read(**OWN)),
    page("hospital", read(), send(body=say(beds="20")), args=HOSPITAL),
)  # fmt: skip

NEW: Final = say(lines=[{"item": "N95", "quantity": "5"}])
OPERATIONS: Final = (
    operation("needs_need_board", "GET", outsider=200),
    operation("needs_need_ask", "POST", 201, 201, body=NEW),
    operation("needs_need_read", "POST", outsider=200, body=say(text="急需N95口罩500个")),
    operation("needs_need", "GET", args=of()),
    operation("needs_need_withdraw", "POST", args=of("third"), body=WHY),
    operation("needs_need_confirm", "POST", args=of()),
    operation("needs_need_pass", "POST", args=of(), body=WHY),
    operation("needs_need_change", "POST", args=of(), body=changed_to),
    operation("needs_need_merge", "POST", args=of("fourth"), body=merged),
    operation("needs_need_matches", "GET", args=line_of),
    operation("needs_need_commit", "POST", 201, args=line_of, body=say(quantity="5")),
    operation("needs_commitment_receive", "POST", args=on("received"), body=say(quantity="10")),
    operation("needs_commitment_withdraw", "POST", args=on("withdrawn"), body=WHY),
    operation("needs_offer_list", "GET", outsider=200),
    operation("needs_offer_make", "POST", 201, 201, body=NEW),
    operation("needs_offer", "GET", args=of("offer")),
    operation("needs_offer_answer", "POST", args=of("offer"), body=say(accepted=True)),
    operation("needs_offer_withdraw", "POST", args=of("last"), body=WHY),
    operation("needs_hospital_list", "GET", outsider=200),
    operation("needs_hospital_report", "POST", 201, args=HOSPITAL, body=say(beds=20)),
)  # fmt: skip
