"""The command line: finds the command, prepares what it needs, says plainly what failed.

Exit codes: 0 done, 1 refused or failed (``code: sentence`` on standard error), 2 wrong usage.
"""

import argparse
import contextlib
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

from tongzhou.cli.commands import COMMANDS, Command, summary
from tongzhou.kernel import embedded
from tongzhou.kernel.database_part import VARIABLE, is_embedded
from tongzhou.kernel.home import fix_home
from tongzhou.kernel.processes import PARENT
from tongzhou.kernel.terminal import Fault, words

_ = words("cli")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command named by the first argument and returns the exit code."""
    try:
        code = _answer(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (``| head``) has enough; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _answer(given: Sequence[str]) -> int:
    if not given or given[0] in {"-h", "--help", "help"}:
        print(overview())
        return 0 if given else 2
    name, rest = given[0], given[1:]
    if name not in COMMANDS:
        print(_("There is no command “%(name)s”.") % {"name": name}, file=sys.stderr)
        print(overview(), file=sys.stderr)
        return 2
    return _run(name, rest)


def overview() -> str:
    """What ``tongzhou --help`` prints."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name.ljust(width)}  {summary(name)}" for name in COMMANDS]
    return "\n".join(
        [
            _("Usage: tongzhou COMMAND [OPTIONS]"),
            "",
            *lines,
            "",
            _("“tongzhou COMMAND --help” explains a command."),
        ]
    )


def parser_of(name: str) -> argparse.ArgumentParser:
    """The options of a command. Loads the applications where the command needs them."""
    command = COMMANDS[name]
    module = _load(command)
    parser = argparse.ArgumentParser(
        prog=f"tongzhou {name}",
        description=summary(name),
        epilog=getattr(module, "EPILOG", None),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.arguments(parser)
    return parser


def _load(command: Command) -> Any:
    os.environ.setdefault(VARIABLE, command.part)
    if command.django:
        importlib.import_module("tongzhou.cli.applications").load()
    return importlib.import_module(command.module)


def _ended(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def _run(name: str, rest: Sequence[str]) -> int:
    command = COMMANDS[name]
    # The polite end lets every command give back what it holds.
    signal.signal(signal.SIGTERM, _ended)
    try:
        fix_home()
        parser = parser_of(name)
        options = parser.parse_args(rest)
        with contextlib.ExitStack() as stack:
            # Under a supervisor the server is the supervisor's business.
            if command.server and is_embedded() and PARENT not in os.environ:
                stack.enter_context(embedded.lease())
            return int(_load(command).run(options))
    except Fault as fault:
        print(f"{fault.code}: {fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
