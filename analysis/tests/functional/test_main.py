"""What holds for the command as a whole."""

import subprocess
import sys

import pytest

from actscope.cli.main import main

COMMAND = [sys.executable, "-m", "actscope"]


def test_a_reader_who_has_seen_enough_is_no_fault() -> None:
    line = " ".join([*COMMAND, "tables", "--json", "|", "head", "-1"])
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "{\n"


@pytest.mark.parametrize("seed", ["-1", "1.5", "x", "²"])
def test_a_seed_is_a_whole_number(seed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["diagnose", "acts.csv", "--seed", seed])

    assert left.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("usage_wrong: argument --seed")
    assert "is not a whole number from 0 on" in line


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import actscope, sys; print(sorted({'numpy', 'pyarrow', 'duckdb'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
