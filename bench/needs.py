"""``python -m bench.needs``: importing 34,000 records, and the board of 50 from 100,000 needs.

Run with ``DJANGO_SETTINGS_MODULE=tongzhou.config.testing``: it works in a test database that it
makes anew, with the cast and the shipped catalogue. What is counted is one call of the domain.
"""

import argparse
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

from bench.table import Row, show
from tongzhou.kernel import database_part, embedded

_AT = datetime(2021, 8, 1, tzinfo=UTC)
_RUNS = 60


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="folder with wuhan2020 and getusppe")
    given = parser.parse_args()
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.test.utils import get_runner  # noqa: PLC0415 – after set-up

    lease = embedded.take_lease() if database_part.is_embedded() else None
    runner = get_runner(settings)(verbosity=0, interactive=False)
    old = runner.setup_databases()
    try:
        print(show(list(measured(given.data))))
    finally:
        runner.teardown_databases(old)
        if lease is not None:
            embedded.give_back(lease)
    return 0


def measured(data: Path) -> list[Row]:
    """Import, import again, board."""
    from tongzhou.catalogue.actions.lay_out_catalogue import lay_out_catalogue  # noqa: PLC0415
    from tongzhou.demo.cast import assemble  # noqa: PLC0415
    from tongzhou.library.actions.load_shipped import load_shipped  # noqa: PLC0415
    from tongzhou.needs.importing import import_files  # noqa: PLC0415
    from tongzhou.needs.models import Need, NeedLine  # noqa: PLC0415
    from tongzhou.needs.queries import board  # noqa: PLC0415

    load_shipped(at=_AT)
    cast = assemble(at=_AT - timedelta(days=600))
    lay_out_catalogue(by=cast.shen, at=_AT)
    rows: list[Row] = []
    for source in ("getusppe", "wuhan2020"):
        kept = {".csv", ".parquet"}
        files = [(p.name, p.read_bytes()) for p in sorted((data / source).iterdir())
                 if p.suffix in kept and not p.name.startswith("lookup")]  # fmt: skip
        for time_ in ("first", "again"):
            begun = time.perf_counter()
            report = import_files(files, source=source, by=cast.shen, at=_AT, skip_bad=True)
            took = time.perf_counter() - begun
            counts = ", ".join(f"{k} {v}" for k, v in report.counts().items() if v)
            rows.append(Row(f"import {source}, {time_}", f"{took:.1f} s", "< 20 s", counts))
    _fill(cast, 100_000 - Need.objects.count())
    for name, post in (("commander", cast.shen), ("street", cast.ye), ("volunteers", cast.chu)):
        for filters in (board.Filters(), board.Filters(item="mask-n95"), board.Filters(show="all")):
            times = []
            for _run in range(_RUNS):
                begun = time.perf_counter()
                page = board.board(visible_to=post, filters=filters)
                times.append(time.perf_counter() - begun)
            p95 = sorted(times)[int(_RUNS * 0.95) - 1]
            said = ", ".join(f"{k}={v}" for k, v in filters.pairs()) or "unmet"
            rows.append(
                Row(f"board of {len(page.rows)}, {name}, {said}", f"p95 {p95 * 1000:.0f} ms",
                    "< 150 ms",
                    f"median {statistics.median(times) * 1000:.0f} ms, "
                    f"{NeedLine.objects.count():,} lines of {Need.objects.count():,} needs")
            )  # fmt: skip
    return rows


def _fill(cast: object, count: int) -> None:
    """Needs of the community and the hospital until there are 100,000."""
    from django.db import connection  # noqa: PLC0415

    units = cast.units  # type: ignore[attr-defined]
    some = [units[c] for c in ("baoshi-community", "hz-hospital", "wz-trade", "baoshi-property")]
    with connection.cursor() as cursor:
        for unit in some:
            cursor.execute(_FILL, {"unit": unit.id, "area": unit.area_id, "n": count // len(some),
                                   "path": unit.area.path})  # fmt: skip
        cursor.execute("ANALYZE needs_need; ANALYZE needs_needline; ANALYZE actors_unit")


_FILL = """
WITH need AS (
    INSERT INTO needs_need (id, number, unit_id, area_id, place, exercise, priority, reason, note,
        call, channel, holder_id, held_since, stated_at, confirmed_at, withdrawn_reason, needed_by)
    SELECT gen_random_uuid(), nextval('needs_need_number'), %(unit)s, %(area)s, '', false,
        1 + (n %% 4), '', '', '', 'web', %(unit)s, t, t, t, '', t + interval '2 days'
    FROM generate_series(1, %(n)s) n,
        LATERAL (SELECT timestamptz '2021-07-01' + n * interval '1 minute' t) made
    RETURNING id, unit_id, priority, needed_by, stated_at
)
INSERT INTO needs_needline (id, need_id, place, item_id, asked, typed, note, unit_id, holder_id,
    area_path, exercise, priority, needed_by, stated_at, committed, on_way, received)
SELECT gen_random_uuid(), need.id, 1, item.id, 100 + (random() * 900)::int, '', '', need.unit_id,
    need.unit_id, %(path)s, false, need.priority, need.needed_by, need.stated_at, 0, 0, 0
FROM need CROSS JOIN LATERAL (SELECT id FROM catalogue_item
    ORDER BY md5(need.id::text || code) LIMIT 1) item
"""


if __name__ == "__main__":
    sys.exit(main())
