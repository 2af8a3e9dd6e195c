"""The web process: who answers what, and how it ends."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import pytest

from tongzhou.config import asgi, live
from tongzhou.config.asgi import Platform

Message = MutableMapping[str, Any]
App = Callable[..., Awaitable[None]]


async def pages(scope: Message, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"page"})


async def echo(scope: Message, receive: Any, send: Any) -> None:
    message = await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": bytes(message["body"])})


async def endless(scope: Message, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"first", "more_body": True})
    await asyncio.Event().wait()


async def undecided(scope: Message, receive: Any, send: Any) -> None:
    await asyncio.Event().wait()


async def broken(scope: Message, receive: Any, send: Any) -> None:
    raise RuntimeError("broken stream")


def platform(stream: App = endless) -> Platform:
    return Platform(pages=pages, stream=stream, body_limit=100)


def request(path: str, **headers: str) -> Message:
    listed = [(n.replace("_", "-").encode(), v.encode()) for n, v in headers.items()]
    return {"type": "http", "path": path, "method": "GET", "headers": listed}


async def answer(app: Platform, scope: Message, *messages: Message) -> list[Message]:
    """What is sent in answer to a request; open streams are closed once they have begun."""
    sent: list[Message] = []
    waiting = list(messages)

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    task = asyncio.ensure_future(app(scope, receive, send))
    for _ in range(20):
        await asyncio.sleep(0)
    app.close_streams()
    await asyncio.wait_for(task, 5)
    return sent


def bodies(sent: list[Message]) -> list[bytes]:
    return [m["body"] for m in sent if m["type"] == "http.response.body"]


def test_pages_are_answered_by_the_pages() -> None:
    sent = asyncio.run(answer(platform(), request("/tasks/")))

    assert bodies(sent) == [b"page"]


def test_live_is_answered_by_the_stream_which_ends_in_good_order() -> None:
    sent = asyncio.run(answer(platform(), request("/live")))

    assert bodies(sent) == [b"first", b""]
    assert sent[-1]["more_body"] is False


def test_a_stream_that_had_not_begun_is_told_to_come_back() -> None:
    sent = asyncio.run(answer(platform(undecided), request("/live")))

    assert sent[0]["status"] == 503


def test_an_error_in_a_stream_is_not_swallowed() -> None:
    with pytest.raises(RuntimeError, match="broken stream"):
        asyncio.run(answer(platform(broken), request("/live")))


def test_a_body_that_is_announced_too_large_is_not_read() -> None:
    sent = asyncio.run(answer(platform(), request("/tasks/", content_length="101")))

    assert sent[0]["status"] == 413


def part(body: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


@pytest.mark.parametrize("length", ["5", "", "many", "-1"])
def test_a_body_reaches_the_pages_whole(length: str) -> None:
    app = Platform(pages=echo, stream=endless, body_limit=100)
    parts = (part(b"he", more=True), part(b"llo", more=False))

    sent = asyncio.run(answer(app, request("/tasks/", content_length=length), *parts))

    assert bodies(sent) == [b"hello"]


def test_a_body_that_was_not_announced_is_measured_too() -> None:
    parts = [part(b"x" * 60, more=True), part(b"x" * 60, more=True)]

    sent = asyncio.run(answer(platform(), request("/a", transfer_encoding="chunked"), *parts))

    assert sent[0]["status"] == 413


def test_a_sender_who_leaves_half_way_is_forgotten() -> None:
    parts = [part(b"x", more=True), {"type": "http.disconnect"}]

    assert asyncio.run(answer(platform(), request("/a", content_length="9"), *parts)) == []


def test_a_web_socket_is_closed() -> None:
    sent = asyncio.run(answer(platform(), {"type": "websocket", "path": "/live", "headers": []}))

    assert sent == [{"type": "websocket.close", "code": 1000}]


def test_its_life_begins_and_ends_with_listening(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    async def start() -> None:
        told.append("start")

    async def stop() -> None:
        told.append("stop")

    monkeypatch.setattr(live, "start", start)
    monkeypatch.setattr(live, "stop", stop)
    messages = ({"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})

    async def life() -> list[Message]:
        sent: list[Message] = []
        waiting = list(messages)

        async def receive() -> Message:
            return waiting.pop(0)

        async def send(message: Message) -> None:
            sent.append(message)

        await platform()({"type": "lifespan"}, receive, send)
        return sent

    sent = asyncio.run(life())

    assert told == ["start", "stop"]
    assert [m["type"] for m in sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]


def test_the_application_is_put_together() -> None:
    assert asgi.application._stream is live.stream
