"""A printed proof is checked by a script that needs no database."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from unit.ledger.conftest import Seal, Write

from tongzhou.kernel.errors import NotFound
from tongzhou.kernel.ids import new_id
from tongzhou.ledger import check_proof
from tongzhou.ledger.prove import prove


@pytest.fixture
def proof(write: Write, seal: Seal, raw: psycopg.Connection) -> dict[str, Any]:
    """The proof of the fourth act of a block of seven."""
    ids = [write(data={"名称": "同舟", "n": n}) for n in range(7)]
    seal()
    return prove(raw, ids[3])


def run_alone(file: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The script as a copy in an empty folder, isolated from every installed package."""
    script = file.with_name("check.py")
    script.write_bytes(Path(check_proof.__file__).read_bytes())
    return subprocess.run(
        [sys.executable, "-I", "-S", script, file, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_script_alone_says_that_it_holds(proof: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(proof), encoding="utf-8")

    result = run_alone(file, "--block-hash", proof["block_hash"])

    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.startswith("holds: position 4 in block ")


@pytest.mark.parametrize(
    "forge",
    [
        lambda p: p["act"].update(outcome="better"),
        lambda p: p["act"].update(position=5),
        lambda p: p["path"].pop(),
        lambda p: p["block"].update(root="00" * 32),
        lambda p: p["block"].update(sealed_at="2020-01-24T00:00:00.000000Z"),
        lambda p: p.pop("path"),
    ],
)
def test_the_script_refuses_a_forged_proof(
    proof: dict[str, Any], tmp_path: Path, forge: Any
) -> None:
    forge(proof)
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(proof), encoding="utf-8")

    result = run_alone(file)

    assert result.returncode == 1
    assert result.stdout.startswith("does not hold")


def test_the_script_refuses_another_block_than_the_one_noted(
    proof: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(proof), encoding="utf-8")

    assert check_proof.main([str(file), "--block-hash", "00" * 32]) == 1


def test_there_is_no_proof_of_an_act_that_is_not_sealed(
    write: Write, raw: psycopg.Connection
) -> None:
    waiting = write()

    for act in (waiting, new_id()):
        with pytest.raises(NotFound):
            prove(raw, act)
