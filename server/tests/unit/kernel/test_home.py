"""Where an installation keeps its files."""

from pathlib import Path

import pytest

from tongzhou.kernel.home import fix_home, home


def test_it_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TONGZHOU_HOME", str(tmp_path / "state"))

    assert home() == tmp_path / "state"


def test_else_it_is_in_the_current_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TONGZHOU_HOME", raising=False)
    monkeypatch.chdir(tmp_path)

    assert home() == tmp_path / ".tongzhou"


def test_a_child_in_another_folder_finds_the_same_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TONGZHOU_HOME", "")
    monkeypatch.chdir(tmp_path)
    fixed = fix_home()

    monkeypatch.chdir("/")

    assert home() == fixed == tmp_path / ".tongzhou"
    assert fixed.is_dir()
