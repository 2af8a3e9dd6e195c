"""``python -m bench.contestants MEASURE WAY FILE``: one measure in one way, alone in a process.

Prints JSON: ``seconds`` (reading included, imports and compilation not; the best of ``runs``),
``cpu`` (of all threads, which says more on a busy machine), ``peak`` (resident memory in bytes)
and ``found`` (a number by which the ways can be compared).
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

COLUMNS = {
    "hand_overs": ["about_kind", "about_id", "at", "by_unit", "kind"],
    "follows": ["about_kind", "about_id", "at", "by_unit", "kind"],
    "ties": ["by_unit", "with_units", "phase", "kind"],
    "everything": ["about_kind", "about_id", "at", "by_unit", "kind", "with_units", "phase"],
}
WAYS = ("scan", "kernel", "duckdb", "pandas")


def main(measure: str, way: str, file: str) -> int:
    """The command."""
    run: Callable[[], int] = globals()[f"_{way}"](measure, Path(file))
    seconds: list[float] = []
    cpu: list[float] = []
    # Quick ones vary: several runs of them cost little.
    while not seconds or (len(seconds) < 3 and sum(seconds) < 8):
        began, worked = time.perf_counter(), time.process_time()
        found = run()
        seconds.append(time.perf_counter() - began)
        cpu.append(time.process_time() - worked)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    result = {"seconds": min(seconds), "cpu": min(cpu), "runs": len(seconds), "peak": peak}
    print(json.dumps({**result, "found": found}))
    return 0


def _scan(measure: str, file: Path) -> Callable[[], int]:
    """The columns decoded and left alone, in the quickest way that we know: text stays in the
    dictionaries of the file, two threads."""
    leaves = {"with_units": "with_units.list.element"}
    texts = [leaves.get(name, name) for name in COLUMNS[measure] if name != "at"]

    def run() -> int:
        with pq.ParquetFile(file, read_dictionary=texts, pre_buffer=False) as opened:
            names = COLUMNS[measure]
            return sum(
                batch.num_rows
                for group in range(opened.num_row_groups)
                for batch in opened.iter_batches(1 << 18, [group], names, use_threads=True)
            )

    return run


def _kernel(measure: str, file: Path) -> Callable[[], int]:
    from actscope.process.onepass import figures  # noqa: PLC0415 – only what is measured
    from actscope.process.onepass.layout import (  # noqa: PLC0415 – only what is measured
        ACTS_LAYOUT,
        EVERYTHING,
        Measure,
    )
    from actscope.process.onepass.state import advance, start  # noqa: PLC0415 – only what is measured

    measures = EVERYTHING if measure == "everything" else frozenset({Measure(measure)})
    begun = start(ACTS_LAYOUT, measures)
    with pq.ParquetFile(file) as opened:
        few = next(opened.iter_batches(1_000, columns=COLUMNS["everything"]))
    advance(begun, pa.Table.from_batches([few]))  # compiled, or taken from the cache

    def run() -> int:
        state = advance(begun, file)
        found = 0
        if Measure.TIES in measures:
            found = figures.ties_of(state).ties.num_rows
        if Measure.FOLLOWS in measures:
            found = sum(figures.follows_of(state).pairs["count"].to_pylist())
        if Measure.HAND_OVERS in measures:
            found = figures.hand_overs_of(state).total
        return found

    return run


def _duckdb(measure: str, file: Path) -> Callable[[], int]:
    from actscope.engines.duck import DuckEngine  # noqa: PLC0415 – only what is measured

    def run() -> int:
        with DuckEngine(file) as engine:
            if measure == "ties":
                return engine.ties().rows.num_rows
            return (engine.hand_overs() if measure == "hand_overs" else engine.directly_follows()).n

    return run


def _pandas(measure: str, file: Path) -> Callable[[], int]:
    import pandas as pd  # noqa: PLC0415 – only what is measured

    def steps(label: str) -> Any:
        frame = pd.read_parquet(file, columns=["about_id", "at", label])
        frame = frame.sort_values(["about_id", "at"], kind="stable")
        after = frame.shift(-1)
        same = frame["about_id"] == after["about_id"]
        return pd.DataFrame(
            {"source": frame[label], "target": after[label], "wait": after["at"] - frame["at"]}
        )[same]

    def run() -> int:
        if measure == "hand_overs":
            moves = steps("by_unit")
            moves = moves[moves["source"] != moves["target"]]
            return int(
                moves.groupby(["source", "target"])["wait"].agg(["size", "mean"])["size"].sum()
            )
        if measure == "follows":
            pairs = steps("kind").groupby(["source", "target"])["wait"]
            return int(pairs.agg(["size", "mean", "median"])["size"].sum())
        acts = pd.read_parquet(file, columns=["by_unit", "with_units", "phase"])
        acts["weight"] = 1 / acts["with_units"].str.len()
        pairs = acts.explode("with_units").groupby(["phase", "by_unit", "with_units"])["weight"]
        return len(pairs.sum())

    return run


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
