"""The computing as a process of its own: a problem in, progress and a plan out, as lines of JSON.

    python -m tongzhou.allocations.engine < question.json

The question: ``{"problem", "objective", "lines"}``. Without ``lines`` the best plan is sought and
compared with the proportional split; with them, ``[stock, need, quantity]`` each, that plan is
judged. All mathematics is in ``actscope.allocation``; this module turns the problem into its
arrays: a stock is an item in a store, a need a line of a need, its place the area of use, and a
way joins every store with every need that its item can serve.

It imports the analysis library (and with it a hundred megabytes of compiled code), so it lives
for one question and gives everything back; web and worker stay small.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import orjson

from actscope.allocation.certificate import Stage, added, certificate, excess, lowest, stage
from actscope.allocation.comparing import fairness, fills, place_fills
from actscope.allocation.flows import Flows
from actscope.allocation.problem import Floats, Mask, Problem, parts
from actscope.allocation.settling import Aim, settled
from actscope.codes import Codes

Plain = dict[str, Any]
#: What a way is made longer by where something stands in for what was asked, so that the thing
#: itself goes first: more kilometres than any way on Earth.
DETOUR = 20_100.0
_EARTH_KM = 6_371.0088
_ROUNDS = 12


@dataclass(frozen=True)
class Share:
    """All that can stand for each other: stocks and needs by their place in the whole, and the
    problem in whole steps (a piece, a tenth of a litre); ``scale`` steps make one."""

    stocks: Codes
    needs: Codes
    problem: Problem
    #: True kilometres of each way; those of the problem are longer for what stands in.
    way: Floats
    scale: float


def main() -> int:
    """Reads the question from standard input and writes the answer, the last line."""
    question = orjson.loads(sys.stdin.buffer.read())
    problem, objective = question["problem"], question["objective"]
    if question.get("lines") is None:
        answer = solve(problem, objective, tell=lambda share: _say({"progress": share}))
    else:
        answer = judge(problem, question["lines"])
    _say(answer)
    return 0


def _say(message: Plain) -> None:
    sys.stdout.buffer.write(orjson.dumps(message) + b"\n")
    sys.stdout.buffer.flush()


def solve(problem: Plain, objective: str, *, tell: Any = lambda share: None) -> Plain:
    """The best plan with its proof, the proportional split and doing nothing beside it; ``tell``
    hears the percentage that is done."""
    shares = list(shares_of(problem))
    plans, splits = list[Floats](), list[Floats]()
    first, later = list[Stage](), list[Stage]()
    passed: dict[str, float] = {}
    for done, share in enumerate(shares):
        tell(round(100 * done / len(shares)))
        plan, stages, floor = _planned(share.problem, objective)
        plans.append(plan)
        first += stages[:1]
        later += stages[1:]
        for name, value in excess(share.problem, plan, floor).items():
            passed[name] = max(passed.get(name, 0.0), value)
        splits.append(_settled(share.problem, "proportional")[0])
    service = lowest(first) if objective == "max_min" else added(first)
    proof = certificate((*service, *added(later)), passed)
    return {
        "lines": [line for share, plan in zip(shares, plans, strict=True)
                  for line in _lines(share, plan)],
        "computed": _figures(problem, shares, plans),
        "proportional": _figures(problem, shares, splits),
        "nothing": _figures(problem, shares, [np.zeros_like(plan) for plan in plans]),
        "proven": proof.proven,
        "stages": [
            {"name": s.name, "value": s.value, "bound": s.bound, "gap": s.gap}
            for s in proof.stages
        ],
    }  # fmt: skip


def judge(problem: Plain, lines: list[list[Any]]) -> Plain:
    """The figures of a plan that people made, and how long its ways are."""
    wanted = {(stock, need): float(quantity) for stock, need, quantity in lines}
    shares = list(shares_of(problem))
    plans = []
    ways = []
    for share in shares:
        ends = zip(share.stocks[share.problem.stock].tolist(),
                   share.needs[share.problem.need].tolist(), strict=True)  # fmt: skip
        plan = np.zeros(len(share.way))
        for route, end in enumerate(ends):
            if end in wanted:
                plan[route] = wanted[end] * share.scale
                ways.append([*end, float(share.way[route])])
        plans.append(plan)
    return {"chosen": _figures(problem, shares, plans), "ways": ways}


def _planned(problem: Problem, objective: str) -> tuple[Floats, tuple[Stage, ...], Floats]:
    """What each way carries, the objectives in their order, and what was promised to each need."""
    if objective == "proportional":
        return _settled(problem, "proportional")
    if objective == "priority":
        return _most_urgent_first(problem)
    received, service = _fairest(problem)
    return _cheapest(problem, received, service)


def _settled(problem: Problem, fair: Any) -> tuple[Floats, tuple[Stage, ...], Floats]:
    found = settled(problem, np.zeros_like(problem.demand, np.int64), Aim(fair, pieces=True))
    return found.shipped, found.proof.stages, np.zeros_like(problem.demand)


def _most_urgent_first(problem: Problem) -> tuple[Floats, tuple[Stage, ...], Floats]:
    """The needs of the greatest weight as far as they can be served, those of one weight fairly
    among each other, then the next. That is the greatest weighted amount as well (Edmonds 1970,
    see ``flows``), which the bound of ``actscope`` proves."""
    amount = _settled(replace(problem, distance=np.zeros_like(problem.distance)), "none")[1][0]
    received, supply = np.zeros_like(problem.demand), problem.supply
    for weight in sorted(set(problem.priority.tolist()), reverse=True):
        ways = problem.priority[problem.need] == weight
        alone = replace(_on(problem, ways), supply=supply, priority=np.ones_like(problem.priority))
        got, _service = _fairest(alone)
        received += got
        # What is left is what some plan leaves that brings all so far what was found for them.
        plan, _stages, _floor = _cheapest(problem, received, ())
        supply = problem.supply - problem.sent(plan)
    value = float(problem.priority @ received)
    return _cheapest(problem, received, (stage("amount", value, amount.bound),))


def _fairest(problem: Problem) -> tuple[Floats, tuple[Stage, ...]]:
    """What each need gets, and the proof of the first level: the highest that all can have; then
    of what is left the highest that all those can have who can get more, and so on; what is too
    little to be shared by all goes where it counts most."""
    # Where things go in the meantime says nothing: only what each need can get does.
    rest = replace(problem, distance=np.zeros_like(problem.distance))
    rest = _on(rest, (rest.supply[rest.stock] > 0) & (rest.demand[rest.need] > 0))
    received, service = np.zeros_like(problem.demand), tuple[Stage, ...]()
    for fair in (*["maxmin"] * _ROUNDS, "none"):
        if not len(rest.stock):
            break
        plan, stages, _floor = _settled(rest, fair)
        service = service or stages[:1]
        got = rest.received(plan)
        received += got
        rest = replace(rest, supply=rest.supply - rest.sent(plan), demand=rest.demand - got)
        rest = _on(rest, (rest.supply[rest.stock] > 0) & (rest.demand[rest.need] > 0))
    return received, service


def _cheapest(
    problem: Problem, received: Floats, stages: tuple[Stage, ...]
) -> tuple[Floats, tuple[Stage, ...], Floats]:
    """The least transport that brings each need what was found for it."""
    shipped, transport = np.zeros_like(problem.distance), list[Stage]()
    for part in parts(problem, np.zeros_like(problem.demand, np.int64)):
        cheapest = Flows(part.problem, pieces=True).cheapest(received[part.needs])
        shipped[part.routes] = cheapest.shipped
        transport += cheapest.stages
    return shipped, (*stages, *added(transport)), received


def _on(problem: Problem, ways: Mask) -> Problem:
    """The problem with some of its ways alone."""
    return replace(
        problem, stock=problem.stock[ways], need=problem.need[ways], link=problem.link[ways],
        distance=problem.distance[ways],
    )  # fmt: skip


def shares_of(problem: Plain) -> Iterator[Share]:
    """One problem for all things that can stand for each other."""
    stocks, needs = problem["stocks"], problem["needs"]
    instead = {(item, other[0]) for item, others in problem["instead"].items() for other in others}
    family = _families(problem["items"], instead)
    for name in sorted(set(family.values())):
        stock = np.array([i for i, s in enumerate(stocks) if family[s["item"]] == name], np.int64)
        need = np.array([i for i, n in enumerate(needs) if family[n["item"]] == name], np.int64)
        if not len(stock) or not len(need):
            continue
        held = np.array([stocks[i]["item"] for i in stock])
        asked = np.array([needs[i]["item"] for i in need])
        same = held[:, None] == asked[None, :]
        fits = same.copy()
        for item, other in instead:
            fits |= (held[:, None] == other) & (asked[None, :] == item)
        start, end = np.nonzero(fits)
        km = _kilometres(problem, stock, need)[start, end]
        decimals = max(problem["items"][item]["decimals"] for item in {*held, *asked})
        scale = float(10**decimals)
        yield Share(
            stocks=stock,
            needs=need,
            problem=Problem(
                supply=_steps([stocks[i]["free"] for i in stock], scale),
                demand=_steps([needs[i]["missing"] for i in need], scale),
                priority=np.array([float(needs[i]["weight"]) for i in need]),
                capacity=np.full(len(start), np.inf),
                stock=start,
                need=end,
                link=np.arange(len(start)),
                distance=km + np.where(same[start, end], 0.0, DETOUR),
            ),
            way=km,
            scale=scale,
        )


def _steps(quantities: list[str], scale: float) -> Floats:
    return np.rint(np.array([float(text) for text in quantities]) * scale)


def _families(items: Plain, instead: set[tuple[str, str]]) -> dict[str, str]:
    """Of each item the name of all those that it is joined with by what stands for what."""
    family = {item: item for item in items}
    for item, other in instead:
        one, two = family[item], family[other]
        family = {key: one if value == two else value for key, value in family.items()}
    return family


def _kilometres(problem: Plain, stock: Codes, need: Codes) -> Floats:
    """Great-circle kilometres from stores to places of use, to a tenth. A place that nobody knows
    the whereabouts of is nowhere far."""
    sites, areas = problem["sites"], problem["areas"]
    one = np.radians(_points([sites[problem["stocks"][i]["site"]] for i in stock]))
    two = np.radians(_points([areas[problem["needs"][i]["area"]] for i in need]))
    apart = (one[:, None, :] - two[None, :, :]) / 2
    level = np.cos(one[:, None, 1]) * np.cos(two[None, :, 1])
    chord = np.sin(apart[..., 1]) ** 2 + level * np.sin(apart[..., 0]) ** 2
    far: Floats = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return np.nan_to_num(far).round(1)


def _points(places: list[Plain]) -> Floats:
    known = [(p["lon"], p["lat"]) if p["lon"] is not None else (np.nan, np.nan) for p in places]
    return np.array(known, np.float64).reshape(-1, 2)


def _lines(share: Share, plan: Floats) -> Iterator[list[Any]]:
    """``[stock, need, quantity, kilometres]`` of each way that carries something."""
    for route in np.flatnonzero(plan > 0).tolist():
        yield [
            int(share.stocks[share.problem.stock[route]]),
            int(share.needs[share.problem.need[route]]),
            float(plan[route] / share.scale),
            float(share.way[route]),
        ]


def _figures(problem: Plain, shares: list[Share], plans: list[Floats]) -> Plain:
    """What a plan gives to whom, over all things together. Of each need what it receives, of each
    area the mean fill of its needs (None where it asks for nothing)."""
    whole = Problem(
        supply=np.array([float(s["free"]) for s in problem["stocks"]]),
        demand=np.array([float(n["missing"]) for n in problem["needs"]]),
        priority=np.array([float(n["weight"]) for n in problem["needs"]]),
        capacity=np.full(sum(len(s.way) for s in shares), np.inf),
        stock=_joined([s.stocks[s.problem.stock] for s in shares], np.int64),
        need=_joined([s.needs[s.problem.need] for s in shares], np.int64),
        link=np.arange(sum(len(s.way) for s in shares)),
        distance=_joined([s.way for s in shares], np.float64),
    )
    shipped = _joined([p / s.scale for s, p in zip(shares, plans, strict=True)], np.float64)
    area = np.array([n["area"] for n in problem["needs"]], np.int64)
    names = tuple(str(number) for number in range(len(problem["areas"])))
    # Named by their order, padded, so that the first of equal ones is the first listed.
    width = len(str(len(names)))
    told = fairness(whole, shipped, area, tuple(name.zfill(width) for name in names))
    mean, asks = place_fills(fills(whole, shipped), area, len(names))
    received = whole.received(shipped)
    return {
        "shipped": told.shipped,
        "unit_distance": told.unit_distance,
        "min_fill": told.min_fill,
        "gini": told.gini,
        "most_deprived": None if told.most_deprived is None else int(told.most_deprived),
        "loss": told.loss,
        "weighted": float(whole.priority @ received),
        "received": [round(float(value), 3) for value in received],
        "areas": [float(f) if asked else None for f, asked in zip(mean, asks, strict=True)],
    }


def _joined(arrays: list[Any], kind: Any) -> Any:
    return np.concatenate([*arrays, np.empty(0, kind)]).astype(kind)


if __name__ == "__main__":
    sys.exit(main())
