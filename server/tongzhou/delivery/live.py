"""Server-sent events at ``/live``: the ASGI application behind live pages."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from urllib.parse import parse_qs
from uuid import UUID

from tongzhou.delivery.hub import Hub, Stream

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
#: Says for whose unit a stream is opened: None for a visitor.
Reader = Callable[[Scope], Awaitable[UUID | None]]

HEARTBEAT: Final = 15.0  # seconds; keeps proxies from closing a quiet stream
LIFETIME: Final = 600.0  # seconds; then the browser comes back and is asked who it is again
MOST_TOPICS: Final = 300
_HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Live:
    """Streams news of the topics in the query (``?topics=task:ID,unit``) to one page."""

    def __init__(self, hub: Hub, reader: Reader) -> None:
        self._hub = hub
        self._reader = reader

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One stream, until the page leaves or its lifetime is over."""
        if scope["method"] != "GET":
            await _refuse(send, 405)
            return
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        topics = frozenset(t for value in query.get("topics", []) for t in value.split(",") if t)
        if len(topics) > MOST_TOPICS:
            await _refuse(send, 413)
            return
        stream = Stream(unit=await self._reader(scope), topics=topics)
        self._hub.join(stream)
        left = asyncio.create_task(_until_left(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await _send_text(send, "retry: 2000\n: open\n\n")
            await self._pump(stream, left, send)
        finally:
            self._hub.leave(stream)
            left.cancel()

    async def _pump(self, stream: Stream, left: asyncio.Task[None], send: Send) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + LIFETIME
        while not left.done() and loop.time() < end:
            news = asyncio.create_task(stream.woken.wait())
            await asyncio.wait({news, left}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
            if left.done():
                return
            text = f"data: {stream.take()}\n\n" if stream.pending else ": \n\n"
            await _send_text(send, text)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_text(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
