"""The whole process tree: it starts, it heals, it stops, and it leaves nothing behind."""

import os
import signal
import socket
import time

import pytest

from .conftest import Node, alive, until

pytestmark = pytest.mark.node
PARTS = {"web-1", "web-2", "worker", "sealer"}


def test_every_part_starts_and_ctrl_c_stops_all_of_it(node: Node) -> None:
    node.serve()
    state = node.state()
    pids = [part["pid"] for part in state["parts"]] + [state["database"]["pid"]]

    answered = node.answers()
    table = node.output()
    code = node.stop(signal.SIGINT)

    assert set(node.parts()) == set()
    assert {part["name"] for part in state["parts"]} == PARTS
    assert all(str(pid) in table for pid in pids)
    assert answered < 500
    assert code == 0
    assert [pid for pid in pids if alive(pid)] == []


def test_an_open_stream_does_not_hold_up_the_end(node: Node) -> None:
    node.serve()
    with socket.create_connection(("127.0.0.1", node.port), timeout=20) as page:
        page.sendall(b"GET /live?topics=public HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b"text/event-stream" in page.recv(4096)

        begun = time.monotonic()
        code = node.stop(signal.SIGTERM)

        assert code == 0
        assert time.monotonic() - begun < 8
        page.settimeout(5)
        rest = b""
        while chunk := page.recv(4096):
            rest += chunk
        assert rest.endswith(b"0\r\n\r\n"), "the stream ended in good order"


@pytest.mark.parametrize("name", ["web-1", "worker", "sealer"])
def test_a_killed_part_is_started_again(node: Node, name: str) -> None:
    node.serve()
    before = node.parts()[name]["pid"]

    os.kill(before, signal.SIGKILL)

    until(
        lambda: node.all_ready() and node.parts()[name]["pid"] != before,
        what=f"{name} ready again",
    )
    assert node.parts()[name]["restarts"] == 1
    assert node.answers() < 500, node.output()
    assert "SIGKILL" in node.output()


def test_a_killed_database_is_started_again_and_the_parts_find_it(node: Node) -> None:
    node.serve()
    before = node.state()["database"]["pid"]

    os.kill(before, signal.SIGKILL)

    until(lambda: "had ended and was started again" in node.output(), what="database revived")
    until(
        lambda: node.all_ready() and node.state()["database"]["pid"] not in {None, before},
        what="all parts ready again",
    )
    assert all(node.answers() < 500 for _ in range(8)), "both web processes have come to terms"


def test_nothing_outlives_a_killed_supervisor_but_the_database(node: Node) -> None:
    node.serve()
    state = node.state()
    children = [part["pid"] for part in state["parts"]]
    assert node.process is not None

    node.process.kill()
    node.process.wait()

    until(lambda: not any(map(alive, children)), what="children gone", seconds=20)
    assert alive(state["database"]["pid"])
    node.serve()
    assert node.state()["database"]["pid"] == state["database"]["pid"], "it was found again"
    node.stop()
    assert not alive(state["database"]["pid"])


def test_a_second_supervisor_is_refused(node: Node) -> None:
    node.serve()

    second = node.command("serve", "--port", "0")

    assert second.returncode == 1
    assert second.stderr.startswith("already-serving:")
    assert node.all_ready()


@pytest.mark.parametrize("part", ["web", "worker", "sealer"])
def test_a_part_runs_alone(node: Node, part: str) -> None:
    assert node.command("migrate", "--quiet").returncode == 0
    arguments = ["--port", str(node.port)] if part == "web" else []

    alone = node.begin(part, *arguments)
    until(lambda: (node.home / "postgres" / "postmaster.pid").exists(), what="its database")
    if part == "web":
        until(lambda: _reachable(node), what="an answer")
    alone.terminate()

    assert alone.wait(30) in {0, 128 + signal.SIGTERM}
    assert not (node.home / "postgres" / "postmaster.pid").exists(), "it stopped what it started"


def _reachable(node: Node) -> bool:
    try:
        return node.answers() < 500
    except OSError:
        return False
