"""Columns that the user names, numbers, and the tables of ties, cases and needs."""

from pathlib import Path

import pytest

from actscope.acts import Column, TableRefusedError, read_columns, read_needs, read_ties
from actscope.acts.sources import column_names


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    path.write_text("who,a1,a2,note\nNA,1, 2.5 ,x\nb,NA,-3e1,y\n", encoding="utf-8")
    return path


def number(name: str) -> Column:
    return Column(name=name, type="number", en="", zh="", required=True, empty_words=("NA",))


def test_they_come_under_the_names_of_the_question(answers: Path) -> None:
    person = Column(name="who", type="text", en="", zh="", filled=True)

    table = read_columns(
        answers, {"person": person, "x": number("a1"), "y": number("a2"), "again": number("a1")}
    ).table

    assert table.to_pydict() == {
        "person": ["NA", "b"],
        "x": [1.0, None],
        "y": [2.5, -30.0],
        "again": [1.0, None],
    }


@pytest.mark.parametrize("bad", ["x", "1,5", "inf", "nan", "1e999", "0x10", "--1"])
def test_what_is_no_number_is_told_with_its_row(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f'a\n1\n"{bad}"\n', encoding="utf-8")

    with pytest.raises(TableRefusedError) as refused:
        read_columns(path, {"a": number("a")})

    (issue,) = refused.value.report.issues
    assert (issue.code, issue.row, issue.field) == ("figure_unreadable", 2, "a")


def test_a_column_that_is_not_there_is_named(answers: Path) -> None:
    with pytest.raises(TableRefusedError, match="“b9” is required") as refused:
        read_columns(answers, {"x": number("b9")})

    assert refused.value.code == "column_missing"


def test_a_table_without_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a\n", encoding="utf-8")

    with pytest.raises(TableRefusedError) as refused:
        read_columns(path, {"a": number("a")})

    assert refused.value.code == "file_without_rows"


def test_the_names_of_all_columns(answers: Path) -> None:
    assert column_names(answers) == ("who", "a1", "a2", "note")


def test_ties_and_needs(tmp_path: Path) -> None:
    ties = tmp_path / "ties.csv"
    ties.write_text("source,target,weight\nNA,b,2\n", encoding="utf-8")
    needs = tmp_path / "needs.csv"
    needs.write_text("id,item,quantity\n3301,N95,12\n", encoding="utf-8")

    assert read_ties(ties).table.to_pylist() == [{"source": "NA", "target": "b", "weight": 2.0}]
    assert read_needs(needs).table.to_pylist() == [{"id": "3301", "item": "N95", "quantity": 12.0}]
