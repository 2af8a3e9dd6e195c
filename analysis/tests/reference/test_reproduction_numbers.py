"""R(t) against EpiEstim.

The tables of the package's own tests (mrc-ide/EpiEstim, commit 4029826): 1 is the influenza in a
school in Pennsylvania 2009 with a given serial interval, 2 has imported cases, 3 is 1 with the
parametric serial interval of mean 2.6 and standard deviation 1.5 days.
"""

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest

from actscope.epidemic.incidence import incidence
from actscope.epidemic.reproduction import Reproduction, reproduction_numbers
from actscope.epidemic.serial_interval import SerialInterval, given, parametric


@pytest.fixture(scope="module")
def folder(data_dir: Path) -> Path:
    found = data_dir / "epi" / "epiestim_reference"
    if not found.is_dir():
        pytest.skip("no EpiEstim tables among the public data")
    return found


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def table_given(folder: Path, name: str) -> SerialInterval:
    table = rows(folder / name)
    return given(
        [float(row["interval_days"]) for row in table], [float(row["probability"]) for row in table]
    )


def found(folder: Path, number: int, si: SerialInterval) -> Reproduction:
    table = pa_csv.read_csv(folder / f"example{number}_incidence.csv")
    return reproduction_numbers(
        incidence(table.rename_columns(["day", "cases", "imported"])), si, window=7
    )


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_window_is_that_of_epiestim(folder: Path, number: int) -> None:
    si = table_given(folder, f"example{number}_si.csv")

    windows = found(folder, number, si).windows

    for window, expected in zip(
        windows, rows(folder / f"expected_R_example{number}.csv"), strict=True
    ):
        assert (window.start, window.end) == (int(expected["t_start"]), int(expected["t_end"]))
        ours = (window.mean, window.sd, window.lower, window.median, window.upper)
        theirs = [float(expected[key]) for key in ("mean", "std", "q025", "median", "q975")]
        assert ours == pytest.approx(theirs, rel=1e-10)


def test_the_parametric_serial_interval_gives_the_same(folder: Path) -> None:
    windows = found(folder, 3, parametric(mean=2.6, sd=1.5)).windows

    first, last = windows[0], windows[-1]
    assert [f"{x:.6f}" for x in (first.mean, first.sd, first.lower, first.upper) if x] == [
        "1.735798",
        "0.409131",
        "1.028744",
        "2.624781",
    ]
    assert f"{last.mean:.6f}" == "0.997535"


def test_the_serial_interval_is_discretised_as_in_epiestim(folder: Path) -> None:
    theirs = table_given(folder, "example3_si.csv").weights[:32]

    ours = parametric(mean=2.6, sd=1.5).weights[:32]

    assert ours == pytest.approx(theirs, abs=1e-12)
    assert [f"{w:.10f}" for w in ours[:4]] == [
        "0.0000000000",
        "0.2331721254",
        "0.3585794003",
        "0.1981108285",
    ]


def test_the_windows_with_few_cases_rest_on_the_prior(folder: Path) -> None:
    # A coefficient of variation of 0.3 under a prior of shape 1 takes 11 cases.
    windows = found(folder, 1, table_given(folder, "example1_si.csv")).windows

    assert [w.prior_bound for w in windows] == [w.cases < 11 for w in windows]
    assert [w.cases for w in windows[-7:]] == [12, 6, 3, 4, 4, 4, 4]


@pytest.fixture(scope="module")
def wenzhou(data_dir: Path) -> pa.Table:
    path = data_dir / "epi" / "china_city_cases" / "cities_5_provinces.csv"
    if not path.is_file():
        pytest.skip("no counts of Chinese cities among the public data")
    table = pa_csv.read_csv(path)
    chosen = table.filter(pa.compute.equal(table["city"], "温州市"))
    day = chosen["date"].cast(pa.timestamp("us", "UTC"))
    return pa.table({"day": day, "cases": chosen["confirmed"]})


def test_wenzhou_ends_at_504_and_shows_what_was_taken_back(wenzhou: pa.Table) -> None:
    cases = incidence(wenzhou, cumulative=True)

    assert int((cases.local + cases.imported).sum()) == 504
    assert (cases.local >= 0).all()
    repaired = {str(one.day): (one.reported, one.used) for one in cases.repaired}
    assert repaired["2020-03-20"] == (505, 504)


def test_wenzhou_falls_below_one_in_february(wenzhou: pa.Table) -> None:
    result = reproduction_numbers(
        incidence(wenzhou, cumulative=True), parametric(mean=5, sd=3), window=7
    )

    by_end = {str(window.end): window for window in result.windows}
    early, later = by_end["2020-01-30"], by_end["2020-02-07"]
    assert early.lower is not None
    assert early.lower > 1
    assert later.upper is not None
    assert later.upper < 1
    assert not early.prior_bound
    assert by_end["2020-02-29"].prior_bound
