"""``actscope-cli.md``: every sub-command of ``actscope``, its arguments and its JSON."""

import argparse
import json
from typing import Any

from actscope.cli.main import COMMANDS, command, parser
from tongzhou.cli.reference.command_line import sections
from tongzhou.cli.reference.markdown import code, page, table


def text() -> str:
    """The page."""
    parts = [
        "`actscope COMMAND --help` says the same. Exit codes: 0 done, 2 bad input or wrong usage "
        "(`code: sentence` on standard error). `--json` prints one JSON value whose keys are "
        "stable; `null` stands for what could not be computed.",
        table(["command", "does"], [[code(name), help_] for name, help_ in COMMANDS.items()]),
    ]
    children = _children(parser("*"))
    for name in COMMANDS:
        module = command(name)
        parts += [f"## actscope {name}", (module.__doc__ or "").strip().replace("``", "`")]
        parts += list(sections(children[name], heading=3))
        parts += ["JSON:", f"```json\n{_shape(module.SHAPE)}\n```"]
    return page("Commands of the analysis", *parts)


def _children(top: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    (subs,) = (a for a in top._actions if isinstance(a, argparse._SubParsersAction))
    return dict(subs.choices)


def _shape(shape: Any) -> str:
    return json.dumps(shape, ensure_ascii=False, indent=2)
