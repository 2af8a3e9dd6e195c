"""The reference pages say what the code says."""

import argparse
import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from tongzhou.actors.vocabulary import ROLES, Role, words
from tongzhou.cli.commands import COMMANDS
from tongzhou.cli.reference import (
    __main__ as command,
)
from tongzhou.cli.reference import (
    acts,
    api,
    command_line,
    errors,
    markdown,
    permissions,
    settings,
    task_life,
)
from tongzhou.cli.reference.bilingual import both
from tongzhou.cli.reference.variables import VARIABLES
from tongzhou.ledger.types import declared
from tongzhou.tasks.transitions import TRANSITIONS

REPOSITORY = Path(__file__).resolve().parents[4]
LISTED = REPOSITORY / "server/tongzhou/cli/reference/variables.py"
VARIABLE = re.compile(r"TONGZHOU_[A-Z_]+|DATABASE_URL")


def constants(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.py"):
        if path == LISTED:
            continue
        source = path.read_text(encoding="utf-8")
        if not VARIABLE.search(source):
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_it_lists_every_act_type_with_both_sentences() -> None:
    text = acts.text()

    for act in declared().values():
        kind = f"`{act.kind}`" if act.kind else ""
        assert f"| `{act.name}` | {kind} | {act.en} | {act.zh} |" in text


def test_every_act_type_stands_under_its_room() -> None:
    rooms = acts.by_room()

    assert "task.accepted.v1" in {act.name for act in rooms["tasks"]}
    assert "unit.created.v1" in {act.name for act in rooms["actors"]}


def test_it_lists_every_permission_word() -> None:
    text = permissions.text()

    for word in words().values():
        assert f"| `{word.name}` | {word.en} | {word.zh} |" in text


def test_the_table_of_roles_says_who_holds_what() -> None:
    lines = permissions.text().partition("## Words by role")[2].splitlines()
    rows = {cells[1]: cells[2:-1] for cells in map(split_row, lines) if len(cells) > 2}

    for word in words().values():
        expected = ["●" if word in ROLES[role] else "" for role in Role]
        assert rows[f"`{word.name}`"] == expected


def split_row(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def test_an_error_code_stands_for_one_meaning() -> None:
    by_code = defaultdict(list)
    for kind in errors.refusals():
        by_code[kind.code].append(kind)

    shared = {
        code: [f"{kind.__module__}.{kind.__name__}" for kind in kinds]
        for code, kinds in by_code.items()
        # A class derived from another may keep its code: it says the same, more narrowly.
        if not any(all(issubclass(kind, base) for kind in kinds) for base in kinds)
    }

    assert shared == {}


def test_the_command_line_uses_no_code_of_a_refusal_for_something_else() -> None:
    refused = {kind.code for kind in errors.refusals()}
    said = {fault.code for fault in errors.operator_faults()}

    assert said & refused <= {"not-found"}


def test_it_lists_every_error_in_both_languages() -> None:
    text = errors.text()

    for kind in errors.refusals():
        en, zh = both(kind.message)
        assert (
            f"| `{kind.code}` | {kind.status} | {en.replace('|', chr(92) + '|')} | {zh} |" in text
        )


def test_it_lists_what_verification_finds() -> None:
    found = errors.verification_faults()

    assert {"act-changed", "act-missing", "block-gap"} <= set(found)
    assert ", ".join(f"`{code}`" for code in found) in errors.text()


def test_places_in_sentences_are_shown_in_braces() -> None:
    assert both("Task %(number)s is 100 %% closed")[0] == "Task {number} is 100 % closed"


def test_it_lists_every_command_and_option() -> None:
    text = command_line.text()

    for name in COMMANDS:
        assert f"## tongzhou {name}\n" in text
    assert "| `--port PORT` | port to listen on | `8000` |" in text


def test_commands_below_a_command_are_listed_too() -> None:
    assert "### tongzhou ledger verify" in command_line.text()


def test_arguments_show_how_often_they_may_come() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("more", nargs="*")
    parser.add_argument("--loud", action="store_true")
    parser.add_argument("--as", choices=("csv", "json"))

    shown = [command_line._value(action) for action in command_line._actions(parser)]

    assert shown == ["FILE", "[MORE …]", "", "{csv,json}"]


def test_every_variable_that_is_read_is_listed() -> None:
    read = {
        name
        for folder in ("server/tongzhou", "server/tests", "analysis")
        for name in constants(REPOSITORY / folder)
        if VARIABLE.fullmatch(name)
    }

    assert read == {variable.name for variable in VARIABLES}


def test_the_settings_page_lists_every_variable() -> None:
    text = settings.text()

    for variable in VARIABLES:
        assert f"| `{variable.name}` | {variable.default} | {variable.en} | {variable.zh} |" in text


def test_it_lists_every_operation_of_the_api() -> None:
    text = api.text()

    assert "| GET | `/api/v1/tasks` |" in text
    assert "| POST | `/api/v1/signals` |" in text


def test_it_lists_every_act_on_a_task() -> None:
    text = task_life.text()

    for verb, transition in TRANSITIONS.items():
        assert f"| `{verb}` | `{transition.word.name}` |" in text


def test_a_cell_keeps_its_table_whole() -> None:
    assert markdown.table(["a"], [["one | two\nthree"]]).endswith("| one \\| two three |")


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells under 2 headers"):
        markdown.table(["a", "b"], [["only one"]])


def test_the_pages_do_not_depend_on_the_language_of_the_reader() -> None:
    with translation.override("zh-hans"):
        in_chinese = command.made()

    assert in_chinese == command.made()


PAGES = {"one.md": "# One\n\nfirst\n", "two.md": "# Two\n"}


def test_written_pages_have_no_differences(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("of an earlier version", encoding="utf-8")

    command.write(tmp_path, PAGES)

    assert command.differences(tmp_path, PAGES) == []
    assert not (tmp_path / "old.md").exists()


def test_a_difference_is_named_by_page_and_line(tmp_path: Path) -> None:
    command.write(tmp_path, PAGES)
    (tmp_path / "one.md").write_text("# One\n\nsecond\n", encoding="utf-8")

    told = command.differences(tmp_path, PAGES)

    assert told == ["docs/reference/one.md:3: should be 'first', is 'second'"]


def test_a_page_that_lacks_its_end_differs(tmp_path: Path) -> None:
    command.write(tmp_path, PAGES)
    (tmp_path / "one.md").write_text("# One\n", encoding="utf-8")
    (tmp_path / "two.md").write_text("# Two", encoding="utf-8")

    told = command.differences(tmp_path, PAGES)

    assert told == [
        "docs/reference/one.md:2: should be '', is None",
        "docs/reference/two.md: differs in how its last line ends",
    ]


def test_missing_and_foreign_pages_are_named(tmp_path: Path) -> None:
    command.write(tmp_path, PAGES)
    (tmp_path / "one.md").rename(tmp_path / "extra.md")

    told = command.differences(tmp_path, PAGES)

    assert told == [
        "docs/reference/extra.md: is no page of the reference any more",
        "docs/reference/one.md: is missing",
    ]


def test_check_fails_where_a_page_is_behind_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "FOLDER", tmp_path)
    monkeypatch.setattr(command, "made", lambda: PAGES)
    assert command.main(["write"]) == 0
    assert command.main(["check"]) == 0

    (tmp_path / "two.md").unlink()

    assert command.main(["check"]) == 1
    assert "docs/reference/two.md: is missing" in capsys.readouterr().err
