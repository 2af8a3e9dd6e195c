"""The web process as an ASGI application: live streams natively, everything else by WSGI.

A stream waits for minutes and costs nothing meanwhile; a page computes for milliseconds and
then is done. So ``/live`` is asynchronous, and pages and API run in a few threads, where
Django is at its fastest (docs/adr: measured, 5–6 ms a request against 7–9 under ASGI).
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any, Protocol

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.servers.basehttp import get_internal_wsgi_application
from django.urls import get_resolver

from tongzhou.config import live

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
THREADS = 2


class Asgi(Protocol):
    """An ASGI application."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one connection."""


class Platform:
    """Sends ``/live`` to the stream and all else to the pages. ``close_streams`` ends every
    open stream, so that a process can stop without waiting for its readers."""

    def __init__(self, *, pages: Asgi, stream: Asgi, body_limit: int) -> None:
        self._pages = pages
        self._stream = stream
        self._body_limit = body_limit
        self._open: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, or the server's messages about its own life."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
        elif scope["path"] == "/live":
            await self._answer_stream(scope, receive, send)
        else:
            await self._answer_page(scope, receive, send)

    def close_streams(self) -> None:
        """Ends every open stream; browsers come back by themselves."""
        for task in self._open:
            task.cancel()

    async def _answer_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The whole body is here before a thread is taken: a slow sender holds up nobody."""
        body = bytearray()
        if _announced_length(scope) > self._body_limit:
            await _refuse(send, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        more = _has_body(scope)
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._body_limit:
                await _refuse(send, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                return

        async def received() -> Message:
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        await self._pages(scope, received, send)

    async def _answer_stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        task = asyncio.ensure_future(self._stream(scope, receive, sending))
        self._open.add(task)
        try:
            # Waits without raising, so that a stream can be closed without being an error.
            await asyncio.wait([task])
        finally:
            self._open.discard(task)
            task.cancel()
        if not task.cancelled():
            task.result()
        elif begun:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        else:
            await _refuse(send, HTTPStatus.SERVICE_UNAVAILABLE)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        # All pages are loaded before the first visitor comes, and before "ready" is said.
        await asyncio.to_thread(lambda: get_resolver().url_patterns)
        await live.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.close_streams()
        await live.stop()
        await send({"type": "lifespan.shutdown.complete"})


def _announced_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


def _has_body(scope: Scope) -> bool:
    names = {name for name, _value in scope["headers"]}
    return b"content-length" in names or b"transfer-encoding" in names


async def _refuse(send: Send, status: HTTPStatus) -> None:
    headers = [(b"content-type", b"text/plain"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": status.phrase.encode()})


# a2wsgi and Django each have a narrower word for the same two protocols.
_wsgi: Any = get_internal_wsgi_application()
_pages: Any = WSGIMiddleware(_wsgi, workers=THREADS)
application = Platform(
    pages=_pages,
    stream=live.stream,
    body_limit=settings.DATA_UPLOAD_MAX_MEMORY_SIZE + settings.FILE_UPLOAD_MAX_MEMORY_SIZE,
)
