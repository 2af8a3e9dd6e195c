"""``actscope summary ACTS``: ties, acts per day and hand-overs, each with what it rests on."""

import argparse
from typing import Any

from actscope.acts.reading import read_actors, read_acts
from actscope.cli import options as shared
from actscope.cli.answer import Answer, figure
from actscope.summary import COLUMNS, summary

SHAPE: Any = {
    "acts": "rows of the table",
    "units": "the table of actors",
    "ties": "weighted ties, whole and by phase",
    "tempo": "acts per day, by kind",
    "hand_overs": "hand-overs between units",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    shared.file(parser, "file", "a table of acts")
    parser.add_argument("--actors", help="a table of units, for names and for those without acts")
    parser.add_argument("--day-zone", default="UTC", help="time zone in which days begin and end")
    shared.zone(parser)


def run(options: argparse.Namespace) -> Answer:
    """The three families in short."""
    acts = read_acts(options.file, zone=options.zone, columns=COLUMNS)
    actors = read_actors(options.actors, zone=options.zone) if options.actors else None
    result = summary(acts.table, actors=actors.table if actors else None, zone=options.day_zone)
    readings = filter(None, (acts, actors))
    return Answer(
        value=result,
        lines=_lines(result),
        warnings=[reading.report for reading in readings if reading.report.issues],
    )


def _lines(result: dict[str, Any]) -> list[str]:
    whole, tempo, moves = result["ties"]["whole"], result["tempo"], result["hand_overs"]
    days = tempo["days"]
    return [
        f"{result['acts']} acts",
        f"ties: {_shown(len(whole['ties']), whole)} among {whole['units']} units, "
        f"density {figure(whole['density'])}, reciprocity {figure(whole['reciprocity'])} "
        f"(n {whole['n']}, missing {whole['missing']})",
        f"tempo: {figure(tempo['all_kinds']['total'])} acts on {len(days)} days"
        + (f", {days[0]} to {days[-1]}" if days else "")
        + f" (n {tempo['n']}, missing {tempo['missing']})",
        f"hand-overs: {figure(moves['bottom']['number'])} in {moves['bottom']['cases']} cases, "
        f"median wait {figure(moves['bottom']['median_wait_hours'])} h "
        f"(n {moves['n']}, missing {moves['missing']})",
    ]


def _shown(number: int, network: dict[str, Any]) -> str:
    return "suppressed" if network["suppressed"] else str(number)
