"""``python -m bench.analysis``: hand-overs, directly-follows graph and network by phase of a large
log, each way in a process of its own, one after the other on one file.

pm4py takes part where PEERS names an interpreter that has it:
``PEERS=/path/to/python python -m bench.analysis``.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.contestants import WAYS
from bench.table import Row, show

ACTS = 10_000_000
LARGE = 100_000_000
MEASURES = {
    "hand_overs": "hand-overs",
    "follows": "directly-follows, waiting times",
    "ties": "network by phase",
}
_GB = 2**30


@dataclass(frozen=True)
class Run:
    """How long it took (on the wall, and of the processors), how much memory at most, what it
    found, and of how many runs it is the best."""

    seconds: float
    cpu: float
    peak: int
    found: int
    runs: int


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="bench.analysis", description=__doc__)
    parser.add_argument("--acts", type=int, default=ACTS, help="acts in the log")
    parser.add_argument("--large", action="store_true", help=f"one pass over {LARGE:,} acts, too")
    parser.add_argument("--logs", type=Path, help="keep the logs in this folder and use them again")
    options = parser.parse_args()
    rows = []
    for row in measured(options.acts, large=options.large, logs=options.logs):
        rows.append(row)
        sys.stderr.write(f"{row.what}: {row.figure} ({row.how})\n")
    print(show(rows))
    return 0


def measured(acts: int, *, large: bool = False, logs: Path | None = None) -> Iterator[Row]:
    """The rows, one after the other; logs go to ``logs`` and stay there, or nowhere."""
    yield _start()
    folder = logs or Path(tempfile.mkdtemp(prefix="actscope-bench-"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _log(folder, acts)
        for measure, name in MEASURES.items():
            yield _row(measure, name, file, acts)
        yield from _growth(folder, acts, large)
    finally:
        if logs is None:
            shutil.rmtree(folder, ignore_errors=True)


def _start() -> Row:
    """What ``import actscope`` costs, beyond starting Python."""
    times = {}
    for code in ("pass", "import actscope"):
        found = []
        for _ in range(7):
            began = time.perf_counter()
            _output(sys.executable, "-c", code)
            found.append(time.perf_counter() - began)
        times[code] = min(found)
    seconds = times["import actscope"] - times["pass"]
    return Row("import actscope", f"{seconds:.3f} s", "< 0.3 s", "best of 7, less Python's start")


def _log(folder: Path, acts: int) -> Path:
    """A log of 500 units and a case to each hundred acts."""
    file = folder / f"acts-{acts}.parquet"
    if not file.exists():
        part = file.with_name(f"part-{file.name}")
        command = (sys.executable, "-m", "actscope", "synth", "--acts", acts, "--units", 500)
        _output(*command, "--cases", max(acts // 100, 1), "-o", part)
        part.rename(file)
    return file


def _row(measure: str, name: str, file: Path, acts: int) -> Row:
    runs = {way: _contest(measure, way, file) for way in WAYS}
    peer = os.environ.get("PEERS")
    if peer and measure != "ties":
        script = Path(__file__).with_name("peer_pm4py.py")
        runs["pm4py"] = _run(peer, script, measure, file)
    kernel, scan = runs["kernel"], runs["scan"]
    others = [
        f"{way} {run.seconds / kernel.seconds:.0f} x"
        for way, run in runs.items()
        if way not in ("scan", "kernel")
    ]
    times = ", ".join(
        f"{way} {run.seconds:.2f} s ({run.cpu:.2f} CPU) {run.peak / _GB:.1f} GB"
        for way, run in runs.items()
    )
    return Row(
        f"{name}, {acts:,} acts",
        f"{kernel.seconds / scan.seconds:.1f} x the scan ({kernel.cpu / scan.cpu:.1f} x its CPU), "
        f"{kernel.peak / _GB:.2f} GB; as long: " + ", ".join(others),
        "<= 10 x (aim 3 x), < 4 GB; pandas >= 10 x, pm4py >= 30 x",
        times,
    )


def _growth(folder: Path, acts: int, large: bool) -> Iterator[Row]:
    sizes = [acts // 10, acts, *([LARGE] if large else [])]
    before: tuple[int, Run] | None = None
    for size in sizes:
        run = _contest("everything", "kernel", _log(folder, size))
        grew = (
            f"{run.seconds / before[1].seconds:.1f} x the time of a log of 1/{size // before[0]}"
            if before
            else f"{run.seconds / size * 1e9:.0f} ns an act"
        )
        yield Row(
            f"all of it in one pass, {size:,} acts",
            f"{run.seconds:.2f} s, {run.peak / _GB:.2f} GB",
            "< 20 s, < 1 GB at 100,000,000; linear",
            f"{grew}; {run.cpu:.2f} s CPU; best of {run.runs}",
        )
        before = (size, run)


def _contest(measure: str, way: str, file: Path) -> Run:
    return _run(sys.executable, "-m", "bench.contestants", measure, way, file)


def _run(*command: object) -> Run:
    return Run(**json.loads(_output(*command).splitlines()[-1]))


def _output(*command: object) -> str:
    words: Sequence[str] = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}\n{done.stderr[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
