"""``actscope network`` as a user meets it, on real networks and on bad input."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from actscope.cli.commands.network import SHAPE
from actscope.cli.main import main

from .conftest import Ask, conforms

Refused = Callable[..., str]

ACTOR = {
    "id",
    "in_degree",
    "out_degree",
    "betweenness",
    "eigenvector",
    "pagerank",
    "constraint",
    "core",
    "community",
}
ENDS = ("--source", "source_idx", "--target", "target_idx")


@pytest.fixture(scope="session")
def networks(data_dir: Path) -> Path:
    folder = data_dir / "networks"
    if not folder.is_dir():
        pytest.skip("no networks among the public data")
    return folder


@pytest.fixture
def leaders(networks: Path) -> Path:
    """Ties of 54 leaders of eleven agencies."""
    return networks / "public_health_collaboration" / "dhhs_edges.csv"


@pytest.fixture
def ask_each(capsys: pytest.CaptureFixture[str]) -> Ask:
    """``ask`` where the answer is a list with one network for each value of ``--by``."""

    def asked(name: str, *arguments: str | Path) -> Any:
        assert main([name, *map(str, arguments), "--json"]) == 0, capsys.readouterr().err
        values = json.loads(capsys.readouterr().out)
        conforms(values, [SHAPE])
        return values

    return asked


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """``write("a,b", "1,2")`` – a CSV file of these lines."""

    def written(*lines: str, name: str = "ties.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return written


def by_id(value: Any) -> dict[str, Any]:
    return {actor["id"]: actor for actor in value["actors"]}


def test_radio_calls_have_two_isolates_and_one_hub(ask: Ask, networks: Path) -> None:
    """Facts of SOURCE.md: 86 directed pairs of 481 calls, density 0.0646, reciprocity 0.8605,
    actors 7 and 13 without a call, 32 with the highest betweenness."""
    folder = networks / "wtc_police_radio"

    found = ask(
        "network", "--ties", folder / "radio_calls.csv", "--target", "recipient", "--directed",
        "--nodes", folder / "actors.csv", "--group", "institutional_coordinator",
    )  # fmt: skip

    assert (found["n"], found["m"], found["isolates"], found["repeated"]) == (37, 86, 2, 395)
    assert round(found["density"], 4) == 0.0646
    assert round(found["reciprocity"], 4) == 0.8605
    assert set(found["actors"][0]) == ACTOR
    assert [a["id"] for a in found["actors"] if not a["in_degree"] + a["out_degree"]] == ["13", "7"]
    assert max(found["actors"], key=lambda actor: actor["betweenness"])["id"] == "32"
    assert sum(more["out_strength"] for more in found["more"]) == 481
    assert set(found["groups"]) == {"institutional_coordinator"}
    group = found["groups"]["institutional_coordinator"]
    assert set(group) == {"ei", "z", "p", "mixing"}
    assert sum(map(sum, group["mixing"]["ties"])) == 86
    assert found["group_tests"]["institutional_coordinator"]["permutations"] == 7770  # 37 over 3
    assert found["failures"][0]["id"] == "32"


def test_health_departments_have_the_published_figures(ask: Ask, networks: Path) -> None:
    """Harris 2013: 1,283 departments, 2,708 ties; SOURCE.md: density 0.003293, transitivity
    0.30577, 80 components, 58 isolates."""
    folder = networks / "public_health_collaboration"

    found = ask(
        "network", "--ties", folder / "lhds_edges.csv", *ENDS,
        "--nodes", folder / "lhds_nodes.csv", "--group", "state", "--group", "nutrition",
        "--permutations", 99,
    )  # fmt: skip

    assert (found["n"], found["m"], found["isolates"], found["components"]) == (1283, 2708, 58, 80)
    assert round(found["density"], 6) == 0.003293
    assert round(found["transitivity"], 5) == 0.30577
    assert found["reciprocity"] is None
    assert found["group_tests"]["nutrition"]["missing"] == 16
    assert found["groups"]["state"]["z"] < -50
    assert sum(actor["pagerank"] for actor in found["actors"]) == pytest.approx(1)


def test_relations_of_one_programme_are_a_network_each(ask_each: Ask, networks: Path) -> None:
    """SOURCE.md: 25 organisations; contact 175 ties (0.5833), collaboration 161 (0.5367),
    dissemination 103 (0.3433), each undirected."""
    folder = networks / "public_health_collaboration"

    found = {
        value["by"]: value
        for value in ask_each(
            "network", "--ties", folder / "tobacco_indiana_edges.csv", *ENDS, "--weight", "value",
            "--by", "relation", "--nodes", folder / "tobacco_indiana_nodes.csv",
        )
    }  # fmt: skip

    assert list(found) == ["collaboration", "contact", "dissemination", "distance"]
    assert {value["n"] for value in found.values()} == {25}
    assert (found["contact"]["m"], round(found["contact"]["density"], 4)) == (175, 0.5833)
    assert (found["collaboration"]["m"], round(found["collaboration"]["density"], 4)) == (
        161,
        0.5367,
    )
    assert (found["dissemination"]["m"], round(found["dissemination"]["density"], 4)) == (
        103,
        0.3433,
    )
    assert found["collaboration"]["change"] is None
    assert found["contact"]["change"]["before"] == "collaboration"
    assert found["contact"]["change"]["ties"]["r"] > 0.5
    assert [c["measure"] for c in found["contact"]["change"]["centralities"]] == [
        "in_degree",
        "out_degree",
        "betweenness",
        "pagerank",
    ]


def test_surveillance_partners_by_relation(ask_each: Ask, networks: Path) -> None:
    """SOURCE.md: 709 nodes; 118 SHARES_DATA_WITH and 111 PARTNER_WITH relations."""
    folder = networks / "cdc_surveillance_partners"

    found = {
        value["by"]: value
        for value in ask_each(
            "network", "--ties", folder / "relations.csv", "--source", "source_id",
            "--target", "target_id", "--by", "relation", "--directed",
            "--nodes", folder / "nodes.csv", "--permutations", 9,
        )
    }  # fmt: skip

    assert {value["n"] for value in found.values()} == {709}
    assert (found["SHARES_DATA_WITH"]["m"], found["PARTNER_WITH"]["m"]) == (118, 111)


def test_nodes_without_ties_count_and_na_is_a_name(ask: Ask, write: Callable[..., Path]) -> None:
    ties = write("source,target", "NA,health", "health,health", "health,street")
    nodes = write("unit,kind", "NA,x", "health,x", "street,y", "007,", "firm,y", name="nodes.csv")

    found = ask("network", "--ties", ties, "--nodes", nodes, "--group", "kind")

    assert (found["n"], found["m"], found["isolates"], found["self_ties"]) == (5, 2, 2, 1)
    assert set(by_id(found)) == {"007", "NA", "firm", "health", "street"}
    assert found["density"] == pytest.approx(2 / 10)
    assert found["groups"]["kind"]["ei"] == 0
    assert found["group_tests"]["kind"]["missing"] == 1


def test_actors_that_are_not_listed_are_there_and_told(
    ask: Ask, write: Callable[..., Path]
) -> None:
    found = ask(
        "network", "--ties", write("source,target", "a,b", "b,c"),
        "--nodes", write("id", "a", "b", name="nodes.csv"),
    )  # fmt: skip

    assert (found["n"], found["missing"]["unlisted"]) == (3, 1)


def test_one_actor_without_ties_has_figures_that_say_so(
    ask: Ask, write: Callable[..., Path]
) -> None:
    ties = write("source,target")
    nodes = write("id,kind", "health,x", name="nodes.csv")

    found = ask("network", "--ties", ties, "--nodes", nodes, "--group", "kind", "--directed")

    assert (found["n"], found["m"], found["components"]) == (1, 0, 1)
    assert (found["density"], found["reciprocity"], found["transitivity"]) == (None, None, None)
    assert set(found["centralization"].values()) == {None}
    assert found["actors"] == [
        {
            "id": "health",
            "in_degree": 0,
            "out_degree": 0,
            "betweenness": 0,
            "eigenvector": None,
            "pagerank": 1,
            "constraint": None,
            "core": False,
            "community": 1,
        }
    ]
    assert found["groups"]["kind"] == {
        "ei": None,
        "z": None,
        "p": None,
        "mixing": {"labels": ["x"], "ties": [[0]]},
    }


def test_strength_is_distance_only_when_asked_for(ask: Ask, write: Callable[..., Path]) -> None:
    ties = write("source,target,weight", "a,b,4", "b,c,4", "a,c,1")

    by_steps = ask("network", "--ties", ties)
    by_strength = ask("network", "--ties", ties, "--distance", "inverse")

    assert by_id(by_steps)["b"]["betweenness"] == 0
    assert by_id(by_strength)["b"]["betweenness"] == 1
    assert "1 ÷ w long" in by_strength["definition"]["betweenness"]["en"]


def test_sampled_betweenness_states_its_error(ask: Ask, leaders: Path) -> None:
    exact = ask("network", "--ties", leaders, *ENDS)
    sampled = ask("network", "--ties", leaders, *ENDS, "--pivots", 20, "--seed", 4)

    assert set(exact["betweenness"].values()) == {None}
    assert sampled["betweenness"]["pivots"] == 20
    off = [
        abs(one["betweenness"] - two["betweenness"])
        for one, two in zip(exact["actors"], sampled["actors"], strict=True)
    ]
    assert 0 < max(off) < sampled["betweenness"]["error"] < sampled["betweenness"]["bound"]
    assert sampled["centralization"]["closeness"] is None


def test_the_same_seed_gives_the_same_answer_in_whatever_order_rows_come(
    ask: Ask, leaders: Path, write: Callable[..., Path]
) -> None:
    head, *rows = leaders.read_text(encoding="utf-8").splitlines()

    one = ask("network", "--ties", leaders, *ENDS, "--weight", "collab")
    other = ask("network", "--ties", write(head, *reversed(rows)), *ENDS, "--weight", "collab")

    assert one == other


def test_a_plan_is_compared_with_what_came_about(ask: Ask, write: Callable[..., Path]) -> None:
    ties = write("source,target", "a,b", "b,c")
    plan = write("source,target", "a,b", "c,d", name="plan.csv")

    found = ask("network", "--ties", ties, "--plan", plan, "--directed")["plan"]

    assert found["jaccard"] == pytest.approx(1 / 3)
    assert (found["blocking"], found["emergent"]) == ([["c", "d"]], [["b", "c"]])


def test_few_actors_are_suppressed_on_request(
    ask: Ask, ask_each: Ask, write: Callable[..., Path]
) -> None:
    ties = write("source,target,phase", "a,b,watch", "a,b,respond", "b,c,respond", "c,d,respond")

    watch, respond = ask_each("network", "--ties", ties, "--by", "phase", "--suppress")

    assert (watch["suppressed"], watch["m"], watch["actors"], watch["n"]) == (
        "few_units",
        None,
        None,
        4,
    )
    assert respond["suppressed"] is None
    assert respond["m"] == 3
    assert respond["change"] is None


def test_phases_come_in_their_order(ask_each: Ask, write: Callable[..., Path]) -> None:
    ties = write("source,target,phase", "a,b,respond", "a,b,watch", "b,c,", "a,c,after")

    found = ask_each("network", "--ties", ties, "--by", "phase")

    assert [value["by"] for value in found] == ["watch", "respond", "after"]
    assert {value["missing"]["by"] for value in found} == {1}
    assert {value["n"] for value in found} == {3}


def test_parquet_and_duckdb_are_read_alike(ask: Ask, tmp_path: Path) -> None:
    ties = pa.table({"source": ["a", "b"], "target": ["b", "c"], "weight": [1, 2]})
    pq.write_table(ties, tmp_path / "ties.parquet")
    with duckdb.connect(str(tmp_path / "ties.duckdb")) as connection:
        connection.execute("CREATE TABLE ties AS SELECT * FROM ties")

    found = ask("network", "--ties", tmp_path / "ties.parquet")

    assert found == ask("network", "--ties", tmp_path / "ties.duckdb")
    assert found["more"][1]["out_strength"] == 3


@pytest.mark.parametrize(
    ("lines", "options", "code", "place"),
    [
        (["source,target"], [], "file_without_rows", ""),
        (["from,target", "a,b"], [], "column_missing", "“source”"),
        (["source,target", "a,"], [], "value_missing", "Row 1: “target”"),
        (["source,target", "a,b,c"], [], "row_shape", "Row 1"),
        (["source,target,weight", "a,b,1", "b,c,-1"], [], "weight_negative", "Row 2"),
        (["source,target,weight", "a,b,much"], [], "figure_unreadable", "Row 1: “much”"),
        (["source,target,weight", "a,b,"], [], "value_missing", "Row 1: “weight”"),
        (["source,target,w", "a,b,1e308", "b,a,1e308"], ["--weight", "w"], "weight_too_large", "w"),
        (["source,target,weight", "a,b,1e-200"], [], "weight_too_small", "Row 1"),
        (["source,target", "a,b"], ["--weight", "w"], "column_missing", "“w”"),
        (["source,target", "a,b"], ["--by", "phase"], "column_missing", "“phase”"),
        (["source,target", "a,b", "b,a"], ["--repeated", "refuse"], "tie_repeated", "Row 2"),
        (["source,target", "a,b"], ["--target", "source"], "column_used_twice", "“source”"),
        (["source,target", "a,b"], ["--group", "kind"], "group_without_nodes", "--nodes"),
        (["source,target", "a,b"], ["--nodes", "nowhere.csv"], "file_missing", "nowhere.csv"),
    ],
)
def test_bad_ties_are_refused_with_their_place(
    refused: Refused,
    write: Callable[..., Path],
    lines: list[str],
    options: list[str],
    code: str,
    place: str,
) -> None:
    line = refused("network", "--ties", write(*lines), *options, "--json")

    assert line.startswith(f"{code}: ")
    assert place in line


@pytest.mark.parametrize(
    ("lines", "options", "code", "place"),
    [
        (["id,kind", "a,x", "a,y"], [], "value_repeated", "Row 2: “id”"),
        (["id,kind", ",x"], [], "value_missing", "Row 1: “id”"),
        (["id,kind"], [], "file_without_rows", ""),
        (["id,kind", "a,x"], ["--group", "colour"], "column_missing", "“colour”"),
        (["id,kind", "a,x"], ["--id", "unit"], "column_missing", "“unit”"),
        (["id,kind", "a,x"], ["--group", "id"], "column_used_twice", "“id”"),
    ],
)
def test_bad_nodes_are_refused_with_their_place(
    refused: Refused,
    write: Callable[..., Path],
    lines: list[str],
    options: list[str],
    code: str,
    place: str,
) -> None:
    ties, nodes = write("source,target", "a,b"), write(*lines, name="nodes.csv")

    line = refused("network", "--ties", ties, "--nodes", nodes, *options)

    assert line.startswith(f"{code}: ")
    assert place in line


def test_numbers_are_no_ids(refused: Refused, tmp_path: Path) -> None:
    pq.write_table(pa.table({"source": [1, 2], "target": [2, 3]}), tmp_path / "ties.parquet")

    line = refused("network", "--ties", tmp_path / "ties.parquet")

    assert line.startswith("text_as_number: ")
    assert "“source”" in line


def test_a_column_of_names_is_no_group(refused: Refused, write: Callable[..., Path]) -> None:
    rows = [f"{number},{number}" for number in range(1001)]
    nodes = write("id,kind", *rows, name="nodes.csv")

    line = refused("network", "--ties", write("source,target", "1,2"), "--nodes", nodes,
                   "--group", "kind")  # fmt: skip

    assert line.startswith("labels_too_many: The column “kind” has 1001 different values")


def test_people_read_a_table(
    capsys: pytest.CaptureFixture[str], write: Callable[..., Path]
) -> None:
    ties = write("source,target,phase", "a,b,watch", "b,c,watch", "a,b,respond", "c,d,respond")

    assert main(["network", "--ties", str(ties), "--by", "phase"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "watch:"
    assert lines[1].startswith("4 actors (1 without ties), 2 undirected ties, density 0.3333")
    assert "since watch: ties r 0.25; rank correlation of" in "\n".join(lines)
    assert any(line.startswith("single points of failure: 1. b (1 pairs)") for line in lines)


@pytest.mark.parametrize("option", ["--seed", "--pivots", "--permutations"])
def test_numbers_below_nought_are_wrong_usage(write: Callable[..., Path], option: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(["network", "--ties", str(write("source,target", "a,b")), option, "-1"])

    assert left.value.code == 2
