"""The rows of the table, one function each."""

import asyncio
import json
import time
from collections.abc import Sequence

from playwright.sync_api import sync_playwright

from bench.client import Connection, load
from bench.node import Node
from bench.pgbench import transactions_per_second
from bench.table import Row
from tongzhou.ledger.verify import verify

_MB = 2**20


def demo(node: Node) -> Row:
    """The demo played into an empty database."""
    played = json.loads(node.run("demo", "--no-serve", "--json").splitlines()[-1])
    return Row(
        "demo played",
        f"{played['acts']:,} acts in {played['seconds']:.0f} s",
        ">= 20,000 acts in < 120 s",
        f"{played['units']} units, {played['areas']} areas, {played['tasks']:,} tasks; "
        f"chain {'verified' if played['verified'] else 'BROKEN'}",
    )


def ledger_verify(node: Node) -> Row:
    """The whole chain, hashed again; the best of three."""
    with node.database() as connection:
        rates = []
        for _ in range(3):
            began = time.perf_counter()
            found = verify(connection)
            rates.append(found.acts / (time.perf_counter() - began))
    word = "verified" if found.verified else "BROKEN"
    return Row(
        "ledger verify",
        f"{max(rates):,.0f} acts/s",
        ">= 50,000 acts/s",
        f"{found.acts:,} acts, {found.blocks:,} blocks, {word}; best of 3",
    )


def start(seconds: float) -> Row:
    """The second start, as measured by whoever started it."""
    return Row("second start to first page", f"{seconds:.1f} s", "< 8 s", "tongzhou demo, played")


def memory(node: Node) -> Row:
    """Resident memory of web, worker and sealer."""
    resident = {name: p.memory_info().rss / _MB for name, p in node.parts().items()}
    total = sum(value for name, value in resident.items() if name != "supervisor")
    parts = ", ".join(f"{name} {value:.0f}" for name, value in resident.items())
    return Row("memory, web + worker + sealer", f"{total:.0f} MB", "< 400 MB", f"resident: {parts}")


def first_page(node: Node, chromium: str) -> Row:
    """What Chromium transfers for the public page with an empty cache."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        page = browser.new_page()
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        sizes: list[float] = []
        devtools.on("Network.loadingFinished", lambda e: sizes.append(e["encodedDataLength"]))
        page.goto(f"http://127.0.0.1:{node.port}/", wait_until="load")
        page.wait_for_load_state("load")
        paint = page.evaluate(
            "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
        )
        browser.close()
    return Row(
        "first page transferred",
        f"{sum(sizes) / 1000:.0f} kB",
        "< 400 kB",
        f"{len(sizes)} files, empty cache; first contentful paint {paint:.0f} ms",
    )


def task_list(node: Node, token: str, *, path: str, visible: int, what: str) -> Row:
    """Lists of 50 at 32 clients."""
    headers = _headers(token) if path.startswith("/api") else {"cookie": token}

    def get(_number: int) -> tuple[str, str, dict[str, str], bytes]:
        return "GET", path, headers, b""

    asyncio.run(load(node.port, clients=8, requests=200, make=get))
    before = node.web_seconds()
    result = asyncio.run(load(node.port, clients=32, requests=3000, make=get))
    cpu = (node.web_seconds() - before) / len(result.seconds) * 1000
    return Row(
        what,
        f"{cpu:.1f} ms CPU, p95 {result.percentile(0.95) * 1000:.0f} ms",
        "<= 8 ms CPU, p95 < 150 ms",
        f"{visible:,} visible tasks, 32 clients, {len(result.seconds) / result.wall:.0f}/s, "
        f"statuses {result.statuses}",
    )


def full_act(node: Node, token: str, tasks: Sequence[tuple[int, str]], script: str) -> Row:
    """A task accepted through the API, against the same statements by pgbench, in turns."""
    headers = _headers(token)

    def post(number: int) -> tuple[str, str, dict[str, str], bytes]:
        return "POST", f"/api/v1/tasks/{tasks[number][0]}/accept", headers, b"{}"

    warm = 200
    asyncio.run(load(node.port, clients=8, requests=warm, make=post))
    before = node.web_seconds()
    result = asyncio.run(
        load(node.port, clients=8, requests=len(tasks) - warm, make=lambda n: post(n + warm))
    )
    cpu = (node.web_seconds() - before) / len(result.seconds) * 1000
    rate = len(result.seconds) / result.wall
    raw = transactions_per_second(node, script)
    return Row(
        "full act through the API",
        f"{cpu:.1f} ms CPU, {rate / raw:.2f} x pgbench, "
        f"p99 {result.percentile(0.99) * 1000:.0f} ms",
        "<= 6 ms CPU, >= 0.3 x, p99 < 100 ms",
        f"8 clients: {rate:.0f}/s against {raw:.0f}/s; statuses {result.statuses}",
    )


def live(node: Node, token: str, cookie: str, tasks: Sequence[tuple[int, str]], open: int) -> Row:
    """From the answer to an act until each of the open streams has its news."""
    delays = asyncio.run(_live(node, token, cookie, tasks, open))
    ordered = sorted(delays)
    at = {share: ordered[int(share * (len(ordered) - 1))] * 1000 for share in (0.5, 0.95, 1.0)}
    return Row(
        "commit -> other browser",
        f"p95 {at[0.95]:.0f} ms",
        "p95 < 1 s",
        f"{open} open streams, {len(tasks)} acts; median {at[0.5]:.0f} ms, worst {at[1.0]:.0f} ms",
    )


async def _live(
    node: Node, token: str, cookie: str, tasks: Sequence[tuple[int, str]], open: int
) -> list[float]:
    arrived: dict[str, list[float]] = {identity: [] for _number, identity in tasks}
    complete = {identity: asyncio.Event() for _number, identity in tasks}
    topics = ",".join(f"task:{identity}" for identity in arrived)
    request = (
        f"GET /live?topics={topics} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: {cookie}\r\n\r\n"
    ).encode()
    opened = asyncio.Semaphore(0)

    async def listen() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", node.port)
        writer.write(request)
        try:
            while line := await reader.readline():
                if line.startswith(b": open"):
                    opened.release()
                if line.startswith(b"data: "):
                    for topic in json.loads(line[6:])["topics"]:
                        identity = topic.removeprefix("task:")
                        arrived[identity].append(time.perf_counter())
                        if len(arrived[identity]) == open:
                            complete[identity].set()
        finally:
            writer.close()

    streams = [asyncio.create_task(listen()) for _ in range(open)]
    for _ in range(open):
        await asyncio.wait_for(opened.acquire(), 60)
    connection, delays = Connection(node.port), []
    for number, identity in tasks:
        status, _head, body = await connection.request(
            "POST", f"/api/v1/tasks/{number}/accept", _headers(token), b"{}"
        )
        committed = time.perf_counter()
        if status != 200:
            raise RuntimeError(f"the act was refused: {status} {body[:300]!r}")
        await asyncio.wait_for(complete[identity].wait(), 30)
        delays += [moment - committed for moment in arrived[identity]]
    await connection.close()
    for stream in streams:
        stream.cancel()
    await asyncio.gather(*streams, return_exceptions=True)
    return delays


def _headers(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}", "content-type": "application/json"}
