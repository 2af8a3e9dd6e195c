"""``actscope process`` as a user meets it."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from actscope.cli.main import main

from .conftest import Ask

CSV = """case,when,who,what
NA,2026-03-01T08:00:00+08:00,health,alert
NA,2026-03-01T10:00:00+08:00,street,verify
NA,2026-03-01T16:00:00+08:00,health,respond
02,2026-03-01T08:00:00+08:00,health,alert
"""
XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/" xes.version="1.0">
  <string key="concept:name" value="response"/>
  <trace>
    <string key="concept:name" value="NA"/>
    <event>
      <string key="concept:name" value="alert"/>
      <string key="org:resource" value="health"/>
      <date key="time:timestamp" value="2026-03-01T08:00:00.000+08:00"/>
    </event>
    <event>
      <string key="concept:name" value="verify"/>
      <string key="org:resource" value="street"/>
      <date key="time:timestamp" value="2026-03-01T10:00:00.000+08:00"/>
    </event>
  </trace>
</log>
"""
COLUMNS = ("--case", "case", "--time", "when", "--resource", "who")
XES_COLUMNS = ("--case", "case", "--time", "time:timestamp", "--resource", "org:resource")


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return write(tmp_path / "log.csv", CSV)


def test_it_gives_the_keys_that_are_promised(ask: Ask, log: Path) -> None:
    found = ask("process", "--acts", log, *COLUMNS, "--activity", "what")

    assert (found["cases"], found["events"], found["pingpong_cases"]) == (2, 4, 1)
    assert found["handovers"]["total"] == 2
    assert found["handovers"]["pairs"][0] == {
        "source": "health",
        "target": "street",
        "count": 1,
        "cases": 1,
        **dict.fromkeys(("mean_wait_hours", "median_wait_hours", "p95_wait_hours"), 2.0),
        "total_wait_hours": 2.0,
    }
    assert found["throughput_days"]["median"] == pytest.approx(1 / 6)
    assert [(row["source"], row["target"], row["count"]) for row in found["dfg"]] == [
        ("alert", "verify", 1),
        ("verify", "respond", 1),
    ]
    assert found["blocking"][0]["total_wait_hours"] == 6.0
    assert found["variants"]["number"] == 2


def test_activities_are_optional(ask: Ask, log: Path) -> None:
    found = ask("process", "--acts", log, *COLUMNS)

    assert (found["dfg_of"], found["rework"], found["activities"]) == ("resource", None, 0)
    assert len(found["dfg"]) == 2


def test_open_cases_a_plan_and_deadlines_are_asked_for(ask: Ask, tmp_path: Path) -> None:
    rows = [f"{row},{'due' if not i else '2026-03-02'}" for i, row in enumerate(CSV.splitlines())]
    log = write(tmp_path / "log.csv", "\n".join(rows))
    steps = [{"activity": "alert"}, {"activity": "respond", "after": ["alert"]}]
    plan = write(tmp_path / "plan.json", json.dumps({"steps": steps}))

    found = ask(
        *("process", "--acts", log, *COLUMNS, "--activity", "what", "--end-activity", "respond"),
        *("--plan", plan, "--due", "due", "--zone", "Asia/Shanghai"),
        *("--until", "2026-03-03T00:00:00+08:00"),
    )

    assert (found["censored_days"]["closed"], found["censored_days"]["open"]) == (1, 1)
    assert found["standing"][0]["activity"] == "alert"
    assert found["conformance"]["steps"][1]["due"] == 1
    assert (found["deadlines"]["on_time"], found["deadlines"]["overdue"]) == (1, 1)


def test_every_kind_of_file_gives_the_same(ask: Ask, log: Path, tmp_path: Path) -> None:
    table = pa_csv.read_csv(
        log, convert_options=pa_csv.ConvertOptions(strings_can_be_null=False, null_values=[])
    )
    table = table.set_column(0, "case", table["case"].cast("string"))
    pq.write_table(table, tmp_path / "log.parquet")
    with duckdb.connect(str(tmp_path / "log.duckdb")) as base:
        base.register("loaded", table)
        base.execute("CREATE TABLE acts AS SELECT * FROM loaded")
    book = openpyxl.Workbook()
    for line in CSV.splitlines():
        book.worksheets[0].append(line.split(","))
    book.save(tmp_path / "log.xlsx")
    expected = ask("process", "--acts", log, *COLUMNS, "--activity", "what")

    for name in ("log.parquet", "log.duckdb", "log.xlsx"):
        found = ask("process", "--acts", tmp_path / name, *COLUMNS, "--activity", "what")
        assert found == expected, name


def test_an_event_log_in_xes_is_read_packed_or_not(ask: Ask, tmp_path: Path) -> None:
    plain = write(tmp_path / "log.xes", XES)
    packed = tmp_path / "log.xes.gz"
    packed.write_bytes(gzip.compress(XES.encode()))
    bare = write(tmp_path / "bare.xes", XES.replace(' xmlns="http://www.xes-standard.org/"', ""))

    for file in (plain, packed, bare):
        found = ask("process", "--acts", file, *XES_COLUMNS, "--activity", "concept:name")
        assert (found["cases"], found["events"], found["handovers"]["total"]) == (1, 2, 1)
        assert found["dfg"][0]["median_wait_hours"] == 2.0


def test_a_broken_event_log_is_refused(refused: Callable[..., str], tmp_path: Path) -> None:
    cut = write(tmp_path / "cut.xes", XES[: len(XES) // 2])
    half = tmp_path / "half.xes.gz"
    half.write_bytes(gzip.compress(XES.encode())[:60])

    for file in (cut, half):
        assert refused("process", "--acts", file, *XES_COLUMNS).startswith("file_unreadable")


def test_entities_neither_grow_nor_reach_for_files(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    secret = write(tmp_path / "secret.txt", "SECRET")
    layers = "".join(
        f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' if i else '<!ENTITY e0 "0123456789">'
        for i in range(12)
    )
    for body, use in ((layers, "&e11;"), (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "&x;")):
        text = XES.replace("<log ", f"<!DOCTYPE log [{body}]>\n<log ", 1)
        text = text.replace("</event>", f"<string>{use}</string></event>", 1)
        text = text.replace('value="health"', f'value="{use}"', 1)
        code = main(
            ["process", "--acts", str(write(tmp_path / "bomb.xes", text)), *XES_COLUMNS, "--json"]
        )
        printed = capsys.readouterr()
        assert code == 2
        assert printed.err.startswith("file_unreadable")
        assert "SECRET" not in printed.out + printed.err


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--acts", "none.csv"), "file_missing"),
        (("--case", "nothing"), "column_missing"),
        (("--end-activity", "respond"), "activity_not_given"),
        (("--plan", "plan.json"), "activity_not_given"),
        (("--activity", "what", "--plan", "none.json"), "plan_unreadable"),
        (("--activity", "what", "--end-activity", "dance"), "activity_unknown"),
        (("--until", "tomorrow"), "until_unreadable"),
        (("--until", "2027-01-01T00:00:00"), "until_unreadable"),
        (("--until", "2020-01-01T00:00:00Z"), "until_too_early"),
        (("--zone", "Asia/Nowhere"), "zone_unknown"),
        (("--time", "who"), "time_unreadable"),
    ],
)
def test_bad_questions_are_refused_by_name(
    refused: Callable[..., str], log: Path, more: tuple[str, ...], code: str
) -> None:
    assert refused("process", "--acts", str(log), *COLUMNS, *more).startswith(f"{code}: ")


def test_bad_files_are_refused_by_name(refused: Callable[..., str], tmp_path: Path) -> None:
    empty = write(tmp_path / "empty.csv", "")
    bare = write(tmp_path / "bare.csv", "case,when,who\n")
    local = write(tmp_path / "local.csv", CSV.replace("+08:00", "", 1))

    assert refused("process", "--acts", empty, *COLUMNS).startswith("file_empty: ")
    assert refused("process", "--acts", bare, *COLUMNS).startswith("file_without_rows: ")
    assert "Row 1" in refused("process", "--acts", local, *COLUMNS)


def test_it_is_readable_without_json(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["process", "--acts", str(log), *COLUMNS, "--activity", "what"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 cases, 4 events, 2 resources, 3 activities"
    assert lines[1] == "hand-overs: 2 in 1 cases; straight back in 1 cases"


def test_one_pass_gives_the_same_counts(ask: Ask, log: Path) -> None:
    whole = ask("process", "--acts", log, *COLUMNS, "--activity", "what")

    found = ask("process", "--acts", log, *COLUMNS, "--activity", "what", "--stream")

    for key in ("cases", "events", "missing", "resources", "activities", "pingpong_cases"):
        assert found[key] == whole[key], key
    assert found["throughput_days"] == whole["throughput_days"]
    assert found["handovers"]["total"] == whole["handovers"]["total"]
    for mine, exact in zip(found["dfg"], whole["dfg"], strict=True):
        assert (mine["source"], mine["count"]) == (exact["source"], exact["count"])
        assert mine["median_wait_hours"] == pytest.approx(exact["median_wait_hours"], rel=0.01)
    assert found["blocking"][0]["total_wait_hours"] == whole["blocking"][0]["total_wait_hours"]
    assert found["one_pass"]["rows"] == 4


def test_a_pass_is_continued_from_its_state(ask: Ask, log: Path, tmp_path: Path) -> None:
    head, *rows = CSV.splitlines(keepends=True)
    state = tmp_path / "log.state"
    for part in (rows[:1], rows[1:]):
        piece = write(tmp_path / "piece.csv", head + "".join(part))
        found = ask("process", "--acts", piece, *COLUMNS, "--stream", "--state", state)

    assert found == ask("process", "--acts", log, *COLUMNS, "--stream")


def test_a_pass_refuses_what_it_cannot_answer(
    refused: Callable[..., str], ask: Ask, log: Path, tmp_path: Path
) -> None:
    question = ("process", "--acts", str(log), *COLUMNS)
    state = tmp_path / "log.state"
    ask(*question, "--stream", "--state", state)
    rows = CSV.splitlines(keepends=True)
    back = write(tmp_path / "back.csv", rows[0] + "".join(reversed(rows[1:])))

    for more, code in (
        (("--stream", "--due", "when"), "not_in_one_pass"),
        (("--state", state), "state_without_stream"),
        (("--stream", "--state", log), "state_unreadable"),
        (("--stream", "--state", state, "--activity", "what"), "state_of_other_columns"),
        (("--stream", "--acts", back), "time_goes_back"),
        (("--stream", "--state", tmp_path / "none" / "log.state"), "state_unwritable"),
    ):
        assert refused(*question, *more).startswith(f"{code}: ")


@pytest.mark.parametrize("number", ["0", "-1", "few", "1.5"])
def test_numbers_that_are_none_are_wrong_usage(log: Path, number: str) -> None:
    for option in ("--top", "--at-least"):
        with pytest.raises(SystemExit) as left:
            main(["process", "--acts", str(log), *COLUMNS, option, number])
        assert left.value.code == 2


def test_what_few_stand_behind_is_suppressed_on_request(ask: Ask, tmp_path: Path) -> None:
    units = ("health", "street", "grid")
    rows = [
        f"c{i},2026-03-01T0{hour}:00:00Z,{unit},{what}"
        for i, unit in enumerate(units)
        for hour, what in enumerate(("alert", "verify"))
    ]
    rows += ["c9,2026-03-01T01:00:00Z,grid,call", "c9,2026-03-01T02:00:00Z,grid,verify"]
    log = write(tmp_path / "log.csv", "\n".join(["case,when,who,what", *rows]))
    question = ("process", "--acts", log, *COLUMNS, "--activity", "what", "--at-least")

    shown = ask(*question, "3")
    nothing = ask(*question, "4")

    # The only other pair goes as well: all steps less its own would give the hidden one.
    assert (shown["suppressed"]["pairs"], shown["dfg"]) == (2, [])
    assert ask(*question, "1")["suppressed"]["pairs"] == 0
    assert nothing["suppressed"]["all"] is True
    assert (nothing["handovers"]["total"], nothing["dfg"], nothing["cases"]) == (None, [], 4)
