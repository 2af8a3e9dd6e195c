"""``tongzhou worker``: does the queued jobs, keeps the ledger's followers up to date
and lets the clocks run, alone or under ``serve``."""

import argparse
import asyncio
import threading

import psycopg
from procrastinate.contrib.django import app

from tongzhou.cli.applications import told_plainly
from tongzhou.clocks import ticking
from tongzhou.kernel import database
from tongzhou.kernel.beats import EVERY, Pulse
from tongzhou.kernel.processes import follow_parent, tell_ready
from tongzhou.kernel.terminal import words
from tongzhou.ledger import follow

_ = words("cli")

_GRACE = 4.0  # seconds that jobs under way may take when the process is asked to end


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much at once."""
    parser.add_argument("--concurrency", type=int, default=2, help=_("jobs done at a time"))


def run(options: argparse.Namespace) -> int:
    """Works until SIGINT or SIGTERM."""
    follow_parent()
    with told_plainly(), database.told_plainly():
        asyncio.run(_work(options.concurrency))
    return 0


async def _work(concurrency: int) -> None:
    """Jobs, followers and clocks side by side; when one of them ends, so do the others."""
    stop = threading.Event()
    address = database.address("web")
    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        async with working.open_async():
            parts = [
                asyncio.create_task(
                    working.run_worker_async(
                        concurrency=concurrency, shutdown_graceful_timeout=_GRACE
                    )
                ),
                asyncio.create_task(asyncio.to_thread(follow.run, address, stop)),
                asyncio.create_task(asyncio.to_thread(ticking.run, stop)),
                asyncio.create_task(_live(address)),
            ]
            tell_ready()
            await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
            stop.set()
            for part in parts:
                part.cancel()
            results = await asyncio.gather(*parts, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result


async def _live(address: str) -> None:
    """Says that the loop in which jobs are done goes round."""
    with psycopg.connect(address, autocommit=True) as connection:
        pulse = Pulse("worker", connection)
        while True:
            await asyncio.to_thread(pulse.beat)
            await asyncio.sleep(EVERY)
