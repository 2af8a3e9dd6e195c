"""Whether the tables are of this version is known from a note."""

from pathlib import Path

import pytest

from tongzhou.cli import migrated, notes


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("TONGZHOU_HOME", str(tmp_path))
    (tmp_path / "postgres").mkdir()
    return tmp_path / "postgres"


def test_without_a_note_it_is_not_believed(data: Path) -> None:
    assert not migrated.up_to_date()


def test_with_the_note_of_this_version_it_is(data: Path) -> None:
    migrated.note()

    assert migrated.up_to_date()


def test_a_note_that_was_taken_away_counts_no_more(data: Path) -> None:
    migrated.note()
    notes.forget()

    assert not migrated.up_to_date()


def test_another_version_has_another_fingerprint(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrated.note()
    monkeypatch.setattr(migrated, "version", lambda package: "99")

    assert not migrated.up_to_date()


def test_a_database_of_ones_own_is_always_asked(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrated.note()
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/db")

    assert not migrated.up_to_date()
