"""Lists: one act on a selection, filters that stand in the address, files to take away."""

import csv
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.node]


def test_a_selection_is_accepted_in_one_step(visitor: Open, language: str) -> None:
    lou, mei = visitor("lou", language=language), visitor("mei", language=language)
    words = "成批核对" + language
    lou.open("/today")
    numbers = [lou.asks(f"{words}第{n}件", of="baoshi-community") for n in (1, 2, 3)]
    mei.open(f"/tasks?q={words}")
    mei.live()

    mei.page.check(f"[data-bulk-item][value='{numbers[0]}']")
    mei.page.check(f"[data-bulk-item][value='{numbers[2]}']")
    bar = mei.page.locator("[data-bulk-bar], .tz-bulk").first
    expect(bar.locator("[data-bulk-count]")).to_have_text("2")
    mei.fit()
    bar.get_by_role("button", name=mei.say("Accept"), exact=True).click()

    accepted = mei.page.locator("#task-rows tbody tr", has_text=mei.say("accepted"))
    expect(accepted).to_have_count(2)
    expect(mei.page.locator("#messages")).to_contain_text("2")
    expect(mei.page.locator("#task-rows tbody tr")).to_have_count(3)


def test_filters_stay_in_the_address_and_survive_a_reload(visitor: Open, language: str) -> None:
    ye = visitor("ye", language=language)
    page = ye.open("/tasks")
    late = ye.site.story["tasks"]["late"]

    page.locator("label:has([name=late])").click()
    expect(page).to_have_url(f"{ye.site.address}/tasks?late=1")
    expect(page.locator("#task-rows tbody tr")).to_have_count(1)
    page.reload()

    expect(page.locator("[name=late]")).to_be_checked()
    expect(page.locator("#task-rows tbody tr")).to_have_count(1)
    expect(page.locator("#task-rows")).to_contain_text(f"T-{late}")
    page.get_by_role("link", name=ye.say("Board"), exact=True).click()
    expect(page).to_have_url(f"{ye.site.address}/tasks?late=1&view=board")
    expect(page.locator(".tz-tile")).to_have_count(1)


def test_the_list_is_taken_away_as_a_file(visitor: Open, language: str, tmp_path: Path) -> None:
    ye = visitor("ye", language=language)
    page = ye.open("/tasks?late=1")

    with page.expect_download() as csv_file:
        page.get_by_role("link", name="CSV").click()
    with page.expect_download() as xlsx_file:
        page.get_by_role("link", name="XLSX").click()

    kept = tmp_path / "tasks.csv"
    csv_file.value.save_as(kept)
    rows = list(csv.reader(kept.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 2, "the header and the one task that is late"
    assert any("为隔离户送菜" in cell for cell in rows[1])
    assert ye.say("State") in rows[0]
    assert csv_file.value.suggested_filename.endswith(".csv")
    xlsx_file.value.save_as(tmp_path / "tasks.xlsx")
    assert "xl/workbook.xml" in zipfile.ZipFile(tmp_path / "tasks.xlsx").namelist()
