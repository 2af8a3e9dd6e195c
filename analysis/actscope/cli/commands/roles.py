"""``actscope roles ACTS [--actors A]``: the role of each unit in each phase, how roles change from
phase to phase, and who governs the network."""

import argparse
from typing import Any

from actscope.acts.reading import read_actors, read_acts
from actscope.cli import options as shared
from actscope.cli.answer import Answer, aligned, figure
from actscope.network.governance import Governance, governance
from actscope.network.roles import (
    RoleStates,
    StabilityDifference,
    role_states,
    stability_difference,
)
from actscope.results import plain

COLUMNS = ("by_unit", "with_units", "kind", "phase")

SHAPE: Any = {
    "n": "units whose stability is known",
    "missing": "units without: absent from all phases, or there is one phase only",
    "phases": ["name of the phase"],
    "units": [
        {
            "unit": "which",
            "roles": ["lead, broker, executor, supporter, member, observer or absent, by phase"],
            "acts": ["acts it took part in, by phase"],
            "stability": "1 − changes of role ÷ (phases − 1)",
        }
    ],
    "mean_stability": "over the n units",
    "transitions": {
        "roles": ["name of the role"],
        "number": [["units that went from the role of the row to that of the column"]],
        "probability": [["the same ÷ its row"]],
    },
    "difference": {
        "n_one": "units of the sector --compare",
        "n_other": "units of other sectors",
        "missing": "units without sector or stability",
        "difference": "mean stability of the one less that of the others",
        "p": "by shuffling the sectors, two-sided",
        "permutations": "how many",
    },
    "governance": {
        "n": "acts that convene, decide or dispatch",
        "missing": "of these without a unit",
        "units": "units of the network",
        "unit": "the one that did most of them",
        "c1": "its share of them",
        "s1": "share of serve and transfer in its own acts",
        "gini": "of these acts over the units",
        "centralisation": "of the ties, Freeman's",
        "mode": "participant, lead_organisation, administrative_organisation or mixed",
    },
    "definition": {
        "roles": {"en": "formula", "zh": "公式", "source": "where it is from"},
        "governance": {"en": "formula", "zh": "公式", "source": "where it is from"},
    },
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    shared.file(parser, "file", "a table of acts")
    parser.add_argument("--actors", help="a table of units, for those without acts and for sectors")
    parser.add_argument("--compare", help="a sector of the actors whose stability to compare")


def run(options: argparse.Namespace) -> Answer:
    """The roles and the mode of governance."""
    acts = read_acts(options.file, columns=COLUMNS)
    actors = read_actors(options.actors).table.to_pylist() if options.actors else []
    states = role_states(acts.table, units=[actor["unit"] for actor in actors])
    sectors = {a["unit"]: a["sector"] for a in actors if a.get("sector")}
    compared = stability_difference(states, sectors, options.compare) if options.compare else None
    mode = governance(acts.table)
    return Answer(
        value=_told(states, compared, mode),
        lines=_lines(states, compared, mode),
        warnings=[acts.report] if acts.report.issues else [],
    )


def _told(states: RoleStates, compared: StabilityDifference | None, mode: Governance) -> Any:
    rows = zip(states.units, states.states, states.acts, states.stability, strict=True)
    steered = mode.to_dict()
    return plain(
        {
            "n": states.n,
            "missing": states.missing,
            "phases": states.phases,
            "units": [
                {"unit": unit, "roles": roles, "acts": acts, "stability": stability}
                for unit, roles, acts, stability in rows
            ],
            "mean_stability": states.mean_stability,
            "transitions": {
                "roles": states.roles,
                "number": states.transitions,
                "probability": states.probabilities,
            },
            "difference": compared,
            "definition": {"roles": states.definition, "governance": steered.pop("definition")},
            "governance": steered,
        }
    )


def _lines(states: RoleStates, compared: StabilityDifference | None, mode: Governance) -> list[str]:
    rows = [
        [unit, *roles, stability]
        for unit, roles, stability in zip(
            states.units, states.states, states.stability, strict=True
        )
    ]
    if not states.phases:
        return ["the acts name no phase: roles are told from phase to phase"]
    lines = [
        *aligned(["unit", *states.phases, "stability"], rows),
        f"mean stability {figure(states.mean_stability)} (n {states.n}, missing {states.missing})",
    ]
    if compared:
        lines.append(
            f"difference {figure(compared.difference)}, p {figure(compared.p)} "
            f"({compared.n_one} and {compared.n_other} units, missing {compared.missing})"
        )
    if mode.mode:
        lines.append(
            f"governance: {mode.mode}, {mode.unit} did {figure(mode.c1)} of {mode.n} acts that "
            f"convene, decide or dispatch; {figure(mode.s1)} of its own acts serve or transfer"
        )
    return lines
