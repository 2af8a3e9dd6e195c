"""What holds for every refusal and every sub-command, as data."""

import importlib
import pkgutil
import re
from collections import defaultdict

import pytest

import actscope
from actscope.acts.sentences import SENTENCES
from actscope.cli.main import COMMANDS, command, parser
from actscope.errors import InputError, refusals

for module in pkgutil.walk_packages(actscope.__path__, "actscope."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)

REFUSALS = sorted(
    (one for one in refusals() if one.__module__.startswith("actscope.")),
    key=lambda one: (one.code, one.__qualname__),
)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: one.code)
def test_a_refusal_says_the_same_in_both_languages(refusal: type[InputError]) -> None:
    def places(sentence: str) -> set[str]:
        return set(re.findall(r"{(\w+)[^}]*}", sentence))

    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", refusal.code)
    assert places(refusal.en) == places(refusal.zh)
    assert re.search(r"[\u4e00-\u9fff]", refusal.zh)
    assert refusal.en[0].isupper() or refusal.en[0] in "“{"


def test_a_code_means_one_thing() -> None:
    meant = defaultdict(set)
    for refusal in REFUSALS:
        meant[refusal.code].add(refusal.en)
    for code, sentence in SENTENCES.items():
        meant[code].add(sentence.en)

    assert {code: told for code, told in meant.items() if len(told) > 1} == {}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_sub_command_says_how_it_is_called_and_what_it_gives(name: str) -> None:
    module = command(name)

    assert (module.__doc__ or "").startswith(f"``actscope {name}")
    assert module.SHAPE
    assert COMMANDS[name][0].islower() or COMMANDS[name].startswith(("R(t)",))


def test_every_argument_is_explained() -> None:
    top = parser("*")
    (subs,) = (action for action in top._actions if action.dest == "command")
    waiting = list(subs.choices.values())  # type: ignore[union-attr] # the sub-commands
    unexplained = []
    while waiting:
        one = waiting.pop()
        for action in one._actions:
            if hasattr(action, "choices") and isinstance(action.choices, dict):
                waiting.extend(action.choices.values())
            elif not action.help:
                unexplained.append(f"{one.prog} {action.dest}")

    assert unexplained == []
