"""Asking who sends what to whom, and who works when."""

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from actscope.cli.main import main

from .conftest import Ask

Written = Callable[..., tuple[str, ...]]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes the three tables and gives the options that name them."""

    def write(supply: str, demand: str, distance: str) -> tuple[str, ...]:
        options: list[str] = []
        for name, text in (("supply", supply), ("demand", demand), ("distance", distance)):
            path = tmp_path / f"{name}.csv"
            path.write_text(text, "utf-8")
            options += [f"--{name}", str(path)]
        return tuple(options)

    return write


STOCK = "id,item,quantity\nhealth,mask,7\n"
NEED = "id,item,quantity\nhospital,mask,10\nstreet,mask,4\n"
WAYS = "from,to,distance\nhealth,hospital,1\nhealth,street,5\n"


def test_the_answer_has_the_promised_keys(ask: Ask, written: Written) -> None:
    found = ask("allocate", *written(STOCK, NEED, WAYS))

    assert found["shipped"] == pytest.approx(7)
    assert found["unit_distance"] == pytest.approx(5 * 1 + 2 * 5)
    assert found["min_fill"] == pytest.approx(0.5)
    assert found["proven"] is True
    assert found["seconds"] >= 0
    assert [(s["from"], s["to"], s["item"], s["quantity"]) for s in found["shipments"]] == [
        ("health", "hospital", "mask", pytest.approx(5)),
        ("health", "street", "mask", pytest.approx(2)),
    ]


@pytest.mark.parametrize("fair", ["maxmin", "proportional", "none"])
def test_pieces_are_whole_under_every_idea_of_fairness(
    ask: Ask, written: Written, fair: str
) -> None:
    found = ask("allocate", *written(STOCK, NEED, WAYS), "--fair", fair, "--integer")

    assert all(s["quantity"] == int(s["quantity"]) for s in found["shipments"])
    assert found["proven"] is True


def test_it_can_be_read(written: Written, capsys: pytest.CaptureFixture[str]) -> None:
    options = written(STOCK, NEED + "grid,mask,1\n", WAYS)

    assert main(["allocate", *options, "--fair", "none", "--compare"]) == 0

    told = capsys.readouterr().out
    assert "least fill 0, Gini" in told
    assert "most deprived grid (n 3, missing 1)" in told
    assert "proportional" in told
    assert "nothing can reach: grid (mask)" in told


@pytest.mark.parametrize(
    ("supply", "demand", "distance", "code"),
    [
        ("id,item,quantity\n", NEED, WAYS, "file_without_rows"),
        ("", NEED, WAYS, "file_empty"),
        ("id,item,quantity\nhealth,mask,\n", NEED, WAYS, "value_missing"),
        ("id,item,quantity\nhealth,mask,inf\n", NEED, WAYS, "figure_unreadable"),
        ("id,item,quantity\nhealth,mask,-1\n", NEED, WAYS, "figure_negative"),
        ("id,item,quantity\nhealth,mask,1e99\n", NEED, WAYS, "figure_unbounded"),
        (STOCK + "health,mask,1\n", NEED, WAYS, "line_repeated"),
        (STOCK, NEED, WAYS + "health,street,6\n", "line_repeated"),
        (STOCK, "id,quantity\nstreet,1\n", WAYS, "column_missing"),
    ],
)
def test_bad_tables_are_refused(
    refused: Callable[..., str],
    written: Written,
    supply: str,
    demand: str,
    distance: str,
    code: str,
) -> None:
    assert refused("allocate", *written(supply, demand, distance)).startswith(f"{code}: ")


def test_a_departure_without_a_zone_is_refused(
    refused: Callable[..., str], written: Written
) -> None:
    said = refused("allocate", *written(STOCK, NEED, WAYS), "--at", "2026-03-01T08:00:00")

    assert said.startswith("departure_unreadable: ")


def test_factories_and_hospitals_of_wuhan(ask: Ask, written: Written, data_dir: Path) -> None:
    folder = data_dir / "supplies" / "wuhan2020"
    makes = {"N95": "医用防护口罩 | N95口罩", "防护服": "防护服"}
    with (folder / "factories.csv").open(encoding="utf-8") as file:
        made = [row for row in csv.DictReader(file) if int(row["capacity_value"]) > 1]
    with (folder / "needs.csv").open(encoding="utf-8") as file:
        needs = [row for row in csv.DictReader(file) if row["quantity"]]
    supply = [
        (r["factory_id"], makes[r["product"]], r["capacity_value"])
        for r in made
        if r["product"] in makes
    ]
    demand = [
        (r["record_id"], r["item"], r["quantity"]) for r in needs if r["item"] in makes.values()
    ]
    ways = {(giver, taker, 1) for giver, *_ in supply for taker, *_ in demand}

    options = written(
        "id,item,quantity\n" + "".join(f"{a},{b},{c}\n" for a, b, c in supply),
        "id,item,quantity\n" + "".join(f"{a},{b},{c}\n" for a, b, c in demand),
        "from,to,distance\n" + "".join(f"{a},{b},{c}\n" for a, b, c in ways),
    )
    one = ask("allocate", *options)
    further = ask("allocate", *options, "--levels", "all", "--compare")

    # A day of what the firms name against what the hospitals name (SOURCE.md: 553,300 N95 and
    # 294,010 suits): 50,000 masks and 5,000 suits, so that suits hold the common level down.
    assert one["n"] == 34 + 35
    assert one["level"] == pytest.approx(5_000 / 294_010)
    assert one["shipped"] == pytest.approx((553_300 + 294_010) * 5_000 / 294_010)
    assert further["shipped"] == pytest.approx(55_000)
    assert {round(f["fill"], 6) for f in further["fills"]} == {
        round(5_000 / 294_010, 6),
        round(50_000 / 553_300, 6),
    }
    assert further["compared"]["maxmin"]["unit_distance"] == pytest.approx(55_000)
    assert one["proven"]
    assert further["proven"]


def test_offers_and_requests_between_the_states(
    ask: Ask, refused: Callable[..., str], written: Written, data_dir: Path
) -> None:
    """Protective equipment in the USA, 2020–21: what donors of a state offered, and one piece for
    each request from a state. At home is distance 0, elsewhere 1."""
    folder = data_dir / "supplies" / "getusppe"
    kinds = {"face_shield": "Face Shields", "gown": "Gowns", "safety_goggles": "Safety Goggles"}
    offered: Counter[tuple[str, str]] = Counter()
    with (folder / "offers.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["equipment"] in kinds and row["state"] and 0 < float(row["qty"]) <= 1e6:
                offered[row["state"], kinds[row["equipment"]]] += int(float(row["qty"]))
    wanted: Counter[tuple[str, str]] = Counter()
    asked = pq.read_table(folder / "requests.parquet", columns=["state", "ppe_types_requested"])
    for row in asked.to_pylist():
        for kind in (row["ppe_types_requested"] or "").split(","):
            if row["state"] and kind.strip() in kinds.values():
                wanted[row["state"], kind.strip()] += 1
    givers, takers = ({state for state, _ in held} for held in (offered, wanted))
    needs = "id,item,quantity\n" + "".join(f"{s},{k},{n}\n" for (s, k), n in wanted.items())
    ways = "from,to,distance\n" + "".join(
        f"{a},{b},{int(a != b)}\n" for a in givers for b in takers
    )
    stock = "id,item,quantity\n" + "".join(f"{s},{k},{n}\n" for (s, k), n in offered.items())

    found = ask("allocate", *written(stock, needs, ways), "--fair", "none", "--integer")

    # As much as there is or is wanted of each kind, and nothing travels that is wanted at home.
    shipped = sum(
        min(
            sum(n for (_, k), n in offered.items() if k == kind),
            sum(n for (_, k), n in wanted.items() if k == kind),
        )
        for kind in kinds.values()
    )
    at_home = sum(min(n, wanted[key]) for key, n in offered.items())
    assert found["shipped"] == shipped
    assert found["unit_distance"] == shipped - at_home
    assert found["proven"]
    # One donor typed 200,000,000,000,000.
    assert refused(
        "allocate", *written(stock + "XX,Gowns,200000000000000\n", needs, ways)
    ).startswith("figure_unbounded: ")


def test_a_roster(ask: Ask, refused: Callable[..., str], tmp_path: Path) -> None:
    people, shifts = tmp_path / "people.csv", tmp_path / "shifts.csv"
    people.write_text("id,skills\nli,nurse;swab\nwang,swab\n", "utf-8")
    shifts.write_text(
        "id,start,end,skill,number\n"
        "day,2026-03-01T08:00,2026-03-01T16:00,nurse,1\n"
        "day,2026-03-01T08:00,2026-03-01T16:00,swab,1\n",
        "utf-8",
    )
    options = ("--people", people, "--shifts", shifts, "--zone", "Asia/Shanghai")

    found = ask("roster", *options)

    assert [(a["person"], a["skill"]) for a in found["assignments"]] == [
        ("li", "nurse"),
        ("wang", "swab"),
    ]
    assert (found["spread"], found["proven"]) == (0, True)
    assert refused("roster", *options, "--max-shifts", "0").startswith("roster_short: 2 places")
    assert refused("roster", *options, "--span", "many").startswith("rule_out_of_range")
    assert refused("roster", *options[:4]).startswith("time_without_zone")
    assert main(["roster", *map(str, options), "--language", "zh"]) == 0


def test_the_json_is_json_alone(written: Written, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["allocate", *written(STOCK, NEED, WAYS), "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["fair"] == "maxmin"
