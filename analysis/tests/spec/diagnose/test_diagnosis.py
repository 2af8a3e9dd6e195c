"""Verdicts, evidence and the plan."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from actscope.definition import Definition
from actscope.diagnose.diagnosis import UnknownMeasureError, Verdict, diagnose, verdict
from actscope.diagnose.log import Log
from actscope.diagnose.measured import Measured
from actscope.diagnose.measures import MEASURES
from actscope.diagnose.rules import Bound, RulesInvalidError, read_rules, rules_of

MakeActs = Callable[..., pa.Table]
WORDS = {"en": "e", "zh": "z"}
CLAIM = {"text": "002", "words": "w"}
RULES: dict[str, Any] = {
    "version": 7,
    "problems": [
        {
            "id": "by_order", **WORDS, "source": CLAIM,
            "shown_by": {"measure": "order_share", "above": 0.7},
            "causes": [
                {
                    "id": "no_voice", **WORDS,
                    "shown_by": {"measure": "deliberate_share", "below": 0.05},
                    "refuted_by": WORDS,
                    "countermeasures": [
                        {"under": "social_trust", **WORDS, "source": CLAIM}
                    ],
                },
                {
                    "id": "much_supervision", **WORDS,
                    "shown_by": {"measure": "supervise_share", "above": 0.15},
                    "refuted_by": WORDS,
                    "countermeasures": [
                        {"under": "system_design", **WORDS, "source": CLAIM}
                    ],
                },
            ],
        }
    ],
}  # fmt: skip


def measured(value: float | None, lower: float | None, upper: float | None) -> Measured:
    return Measured(
        value=value, lower=lower, upper=upper, n=9, missing=0, definition=Definition("", "", "")
    )


@pytest.mark.parametrize(
    ("interval", "bound", "said"),
    [
        ((0.1, 0.2, 0.3), {"below": 0.4}, Verdict.SHOWN),
        ((0.1, 0.2, 0.4), {"below": 0.4}, Verdict.OPEN),
        ((0.4, 0.5, 0.6), {"below": 0.4}, Verdict.REFUTED),
        ((0.5, 0.6, 0.7), {"above": 0.4}, Verdict.SHOWN),
        ((0.3, 0.6, 0.7), {"above": 0.4}, Verdict.OPEN),
        ((0.1, 0.2, 0.4), {"above": 0.4}, Verdict.REFUTED),
    ],
)
def test_a_verdict_needs_the_whole_interval(
    interval: tuple[float, float, float], bound: dict[str, float], said: Verdict
) -> None:
    lower, value, upper = interval

    assert verdict(measured(value, lower, upper), Bound(measure="x", **bound)) is said


def test_a_figure_without_an_interval_leaves_it_open() -> None:
    bound = Bound(measure="x", below=0.5)

    assert verdict(measured(0.1, None, None), bound) is Verdict.OPEN
    assert verdict(measured(None, None, None), bound) is Verdict.NOT_MEASURED


@pytest.fixture
def ruled(make_acts: MakeActs) -> Log:
    """Four units that act by order and never deliberate; nobody supervises."""
    rows = [
        {"by_unit": unit, "with_units": ["grid"], "kind": "dispatch", "basis": "order"}
        for unit in ("health", "hospital", "street", "firm")
    ]
    return Log(make_acts(*rows * 5))


def test_what_shows_is_told_with_its_evidence_and_its_mending(ruled: Log) -> None:
    found = diagnose(ruled, rules_of(RULES))

    (problem,) = found.problems
    voice, supervision = problem.causes
    assert (problem.verdict, voice.verdict, supervision.verdict) == (
        Verdict.SHOWN, Verdict.SHOWN, Verdict.REFUTED,
    )  # fmt: skip
    assert (problem.evidence.value, problem.evidence.n) == (1.0, 20)
    assert [worst.who for worst in problem.evidence.worst] == [
        "firm", "health", "hospital", "street",
    ]  # fmt: skip
    assert {head: [one.cause for one in advice] for head, advice in found.plan.items()} == {
        "system_design": [],
        "coordination_capability": [],
        "social_trust": ["no_voice"],
    }
    assert (found.rules, found.n, found.tested) == (7, 20, 3)


def test_no_advice_where_the_problem_does_not_show(make_acts: MakeActs) -> None:
    rows = [
        {"by_unit": unit, "kind": "dispatch", "basis": "voluntary"}
        for unit in ("health", "hospital", "street")
    ]

    found = diagnose(Log(make_acts(*rows * 9)), rules_of(RULES))

    assert found.problems[0].verdict is Verdict.REFUTED
    assert found.problems[0].causes[0].verdict is Verdict.SHOWN
    assert not any(found.plan.values())


def changed(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    rules = deepcopy(RULES)
    change(rules)
    return rules


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda r: r.pop("version"), "version"),
        (lambda r: r.update(problems=[]), "problems"),
        (lambda r: r["problems"][0].pop("zh"), "problems[0].zh"),
        (lambda r: r["problems"][0]["shown_by"].update(below=1), "problems[0].shown_by"),
        (lambda r: r["problems"][0]["shown_by"].update(above="x"), "problems[0].shown_by.above"),
        (lambda r: r["problems"].append(r["problems"][0]), "problems"),
        (
            lambda r: r["problems"][0]["causes"][0]["countermeasures"][0].update(under="luck"),
            "problems[0].causes[0].countermeasures[0].under",
        ),
        (lambda r: r["problems"][0].update(source="000"), "problems[0].source"),
    ],
)
def test_a_rule_that_says_too_little_is_refused_at_its_place(
    change: Callable[[dict[str, Any]], Any], place: str
) -> None:
    with pytest.raises(RulesInvalidError) as refused:
        rules_of(changed(change))

    assert refused.value.field == place


@pytest.mark.parametrize("bad", [None, [], "x", 3])
def test_rules_that_are_no_mapping_are_refused(bad: Any) -> None:
    with pytest.raises(RulesInvalidError):
        rules_of(bad)


def test_a_measure_that_there_is_not_is_named(ruled: Log) -> None:
    rules = changed(lambda r: r["problems"][0]["shown_by"].update(measure="luck"))

    with pytest.raises(UnknownMeasureError, match="luck"):
        diagnose(ruled, rules_of(rules))


def test_a_file_that_is_no_yaml_is_refused(tmp_path: Any) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("version: [", encoding="utf-8")

    with pytest.raises(RulesInvalidError):
        read_rules(path)


def test_the_rules_that_come_along_ask_only_for_what_there_is() -> None:
    assert read_rules().measures <= set(MEASURES)


def test_the_rules_that_come_along_quote_the_texts_they_rest_on(data_dir: Path) -> None:
    texts = {
        path.name[:3]: "".join(path.read_text(encoding="utf-8").split())
        for path in (data_dir.parent / "sources").glob("*.txt")
    }
    claims = [
        claim
        for problem in read_rules().problems
        for claim in (
            problem.source,
            *(one.source for cause in problem.causes for one in cause.countermeasures),
        )
    ]

    assert len(claims) > 20
    assert [one for one in claims if "".join(one.words.split()) not in texts[one.text]] == []
