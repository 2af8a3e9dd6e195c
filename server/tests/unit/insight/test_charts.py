"""Charts are pure: a result in, an option for the chart library out."""

from typing import Any

from django.utils import translation

from tongzhou.insight import charts

NAMES = {"a": "Alpha", "b": "Beta", "c": "Gamma"}


def result(*ties: tuple[str, str, float]) -> dict[str, Any]:
    """The network of a phase, as actscope gives it."""
    units = sorted({u for tie in ties for u in tie[:2]})
    return {
        "ties": [{"source": s, "target": t, "weight": w, "acts": 1} for s, t, w in ties],
        "nodes": [
            {
                "unit": u,
                "sent": sum(w for s, _t, w in ties if s == u),
                "received": sum(w for _s, t, w in ties if t == u),
            }
            for u in units
        ],
        "sectors": {"a": "government", "b": "hospital", "c": "government"},
    }


def test_both_directions_of_a_tie_are_one_line() -> None:
    option = charts.network(result(("a", "b", 2.0), ("b", "a", 1.0)), names=NAMES)

    (series,) = option["series"]
    assert [(link["source"], link["target"], link["value"]) for link in series["links"]] == [
        ("a", "b", 3.0)
    ]


def test_the_unit_with_most_weight_is_the_largest() -> None:
    option = charts.network(result(("a", "b", 4.0), ("a", "c", 1.0)), names=NAMES)

    sizes = {node["name"]: node["symbolSize"] for node in option["series"][0]["data"]}
    assert sizes["Alpha"] > sizes["Beta"] > sizes["Gamma"]


def test_only_the_heaviest_ties_are_drawn() -> None:
    ties = [(f"u{n}", f"v{n}", float(n)) for n in range(1, charts.MOST_TIES + 50)]

    links = charts.network(result(*ties), names={})["series"][0]["links"]

    assert len(links) == charts.MOST_TIES
    assert min(link["value"] for link in links) == 50.0


def test_ties_left_out_are_counted_both_directions_as_one() -> None:
    ties = [(f"u{n}", f"v{n}", float(n)) for n in range(charts.MOST_TIES + 5)]

    assert charts.ties_left_out(result(("a", "b", 2.0), ("b", "a", 1.0))) == 0
    assert charts.ties_left_out(result(*ties, ("v9", "u9", 1.0))) == 5


def test_acts_of_suppressed_kinds_are_counted_as_left_out() -> None:
    by_kind = [
        {"kind": "report", "total": 3, "numbers": [3], "suppressed": None},
        {"kind": "pledge", "total": None, "numbers": [], "suppressed": "few_units"},
    ]

    assert charts.acts_left_out({"n": 16, "by_kind": by_kind}) == 13
    assert charts.acts_left_out({"n": 3, "by_kind": by_kind[:1]}) == 0


def test_legends_wrap_and_labels_stay_inside() -> None:
    option = charts.network(result(("a", "b", 1.0)), names=NAMES)

    assert option["legend"]["type"] == "plain"
    assert {node["label"]["position"] for node in option["series"][0]["data"]} == {"bottom"}


def test_a_network_without_ties_can_be_drawn() -> None:
    option = charts.network(result(), names={})

    assert option["series"][0]["data"] == []


def test_a_suppressed_series_is_not_drawn_but_named() -> None:
    tempo = {
        "days": ["2020-01-23", "2020-01-24"],
        "by_kind": [
            {"kind": "report", "total": 3, "numbers": [1, 2], "suppressed": None},
            {"kind": "pledge", "total": None, "numbers": [], "suppressed": "few_units"},
        ],
    }

    with translation.override("en"):
        option, table = charts.tempo(tempo), charts.tempo_table(tempo)

    assert [series["name"] for series in option["series"]] == ["report"]
    assert table["rows"] == [["report", 3], ["pledge", "suppressed"]]


def test_kinds_are_named_in_the_readers_language() -> None:
    tempo = {
        "days": [],
        "by_kind": [{"kind": "report", "total": 0, "numbers": [], "suppressed": None}],
    }

    with translation.override("zh-hans"):
        assert charts.tempo_table(tempo)["rows"][0][0] == "报告"
