"""Whatever is done with shipments in whatever order: nothing appears and nothing vanishes."""

from contextlib import suppress
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.shipments.conftest import AT, HOUR, Planning, in_site, in_transit, reserved

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import Refusal
from tongzhou.shipments.actions.arrive_shipment import arrive_shipment
from tongzhou.shipments.actions.cancel_shipment import cancel_shipment
from tongzhou.shipments.actions.counting import Counted
from tongzhou.shipments.actions.explain_difference import explain_difference
from tongzhou.shipments.actions.leave_shipment import leave_shipment
from tongzhou.shipments.actions.load_shipment import load_shipment
from tongzhou.shipments.actions.pick_shipment import pick_shipment
from tongzhou.shipments.actions.receive_shipment import receive_shipment
from tongzhou.shipments.actions.report_lost import report_lost
from tongzhou.shipments.actions.take_back_shipment import take_back_shipment
from tongzhou.shipments.actions.turn_back_shipment import turn_back_shipment
from tongzhou.shipments.choices import BEFORE_LEAVING, Cause, State
from tongzhou.shipments.models import Difference, Shipment
from tongzhou.stock.models import Entry, Site

#: What may be tried in each state; who has done with it may try again.
NEXT: Final[dict[str, tuple[str, ...]]] = {
    State.PLANNED: ("load", "load", "pick", "cancel"),
    State.PICKED: ("load", "cancel"),
    State.LOADED: ("leave", "leave", "leave", "cancel"),
    State.ON_THE_WAY: ("receive", "arrive", "back", "lost"),
    State.ARRIVED: ("receive", "receive", "back", "leave"),
    State.RETURNING: ("take", "take", "lost"),
}
OVER: Final = ("explain", "explain", "explain", "receive", "arrive", "take")
WHO: Final = {"leave": "chu", "arrive": "chu", "lost": "chu", "receive": "mei", "back": "mei"}
STEP = st.tuples(
    st.integers(0, 11),
    st.integers(0, 45),
    st.sampled_from([0, 0, 3]),
    st.sampled_from(list(Cause)),
    st.sampled_from(["", "", "", "ruan", "chu", "mei", "ou"]),
)
Step = tuple[int, int, int, Cause, str]


def move(cast: Cast, shipment: Shipment, step: Step, hour: int) -> None:
    """One act that the state leads to; sometimes by somebody who may not."""
    drawn, amount, damaged, cause, other = step
    ahead = NEXT.get(shipment.state, OVER)
    verb = ahead[drawn % len(ahead)]
    name = other or WHO.get(verb, "ruan")
    who: dict[str, Any] = {"by": cast.posts[name], "at": AT + hour * HOUR}
    it: dict[str, Any] = {"shipment": shipment, **who}
    line = shipment.lines.order_by("position")[0].id
    counted = [Counted(line, amount, damaged, "Drawn")]
    match verb:
        case "pick":
            pick_shipment(picked={line: amount}, **it)
        case "load":
            load_shipment(loaded={line: amount}, **it)
        case "leave":
            leave_shipment(**it)
        case "arrive":
            arrive_shipment(**it)
        case "receive":
            receive_shipment(counted=counted, **it)
        case "back":
            turn_back_shipment(reason="Drawn", **it)
        case "take":
            take_back_shipment(counted=counted, **it)
        case "lost":
            report_lost(reason="Drawn", **it)
        case "cancel":
            cancel_shipment(reason="Drawn", **it)
        case "explain":
            one = Difference.objects.filter(explained_at=None).order_by("id").first()
            if one is not None:
                explain_difference(difference=one, cause=cause, explanation="Drawn", **who)


def open_quantity(shipment: Shipment) -> Decimal:
    """What waits for an explanation and is still on the way."""
    waiting = Difference.objects.filter(explained_at=None, line__shipment=shipment)
    found = waiting.exclude(kind="more").aggregate(total=Sum("quantity"))["total"]
    return found or Decimal(0)


def test_nothing_appears_and_nothing_vanishes(
    cast: Cast, plan: Planning, store: Site, point: Site
) -> None:
    reached: set[str] = set()

    @settings(
        derandomize=True, max_examples=15, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.booleans(), st.lists(STEP, min_size=5, max_size=8))
    def lives(into_use: bool, steps: list[Step]) -> None:
        beginning = transaction.savepoint()
        use = {"to_site": None, "receiver": cast.units["baoshi-community"]}
        shipment = plan(**(use if into_use else {}))
        for hour, step in enumerate(steps, start=1):
            # Whatever is refused must have changed nothing.
            with suppress(Refusal):
                move(cast, shipment, step, hour)
            shipment.refresh_from_db()
            hold(shipment)
        reached.add(shipment.state)
        transaction.savepoint_rollback(beginning)

    def hold(shipment: Shipment) -> None:
        sums = Entry.objects.values("item").annotate(total=Sum("quantity"))
        assert {row["total"] for row in sums} == {Decimal(0)}
        lines = list(shipment.lines.all())
        before = shipment.state in (*BEFORE_LEAVING, State.CANCELLED)
        assert (in_transit(shipment) == 0) if before else (reserved(store) == 0)
        if shipment.state in (State.ON_THE_WAY, State.ARRIVED, State.RETURNING):
            assert in_transit(shipment) == sum(line.loaded or 0 for line in lines)
        if shipment.state in (State.RECEIVED, State.RETURNED, State.LOST):
            assert in_transit(shipment) == open_quantity(shipment)
        if shipment.to_site and shipment.state == State.RECEIVED:
            assert in_site(point) == sum(line.received or 0 for line in lines)

    lives()
    assert reached >= {State.RECEIVED, State.CANCELLED, State.RETURNED}
