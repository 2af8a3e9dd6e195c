"""kill -9 in the middle of moving and shipping goods, at twenty random moments, and of the
database once: nothing appears, nothing vanishes, and every step stands in the ledger once."""

import json
import os
import signal
from typing import Final

import pytest

from .conftest import Node, until
from .crash_world import Books
from .goods_world import LAWS, PLAY

pytestmark = pytest.mark.node

ROUNDS: Final = 20
_MOVED: Final = "SELECT count(*) FROM stock_movement"
_SHIPPED: Final = "SELECT count(*) FROM shipments_shipment WHERE left_at IS NOT NULL"


def _obeyed(books: Books) -> None:
    assert {law: rows for law, query in LAWS.items() if (rows := books.rows(query))} == {}


def test_goods_survive_the_death_of_whoever_moves_them(node: Node) -> None:
    assert node.command("migrate", "--quiet").returncode == 0
    books = Books(node)
    done = node.home / "killed.json"
    play = PLAY.replace("ROUNDS", str(ROUNDS)).replace("DONE", repr(str(done)))

    # The same player goes on moving goods after the last kill, until the database dies.
    player = node.begin("manage", "shell", "-c", play)
    until(lambda: done.exists() or player.poll() is not None, what="twenty kills")
    assert player.poll() is None, node.output()
    assert json.loads(done.read_text()) == ROUNDS
    _obeyed(books)

    moved = books.rows(_MOVED)[0][0]
    until(
        lambda: (
            books.rows(_MOVED)[0][0] > moved + 10 and books.rows(_SHIPPED)[0][0] > 2
        ) or player.poll() is not None,
        what="goods that move and leave again",
    )  # fmt: skip
    assert player.poll() is None, node.output()
    server = (node.home / "postgres" / "postmaster.pid").read_text().split()[0]
    os.kill(int(server), signal.SIGKILL)
    player.kill()
    player.wait(20)
    _obeyed(Books(node))
