"""The lists of reports upwards and of field shifts: filters in the address, the same as a file,
and as many queries for two rows as for twenty."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from unit.incidents.conftest import AT, HOUR

from tongzhou.actors import sentences
from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.check_in import check_in
from tongzhou.incidents.actions.end_shift import end_shift
from tongzhou.incidents.actions.pass_report import pass_report
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.incidents.actions.start_report import start_report
from tongzhou.incidents.actions.start_shift import start_shift
from tongzhou.incidents.models import Report, Shift
from tongzhou.incidents.queries import reports
from tongzhou.kernel import clock

Browser = Callable[[Post], Client]
NOW = AT + 10 * HOUR


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def _report(cast: Cast, *, hours: int) -> Report:
    """A report of the district that began so long ago (two hours are given for each level)."""
    at = NOW - hours * HOUR
    signal = report_signal(text="Fever", area=cast.areas["330106002"], at=at)
    return start_report(about=signal, chain="regulation-2003", by=cast.ye, at=at)


def _shift(cast: Cast, *, hours: int = 0, place: str = "Gate") -> Shift:
    return start_shift(
        unit=cast.units["baoshi-community"], area=cast.areas["330106002901"],
        people=2, every=HOUR, place=place, by=cast.mei, at=NOW - hours * HOUR,
    )  # fmt: skip


def _asked(browser: Client, path: str) -> int:
    browser.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    return len(asked)


def test_reports_are_filtered_by_the_address(cast: Cast, signed_in: Browser) -> None:
    late = _report(cast, hours=5)
    passed = pass_report(report=_report(cast, hours=1), by=cast.lou, at=NOW)
    browser = signed_in(cast.lou)

    def shown(query: str, by: Client = browser) -> set[object]:
        return {way.report.id for way in by.get(f"/reports{query}").context["ways"]}

    assert shown("") == {late.id, passed.id}
    assert shown("?late=1") == {late.id}
    assert shown("?whose=held") == set()
    assert shown("?whose=held", by=signed_in(cast.xia)) == {passed.id}
    assert shown("?state=ended") == set()
    assert "No report fits this filter" in browser.get("/reports?state=ended").content.decode()


def test_shifts_are_filtered_by_the_address(cast: Cast, signed_in: Browser) -> None:
    silent = _shift(cast, hours=3)
    out = _shift(cast)
    over = end_shift(shift=_shift(cast, hours=1), by=cast.mei, at=NOW)
    browser = signed_in(cast.ye)

    def shown(query: str) -> set[object]:
        context = browser.get(f"/shifts{query}").context
        board = context["board"]
        return {shift.id for shift in (*board.silent, *board.out, *context["ended"])}

    assert shown("") == {silent.id, out.id, over.id}
    assert shown("?state=silent") == {silent.id}
    assert shown("?state=out") == {silent.id, out.id}
    assert shown("?state=ended") == {over.id}
    assert shown("?unit=baoshi-community&state=silent") == {silent.id}
    assert "No shift fits this filter" in browser.get("/shifts?unit=none").content.decode()


def test_the_files_hold_the_list_and_no_words_of_the_field(cast: Cast, signed_in: Browser) -> None:
    _report(cast, hours=5)
    shift = _shift(cast, hours=3, place="=HYPERLINK(1)")
    check_in(shift=shift, note="Mrs Wang is ill", by=cast.mei, at=NOW)
    browser = signed_in(cast.ye)

    def file(path: str) -> list[str]:
        answer: Any = browser.get(path)
        assert answer["Content-Type"].startswith("text/csv")
        return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    upward, shifts = file("/reports/export.csv"), file("/shifts/export.csv")
    assert (len(upward), len(file("/reports/export.csv?state=ended"))) == (2, 1)
    assert upward[0].startswith("About,Area code,Chain")
    assert "early signal,330106002" in upward[1]
    assert len(shifts) == 2
    assert "baoshi-community" in shifts[1]
    assert "Wang" not in shifts[1]
    assert "HYPERLINK" not in shifts[1]


@pytest.mark.parametrize("path", ["/reports", "/shifts"])
def test_a_list_costs_the_same_however_long(cast: Cast, signed_in: Browser, path: str) -> None:
    browser = signed_in(cast.ye)
    for _time in range(2):
        _report(cast, hours=1)
        _shift(cast)
        end_shift(shift=_shift(cast, hours=1), by=cast.mei, at=NOW)
    few = _asked(browser, path)
    for _time in range(6):
        _report(cast, hours=3)
        _shift(cast)
        end_shift(shift=_shift(cast, hours=1), by=cast.mei, at=NOW)

    assert _asked(browser, path) <= few


def test_a_file_costs_two_queries_for_every_so_many(cast: Cast) -> None:
    for _time in range(5):
        _report(cast, hours=1)

    with CaptureQueriesContext(connection) as asked:
        found = list(reports.all_ways(visible_to=cast.ye, filters=reports.Filters(), at=NOW))

    assert len(found) == 5
    assert len(asked) <= 5


def test_a_program_filters_too(cast: Cast, api_client: Callable[..., Client]) -> None:
    late = _report(cast, hours=5)
    _report(cast, hours=1)
    silent = _shift(cast, hours=3)
    _shift(cast)
    client = api_client(cast.ye)

    rows = client.get("/api/v1/reports?late=true").json()["items"]
    shifts = client.get("/api/v1/shifts?state=silent").json()["items"]

    assert [row["id"] for row in rows] == [str(late.id)]
    assert [row["id"] for row in shifts] == [str(silent.id)]


def test_limits_and_the_ledger_say_which_signal_and_which_shift(cast: Cast) -> None:
    report, shift = _report(cast, hours=5), _shift(cast)
    assert report.signal is not None

    def label(kind: str, id: UUID) -> str:
        return sentences.named(kind, {id: {}})[id].label

    signal = label("signal", report.signal.id)
    assert signal.startswith(f"early signal, {report.signal.area.name}, ")
    assert report.signal.ticket not in signal
    assert label("report", report.id) == signal
    assert label("shift", shift.id).startswith(f"field shift, {shift.unit.name}, 23 Jan")
    with translation.override("zh-hans"):
        assert label("shift", shift.id).startswith("现场值守（宝石社区居民委员会，")
