"""The three mechanisms: actors act together, interests are balanced, information flows."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from actscope.counting import Mask
from actscope.definition import Definition
from actscope.dimensions.gaps import figure, flows
from actscope.dimensions.requests import Requests, next_act
from actscope.dimensions.resampling import Numbers, Resamples, geometric, gini, interval, part
from actscope.dimensions.view import View, Whole, one_of, unordered
from actscope.results import Result


class Mechanism(StrEnum):
    """The mechanisms inside of collaboration."""

    ACTORS = "actors"
    INTERESTS = "interests"
    INFORMATION = "information"


MECHANISMS = {
    Mechanism.ACTORS: Definition(
        en=(
            "Geometric mean of: joint (acts of organisations of at least two sectors ÷ acts), "
            "taking part (organisations that acted or took part ÷ all listed), reciprocity (mean "
            "over pairs), plan fit (planned ties with an act ÷ planned or actual ties)."
        ),
        zh=(
            "以下各项的几何平均：联合（至少两类部门共同参与的行为÷全部行为）、参与（有行为的组织÷名单组织）、"
            "互惠（各对均值）、计划吻合（有行为的计划联系÷计划或实际联系）。"
        ),
        source="This project; plan fit: Kapucu 2005 (Jaccard).",
    ),
    Mechanism.INTERESTS: Definition(
        en=(
            "Geometric mean of: fair burden (1 − Gini of the requests that each organisation which "
            "took part received, each weighing the same, all capacities taken as equal), exchange "
            "(mean balance of transfers and services given and received), agreement (acts by "
            "agreement or of free will ÷ acts with a stated basis). Hours, cost and compensation "
            "are not in a log."
        ),
        zh=(
            "以下各项的几何平均：负担公平（1−各参与组织所收请求数的基尼系数，每项请求同权，能力视为相同）、"
            "交换（资源与服务给予和获得的平均平衡度）、协商（协议或自愿行为÷注明依据的行为）。"
            "工时、成本与补偿不在日志之中。"
        ),
        source="This project.",
    ),
    Mechanism.INFORMATION: Definition(
        en=(
            "Geometric mean of: reach (organisations that sent or got reports, shared data or "
            "answers ÷ all listed), acknowledged (reports and shares about a case after which the "
            "addressed organisation acted on the case ÷ all such), reciprocity of these flows, "
            "answered (questions answered ÷ asked)."
        ),
        zh=(
            "以下各项的几何平均：覆盖（收发报告、共享或答复的组织÷名单组织）、确认（报告与共享之后对方就该事项"
            "有行为的比例）、信息流互惠、答复（已答复询问÷询问）。"
        ),
        source="This project.",
    ),
}

TELLING = ("report", "share", "answer", "clarify")
NOTIFYING = ("report", "share")
GIVING = ("transfer", "serve")
AGREED = ("agreement", "voluntary")


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismFigure(Result):
    """``index`` from 0 to 1 with its interval and ``parts``; ``n`` acts of ``units``
    organisations; ``missing``: acts that lack a unit or a time. A suppressed one has no figures."""

    index: float | None
    lower: float | None
    upper: float | None
    n: int
    units: int
    missing: int
    parts: dict[str, float | None]
    suppressed: bool
    definition: Definition


def mechanisms(
    view: View, found: Requests, drawn: Resamples, *, at_least: int = 1
) -> dict[Mechanism, MechanismFigure]:
    """The three mechanisms; suppressed where fewer than ``at_least`` organisations took part."""
    units = len(view.involved())
    return {
        mechanism: _figure(view, parts, drawn, units, MECHANISMS[mechanism], at_least)
        for mechanism, parts in (
            (Mechanism.ACTORS, _actors(view, drawn)),
            (Mechanism.INTERESTS, _interests(view, found, drawn)),
            (Mechanism.INFORMATION, _information(view, found, drawn)),
        )
    }


def burden(view: View, found: Requests) -> Numbers:
    """The requests that each organisation received."""
    return np.bincount(found.asked, minlength=len(view.organisations)).astype(np.float64)


def _figure(
    view: View,
    parts: dict[str, Numbers],
    drawn: Resamples,
    units: int,
    definition: Definition,
    at_least: int,
) -> MechanismFigure:
    suppressed = 0 < units < at_least
    index = geometric(list(parts.values()))
    lower, upper = interval(index, units)
    return MechanismFigure(
        index=None if suppressed else figure(index[0]),
        lower=None if suppressed else lower,
        upper=None if suppressed else upper,
        n=view.counted.n,
        units=units,
        missing=view.counted.missing,
        parts={name: None if suppressed else figure(drawn[0]) for name, drawn in parts.items()},
        suppressed=suppressed,
        definition=definition,
    )


def _actors(view: View, drawn: Resamples) -> dict[str, Numbers]:
    exchanged = flows(view)
    return {
        "joint": of_acts(view, drawn, *joint(view)),
        "taking_part": _taking_part(view, drawn, np.ones(len(view.by), np.bool_)),
        "reciprocity": part(exchanged.sums(drawn), 0, 1),
        "plan_fit": plan_fit(view, drawn),
    }


def _interests(view: View, found: Requests, drawn: Resamples) -> dict[str, Numbers]:
    taking = view.involved()
    received = burden(view, found)[taking]
    return {
        "fair_burden": 1 - gini(received, drawn.times[:, taking]),
        "exchange": _exchange(view, drawn),
        "agreement": of_acts(view, drawn, one_of(view.basis, AGREED), ~view.basis.empty),
    }


def _information(view: View, found: Requests, drawn: Resamples) -> dict[str, Numbers]:
    told = view.of_kind(*TELLING)
    chosen = told[view.act]
    telling = flows(view, chosen)
    asks = ~found.dispatched & ~found.pending
    figures = np.column_stack((found.is_answered & asks, asks)).astype(np.float64)
    return {
        "reach": _taking_part(view, drawn, told),
        "acknowledged": _acknowledged(view, drawn),
        "reciprocity": part(telling.sums(drawn), 0, 1),
        "answered": part(drawn.of_pairs(found.asker, found.asked, figures), 0, 1),
    }


def joint(view: View) -> tuple[Mask, Mask]:
    """In which acts organisations of at least two sectors took part, and of which acts that can be
    told: of all but those that a partner's or one's own missing sector leaves open."""
    sector = view.organisations.sector.codes
    own, other = sector[view.by[view.act]], sector[view.partner]
    known = (own >= 0) & (other >= 0)
    found, told = np.zeros(len(view.by), np.bool_), np.ones(len(view.by), np.bool_)
    told[view.act[~known]] = False
    found[view.act[known & (own != other)]] = True
    return found, told | found


def of_acts(view: View, drawn: Resamples, over: Mask, of: Mask) -> Numbers:
    """Acts ``over`` and ``of`` among those ``of``, by the organisations that acted."""
    size = len(view.organisations)
    figures = np.column_stack(
        [np.bincount(view.by[mask], minlength=size) for mask in (over & of, of)]
    )
    return part(drawn.of_units(figures.astype(np.float64)), 0, 1)


def _taking_part(view: View, drawn: Resamples, acts: Mask) -> Numbers:
    """Listed organisations that did some of the acts or took part in one ÷ all listed. That is a
    count of the whole list, not a sample of it: every draw gives the same."""
    act, unit = view.taking_part()
    listed = view.organisations.listed
    there = np.count_nonzero(np.bincount(unit[acts[act]], minlength=listed)[:listed])
    value = there / listed if listed else np.nan
    return np.full(len(drawn.times), value)


def plan_fit(view: View, drawn: Resamples) -> Numbers:
    if view.plan is None:
        return np.full(len(drawn.times), np.nan)
    actual = unordered(view.by[view.act], view.partner)
    size = max(len(view.organisations), 1)
    keys = [pairs[:, 0] * size + pairs[:, 1] for pairs in (view.plan, actual)]
    either: Whole = np.union1d(*keys)
    both = np.isin(either, keys[0]) & np.isin(either, keys[1])
    figures = np.column_stack((both, np.ones(len(either)))).astype(np.float64)
    return part(drawn.of_pairs(either // size, either % size, figures), 0, 1)


def _exchange(view: View, drawn: Resamples) -> Numbers:
    """1 − |given − got| ÷ (given + got), the mean over organisations that gave or got."""
    size = len(view.organisations)
    chosen = view.of_kind(*GIVING)[view.act]
    act, partner = view.act[chosen], view.partner[chosen]
    share = 1 / np.bincount(view.act, minlength=len(view.by))[act]
    given, got = np.bincount(view.by[act], share, size), np.bincount(partner, share, size)
    some = given + got > 0
    balance = np.zeros(size)
    balance[some] = 1 - np.abs(given - got)[some] / (given + got)[some]
    return part(drawn.of_units(np.column_stack((balance, some.astype(np.float64)))), 0, 1)


def _acknowledged(view: View, drawn: Resamples) -> Numbers:
    """Reports and shares about a case, to each partner: whether it acted on the case later."""
    chosen = view.of_kind(*NOTIFYING)[view.act] & (view.case[view.act] >= 0)
    act, partner = view.act[chosen], view.partner[chosen]
    everything = np.arange(len(view.by), dtype=np.int64)
    after = next_act(view, everything, view.case[act], partner, act) >= 0
    figures = np.column_stack((after, np.ones(len(act)))).astype(np.float64)
    return part(drawn.of_pairs(view.by[act], partner, figures), 0, 1)
