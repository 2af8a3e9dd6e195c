"""``python -m bench.allocations``: 300 regions × 30 items through the platform – needs and stock
taken up, computed in the engine's process, stored – beside ``actscope`` alone on the same problem.

Run with ``DJANGO_SETTINGS_MODULE=tongzhou.config.testing``: it works in a test database that it
makes anew, with the cast.
"""

import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

import django
import numpy as np

from bench.table import Row, show
from tongzhou.kernel import database_part, embedded

REGIONS: Final = 300
ITEMS: Final = 30


def main() -> int:
    """The command."""
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.test.utils import get_runner  # noqa: PLC0415 – after set-up

    lease = embedded.take_lease() if database_part.is_embedded() else None
    runner = get_runner(settings)(verbosity=0, interactive=False)
    old = runner.setup_databases()
    try:
        print(show(list(measured())))
    finally:
        runner.teardown_databases(old)
        if lease is not None:
            embedded.give_back(lease)
    return 0


def measured() -> Iterator[Row]:
    """The rows."""
    from tongzhou.allocations import engine  # noqa: PLC0415
    from tongzhou.allocations.actions.compute_allocation import compute_allocation  # noqa: PLC0415
    from tongzhou.allocations.actions.draft_allocation import draft_allocation  # noqa: PLC0415
    from tongzhou.allocations.actions.store_plan import store_plan  # noqa: PLC0415
    from tongzhou.allocations.solving import solve  # noqa: PLC0415
    from tongzhou.demo.cast import assemble  # noqa: PLC0415
    from tongzhou.kernel import clock  # noqa: PLC0415

    at = clock.now()
    cast = assemble(at=at - timedelta(days=9))
    furnish(cast, at)
    began = time.perf_counter()
    made = draft_allocation(name="Bench", by=cast.shen, at=at)
    chosen = time.perf_counter()
    asked = compute_allocation(allocation=made, by=cast.shen, at=at)
    queued = time.perf_counter()
    result = solve(asked.problem, asked.objective, wanted=lambda percent: True)
    solved = time.perf_counter()
    assert result is not None
    lines, proven = len(result["lines"]), result["proven"]
    store_plan(allocation=asked.id, run=asked.run, result=result, at=at)
    stored = time.perf_counter()
    engine.solve(asked.problem, asked.objective)
    alone = time.perf_counter()
    size = f"{len(asked.problem['needs']):,} needs, {len(asked.problem['stocks']):,} stocks"
    yield Row("choose: take up needs and stock", f"{chosen - began:.2f} s", "", size)
    yield Row("ask: take up anew, queue", f"{queued - chosen:.2f} s", "", "")
    yield Row("compute in its own process", f"{solved - queued:.2f} s", "",
              f"{lines:,} lines, {'proven' if proven else 'NOT PROVEN'}")  # fmt: skip
    yield Row("store the plan", f"{stored - solved:.2f} s", "", "")
    yield Row("all together", f"{stored - began:.2f} s", "", "")
    yield Row("engine without process and JSON", f"{alone - stored:.2f} s", "",
              "actscope: plan, remainder, least transport, and the proportional split")  # fmt: skip


def furnish(cast: Any, at: Any) -> None:
    """Regions around a province; half of region × item a stock of the province, half a need."""
    from tongzhou.actors.models import Unit  # noqa: PLC0415
    from tongzhou.catalogue.models import Item  # noqa: PLC0415
    from tongzhou.needs import access  # noqa: PLC0415
    from tongzhou.needs.models import Need, NeedLine  # noqa: PLC0415
    from tongzhou.places.models import Area  # noqa: PLC0415
    from tongzhou.stock.actions.open_site import open_site  # noqa: PLC0415
    from tongzhou.stock.actions.receive_goods import Incoming, receive_goods  # noqa: PLC0415

    rng = np.random.default_rng(1)
    items = Item.objects.bulk_create(
        Item(code=f"bench-{n}", name_zh=f"物资{n}", declared_at=at) for n in range(ITEMS)
    )
    province = cast.areas["33"]
    areas = Area.objects.bulk_create(
        Area(code=f"b{n:03}", name_zh=f"区{n}", level="district", parent=province,
             path=f"{province.path}b{n:03}/", lon=float(rng.uniform(110, 120)),
             lat=float(rng.uniform(25, 35)))
        for n in range(REGIONS)
    )  # fmt: skip
    top = cast.units["zj-command"]
    gives = rng.random((REGIONS, ITEMS)) < 0.5
    quantity = np.round(rng.lognormal(5, 1, (REGIONS, ITEMS))).astype(int) + 1
    units = []
    for n, area in enumerate(areas):
        unit = Unit(code=f"b{n:03}", name_zh=f"单位{n}", sector="government", level="district",
                    area=area, parent=top, created_at=at)  # fmt: skip
        unit.line = [*top.line, unit.id]
        units.append(unit)
    Unit.objects.bulk_create(units)
    lines = []
    for n, (unit, area) in enumerate(zip(units, areas, strict=True)):
        site = open_site(code=f"b{n:03}", name_zh=f"库{n}", name_en="", kind="warehouse",
                         unit=Unit.objects.get(id=unit.id), by=cast.shen, at=at)  # fmt: skip
        goods = [
            Incoming(items[k], max(int(quantity[n, k] * 3 // 4), 1))
            for k in np.flatnonzero(gives[n]).tolist()
        ]
        if goods:
            receive_goods(site=site, lines=goods, by=cast.shen, at=at)
        need = Need.objects.create(
            number=900_000 + n, unit=unit, area=area, holder=top, held_since=at, stated_at=at,
            confirmed_at=at,
        )  # fmt: skip
        lines += [
            NeedLine(need=need, place=k, item=items[k], asked=int(quantity[n, k]), unit=unit,
                     holder=top, area_path=area.path, priority=3, stated_at=at)
            for k in np.flatnonzero(~gives[n]).tolist()
        ]  # fmt: skip
    NeedLine.objects.bulk_create(lines, batch_size=2000)
    access.settle(*(line.need_id for line in lines))


if __name__ == "__main__":
    sys.exit(main())
