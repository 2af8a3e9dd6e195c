"""``python -m tongzhou.cli.reference write`` and ``check``."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Final

from django.utils import translation

from tongzhou.cli.applications import load

FOLDER: Final = Path(__file__).resolve().parents[4] / "docs" / "reference"


def pages() -> dict[str, Callable[[], str]]:
    """What makes each page, by the name of its file."""
    load()
    from tongzhou.cli.reference import (  # noqa: PLC0415 – they need the applications
        acts,
        analysis,
        analysis_commands,
        api,
        command_line,
        errors,
        permissions,
        settings,
        task_life,
        templates,
    )

    return {
        "acts.md": acts.text,
        "actscope.md": analysis.text,
        "actscope-cli.md": analysis_commands.text,
        "api.md": api.text,
        "cli.md": command_line.text,
        "errors.md": errors.text,
        "permissions.md": permissions.text,
        "settings.md": settings.text,
        "tasks.md": task_life.text,
        "templates.md": templates.text,
        **templates.schemas(),
    }


def made() -> dict[str, str]:
    """Every page as it should be, by the name of its file."""
    os.environ["TONGZHOU_LANGUAGE"] = "en"
    makers = pages()
    with translation.override("en"):
        return {name: make() for name, make in makers.items()}


def write(folder: Path, wanted: Mapping[str, str]) -> None:
    """Writes the pages, and removes what is no page any more."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")
    for path in _there(folder):
        if path.name not in wanted:
            path.unlink()


def _there(folder: Path) -> list[Path]:
    """The files of the reference: pages and published schemas."""
    return [*folder.glob("*.md"), *folder.glob("*.schema.json")]


def differences(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """What is not as it should be: one line for each page, with its first differing line."""
    found = {path.name: path.read_text(encoding="utf-8") for path in _there(folder)}
    told = []
    for name in sorted(wanted.keys() | found.keys()):
        place = f"docs/reference/{name}"
        if name not in found:
            told.append(f"{place}: is missing")
        elif name not in wanted:
            told.append(f"{place}: is no page of the reference any more")
        elif wanted[name] != found[name]:
            told.append(_first_difference(place, wanted[name], found[name]))
    return told


def _first_difference(place: str, wanted: str, found: str) -> str:
    lines = zip_longest(wanted.splitlines(), found.splitlines())
    for number, (should, is_) in enumerate(lines, start=1):
        if should != is_:
            return f"{place}:{number}: should be {should!r}, is {is_!r}"
    return f"{place}: differs in how its last line ends"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tongzhou.cli.reference", description=__doc__)
    parser.add_argument("do", choices=("write", "check"))
    options = parser.parse_args(arguments)
    if options.do == "write":
        write(FOLDER, made())
        return 0
    told = differences(FOLDER, made())
    for line in told:
        print(line, file=sys.stderr)
    if told:
        print("Run “make docs” and commit what it changes.", file=sys.stderr)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
