"""``actscope synth --acts N [--plant NAME]… [-o FILE]``: a log of acts that never happened, drawn
from a seed, and the truths that were planted in it."""

import argparse
from pathlib import Path
from typing import Any

from actscope.acts.schema import ACTORS, ACTS, CASES, TIES
from actscope.cli import options as shared
from actscope.cli.answer import Answer, aligned
from actscope.cli.progress import Progress
from actscope.synth.log import Log, synthetic_log
from actscope.synth.settings import Plant, Settings
from actscope.synth.writing import write_table

NUMBERS = {
    "acts": "acts",
    "units": "units that could act",
    "cases": "cases the acts are about",
    "kinds": "kinds of acts",
    "days": "days",
    "phases": "phases of equal length",
}
SHAPE: Any = {
    "settings": {
        **NUMBERS,
        "seed": "seed of the draws",
        "start": "the first instant",
        "plants": "names of the truths planted",
    },
    "acts": "how many acts were drawn",
    "planted": [
        {
            "name": "which truth",
            "units": "the units it is about",
            "phase": "the phase from which on, or null",
            "figures": "how much",
        }
    ],
    "load": "cases open at some moment of each day",
    "files": {
        "acts": "where the acts were written, or null",
        "actors": "where the units, or null",
        "plan": "where the planned ties, or null",
        "cases": "where the cases, or null",
    },
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    usual = Settings()
    for name, what in NUMBERS.items():
        default = getattr(usual, name)
        parser.add_argument(f"--{name}", type=int, default=default, help=f"{what} ({default})")
    shared.seed(parser)
    parser.add_argument(
        "--plant",
        action="append",
        default=[],
        choices=[plant.value for plant in Plant],
        help="a truth to plant; may be given several times",
    )
    parser.add_argument("-o", "--output", type=Path, help="FILE.parquet or FILE.csv for the acts")
    for name, what in {"actors": "units", "plan": "planned ties", "cases": "cases"}.items():
        parser.add_argument(
            f"--{name}-to", type=Path, help=f"a file of the same kind for the {what}"
        )


def run(options: argparse.Namespace) -> Answer:
    """The log, written where it was asked for."""
    log = synthetic_log(
        Settings(
            **{name: getattr(options, name) for name in NUMBERS},
            seed=options.seed,
            plants=frozenset(Plant(name) for name in options.plant),
        )
    )
    number = _write(log, options)
    planted = log.planted()
    files = {
        "acts": options.output,
        **{name: getattr(options, f"{name}_to") for name in ("actors", "plan", "cases")},
    }
    return Answer(
        value={
            "settings": log.settings.to_dict(),
            "acts": number,
            "planted": [truth.to_dict() for truth in planted],
            "load": log.load().tolist(),
            "files": {name: str(path) if path else None for name, path in files.items()},
        },
        lines=[
            f"{number} acts of {options.units} units in {options.cases} cases, seed {options.seed}",
            *(f"{name}: {path}" for name, path in files.items() if path),
            *aligned(
                ("planted", "units", "from phase", "figures"),
                [(p.name.value, " ".join(p.units), p.phase, _told(p.figures)) for p in planted],
            ),
        ],
    )


def _write(log: Log, options: argparse.Namespace) -> int:
    for target, schema, table in (
        (options.actors_to, ACTORS, log.actors),
        (options.plan_to, TIES, log.plan),
        (options.cases_to, CASES, log.cases),
    ):
        if target:
            write_table([table()], schema, target)
    with Progress("drawing") as told:
        if options.output:
            return write_table(
                log.batches(), ACTS, options.output, lambda done: told(done, options.acts)
            )
        return sum(piece.num_rows for piece in log.batches())


def _told(figures: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.3g}" for name, value in figures.items())
