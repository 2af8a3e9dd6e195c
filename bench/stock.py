"""``python -m bench.stock``: reservations per second – many writers for one batch, where all
wait for each other, and for batches of their own, where nobody does; the list of the stock."""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.node import Node
from bench.table import Row, machine, show
from tongzhou.kernel import embedded

WRITERS = 8
RESERVATIONS = 1_000
SITES, BATCHES = 300, 30
_CAST = """
from datetime import timedelta
from tongzhou.catalogue.actions.lay_out_catalogue import lay_out_catalogue
from tongzhou.demo.cast import assemble
from tongzhou.kernel import clock
cast = assemble(at=clock.now() - timedelta(days=1))
lay_out_catalogue(by=cast.shen, at=clock.now())
"""


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="bench.stock", description=__doc__)
    parser.add_argument("--reservations", type=int, default=RESERVATIONS)
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="tongzhou-bench-"))
    os.environ.pop("DATABASE_URL", None)
    os.environ["TONGZHOU_HOME"] = str(home)
    rows = []
    try:
        node = Node(home)
        with embedded.lease():
            node.run("migrate", "--quiet")
            with node.database() as connection:
                found = connection.execute("SHOW server_version").fetchone()
            about = machine(found[0] if found else "?")
            node.run("manage", "shell", "-c", _CAST)
            for row in measured(options.reservations):
                rows.append(row)
                sys.stderr.write(f"{row.what}: {row.figure}\n")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print("\n".join(about))
    print()
    print(show(rows))
    return 0


def measured(number: int) -> Iterator[Row]:
    """The rows, one after the other."""
    from bench import inside  # noqa: PLC0415 – the folder of the node must be known before

    inside.set_up()
    from django.db import connections  # noqa: PLC0415

    from tongzhou.actors.models import Post  # noqa: PLC0415
    from tongzhou.catalogue.models import Item  # noqa: PLC0415
    from tongzhou.kernel import clock  # noqa: PLC0415
    from tongzhou.kernel.ids import new_id  # noqa: PLC0415
    from tongzhou.stock.actions.open_site import open_site  # noqa: PLC0415
    from tongzhou.stock.actions.receive_goods import Incoming, receive_goods  # noqa: PLC0415
    from tongzhou.stock.actions.reserve import reserve  # noqa: PLC0415
    from tongzhou.stock.models import Site  # noqa: PLC0415
    from tongzhou.stock.queries import listing  # noqa: PLC0415

    by = Post.objects.select_related("unit__area", "person").get(person__username="shen")
    at = clock.now()
    items = [item for item in Item.objects.order_by("code") if item.stored][:BATCHES]

    def opened(code: str, held: list[Any]) -> Site:
        site = open_site(code=code, name_zh=code, unit=by.unit, by=by, at=at)
        lines = [Incoming(item, number * WRITERS) for item in held]
        receive_goods(site=site, lines=lines, by=by, at=at)
        return site

    def many(sites: list[Site]) -> float:
        def one(writer: int) -> None:
            site = sites[writer % len(sites)]
            for _ in range(number // WRITERS):
                reserve(
                    site=site, item=items[0], quantity=1, for_kind="need", for_id=new_id(),
                    by=by, at=at,
                )  # fmt: skip
            connections.close_all()

        began = time.perf_counter()
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(one, range(WRITERS)))
        return number / (time.perf_counter() - began)

    alone = many([opened("bench-one", items[:1])])
    apart = many([opened(f"bench-{n}", items[:1]) for n in range(WRITERS)])
    how = f"{number:,} acts, {WRITERS} writers"
    yield Row("reservations of one batch", f"{alone:,.0f} /s", "", how)
    yield Row("reservations in stores of their own", f"{apart:,.0f} /s", "", how)
    for n in range(SITES - WRITERS):
        opened(f"bench-list-{n}", items)
    took = _times(lambda: listing.listed(visible_to=by, at=at, limit=50))
    lines = f"of {SITES * BATCHES:,} balances, 50 lines"
    yield Row("list of the stock", f"{took * 1000:.0f} ms", "< 150 ms", lines)


def _times(call: Callable[[], object]) -> float:
    call()
    took = []
    for _ in range(20):
        began = time.perf_counter()
        call()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


if __name__ == "__main__":
    raise SystemExit(main())
