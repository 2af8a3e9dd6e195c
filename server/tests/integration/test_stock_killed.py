"""kill -9 in the middle of moving goods, at twenty random moments, and of the database once:
nothing appears, nothing vanishes, and every movement stands in the ledger once."""

import os
import signal
from typing import Final

import pytest

from .conftest import Node, until
from .crash_world import Books, shell

pytestmark = pytest.mark.node

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
    with suppress(Refusal):
        acts[chance.choice(list(acts))]()

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
print(json.dumps(killed), flush=True)
"""
ROUNDS: Final = 20
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
        ) a ON a.movement = m.id::text WHERE m.id IS NULL OR a.times IS DISTINCT FROM 1""",
    "reservations without an act": """
        SELECT r.id FROM stock_reservation r WHERE NOT EXISTS (SELECT FROM ledger_act a
            WHERE a.type = 'goods.reserved.v1' AND a.data->>'reservation' = r.id::text)""",
}
_AT_LEAST = "SELECT count(*) >= 20 FROM stock_movement"


def _obeyed(books: Books) -> None:
    broken = {law: rows for law, query in LAWS.items() if (rows := books.rows(query))}
    assert broken == {}
    assert books.rows(_AT_LEAST) == [(True,)]


def test_goods_survive_the_death_of_whoever_moves_them(node: Node) -> None:
    assert node.command("migrate", "--quiet").returncode == 0
    books = Books(node)

    assert shell(node, PLAY.replace("ROUNDS", str(ROUNDS))) == ROUNDS
    _obeyed(books)

    moved = books.rows("SELECT count(*) FROM stock_movement")[0][0]
    player = node.begin("manage", "shell", "-c", PLAY.replace("ROUNDS", "1000"))
    until(
        lambda: (
            books.rows("SELECT count(*) FROM stock_movement")[0][0] > moved + 10
            or player.poll() is not None
        ),
        what="goods that move again",
    )
    assert player.poll() is None, node.output()
    server = (node.home / "postgres" / "postmaster.pid").read_text().split()[0]
    os.kill(int(server), signal.SIGKILL)
    player.kill()
    player.wait(20)
    _obeyed(Books(node))
