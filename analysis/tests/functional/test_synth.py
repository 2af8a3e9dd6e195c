"""Drawing a log as a user does."""

from collections.abc import Callable
from pathlib import Path

from .conftest import Ask


def test_it_writes_the_log_and_says_what_it_planted(ask: Ask, tmp_path: Path) -> None:
    acts, actors, plan, cases = (tmp_path / f"{n}.csv" for n in ("acts", "actors", "plan", "cases"))

    answer = ask(
        *("synth", "--acts", "1200", "--cases", "100", "--units", "10", "--seed", "7"),
        *("--plant", "blocked_pair", "--plant", "burden", "-o", acts),
        *("--actors-to", actors, "--plan-to", plan, "--cases-to", cases),
    )

    assert answer["acts"] == 1200
    assert [truth["name"] for truth in answer["planted"]] == ["blocked_pair", "burden"]
    assert ask("check", acts, "--actors", actors)["rows"] == 1200
    assert ask("check", plan, "--kind", "ties")["ok"]
    assert ask("check", cases, "--kind", "cases")["rows"] == 100


def test_it_refuses_what_makes_no_log(refused: Callable[..., str], tmp_path: Path) -> None:
    assert refused("synth", "--units", "2").startswith("synth_setting: “units” is 2")
    assert refused("synth", "-o", tmp_path / "a.txt").startswith("target_ending:")
    assert refused("synth", "--phases", "1", "--plant", "phase_shift", "--language", "zh") == (
        "synth_plant_phases: “phase_shift”至少需要 2 个阶段。"
    )
