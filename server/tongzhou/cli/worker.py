"""``tongzhou worker``: does the queued jobs and keeps the ledger's followers up to date,
alone or under ``serve``."""

import argparse
import asyncio
import threading

from procrastinate.contrib.django import app

from tongzhou.cli.applications import told_plainly
from tongzhou.kernel import database
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
    """Jobs and followers side by side; when one of them ends, so does the other."""
    stop = threading.Event()
    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        async with working.open_async():
            jobs = asyncio.create_task(
                working.run_worker_async(concurrency=concurrency, shutdown_graceful_timeout=_GRACE)
            )
            following = asyncio.create_task(
                asyncio.to_thread(follow.run, database.address("web"), stop)
            )
            tell_ready()
            await asyncio.wait({jobs, following}, return_when=asyncio.FIRST_COMPLETED)
            stop.set()
            jobs.cancel()
            results = await asyncio.gather(jobs, following, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result
