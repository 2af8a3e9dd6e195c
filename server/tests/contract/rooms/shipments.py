"""Shipments, from the plan to the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from contract.rows import OWN, PUBLIC, Build, Row, operation, page, read, say, send
from contract.world import World
from django.core.files.uploadedfile import SimpleUploadedFile

from tongzhou.catalogue.models import Item, ItemName
from tongzhou.shipments.actions.counting import Counted
from tongzhou.shipments.actions.leave_shipment import leave_shipment
from tongzhou.shipments.actions.load_shipment import load_shipment
from tongzhou.shipments.actions.plan_shipment import Wanted, plan_shipment
from tongzhou.shipments.actions.receive_shipment import receive_shipment
from tongzhou.shipments.actions.turn_back_shipment import turn_back_shipment
from tongzhou.shipments.models import Difference, Proof, Shipment
from tongzhou.stock.actions.open_site import open_site
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods
from tongzhou.stock.models import Site

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PDF: Final = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ITEM: Final = "hidden-mask"
SECRETS: Final = {
    "note for the road": "Hidden note for the road",
    "why a line differs": "Hidden reason of the difference",
    "why it was turned back": "Hidden reason of the refusal",
    "site that it comes from": "Hidden store of the hospital",
}


@dataclass(frozen=True)
class Made:
    """A shipment in each state that the rows need."""

    store: Site
    planned: Shipment
    loaded: Shipment
    left: Shipment
    returning: Shipment
    received: Shipment
    difference: Difference
    proof: Proof


def furnish(world: World) -> Made:
    """The hospital sends, the volunteers carry, the community gets."""
    cast, at = world.cast, world.at - HOUR
    item = Item.objects.create(
        code=ITEM, name_zh="隐名口罩", name_en="Respirator for the road", declared_at=at
    )
    ItemName.objects.create(item=item, text=ITEM, folded="hiddenmask")
    store = open_site(
        code="shipping-store", name_zh="隐名库", name_en=SECRETS["site that it comes from"],
        unit=cast.units["hz-hospital"], by=cast.ruan, at=at,
    )  # fmt: skip
    receive_goods(site=store, lines=[Incoming(item, 900, batch="B1")], by=cast.ruan, at=at)

    def planned() -> Shipment:
        return plan_shipment(
            from_site=store, wanted=[Wanted(item, 10)], receiver=cast.units["baoshi-community"],
            carrier=cast.units["lvyuan-volunteers"], due_at=world.at + DAY,
            note=SECRETS["note for the road"], by=cast.ruan, at=at,
        )  # fmt: skip

    def loaded() -> Shipment:
        return load_shipment(shipment=planned(), by=cast.ruan, at=at)

    def left() -> Shipment:
        return leave_shipment(shipment=loaded(), by=cast.chu, at=at)

    received = left()
    receive_shipment(
        shipment=received,
        counted=[Counted(received.lines.get().id, 9, 0, SECRETS["why a line differs"])],
        files=[SimpleUploadedFile("note.pdf", PDF)], by=cast.mei, at=at,
    )  # fmt: skip
    return Made(
        store=store,
        planned=planned(),
        loaded=loaded(),
        left=left(),
        returning=turn_back_shipment(
            shipment=left(), reason=SECRETS["why it was turned back"], by=cast.mei, at=at
        ),
        received=received,
        difference=Difference.objects.get(),
        proof=Proof.objects.get(),
    )


def made(world: World) -> Made:
    """What ``furnish`` made."""
    found: Made = world.of["shipments"]
    return found


def number_of(name: str) -> Build:
    return lambda world: {"number": getattr(made(world), name).number}


def verb(name: str, of: str) -> Build:
    return lambda world: {"number": getattr(made(world), of).number, "verb": name}


def difference(world: World) -> Mapping[str, Any]:
    return {"number": made(world).received.number, "id": made(world).difference.id}


def head(world: World) -> Mapping[str, Any]:
    return {"number": made(world).left.number, "key": made(world).left.key}


def plan_form(world: World) -> Mapping[str, Any]:
    return {f"q-{ITEM}::": "5", "receiver": "baoshi-community", "due_at": world.later_local}


def plan_body(world: World) -> Mapping[str, Any]:
    return {
        "from_site": "shipping-store", "receiver": "baoshi-community", "due_at": world.later,
        "lines": [{"item": ITEM, "quantity": 5}],
    }  # fmt: skip


def act(name: str, of: str, by: str, **body: Any) -> Row:
    """One tap."""
    return page("shipment-act", send(302, say(**body), by=by), args=verb(name, of), note=name)


def form(name: str, of: str, by: str, **body: Any) -> Row:
    """With a form."""
    asks = (read(by=by), send(302, say(**body), by=by))
    return page("shipment-act", *asks, args=verb(name, of), note=name)


def api(name: str, of: str, by: str, **body: Any) -> Row:
    return operation(
        f"shipments_shipment_{name}", "POST", by=by, args=number_of(of), body=say(**body)
    )


# fmt: off
PAGES: Final = (
    page("shipments", read(**OWN)),
    page("shipments", read(by="mei", **OWN), query="?show=receive&q=hidden", note="filtered"),
    page("shipments-export", read(**OWN)),
    page("shipments-map", read(by="mei", **OWN)),
    page("shipment-new", read(302, by="ruan", **OWN), query="?site=", note="the only site"),
    page("shipment-new", read(by="ruan"), send(302, plan_form, by="ruan"),
         query="?site=shipping-store"),
    page("shipment", read(by="mei"), args=number_of("received")),
    page("shipment", read(by="ruan"), args=number_of("planned"), note="to be picked"),
    page("shipment", read(by="chu"), args=number_of("loaded"), note="to set off"),
    page("shipment", read(by="mei"), args=number_of("left"), note="to be received"),
    page("shipment", read(by="lou"), args=number_of("returning"), note="from above"),
    page("shipment-file", read(by="chu"), args=lambda world: {"id": made(world).proof.id}),
    page("shipment-label", read(by="ruan"), args=number_of("planned")),
    page("shipment-pick-list", read(by="ruan"), args=number_of("planned")),
    page("shipment-note", read(by="chu"), args=number_of("loaded")),
    page("shipment-head", read(302, by="mei", **PUBLIC), args=head),
    page("difference-explain", read(by="chu"),
         send(302, say(cause="lost", explanation="Fell off"), by="chu"), args=difference),
    form("pick", "planned", "ruan"),
    form("load", "planned", "ruan"),
    act("leave", "loaded", "chu"),
    form("position", "left", "chu", area="330106"),
    act("arrive", "left", "chu"),
    form("receive", "left", "mei"),
    form("turn-back", "left", "mei", reason="Wrong"),
    form("lost", "left", "chu", reason="No call"),
    form("take-back", "returning", "ruan"),
    form("cancel", "planned", "ruan", reason="Not needed"),
)

OPERATIONS: Final = (
    operation("shipments_shipment_list", "GET", 200, 200),
    operation("shipments_shipment_plan", "POST", 201, by="ruan", body=plan_body),
    operation("shipments_shipment", "GET", by="mei", args=number_of("received")),
    api("pick", "planned", "ruan"),
    api("load", "planned", "ruan", vehicle="B"),
    api("cancel", "planned", "ruan", reason="Not needed"),
    api("leave", "loaded", "chu"),
    api("position", "left", "chu", area="330106"),
    api("arrive", "left", "chu"),
    api("receive", "left", "mei"),
    operation("shipments_shipment_receive_picture", "POST", by="mei", args=number_of("left"),
              files=("file",), body=say(file=PDF)),
    api("turn_back", "left", "mei", reason="Wrong"),
    api("take_back", "returning", "ruan"),
    api("lost", "left", "chu", reason="No call"),
    operation("shipments_shipment_explain", "POST", by="chu", args=difference,
              body=say(cause="lost", explanation="Fell off")),
)
# fmt: on
