"""The dimensions as a user asks for them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from actscope.acts.schema import ACTORS, ACTS, TIES
from actscope.cli.main import main
from actscope.synth.log import synthetic_log
from actscope.synth.settings import Plant, Settings
from actscope.synth.writing import write_table

from .conftest import Ask

HEAD = "id,at,by_unit,with_units,kind\n"
PLANTS = frozenset({Plant.BLOCKED_PAIR})


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    log = synthetic_log(Settings(acts=2_000, units=16, cases=150, plants=PLANTS))
    acts, actors, plan = (tmp_path / name for name in ("acts.parquet", "actors.csv", "plan.csv"))
    write_table(log.batches(), ACTS, acts)
    write_table([log.actors()], ACTORS, actors)
    write_table([log.plan()], TIES, plan)
    return acts, actors, plan


def test_it_gives_gaps_mechanisms_and_constructs(ask: Ask, files: tuple[Path, Path, Path]) -> None:
    acts, actors, plan = files

    answer = ask("dimensions", acts, "--actors", actors, "--plan", plan, "--draws", "50")

    assert list(answer["gaps"]) == ["department", "region", "level", "society"]
    assert list(answer["mechanisms"]) == ["actors", "interests", "information"]
    assert list(answer["constructs"]) == ["sfic", "emerson", "comfort", "holistic", "risk"]
    assert sum(w["silent"] for gap in answer["gaps"].values() for w in gap["worst"]) > 0


def test_without_a_plan_reach_is_named_as_lacking(ask: Ask, files: tuple[Path, Path, Path]) -> None:
    answer = ask("dimensions", files[0], "--actors", files[1], "--draws", "50")

    assert answer["gaps"]["region"]["parts"]["reach"] is None
    assert {"region"} <= {u["where"] for u in answer["unmeasured"] if u["part"] == "reach"}


def test_it_is_readable_in_both_languages(
    files: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["dimensions", str(files[0]), "--actors", str(files[1]), "--draws", "50"]

    assert main(arguments) == 0
    assert "We worked well before." in capsys.readouterr().out
    assert main([*arguments, "--language", "zh"]) == 0
    assert "我们以往合作良好。" in capsys.readouterr().out


def test_ids_that_look_like_nothing_are_ids(ask: Ask, tmp_path: Path) -> None:
    acts, actors = tmp_path / "acts.csv", tmp_path / "actors.csv"
    acts.write_text(HEAD + "1,2026-03-01T08:00:00Z,NA,007,ask\n", encoding="utf-8")
    actors.write_text("unit,sector\nNA,government\n007,enterprise\n", encoding="utf-8")

    answer = ask("dimensions", acts, "--actors", actors)

    assert (answer["taking_part"], answer["organisations"]) == (2, 2)
    assert answer["gaps"]["society"]["n"] == 1


def test_it_refuses_bad_input(refused: Callable[..., str], tmp_path: Path) -> None:
    acts, actors = tmp_path / "acts.csv", tmp_path / "actors.csv"
    acts.write_text(HEAD + "1,2026-03-01T08:00:00Z,a,b,ask\n", encoding="utf-8")
    actors.write_text("unit\na\na\n", encoding="utf-8")

    assert refused("dimensions", acts, "--actors", actors).startswith("value_repeated: Row 2")
    actors.write_text("unit\n", encoding="utf-8")
    assert refused("dimensions", acts, "--actors", actors) == (
        "dimensions_actors_none: The table of actors has no rows."
    )
    actors.write_text("unit\na\n", encoding="utf-8")
    line = refused("dimensions", acts, "--actors", actors, "--draws", "3")
    assert line.startswith("dimensions_draws: “draws” is 3")
    assert refused("dimensions", acts, "--actors", tmp_path / "no.csv").startswith("file_missing:")
    acts.write_text(HEAD + 2 * "1,2026-03-01T08:00:00Z,a,b,ask\n", encoding="utf-8")
    assert refused("dimensions", acts, "--actors", actors).startswith("value_repeated: Row 2: “id”")
