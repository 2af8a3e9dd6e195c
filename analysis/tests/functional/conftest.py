"""Asking the command as a user does."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from actscope.cli.main import command, main

Ask = Callable[..., Any]


def conforms(value: Any, shape: Any, where: str = "") -> None:
    """Holds a JSON value against the ``SHAPE`` of its sub-command: the same keys everywhere.
    ``None`` may stand for whatever could not be computed."""
    if isinstance(shape, dict) and value is not None:
        assert isinstance(value, dict), where
        if [key[0] for key in shape] == ["<"]:  # any keys, each with the same inside
            shape = dict.fromkeys(value, *shape.values())
        assert set(value) == set(shape), where
        for key, inner in shape.items():
            conforms(value[key], inner, f"{where}.{key}")
    elif isinstance(shape, list) and value is not None:
        assert isinstance(value, list), where
        for place, one in enumerate(value):
            conforms(one, shape[0], f"{where}[{place}]")


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """``ask("check", file)`` – the JSON of a sub-command that succeeds, held against its shape."""

    def asked(name: str, *arguments: str | Path) -> Any:
        assert main([name, *map(str, arguments), "--json"]) == 0, capsys.readouterr().err
        value = json.loads(capsys.readouterr().out)
        module = command(name)
        conforms(value, module.shape(arguments[0]) if hasattr(module, "shape") else module.SHAPE)
        return value

    return asked


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """``refused("check", file)`` – the one line that a sub-command says of bad input."""

    def refusal(*arguments: str | Path) -> str:
        assert main(list(map(str, arguments))) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        (line,) = printed.err.splitlines()
        return line

    return refusal
