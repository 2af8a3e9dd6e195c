"""Bringing names together as a user does: merge, edit the table, apply it."""

from collections.abc import Callable
from pathlib import Path

from .conftest import Ask


def test_the_ebola_snapshots(ask: Ask, data_dir: Path) -> None:
    file = data_dir / "networks" / "ebola_3w" / "ebola_3w_snapshots.csv"

    found = ask("reconcile", file, "--name", "organisation", "--snapshot", "snapshot_date")

    # Told by SOURCE.md beside the file: 11,527 rows, one without a name, 226 spellings.
    assert (found["n"], found["missing"], found["spellings"]) == (11_526, 1, 226)
    merged = {(row["name"], row["canonical"], row["reason"]) for row in found["names"]}
    # Checked by hand.
    assert {
        ("WHO", "World Health Organization", "acronym"),
        ("Action Against Hunger", "Action\u00a0Against Hunger", "folded"),
        ("ilab", "iLab", "folded"),
        ("Action Aid Liberia", "ActionAid Liberia", "blanks"),
        ("US Gvt", "US Government", "short_form"),
        ("German Agro Action", "Welthungerhilfe", "both_named"),
        ("OCHA", "Office for the Coordination of Humanitarian Affairs", "both_named"),
        ("Community Volunteers", "Community Volonteers", "spelling"),
        ("MSF-B", "Medecins sans Frontieres Belgique", "acronym"),
    } <= merged
    open_ = {(link["one"], link["two"]) for link in found["undecided"]}
    assert ("Danish Refugee Council", "Finnish Refugee Council") in open_
    assert ("Institute Pasteur Dakar", "Intitut Pasteur  de Dakar") in open_
    assert ("MDM", "Medicos del Mundo") in open_
    called = {row["name"]: row["canonical"] for row in found["names"]}
    assert called["Danish Refugee Council"] != called["Finnish Refugee Council"]
    assert len(set(called.values())) == found["organisations"]


def test_the_table_is_edited_and_applied(ask: Ask, tmp_path: Path) -> None:
    file, table = tmp_path / "acts.csv", tmp_path / "names.csv"
    file.write_text("org\nWHO\nWorld Health Organization\nCARE\nCare International\n", "utf-8")

    ask("reconcile", file, "--name", "org", "--table", table)
    assert "WHO,World Health Organization,1,acronym" in table.read_text("utf-8")
    edited = table.read_text("utf-8").replace("CARE,CARE,", "CARE,Care International,")
    table.write_text(edited, "utf-8")
    found = ask("reconcile", file, "--name", "org", "--apply", table)

    assert {row["canonical"] for row in found["names"]} == {
        "World Health Organization",
        "Care International",
    }


def test_it_refuses_a_name_called_two_ways(refused: Callable[..., str], tmp_path: Path) -> None:
    file, table = tmp_path / "acts.csv", tmp_path / "names.csv"
    file.write_text("org\nWHO\n", "utf-8")
    table.write_text("name,canonical\nWHO,one\nWHO,two\n", "utf-8")

    def code(*options: str | Path) -> str:
        return refused("reconcile", file, *options).partition(":")[0]

    assert code("--name", "org", "--apply", table) == "name_repeated"
    assert code("--name", "who") == "column_missing"
    assert code("--name", "org", "--table", tmp_path / "no" / "t.csv") == "file_not_written"
    assert code("--name", "org", "--threshold", "2") == "threshold_out_of_range"
