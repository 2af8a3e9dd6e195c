"""What a synthetic log is: what was asked for, readable, and the same for the same seed."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from actscope.acts import ACTORS, ACTS, CASES, TIES, check_actors, check_acts, read_acts
from actscope.acts.reading import check_table
from actscope.synth.log import Log, synthetic_log
from actscope.synth.settings import Plant, PlantRefusedError, SettingRefusedError, Settings
from actscope.synth.writing import EndingRefusedError, TargetRefusedError, write_table

SMALL = Settings(acts=2_000, units=12, cases=150, days=40)


@pytest.fixture(scope="module")
def log() -> Log:
    return synthetic_log(SMALL)


@pytest.fixture(scope="module")
def acts(log: Log) -> pa.Table:
    return log.acts()


def test_it_has_as_many_of_each_as_were_asked_for(log: Log, acts: pa.Table) -> None:
    assert acts.num_rows == 2_000
    assert pc.count_distinct(acts["about_id"]).as_py() == log.cases().num_rows == 150
    assert pc.count_distinct(acts["phase"]).as_py() == 5
    assert pc.count_distinct(acts["kind"]).as_py() == 14
    assert log.actors().num_rows == 12
    assert len(log.load()) == 40


def test_its_tables_have_no_faults(log: Log, acts: pa.Table) -> None:
    reports = [
        check_acts(acts),
        check_actors(log.actors()),
        check_table(log.plan(), TIES.name),
        check_table(log.cases(), CASES.name),
    ]

    assert [report.counts for report in reports] == [()] * 4
    assert log.actors().column_names == list(ACTORS.names)


def test_it_runs_in_order_of_time_and_position(acts: pa.Table) -> None:
    assert acts["position"].to_pylist() == list(range(1, 2_001))
    assert acts["at"].to_pylist() == sorted(acts["at"].to_pylist())


def test_no_unit_is_its_own_partner_and_none_comes_twice(acts: pa.Table) -> None:
    for row in acts.select(["by_unit", "with_units"]).to_pylist():
        everybody = [row["by_unit"], *row["with_units"]]
        assert len(everybody) == len(set(everybody)) > 1


def test_a_case_begins_with_a_request_and_ends_with_its_confirmation(acts: pa.Table) -> None:
    by_case: dict[str, list[dict[str, str]]] = {}
    for row in acts.select(["about_id", "kind", "outcome", "by_unit", "with_units"]).to_pylist():
        by_case.setdefault(row["about_id"], []).append(row)

    for rows in by_case.values():
        assert rows[0]["kind"] in ("ask", "dispatch")
        if len(rows) > 1:
            assert (rows[1]["kind"], rows[1]["by_unit"]) == ("answer", rows[0]["with_units"][0])
    ends = [rows[-1]["outcome"] for rows in by_case.values()]
    assert ends.count("confirmed") > 120


def test_the_same_seed_gives_the_same_log_and_another_seed_another(acts: pa.Table) -> None:
    assert synthetic_log(SMALL).acts() == acts
    other = Settings(acts=2_000, units=12, cases=150, days=40, seed=2)
    assert synthetic_log(other).acts() != acts


def test_nothing_is_planted_unless_it_is_asked_for(log: Log) -> None:
    every = Settings(acts=2_000, units=12, cases=150, days=40, plants=frozenset(Plant))

    assert log.planted() == ()
    assert [truth.name for truth in synthetic_log(every).planted()] == list(Plant)


def test_a_blocked_pair_never_acts_together() -> None:
    log = synthetic_log(Settings(acts=3_000, units=8, plants=frozenset({Plant.BLOCKED_PAIR})))
    (truth,) = log.planted()

    together = [
        {row["by_unit"], partner}
        for row in log.acts().select(["by_unit", "with_units"]).to_pylist()
        for partner in row["with_units"]
    ]

    assert set(truth.units) not in together
    planned = log.plan().select(["source", "target"]).to_pylist()
    assert set(truth.units) in [set(tie.values()) for tie in planned]


@pytest.mark.parametrize("ending", [".parquet", ".csv"])
def test_what_is_written_is_read_back(
    tmp_path: Path, log: Log, acts: pa.Table, ending: str
) -> None:
    target = tmp_path / f"acts{ending}"

    assert write_table(log.batches(), ACTS, target) == 2_000

    assert read_acts(target).table.combine_chunks() == acts.combine_chunks()


def test_it_refuses_another_ending_and_a_folder_that_is_not_there(tmp_path: Path, log: Log) -> None:
    with pytest.raises(EndingRefusedError):
        write_table(log.batches(), ACTS, tmp_path / "acts.xlsx")
    with pytest.raises(TargetRefusedError):
        write_table(log.batches(), ACTS, tmp_path / "nowhere" / "acts.csv")


@pytest.mark.parametrize(
    ("field", "value"),
    [("acts", 5), ("units", 5), ("cases", 0), ("kinds", 15), ("phases", 6), ("seed", -1)],
)
def test_it_refuses_numbers_that_make_no_log(field: str, value: int) -> None:
    with pytest.raises(SettingRefusedError) as refusal:
        Settings(**({"cases": 1} | {field: value}))  # type: ignore[arg-type]

    assert (refusal.value.field, refusal.value.value) == (field, value)


@pytest.mark.parametrize("seed", range(30))
def test_the_smallest_log_has_its_acts_in_their_time(seed: int) -> None:
    log = synthetic_log(Settings(acts=6, units=6, cases=1, days=5, seed=seed))

    acts = log.acts()

    assert acts.num_rows == 6
    assert log.world.start <= pc.min(pc.cast(acts["at"], pa.int64())).as_py()
    assert pc.max(pc.cast(acts["at"], pa.int64())).as_py() < log.world.end


def test_it_refuses_a_change_between_phases_where_there_is_one_phase() -> None:
    with pytest.raises(PlantRefusedError):
        Settings(phases=1, plants=frozenset({Plant.ROLE_CHANGE}))
