"""A small HTTP/1.1 client with open connections: cheap enough not to disturb what it measures."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_APART = 0.02  # seconds between one client and the next


@dataclass
class Load:
    """What a run of requests gave: seconds of each, and how many had which status."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    wall: float = 0.0

    def percentile(self, share: float) -> float:
        """The value below which ``share`` of the requests took (nearest rank)."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Connection:
    """One connection that is kept open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def request(
        self, method: str, path: str, headers: dict[str, str], body: bytes = b""
    ) -> tuple[int, dict[str, str], bytes]:
        """Sends one request and reads the whole answer: status, headers, body."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1", f"content-length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        answer = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        if answer.get("transfer-encoding") == "chunked":
            content = await _chunks(reader)
        else:
            content = await reader.readexactly(int(answer.get("content-length", "0")))
        if answer.get("connection") == "close":
            await self.close()
        return int(head[0].split()[1]), answer, content

    async def close(self) -> None:
        """Closes the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    content = b""
    while True:
        size = int((await reader.readline()).split(b";")[0], 16)
        content += await reader.readexactly(size)
        await reader.readline()
        if size == 0:
            return content


Request = Callable[[int], tuple[str, str, dict[str, str], bytes]]


async def load(port: int, *, clients: int, requests: int, make: Request) -> Load:
    """``requests`` requests from ``clients`` connections at once; ``make(n)`` gives the n-th
    as method, path, headers and body."""
    result, numbers = Load(), iter(range(requests))

    async def one(connection: Connection) -> None:
        for number in numbers:
            began = time.perf_counter()
            status, _headers, _body = await connection.request(*make(number))
            result.seconds.append(time.perf_counter() - began)
            result.statuses[status] = result.statuses.get(status, 0) + 1
        await connection.close()

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(one(Connection(port)))
            # As clients come: while others work. A process takes all that knock at once.
            await asyncio.sleep(_APART)
    result.wall = time.perf_counter() - began
    return result
