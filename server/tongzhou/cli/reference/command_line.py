"""``cli.md``: every command of ``tongzhou`` with its arguments."""

import argparse
from collections.abc import Iterator

from tongzhou.cli.commands import COMMANDS, summary
from tongzhou.cli.main import parser_of
from tongzhou.cli.reference.markdown import code, page, table


def text() -> str:
    """The page. Written from the parsers themselves rather than from their printed help,
    whose layout differs between versions of Python."""
    parts = [
        "`tongzhou COMMAND --help` says the same in the language of the terminal. Exit codes: "
        "0 done, 1 refused or failed (`code: sentence` on standard error), 2 wrong usage. "
        "What differs between installations comes from [the environment](settings.md).",
        table(["command", "does"], [[code(name), summary(name)] for name in COMMANDS]),
    ]
    for name in COMMANDS:
        parts.append(f"## tongzhou {name}")
        parts += sections(parser_of(name), heading=3)
    return page("Command line", *parts)


def sections(parser: argparse.ArgumentParser, *, heading: int) -> Iterator[str]:
    """What a parser says of itself: description, arguments, and the same of its sub-commands."""
    yield parser.description or ""
    rows = [row for action in _actions(parser) for row in _rows(action)]
    if rows:
        yield table(["argument", "meaning", "default"], rows)
    if parser.epilog:
        yield "```\n" + parser.epilog.strip("\n") + "\n```"
    for action in _actions(parser):
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                yield f"{'#' * heading} {parser.prog} {name}"
                yield from sections(child, heading=heading + 1)


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    # argparse has no public way to ask for what was added to a parser.
    return [a for a in parser._actions if not isinstance(a, argparse._HelpAction)]


def _rows(action: argparse.Action) -> Iterator[list[str]]:
    if isinstance(action, argparse._SubParsersAction):
        return
    value = _value(action)
    names = [f"{name} {value}".strip() for name in action.option_strings]
    meaning = (action.help or "") % {"default": action.default, "prog": "tongzhou"}
    default = action.default
    shown = "" if default in (None, False, argparse.SUPPRESS, "") or default == [] else str(default)
    label = ", ".join(code(name) for name in names) or code(value)
    yield [label, meaning, code(shown)]


def _value(action: argparse.Action) -> str:
    """What is written for the value of an argument; nothing for a flag."""
    if action.nargs == 0:
        return ""
    if action.choices is not None:
        name = "{" + ",".join(str(choice) for choice in action.choices) + "}"
    elif isinstance(action.metavar, tuple):
        name = " ".join(action.metavar)
    else:
        name = action.metavar or action.dest.upper()
    many = {"*": f"[{name} …]", "+": f"{name} …", "?": f"[{name}]", argparse.REMAINDER: f"{name} …"}
    return many.get(str(action.nargs), name)
