"""``tongzhou demo``: plays once, then becomes ``tongzhou serve``."""

import argparse
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tongzhou.cli import demo, migrated, notes, serve
from tongzhou.cli.main import parser_of
from tongzhou.kernel.terminal import Fault

SUMMARY = {"acts": 5, "units": 2, "areas": 3, "incidents": 1, "tasks": 4, "seconds": 1.0}
ACCOUNT = {"role": "commander", "username": "shen", "password": "boat", "unit": "Headquarters"}


class Became(Exception):
    """The process would be another program now."""


class Stage:
    """What happened: migrations, plays, and what the process became."""

    def __init__(self) -> None:
        self.migrated = 0
        self.played: list[dict[str, Any]] = []
        self.became: list[str] = []
        self.verified = True

    def play(self, **how: Any) -> dict[str, object]:
        self.played.append(how)
        return {**SUMMARY, "verified": self.verified}


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Stage:
    """A state folder of its own, with nothing real behind it."""
    found = Stage()
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("TONGZHOU_HOME", str(tmp_path))
    monkeypatch.setenv("TONGZHOU_LANGUAGE", "en")
    monkeypatch.setenv("TONGZHOU_DB_ROLE", "web")
    (tmp_path / "postgres").mkdir()

    def migrate() -> None:
        found.migrated += 1
        migrated.note()

    def become(program: str, command: list[str]) -> None:
        found.became = command
        raise Became

    player = SimpleNamespace(play=found.play, accounts=lambda: [ACCOUNT])
    monkeypatch.setattr(serve, "migrate", migrate)
    monkeypatch.setattr(demo.os, "execv", become)
    monkeypatch.setitem(sys.modules, "tongzhou.demo.play", player)
    return found


def options(*arguments: str) -> argparse.Namespace:
    return parser_of("demo").parse_args(arguments)


def test_it_plays_and_then_serves(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Became):
        demo.run(options("--port", "9000", "--seed", "7"))

    assert stage.migrated == 1
    assert stage.played == [{"seed": 7, "data": None, "progress": True}]
    assert stage.became[3:] == ["serve", "--host", "127.0.0.1", "--port", "9000", "--web", "2"]
    told = capsys.readouterr().out
    assert "5 acts of 2 units" in told
    assert "shen" in told
    assert "boat" in told


def test_a_second_start_asks_nothing(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        with pytest.raises(Became):
            demo.run(options())

    assert (stage.migrated, len(stage.played)) == (1, 1)
    assert capsys.readouterr().out.count("shen") == 2, "the accounts are told again"


def test_after_a_change_of_the_tables_it_asks_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Became):
        demo.run(options())
    monkeypatch.setattr(migrated, "version", lambda package: "99")

    with pytest.raises(Became):
        demo.run(options())

    assert (stage.migrated, len(stage.played)) == (2, 2)


def test_only_playing_prints_one_json_object(
    stage: Stage, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code = demo.run(options("--no-serve", "--json", "--data", str(tmp_path)))

    assert code == 0
    assert json.loads(capsys.readouterr().out) == {**SUMMARY, "verified": True}
    assert stage.played[0]["data"] == tmp_path
    assert stage.played[0]["progress"] is False


def test_a_broken_chain_is_not_served(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    stage.verified = False

    assert demo.run(options()) == 1

    assert stage.became == []
    assert "the chain is broken" in capsys.readouterr().out
    assert notes.read("played-en") is None


def test_a_folder_that_is_none_is_told(stage: Stage) -> None:
    with pytest.raises(Fault) as told:
        demo.run(options("--data", "/no/such/folder"))

    assert told.value.code == "no-folder"
    assert stage.played == []


def test_the_role_of_the_player_is_not_handed_on(stage: Stage) -> None:
    with pytest.raises(Became):
        demo.run(options())

    assert "TONGZHOU_DB_ROLE" not in os.environ
