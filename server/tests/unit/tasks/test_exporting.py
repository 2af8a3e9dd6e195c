"""Lists as files: readable by a spreadsheet, and harmless in it."""

import csv
import io

import openpyxl
import pytest
from django.utils import translation

from tongzhou.demo.cast import Cast
from tongzhou.tasks import exporting
from tongzhou.tasks.models import State
from tongzhou.tasks.queries import TaskFilters

from .conftest import AT, DAY, bring, draft


def as_csv(cast: Cast, who: str = "ye", **filters: object) -> list[list[str]]:
    pieces = exporting.csv_rows(
        visible_to=cast.posts[who],
        filters=TaskFilters(**filters),
        at=AT,  # type: ignore[arg-type]
    )
    content = b"".join(pieces)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_line_for_each_task_that_the_list_shows(cast: Cast) -> None:
    numbers = [bring(cast, draft(cast), State.DISPATCHED).reference for _ in range(3)]
    bring(cast, draft(cast), State.CONFIRMED)

    heading, *lines = as_csv(cast)

    assert heading[:3] == ["Number", "Title", "State"]
    assert [line[0] for line in lines] == numbers
    line = dict(zip(heading, lines[0], strict=True))
    assert line["Lead"] == "Beishan Subdistrict Office"
    assert line["Due"] == "2020-01-24 10:00"
    assert line["Done"] == ""
    assert as_csv(cast, "ou")[1:] == []


def test_it_speaks_the_language_of_who_asked_although_it_is_written_later(cast: Cast) -> None:
    bring(cast, draft(cast), State.DISPATCHED)
    with translation.override("zh-hans"):
        pieces = exporting.csv_rows(visible_to=cast.ye, filters=TaskFilters(), at=AT)

    assert "北山街道办事处" in b"".join(pieces).decode()


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@sum", "＝1+1", "=cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(cast: Cast, title: str) -> None:
    bring(cast, draft(cast, title=title), State.DISPATCHED)

    assert as_csv(cast)[1][1] == f"'{title}"
    book = openpyxl.load_workbook(
        exporting.xlsx_file(visible_to=cast.ye, filters=TaskFilters(), at=AT)
    )
    cell = book.active["B2"]
    assert (cell.value, cell.data_type) == (f"'{title}", "s")


def test_a_spreadsheet_holds_the_same(cast: Cast) -> None:
    task = bring(cast, draft(cast, title='口罩\x0b, "N95"\n每户'), State.DISPATCHED)

    file = exporting.xlsx_file(visible_to=cast.ye, filters=TaskFilters(), at=AT)

    rows = list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))
    assert [str(value) for value in rows[0]] == as_csv(cast)[0]
    assert rows[1][:2] == (task.reference, '口罩, "N95"\n每户')


def test_it_goes_page_by_page_without_losing_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tongzhou.tasks.queries.lists.LIMIT", 3)
    monkeypatch.setattr("tongzhou.ui.csv_files._BATCH", 2)
    numbers = [
        bring(cast, draft(cast, due_at=AT + DAY), State.DISPATCHED).reference for _ in range(8)
    ]

    assert [line[0] for line in as_csv(cast)[1:]] == numbers
