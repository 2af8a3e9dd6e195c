"""Goods that are moved and shipped by somebody who may die at any moment, and what the books
must say whenever one looks."""

from typing import Final

#: A parent that lets children move goods and kills each somewhere in its work. A child says
#: after each act that it is done, so a kill follows so many acts and falls anywhere in the
#: next one.
PLAY: Final = """
import json, os, random, signal, time
from contextlib import suppress
from datetime import timedelta
from django.db import connections
from tongzhou.catalogue.actions.lay_out_catalogue import lay_out_catalogue
from tongzhou.catalogue.models import Item
from tongzhou.actors.models import Post
from tongzhou.demo.cast import assemble
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.kernel.ids import new_id
from tongzhou.shipments.actions.arrive_shipment import arrive_shipment
from tongzhou.shipments.actions.cancel_shipment import cancel_shipment
from tongzhou.shipments.actions.counting import Counted
from tongzhou.shipments.actions.explain_difference import explain_difference
from tongzhou.shipments.actions.leave_shipment import leave_shipment
from tongzhou.shipments.actions.load_shipment import load_shipment
from tongzhou.shipments.actions.plan_shipment import Wanted, plan_shipment
from tongzhou.shipments.actions.receive_shipment import receive_shipment
from tongzhou.shipments.models import Difference, Shipment
from tongzhou.stock import accounts
from tongzhou.stock.actions.issue_goods import issue_goods
from tongzhou.stock.actions.move_goods import move_goods
from tongzhou.stock.actions.open_site import open_site
from tongzhou.stock.actions.outgoing import Outgoing
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods
from tongzhou.stock.actions.release import release
from tongzhou.stock.actions.reserve import reserve
from tongzhou.stock.actions.take import take
from tongzhou.stock.models import Reservation, Site

at = clock.now()
if not Site.objects.exists():
    cast = assemble(at=at - timedelta(days=1))
    lay_out_catalogue(by=cast.shen, at=at)
    for n in (1, 2):
        open_site(code=f"s{n}", name_zh="库", unit=cast.ruan.unit, by=cast.ruan, at=at)
item = Item.objects.get(code="mask-n95")
ruan = Post.objects.select_related("unit__area", "person").get(person__username="ruan")
stores = list(Site.objects.order_by("code"))

def act(chance):
    one, other = chance.sample(stores, 2)
    much = chance.randint(1, 20)
    kept = Reservation.objects.filter(ended_at=None).order_by("id").first()
    acts = {
        "receive": lambda: receive_goods(site=one, lines=[Incoming(item, 30)], by=ruan, at=at),
        "issue": lambda: issue_goods(site=one, lines=[Outgoing(item, much)], by=ruan, at=at),
        "move": lambda: move_goods(
            site=one, to=other, lines=[Outgoing(item, much)], by=ruan, at=at),
        "reserve": lambda: reserve(site=one, item=item, quantity=much, for_kind="need",
            for_id=new_id(), by=ruan, at=at),
        "release": lambda: kept and release(reservation=kept, by=ruan, at=at),
        "take": lambda: kept and take(reservation=kept, by=ruan, at=at,
            to=accounts.on_the_way("shipment", one.id, unit=ruan.unit)),
    }
    acts |= {f"ship {n}": lambda: ship(chance, one, other, much) for n in range(len(acts))}
    with suppress(Refusal):
        acts[chance.choice(list(acts))]()

def ship(chance, one, other, much):
    # The next act of the oldest shipment that is not over; some come short.
    open_ = Difference.objects.filter(explained_at=None).select_related("line").first()
    if open_:
        return explain_difference(
            difference=open_, cause="lost", explanation="Fell", by=ruan, at=at)
    going = Shipment.objects.filter(
        state__in=["planned", "loaded", "on_the_way", "arrived"]).order_by("number").first()
    if going is None:
        return plan_shipment(from_site=one, to_site=other, wanted=[Wanted(item, much)],
            due_at=at + timedelta(days=1), by=ruan, at=at)
    it = {"shipment": going, "by": ruan, "at": at}
    match going.state:
        case "planned" if chance.random() < 0.2:
            cancel_shipment(reason="Not needed", **it)
        case "planned":
            load_shipment(**it)
        case "loaded":
            leave_shipment(**it)
        case "on_the_way":
            arrive_shipment(**it)
        case "arrived":
            short = chance.random() < 0.4
            receive_shipment(**it, counted=[
                Counted(row.id, row.loaded - 1, 0, "One short") for row in going.lines.all()
            ] if short else None)

def child(pipe, seed):
    chance = random.Random(seed)
    while True:
        act(chance)
        os.write(pipe, b".")

killed = 0
chance = random.Random(7)
for seed in range(ROUNDS):
    connections.close_all()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        child(writing, seed)
    os.close(writing)
    for _ in range(chance.randint(1, 6)):
        assert os.read(reading, 1), "a child ended by itself"
    until = time.monotonic() + 0.02 * chance.random()
    while time.monotonic() < until:
        os.sched_yield()
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(reading)
    killed += 1
connections.close_all()
with open(DONE, "w") as file:
    json.dump(killed, file)
while True:
    act(chance)
"""
#: Each of these must be empty.
LAWS: Final = {
    "movements that do not sum up": """
        SELECT movement_id, item_id FROM stock_entry GROUP BY 1, 2 HAVING sum(quantity) <> 0""",
    "goods out of nothing": "SELECT item_id FROM stock_entry GROUP BY 1 HAVING sum(quantity) <> 0",
    "balances that are not their entries": """
        SELECT b.id FROM stock_balance b LEFT JOIN stock_entry e
            ON e.account_id = b.account_id AND e.batch_id = b.batch_id
        GROUP BY b.id HAVING b.on_hand <> coalesce(sum(e.quantity), 0)""",
    "reservations that are not their lines": """
        SELECT b.id FROM stock_balance b LEFT JOIN stock_reservedline l ON l.balance_id = b.id
        GROUP BY b.id HAVING b.reserved <> coalesce(sum(l.quantity), 0)""",
    "more kept than there": "SELECT id FROM stock_balance WHERE reserved > on_hand OR reserved < 0",
    "movements without one act, acts without movement": """
        SELECT coalesce(m.id::text, a.movement) FROM stock_movement m FULL JOIN (
            SELECT data->>'movement' AS movement, count(*) AS times FROM ledger_act
            WHERE data ? 'movement' GROUP BY 1
        ) a ON a.movement = m.id::text WHERE (m.id IS NULL OR a.times IS DISTINCT FROM 1)
            AND NOT EXISTS (SELECT FROM shipments_shipment s WHERE s.id = m.for_id)""",
    "reservations without an act": """
        SELECT r.id FROM stock_reservation r WHERE NOT EXISTS (SELECT FROM ledger_act a
            WHERE a.type = 'goods.reserved.v1' AND a.data->>'reservation' = r.id::text)""",
    "shipments whose steps do not stand in the ledger once": """
        SELECT s.number FROM shipments_shipment s JOIN LATERAL (
            SELECT count(*) FILTER (WHERE type = 'shipment.planned.v1') AS planned,
                count(*) FILTER (WHERE type = 'shipment.left.v1') AS gone,
                count(*) FILTER (WHERE type = 'shipment.received.v1') AS came
            FROM ledger_act a WHERE a.about_id = s.id
        ) a ON true WHERE (planned, gone, came) IS DISTINCT FROM
            (1, (s.left_at IS NOT NULL)::int, (s.received_at IS NOT NULL)::int)""",
    "goods on the way that are not on the account of their shipment": """
        SELECT s.number FROM shipments_shipment s JOIN LATERAL (
            SELECT coalesce(sum(b.on_hand), 0) AS booked FROM stock_balance b
            JOIN stock_account k ON k.id = b.account_id
            WHERE k.for_kind = 'shipment' AND k.for_id = s.id
        ) b ON true JOIN LATERAL (
            SELECT coalesce(sum(l.loaded), 0) AS loaded, coalesce(sum(d.quantity), 0) AS missing
            FROM shipments_shipmentline l LEFT JOIN shipments_difference d
                ON d.line_id = l.id AND d.explained_at IS NULL AND d.kind <> 'more'
            WHERE l.shipment_id = s.id
        ) l ON true WHERE b.booked <> CASE WHEN s.left_at IS NULL THEN 0
            WHEN s.received_at IS NULL THEN l.loaded ELSE l.missing END""",
}
