"""Live news: who is told of what, and how a stream behaves."""

import asyncio
import json
from collections.abc import MutableMapping
from typing import Any
from uuid import UUID

import pytest

from tongzhou.delivery.hub import Hub, Stream
from tongzhou.delivery.live import MOST_TOPICS, Live
from tongzhou.kernel.ids import named_id

# The same in every process that collects the tests.
UNIT, OTHER, TASK, INCIDENT = (named_id(word) for word in ("unit", "other", "task", "incident"))


def tell(hub: Hub, *, visibility: str = "parties", audience: tuple[UUID, ...] = (UNIT,)) -> None:
    """An act about the task, as the hub reads it from the ledger."""
    hub._tell(7, "task.accepted.v1", "task", TASK, INCIDENT, visibility, UNIT, list(audience))


def joined(hub: Hub, unit: UUID | None, *topics: str) -> Stream:
    """An open page."""
    stream = Stream(unit=unit, topics=frozenset(topics))
    hub.join(stream)
    return stream


@pytest.mark.parametrize("topic", [f"task:{TASK}", f"incident:{INCIDENT}", "unit", "ledger"])
def test_a_page_of_a_concerned_unit_is_told(topic: str) -> None:
    hub = Hub("")
    stream = joined(hub, UNIT, topic, "task:another")

    tell(hub)

    assert json.loads(stream.take()) == {
        "topics": [topic],
        "position": 7,
        "type": "task.accepted.v1",
    }


@pytest.mark.parametrize("unit", [OTHER, None])
def test_nobody_else_is_told(unit: UUID | None) -> None:
    hub = Hub("")
    stream = joined(hub, unit, f"task:{TASK}", f"incident:{INCIDENT}", "unit", "ledger", "public")

    tell(hub)

    assert not stream.pending


def test_everybody_is_told_of_what_is_public() -> None:
    hub = Hub("")
    visitor = joined(hub, None, "public")
    other = joined(hub, OTHER, "public", "unit")

    tell(hub, visibility="public")

    assert visitor.pending == {"public"}
    assert other.pending == {"public"}


def test_news_that_pile_up_become_one_message() -> None:
    hub = Hub("")
    stream = joined(hub, UNIT, f"task:{TASK}", "unit")

    tell(hub)
    tell(hub)

    assert json.loads(stream.take())["topics"] == sorted([f"task:{TASK}", "unit"])
    assert not stream.woken.is_set()


def test_a_page_that_left_is_forgotten() -> None:
    hub = Hub("")
    stream = joined(hub, UNIT, "unit")

    hub.leave(stream)
    hub.leave(stream)
    tell(hub)

    assert hub.streams == 0
    assert not stream.pending


class Page:
    """The browser's side of one stream."""

    def __init__(self) -> None:
        self.sent: list[MutableMapping[str, Any]] = []
        self.arrived = asyncio.Event()
        self._left = asyncio.Event()

    async def receive(self) -> MutableMapping[str, Any]:
        """Waits until the page is closed."""
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """Takes what the server sends."""
        self.sent.append(message)
        if b"data:" in message.get("body", b""):
            self.arrived.set()

    def close(self) -> None:
        """Closes the page."""
        self._left.set()


async def _unit(scope: object) -> UUID | None:
    return UNIT


def _scope(query: str, method: str = "GET") -> dict[str, Any]:
    return {"method": method, "query_string": query.encode(), "headers": []}


def test_a_stream_sends_news_and_ends_when_the_page_leaves() -> None:
    async def story() -> Page:
        hub, page = Hub(""), Page()
        live = Live(hub, _unit)
        stream = asyncio.create_task(
            live(_scope(f"topics=unit,task:{TASK}"), page.receive, page.send)
        )
        while not hub.streams:
            await asyncio.sleep(0)
        tell(hub)
        await asyncio.wait_for(page.arrived.wait(), 5)
        page.close()
        await asyncio.wait_for(stream, 5)
        assert hub.streams == 0
        return page

    page = asyncio.run(story())

    assert page.sent[0]["status"] == 200
    assert dict(page.sent[0]["headers"])[b"content-type"].startswith(b"text/event-stream")
    data = next(m["body"] for m in page.sent[1:] if m["body"].startswith(b"data:"))
    assert json.loads(data.removeprefix(b"data: "))["topics"] == sorted(["unit", f"task:{TASK}"])


@pytest.mark.parametrize(
    ("query", "method", "status"),
    [
        ("topics=unit", "POST", 405),
        ("topics=" + ",".join(f"t{n}" for n in range(MOST_TOPICS + 1)), "GET", 413),
    ],
)
def test_a_stream_that_cannot_be_is_refused(query: str, method: str, status: int) -> None:
    page, hub = Page(), Hub("")

    asyncio.run(Live(hub, _unit)(_scope(query, method), page.receive, page.send))

    assert page.sent[0]["status"] == status
    assert hub.streams == 0
