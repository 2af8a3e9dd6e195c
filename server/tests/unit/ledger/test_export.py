"""The Parquet file is what the analysis library reads."""

from pathlib import Path

import psycopg
from unit.ledger.conftest import AT, Seal, Write

from actscope import acts
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.export import export, export_csv


def test_actscope_reads_the_export_without_a_complaint(
    write: Write, seal: Seal, raw: psycopg.Connection, tmp_path: Path
) -> None:
    unit, partner = new_id(), new_id()
    write(by_unit=unit, with_units=[partner], area="0101", due_at=AT)
    write()
    seal()
    write()  # not sealed: not exported

    written = export(raw, tmp_path / "acts.parquet")

    table = acts.read_acts(tmp_path / "acts.parquet").table
    assert written == table.num_rows == 2
    first = table.slice(0, 1).to_pylist()[0]
    assert first["by_unit"] == str(unit)
    assert first["with_units"] == [str(partner)]
    assert first["area"] == "0101"
    assert first["at"] == AT
    assert acts.check_acts(table).issues == ()


def test_an_export_of_one_incident_holds_its_acts_alone(
    write: Write, seal: Seal, raw: psycopg.Connection, tmp_path: Path
) -> None:
    incident = new_id()
    write(incident=incident)
    write()
    seal()

    assert export(raw, tmp_path / "acts.parquet", incident=str(incident)) == 1


def test_an_empty_ledger_gives_an_empty_file(raw: psycopg.Connection, tmp_path: Path) -> None:
    assert export(raw, tmp_path / "acts.parquet") == 0
    assert acts.read_acts(tmp_path / "acts.parquet").table.num_rows == 0


def test_as_csv_it_says_the_same(
    write: Write, seal: Seal, raw: psycopg.Connection, tmp_path: Path
) -> None:
    incident = new_id()
    write(incident=incident, with_units=[new_id(), new_id()], area="0101", due_at=AT)
    write(incident=incident)
    write()
    seal()

    written = export_csv(raw, tmp_path / "acts.csv", incident=str(incident))

    export(raw, tmp_path / "acts.parquet", incident=str(incident))
    found = acts.read_acts(tmp_path / "acts.csv").table.to_pylist()
    expected = acts.read_acts(tmp_path / "acts.parquet").table.to_pylist()
    for row in expected:
        row["with_units"] = row["with_units"] or None  # CSV knows no empty list
    assert written == 2
    assert found == expected
