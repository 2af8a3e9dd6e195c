"""How the sub-command ``network`` says what it found: as JSON, and as lines to read."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from actscope.cli.answer import aligned, figure
from actscope.cli.networks.shape import SHAPE_OF_ONE
from actscope.disclosure import Suppressed
from actscope.network.change import Change
from actscope.network.graph import Graph
from actscope.network.plan_fit import PlanFit
from actscope.network.portrait import Division, Portrait
from actscope.results import plain

SHOWN = 15
"""How many actors are printed for people; JSON has all."""


def told(
    graph: Graph,
    found: Portrait | None,
    *,
    by: str | None,
    missing: Mapping[str, int],
    suppressed: Suppressed | None,
    change: tuple[str, Change] | None,
    plan: PlanFit | None,
) -> dict[str, Any]:
    """One network as JSON; of a suppressed one (``found`` is ``None``) only what it was counted
    from."""
    value = {
        "by": by,
        "n": graph.n,
        "m": None if suppressed else graph.m,
        "directed": graph.directed,
        "self_ties": graph.self_ties,
        "zero_ties": graph.zero_ties,
        "repeated": graph.repeated,
        "missing": dict(missing),
        "suppressed": suppressed,
        "change": _change(*change) if change else None,
        "plan": _without(plan.to_dict(), "definition") if plan else None,
    }
    if found:
        definitions = found.definitions()
        definitions |= {"change": change[1].definition} if change else {}
        definitions |= {"plan": plan.definition} if plan else {}
        value |= _whole(found) | _actors(found) | _groups(found) | {"definition": definitions}
    return plain({key: value.get(key) for key in SHAPE_OF_ONE})  # type: ignore[no-any-return] # of a mapping


def _whole(found: Portrait) -> dict[str, Any]:
    whole, between = found.whole, found.betweenness
    names = ("isolates", "density", "reciprocity", "transitivity", "clustering", "assortativity")
    return {
        **{name: getattr(whole, name) for name in (*names, "components", "strong_components")},
        "largest_component": whole.largest,
        "centralization": found.centralisation,
        "betweenness": {
            "pivots": between.pivots,
            "error": between.error,
            "relative_error": between.relative_error,
            "bound": between.bound,
        },
        "core_periphery": {
            "size": int(np.count_nonzero(found.core.core)),
            "correlation": found.core.correlation,
            "fit": found.core.fit,
        },
        "communities": {
            name: getattr(found.communities, name)
            for name in ("number", "modularity", "runs", "stability")
        },
        "failures": found.fragility.points,
    }


def _actors(found: Portrait) -> dict[str, Any]:
    nothing = np.full(found.graph.n, np.nan)
    between = found.betweenness
    columns: dict[str, Any] = {
        "in_degree": found.degrees.into,
        "out_degree": found.degrees.out,
        "betweenness": between.values,
        "eigenvector": found.eigenvector,
        "pagerank": found.pagerank,
        "constraint": found.constraint,
        "core": found.core.core,
        "community": found.communities.member,
    }
    more = {
        "in_strength": found.degrees.into_strength,
        "out_strength": found.degrees.out_strength,
        "closeness": nothing if between.closeness is None else between.closeness,
        "clustering": found.whole.local,
        "coreness": found.core.coreness,
        "betweenness_error": nothing if between.standard_error is None else between.standard_error,
    }
    return {"actors": _rows(found, columns), "more": _rows(found, more)}


def _rows(found: Portrait, columns: Mapping[str, Any]) -> list[dict[str, Any]]:
    values = [found.graph.names, *(column.tolist() for column in columns.values())]
    return [dict(zip(("id", *columns), row, strict=True)) for row in zip(*values, strict=True)]


def _groups(found: Portrait) -> dict[str, Any]:
    tests = ("n", "missing", "ties_missing", "mean", "sd", "permutations", "exact")
    return {
        "groups": {
            name: {
                "ei": division.mixing.ei,
                "z": division.mixing.z,
                "p": division.mixing.p,
                "mixing": {"labels": division.mixing.labels, "ties": division.mixing.ties},
            }
            for name, division in found.divisions.items()
        },
        "group_tests": {
            name: {test: getattr(division.mixing, test) for test in tests}
            for name, division in found.divisions.items()
        },
        "brokerage": {
            name: _brokerage(found, division) for name, division in found.divisions.items()
        },
    }


def _brokerage(found: Portrait, division: Division) -> dict[str, Any]:
    broker = division.brokerage
    counts = zip(found.graph.names, broker.actors.tolist(), strict=True)
    return {
        **{name: getattr(broker, name) for name in ("roles", "count", "expected", "z")},
        "actors": [{"id": actor, "count": count} for actor, count in counts],
    }


def _change(before: str, found: Change) -> dict[str, Any]:
    return {
        "before": before,
        "ties": _without(found.ties.to_dict(), "n", "definition"),
        "centralities": found.centralities,
    }


def _without(value: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: held for name, held in value.items() if name not in names}


def lines_of(value: dict[str, Any]) -> list[str]:
    """One network for people, from its JSON."""
    head = [f"{value['by']}:"] if value["by"] is not None else []
    if value["suppressed"]:
        return [*head, f"suppressed: too few of the {value['n']} actors have ties"]
    lines = [
        *head,
        f"{value['n']} actors ({value['isolates']} without ties), {value['m']} "
        f"{'directed' if value['directed'] else 'undirected'} ties, density "
        f"{figure(value['density'])}, reciprocity {figure(value['reciprocity'])}, transitivity "
        f"{figure(value['transitivity'])}, {value['components']} components",
        f"set aside: {value['self_ties']} self-ties, {value['zero_ties']} of weight 0; "
        f"{value['repeated']} repeated rows added up",
        "centralization: "
        + ", ".join(f"{name} {figure(held)}" for name, held in value["centralization"].items()),
        f"core of {value['core_periphery']['size']}, correlation "
        f"{figure(value['core_periphery']['correlation'])}; {value['communities']['number']} "
        f"communities, modularity {figure(value['communities']['modularity'])}, stability "
        f"{figure(value['communities']['stability'])}",
    ]
    if value["betweenness"]["pivots"]:
        lines.append(
            f"betweenness from {value['betweenness']['pivots']} actors drawn: ± "
            f"{figure(value['betweenness']['error'])} at most, with 95 % confidence"
        )
    for name, group in value["groups"].items():
        test = value["group_tests"][name]
        lines.append(
            f"{name}: E–I {figure(group['ei'])}, z {figure(group['z'])}, p {figure(group['p'])} "
            f"({test['permutations']} {'ways, all' if test['exact'] else 'permutations'}; "
            f"n {test['n']}, missing {test['missing']})"
        )
    if value["plan"]:
        lines.append(
            f"plan: fit {figure(value['plan']['jaccard'])}, {len(value['plan']['blocking'])} "
            f"blocking points, {len(value['plan']['emergent'])} emergent ties"
        )
    if value["change"]:
        shown = (f"{c['measure']} {figure(c['rho'])}" for c in value["change"]["centralities"])
        lines.append(
            f"since {value['change']['before']}: ties r {figure(value['change']['ties']['r'])}; "
            f"rank correlation of {', '.join(shown)}"
        )
    worst = ", ".join(f"{one['id']} ({one['pairs_cut']} pairs)" for one in value["failures"][:5])
    lines.append(f"single points of failure: {len(value['failures'])}. {worst}".rstrip(". "))
    actors = sorted(value["actors"], key=lambda actor: (-actor["betweenness"], actor["id"]))
    rows = [list(actor.values()) for actor in actors[:SHOWN]]
    lines += aligned(list(SHAPE_OF_ONE["actors"][0]), rows)
    if len(actors) > SHOWN:
        lines.append(f"… and {len(actors) - SHOWN} more")
    return lines
