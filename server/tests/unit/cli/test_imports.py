"""``tongzhou import``: what it says, and what it returns. What an import does is tested in
the rooms."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tongzhou.cli import imports
from tongzhou.cli.main import parser_of
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.models import DailyCount, Incident
from tongzhou.kernel.terminal import Fault
from tongzhou.places.models import Area

pytestmark = pytest.mark.django_db
AT = datetime(2020, 1, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def run(*arguments: object) -> int:
    return imports.run(parser_of("import").parse_args([str(a) for a in arguments]))


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGZHOU_LANGUAGE", "en")


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """``table("code,name", "33,浙江省")`` – a file with these lines."""

    def write(*lines: str) -> Path:
        path = tmp_path / "table.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


Table = Callable[..., Path]
Printed = pytest.CaptureFixture[str]


def test_areas_are_taken(table: Table, capsys: Printed) -> None:
    file = table("code,name", "33,浙江省", "3301,杭州市")

    assert run("areas", file) == 0

    assert set(Area.objects.values_list("code", flat=True)) == {"33", "3301"}
    assert "2 areas new" in capsys.readouterr().out


def test_a_dry_run_of_areas_writes_nothing(table: Table, capsys: Printed) -> None:
    assert run("areas", table("code,name", "33,浙江省"), "--dry-run", "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["dry_run"], told["written"], told["created"]) == (True, False, 1)
    assert not Area.objects.exists()


def test_a_refused_row_of_areas_is_placed_and_stops_the_import(
    table: Table, capsys: Printed
) -> None:
    file = table("code,name", "33,浙江省", "3301,")

    assert run("areas", file) == 1

    told = capsys.readouterr().out
    assert "table.csv:3" in told
    assert "Nothing was written." in told
    assert not Area.objects.exists()


def test_refused_rows_can_be_left_out(table: Table, capsys: Printed) -> None:
    file = table("code,name,colour", "33,浙江省,red", "3301,,blue")

    assert run("areas", file, "--skip-bad") == 0

    assert list(Area.objects.values_list("code", flat=True)) == ["33"]
    assert "colour" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Fault) as told:
        run("areas", tmp_path / "nowhere.csv")

    assert told.value.code == "cannot-read"
    assert "nowhere.csv" in str(told.value)


@pytest.fixture
def incident(cast: Cast) -> Incident:
    """The province's incident."""
    return open_incident(
        code="zj-2020",
        title_zh="疫情",
        title_en="Outbreak",
        area=cast.areas["33"],
        told=[],
        by=cast.shen,
        at=AT,
    )


HEAD = "date,city_code,confirmed,cured,dead"
COUNTS = ("--incident", "zj-2020", "--source", "the province", "--as", "shen")


def test_counts_are_taken(incident: Incident, table: Table, capsys: Printed) -> None:
    file = table(HEAD, "2020-01-22,3301,5,0,0", "2020-01-22,4401,9,0,0")

    assert run("counts", file, *COUNTS) == 0

    assert DailyCount.objects.get().confirmed == 5
    told = capsys.readouterr().out
    assert "1 rows of 1 areas; 1 rows of elsewhere left out." in told
    assert "1 new" in told


def test_a_dry_run_of_counts_writes_nothing(
    incident: Incident, table: Table, capsys: Printed
) -> None:
    file = table(HEAD, "2020-01-22,3301,5,0,0", "2020-01-23,3301,4,0,0")

    assert run("counts", file, *COUNTS, "--dry-run", "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["dry_run"], told["added"]) == (True, 2)
    assert told["corrections"], "a series that falls is shown"
    assert not DailyCount.objects.exists()


def test_a_wrong_row_of_counts_stops_the_import(
    incident: Incident, table: Table, capsys: Printed
) -> None:
    file = table(HEAD, "2020-01-22,3301,5,0,0", "yesterday,3301,6,0,0")

    assert run("counts", file, *COUNTS) == 1

    assert "wrong [3" in capsys.readouterr().out
    assert not DailyCount.objects.exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (("--incident", "other"), "unknown-incident"),
        (("--as", "nobody"), "no-such-post"),
        (("--as-of", "soon"), "time-malformed"),
        (("--as-of", "2020-01-23T10:00:00"), "time-without-zone"),
    ],
)
def test_what_cannot_be_meant_is_told(
    incident: Incident, table: Table, changed: tuple[str, str], code: str
) -> None:
    with pytest.raises(Fault) as told:
        run("counts", table(HEAD, "2020-01-22,3301,5,0,0"), *COUNTS, *changed)

    assert told.value.code == code
    assert not DailyCount.objects.exists()


def test_many_refused_rows_are_counted_on_the_terminal(table: Table, capsys: Printed) -> None:
    file = table("code,name", *(f"33{number:02d}," for number in range(30)))

    assert run("areas", file) == 1

    assert "… and 10 more" in capsys.readouterr().out
