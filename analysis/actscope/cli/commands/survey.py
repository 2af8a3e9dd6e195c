"""``actscope survey ACTION FILE …``: what people said – how well scales measure, what lies behind
items, whether groups agree inside and differ from each other, and what goes with what."""

import argparse
from types import ModuleType
from typing import Any

from actscope.cli.answer import Answer
from actscope.cli.surveys import agreement, cfa, compare, factors, regress, reliability

ACTIONS: dict[str, ModuleType] = {
    "reliability": reliability,
    "factors": factors,
    "cfa": cfa,
    "agreement": agreement,
    "compare": compare,
    "regress": regress,
}
"""The actions, each in a module of its name."""

SHAPE: Any = {name: action.SHAPE for name, action in ACTIONS.items()}
"""The forms of the actions, of which an answer has one."""


def shape(action: str) -> Any:
    """The form of the JSON of one action."""
    return SHAPE[action]


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--json", action="store_true", help="print JSON")
    shared.add_argument("--language", choices=("en", "zh"), help="language of the sentences")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, action in ACTIONS.items():
        sentence = (action.__doc__ or "").partition("\n\n")[0].replace("``", "")
        sub = actions.add_parser(name, parents=[shared], help=sentence, description=sentence)
        action.arguments(sub)


def run(options: argparse.Namespace) -> Answer:
    """The answer of the action."""
    answer: Answer = ACTIONS[options.action].run(options)
    return answer
