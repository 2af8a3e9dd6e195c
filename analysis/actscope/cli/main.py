"""The entry point: finds the sub-command, prints its answer or its refusal.

Each sub-command is a module of ``actscope.cli.commands`` with ``arguments(parser)``,
``run(options)`` and ``SHAPE`` (see ``answer``); only the one that is asked for is loaded.
"""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn

from actscope import __version__
from actscope.acts.report import Report
from actscope.cli.answer import Answer
from actscope.errors import InputError

REFUSED = 2
"""Exit code for bad input and for wrong usage alike."""

COMMANDS = {
    "check": "say what is wrong with a table",
    "tables": "what the tables are made of",
    "summary": "ties, acts per day and hand-overs of a table of acts",
    "report": "a report that stands alone, as HTML or Markdown",
    "diagnose": "which problems show, which causes hold, and what would mend them",
    "dimensions": "the four gaps, the three mechanisms, and constructs of theories",
    "network": "the measures of a network: whole, actors, groups, communities, weak points",
    "roles": "the role of each unit in each phase, and who governs",
    "process": "hand-overs, waits, throughput and blocking points of an event log",
    "tempo": "acts per day, cooperation per open case, and the mix of kinds by phase",
    "survey": "scales, factors, models and comparisons of what people answered",
    "coding": "whether people who coded the same interviews agree",
    "compare": "places ranked by several indicators, and how firm the ranks are",
    "qca": "which conditions are needed for an outcome, which combinations are enough",
    "rt": "the reproduction number R(t), and a short forecast",
    "risk": "the level of risk of each area, by the rules in force on a day",
    "allocate": "who sends what to whom: fair mutual aid, with proof",
    "roster": "who works when: skills, rest, leaders, and the load spread evenly",
    "reconcile": "one organisation under many spellings: what is merged, and why",
    "synth": "a log of acts drawn from a seed, with truths planted in it",
}
"""The sub-commands, each in a module of its name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives 0, or 2 when the input was refused. Wrong usage exits with 2."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = parser(given[0] if given else "").parse_args(given)
    try:
        answer: Answer = command(options.command).run(options)
    except InputError as error:
        print(f"{error.code}: {error.sentence(options.language)}", file=sys.stderr)
        return REFUSED
    for report in answer.warnings:
        print("\n".join(report_lines(report, options.language)), file=sys.stderr)
    try:
        _print(answer, as_json=options.json)
    except BrokenPipeError:
        # Whoever reads has seen enough (``| head``); nothing is left to say at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if answer.refused is None:
        return 0
    print(f"{answer.refused.code}: {answer.refused.sentence(options.language)}", file=sys.stderr)
    return REFUSED


def _print(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(answer.value, ensure_ascii=False, allow_nan=False, indent=2))
    else:
        print("\n".join(answer.lines))
    sys.stdout.flush()


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


class Parser(argparse.ArgumentParser):
    """One that says in one line what is wrong with its arguments."""

    def error(self, message: str) -> NoReturn:
        self.exit(REFUSED, f"usage_wrong: {message}; see {self.prog} --help\n")


def parser(chosen: str = "") -> argparse.ArgumentParser:
    """The parser with all sub-commands, of which only ``chosen`` has its arguments ("*": all)."""
    top = Parser(
        prog="actscope",
        description="Measures of collaboration, from tables of acts, ties, answers, needs, cases.",
    )
    top.add_argument("--version", action="version", version=f"actscope {__version__}")
    subs = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    shared = Parser(add_help=False)
    shared.add_argument("--json", action="store_true", help="print JSON")
    shared.add_argument(
        "--language", choices=("en", "zh"), default="en", help="language of the sentences"
    )
    for name, help_ in COMMANDS.items():
        sub = subs.add_parser(name, parents=[shared], help=help_, description=_sentence(help_))
        if chosen in (name, "*"):
            command(name).arguments(sub)
    return top


def command(name: str) -> ModuleType:
    """The module of a sub-command."""
    return importlib.import_module(f"actscope.cli.commands.{name.replace('-', '_')}")


def report_lines(report: Report, language: str) -> list[str]:
    """What a check found, a line for each listed problem."""
    head = f"{report.table}: {report.rows} rows, {report.errors} errors, {report.warnings} warnings"
    lines = [f"{i.level} {i.code}: {i.sentence(language)}" for i in report.issues]
    unlisted = report.errors + report.warnings - len(report.issues)
    return [head, *lines, *([f"… and {unlisted} more"] if unlisted else [])]
