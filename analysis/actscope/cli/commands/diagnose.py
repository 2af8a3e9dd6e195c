"""``actscope diagnose ACTS [--actors A] [--plan P] [--rules F]``: which problems show, which of
their causes hold, and what would mend them, each with its evidence."""

import argparse
from typing import Any

from actscope.acts.reading import read_actors, read_acts, read_cases, read_ties
from actscope.cli import options as shared
from actscope.cli.answer import Answer, aligned, figure
from actscope.diagnose.diagnosis import Diagnosis, Evidence, Verdict, diagnose
from actscope.diagnose.log import Log
from actscope.diagnose.rules import Words, read_rules

_NO_CAUSE = Words(
    en="Problems show, but none of the causes that were tested does: no measure follows from this "
    "log.",
    zh="有问题得到证实，但所检验的原因均未得到证实，据此数据尚不能提出措施。",
)
_NO_PROBLEM = Words(
    en="None of the problems shows: nothing needs to be mended.",
    zh="所检验的问题均不存在，无须改进。",
)
_UNDECIDED = Words(
    en="No problem is shown, but not all could be decided: “open” needs more acts, “not measured” "
    "other tables.",
    zh="尚无问题得到证实，但部分问题无法判定：“open”须有更多行为，“not measured”须有其他数据表。",
)
_WORDS = {"en": "in English", "zh": "中文"}
_SOURCE = {"text": "which source text", "words": "its words"}
_EVIDENCE = {
    "bound": {"measure": "which", "below": "bound, or null", "above": "bound, or null"},
    "value": "the measure",
    "lower": "lower end of its 95 % interval",
    "upper": "upper end",
    "n": "what it rests on",
    "missing": "what could not be used",
    "worst": [{"who": "unit, pair or case", "value": "its own figure", "n": "over how many"}],
    "definition": {"en": "formula", "zh": "公式", "source": "where it comes from"},
}
_VERDICT = "shown, refuted, open or not_measured"
_COUNTERMEASURE = {"under": "its head", "words": _WORDS, "source": _SOURCE}
_ADVICE = [{"problem": "which", "cause": "which", "words": _WORDS, "source": _SOURCE}]
SHAPE: Any = {
    "version": "of the library",
    "rules": "version of the rules",
    "n": "acts in the log",
    "tested": "how many bounds were tested",
    "problems": [
        {
            "id": "which",
            "words": _WORDS,
            "source": _SOURCE,
            "verdict": _VERDICT,
            "evidence": _EVIDENCE,
            "causes": [
                {
                    "id": "which",
                    "words": _WORDS,
                    "verdict": _VERDICT,
                    "evidence": _EVIDENCE,
                    "refuted_by": _WORDS,
                    "countermeasures": [_COUNTERMEASURE],
                }
            ],
        }
    ],
    "plan": {
        "system_design": _ADVICE,
        "coordination_capability": _ADVICE,
        "social_trust": _ADVICE,
    },
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    shared.file(parser, "acts", "a table of acts")
    parser.add_argument("--actors", help="a table of units: sectors, areas, levels")
    parser.add_argument("--plan", help="a table of the ties that a plan foresees")
    parser.add_argument("--cases", help="a table of cases, for the load of open work")
    parser.add_argument("--rules", help="a YAML file of rules, in place of those that come along")
    shared.zone(parser)
    shared.seed(parser)


def run(options: argparse.Namespace) -> Answer:
    """The diagnosis."""
    rules = read_rules(options.rules)
    acts = read_acts(options.acts, zone=options.zone)
    actors = read_actors(options.actors, zone=options.zone) if options.actors else None
    plan = read_ties(options.plan) if options.plan else None
    cases = read_cases(options.cases, zone=options.zone) if options.cases else None
    log = Log(
        acts.table,
        actors=actors.table if actors else None,
        plan=plan.table if plan else None,
        cases=cases.table if cases else None,
        seed=options.seed,
    )
    found = diagnose(log, rules)
    readings = [one for one in (acts, actors, plan, cases) if one is not None]
    return Answer(
        value=found.to_dict(),
        lines=_lines(found, options.language),
        warnings=[one.report for one in readings if one.report.issues],
    )


def _lines(found: Diagnosis, language: str) -> list[str]:
    head = ("verdict", "problem, and its possible causes", "value", "95 % interval", "bound", "n")
    rows: list[tuple[object, ...]] = []
    for problem in found.problems:
        rows.append(_row(problem.verdict.value, _said(problem.words, language), problem.evidence))
        for cause in problem.causes:
            words = f"  {_said(cause.words, language)}"
            rows.append(_row(cause.verdict.value, words, cause.evidence))
    advice = [
        (under.replace("_", " "), _said(one.words, language))
        for under, several in found.plan.items()
        for one in several
    ]
    if not advice:
        return [*aligned(head, rows), "", _said(_why_none(found), language)]
    return [*aligned(head, rows), "", *aligned(("under", "what would mend it"), advice)]


def _why_none(found: Diagnosis) -> Words:
    """Why nothing is advised: a measure answers a cause that is shown, of a problem that is."""
    verdicts = {problem.verdict for problem in found.problems}
    if Verdict.SHOWN in verdicts:
        return _NO_CAUSE
    if verdicts <= {Verdict.REFUTED}:
        return _NO_PROBLEM
    return _UNDECIDED


def _row(verdict: str, words: str, evidence: Evidence) -> tuple[object, ...]:
    bound = evidence.bound
    limit = f"< {bound.below:g}" if bound.below is not None else f"> {bound.above:g}"
    interval = (
        "–" if evidence.lower is None else f"{figure(evidence.lower)} – {figure(evidence.upper)}"
    )
    return (verdict.replace("_", " "), words, evidence.value, interval, limit, evidence.n)


def _said(words: Words, language: str) -> str:
    return words.zh if language == "zh" else words.en
