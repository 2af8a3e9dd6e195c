"""``actscope report ACTS [--actors A] [-o FILE.html|FILE.md]``: a report that stands alone."""

import argparse
import hashlib
from pathlib import Path
from typing import Any

from actscope.acts.reading import read_actors, read_acts, read_cases, read_ties
from actscope.cli import options as shared
from actscope.cli.answer import Answer
from actscope.cli.files import written
from actscope.errors import InputError
from actscope.report.build import build
from actscope.report.material import Material
from actscope.report.rendering import html, markdown

SHAPE: Any = {
    "file": "where the report was written, or null",
    "language": "en or zh",
    "sections": [{"id": "place in the report", "title": "heading", "exhibits": "titles"}],
}


PAGES, TEXTS = (".html", ".htm"), (".md", ".markdown")


class EndingUnknownError(InputError):
    """A report that would be neither a page nor text."""

    code = "ending_unknown"
    en = "“{value}” ends neither in .html nor in .md."
    zh = "“{value}”的扩展名既不是 .html 也不是 .md。"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    shared.file(parser, "acts", "a table of acts")
    parser.add_argument("--actors", help="a table of units: names, sectors, areas, levels")
    parser.add_argument("--plan", help="a table of the ties that a plan foresees")
    parser.add_argument("--cases", help="a table of cases")
    parser.add_argument("--title", default="", help="heading of the report")
    parser.add_argument("--day-zone", default="UTC", help="time zone in which days begin and end")
    parser.add_argument(
        "-o", "--output", help="FILE.html or FILE.md; without it Markdown is printed"
    )
    shared.zone(parser)
    shared.seed(parser)


def run(options: argparse.Namespace) -> Answer:
    """The report, written or printed."""
    zone = options.zone
    ending = Path(options.output or "report.md").suffix.lower()
    if ending not in (*PAGES, *TEXTS):
        raise EndingUnknownError(value=options.output)
    acts = read_acts(options.acts, zone=zone)
    actors = read_actors(options.actors, zone=zone) if options.actors else None
    plan = read_ties(options.plan) if options.plan else None
    cases = read_cases(options.cases, zone=zone) if options.cases else None
    readings = [one for one in (acts, actors, plan, cases) if one is not None]
    report = build(
        Material(
            acts.table,
            actors=actors.table if actors else None,
            plan=plan.table if plan else None,
            cases=cases.table if cases else None,
            language=options.language,
            zone=options.day_zone,
            seed=options.seed,
        ),
        title=options.title,
        facts=[
            (Path(path).name, _digest(Path(path)))
            for path in (options.acts, options.actors, options.plan, options.cases)
            if path
        ],
    )
    lines = []
    if options.output:
        written(options.output, html(report) if ending in PAGES else markdown(report))
        lines = [options.output]
    else:
        lines = markdown(report).splitlines()
    return Answer(
        value={
            "file": options.output,
            "language": report.language,
            "sections": [
                {
                    "id": section.id,
                    "title": section.title,
                    "exhibits": [exhibit.title for exhibit in section.exhibits],
                }
                for section in report.sections
            ],
        },
        lines=lines,
        warnings=[one.report for one in readings if one.report.issues],
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return f"SHA-256 {hashlib.file_digest(file, 'sha256').hexdigest()}"
