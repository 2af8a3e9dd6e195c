"""Figures that the constructs of the theories rest on, each drawn with the organisations."""

from dataclasses import dataclass

import numpy as np

from actscope.codes import distinct, groups_of
from actscope.counting import Mask
from actscope.dimensions.mechanisms import joint, of_acts
from actscope.dimensions.requests import CONFIRMING, Requests, next_act
from actscope.dimensions.resampling import Numbers, Resamples, gini, part
from actscope.dimensions.view import HOUR, NEVER, View, Whole, one_of

WEEK = 7 * 24 * HOUR
SOON = 72
"""Hours within which a request counts as a small win when both sides confirm it."""
REACH_HOURS = 24
SPAN = (3, 7)
MEETING = ("convene", "deliberate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """``drawn``: the figure in the sample (row 0) and in each draw; ``n``: how many acts, cases,
    requests or organisations it rests on, ``units``: of how many organisations these are.
    Not-a-number in row 0: the log does not carry it."""

    drawn: Numbers
    n: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A log, its requests, the organisations drawn anew; of each case how many organisations acted
    on it (``acting``), and whether an act ``closed`` it."""

    view: View
    found: Requests
    resamples: Resamples
    acting: Whole
    closed: Mask

    def acts(self, over: Mask, of: Mask) -> Figure:
        """Acts ``over`` among the acts ``of``."""
        return Figure(
            drawn=of_acts(self.view, self.resamples, over, of),
            n=int(np.count_nonzero(of)),
            units=_several(self.view.by[of]),
        )

    def requests(self, over: Mask, of: Mask) -> Figure:
        """Requests ``over`` among the requests ``of``."""
        figures = np.column_stack((over & of, of)).astype(np.float64)
        sums = self.resamples.of_pairs(self.found.asker, self.found.asked, figures)
        ends = np.concatenate((self.found.asker[of], self.found.asked[of]))
        return Figure(drawn=part(sums, 0, 1), n=int(np.count_nonzero(of)), units=_several(ends))

    def cases(self, over: Numbers | Mask, of: Mask) -> Figure:
        """The mean of ``over`` among the cases ``of``; a case goes with who acted first on it."""
        size = len(self.view.organisations)
        with_case = np.flatnonzero(self.view.case >= 0)
        opener = np.zeros(self.view.cases, np.int64)
        opener[self.view.case[with_case[::-1]]] = self.view.by[with_case[::-1]]
        weights = (np.where(of, over, 0.0), of.astype(np.float64))
        sums = [np.bincount(opener, w, size) for w in weights]
        figures = np.column_stack(sums).astype(np.float64)
        return Figure(
            drawn=part(self.resamples.of_units(figures), 0, 1),
            n=int(np.count_nonzero(of)),
            units=_several(opener[of]),
        )

    def once(self, value: float, n: int, units: int) -> Figure:
        """A figure of the whole log, which has no interval."""
        drawn = np.full(len(self.resamples.times), np.nan)
        drawn[0] = value
        return Figure(drawn=drawn, n=n, units=units)

    def nothing(self) -> Figure:
        """What the log does not carry."""
        return self.once(np.nan, 0, 0)


def evidence_of(view: View, found: Requests, resamples: Resamples) -> Evidence:
    """The evidence of a log."""
    return Evidence(
        view=view, found=found, resamples=resamples, acting=_acting(view), closed=_closed(view)
    )


def power_balance(evidence: Evidence) -> Figure:
    """1 − Gini of the decisions of the organisations that took part."""
    view = evidence.view
    decided = view.of_kind("decide")
    taking = view.involved()
    number = np.bincount(view.by[decided], minlength=len(view.organisations))[taking]
    drawn = 1 - gini(number.astype(np.float64), evidence.resamples.times[:, taking])
    return Figure(drawn=drawn, n=int(np.count_nonzero(decided)), units=len(taking))


def interdependence(evidence: Evidence) -> Figure:
    """Cases on which at least two organisations acted ÷ cases."""
    return evidence.cases(evidence.acting > 1, evidence.acting > 0)


def institutional_design(evidence: Evidence) -> Figure:
    """Acts under an agreement or a law ÷ acts with a stated basis."""
    basis = evidence.view.basis
    return evidence.acts(one_of(basis, ("agreement", "law")), ~basis.empty)


def facilitation(evidence: Evidence) -> Figure:
    """exp(−median hours from a blockage to its end ÷ 24)."""
    view = evidence.view
    blocked = np.flatnonzero(view.with_outcome("blocked") & (view.case >= 0))
    resumed = np.flatnonzero(view.with_outcome("resumed"))
    end = next_act(view, resumed, view.case[blocked], view.by[blocked], blocked)
    ended = end >= 0
    hours = (view.at[end[ended]] - view.at[blocked[ended]]) / HOUR
    value = np.exp(-np.median(hours) / 24) if len(hours) else np.nan
    return evidence.once(float(value), len(hours), _several(view.by[blocked[ended]]))


def dialogue(evidence: Evidence) -> Figure:
    """Meetings per organisation and week, at most 1."""
    view = evidence.view
    act, unit = view.taking_part()
    meetings = view.of_kind(*MEETING)
    if not meetings.any():
        return evidence.nothing()
    weeks = max(1.0, float(view.at[-1] - view.at[0]) / WEEK)
    size = len(view.organisations)
    taking = view.involved()
    sat = np.bincount(unit[meetings[act]], minlength=size).astype(np.float64)
    there = np.zeros(size)
    there[taking] = weeks
    sums = evidence.resamples.of_units(np.column_stack((sat, there)))
    rate = np.minimum(part(sums, 0, 1), 1.0)
    return Figure(drawn=rate, n=int(np.count_nonzero(meetings)), units=len(taking))


def kept_in_time(evidence: Evidence) -> Figure:
    """Requests answered by their date ÷ answered requests with a date."""
    found = evidence.found
    dated = found.is_answered & (found.due != NEVER)
    return evidence.requests(found.in_time, dated)


def small_wins(evidence: Evidence) -> Figure:
    """Requests that both sides confirmed within 72 hours ÷ requests."""
    found = evidence.found
    if not found.can_confirm:
        return evidence.nothing()
    soon = found.is_confirmed & (found.confirmed - found.at <= SOON * HOUR)
    return evidence.requests(soon, ~found.running)


def time_to_convene(evidence: Evidence) -> Figure:
    """exp(−hours from the first act to the first meeting ÷ 24)."""
    view = evidence.view
    meetings = np.flatnonzero(view.of_kind("convene"))
    if not len(meetings):
        return evidence.nothing()
    hours = (view.at[meetings[0]] - view.at[0]) / HOUR
    sat = view.partner[np.isin(view.act, meetings)]
    units = _several(np.concatenate((view.by[meetings], sat)))
    return evidence.once(float(np.exp(-hours / 24)), len(meetings), units)


def determination(evidence: Evidence) -> Figure:
    """Decisions with a date ÷ decisions (each has an owner: who acted)."""
    view = evidence.view
    dated = view.due != NEVER
    # Where no act of the log has a date, that decisions have none says nothing.
    return evidence.acts(dated, view.of_kind("decide") & dated.any())


def returned_ties(evidence: Evidence) -> Figure:
    """Ties that are returned ÷ ties."""
    view = evidence.view
    size = max(len(view.organisations), 1)
    keys = groups_of(view.by[view.act] * size + view.partner, size * size).keys
    source, target = keys // size, keys % size
    returned = np.isin(target * size + source, keys)
    figures = np.column_stack((returned, np.ones(len(keys)))).astype(np.float64)
    return Figure(
        drawn=part(evidence.resamples.of_pairs(source, target, figures), 0, 1),
        n=len(keys),
        units=_several(np.concatenate((source, target))),
    )


def legitimacy(evidence: Evidence) -> Figure:
    """Dispatches accepted (answered, and not passed back) ÷ dispatches."""
    found = evidence.found
    accepted = found.is_answered & ~found.refused
    return evidence.requests(accepted, found.dispatched & ~found.pending)


def knowledge(evidence: Evidence) -> Figure:
    """Questions answered ÷ questions asked."""
    found = evidence.found
    return evidence.requests(found.is_answered, ~found.dispatched & ~found.pending)


def span_of_control(evidence: Evidence) -> Figure:
    """Organisations that dispatch to 3 to 7 others ÷ organisations that dispatch."""
    found, size = evidence.found, len(evidence.view.organisations)
    pairs = distinct(found.asker[found.dispatched] * size + found.asked[found.dispatched])
    others = np.bincount(pairs // max(size, 1), minlength=size)
    least, most = SPAN
    good = (others >= least) & (others <= most)
    figures = np.column_stack((good, others > 0)).astype(np.float64)
    return Figure(
        drawn=part(evidence.resamples.of_units(figures), 0, 1),
        n=int(np.count_nonzero(others)),
        units=int(np.count_nonzero(others)),
    )


def reached(evidence: Evidence) -> Figure:
    """Listed organisations that a chain of acts, each later than the one before, links to whoever
    acted first, within 24 hours ÷ listed organisations."""
    view = evidence.view
    listed = view.organisations.listed
    if not len(view.by) or not listed:
        return evidence.nothing()
    until = int(np.searchsorted(view.at, view.at[0] + REACH_HOURS * HOUR, side="right"))
    last = int(np.searchsorted(view.act, until))
    knows = np.zeros(len(view.organisations), np.bool_)
    knows[view.by[0]] = True
    pairs = zip(view.by[view.act[:last]].tolist(), view.partner[:last].tolist(), strict=True)
    for by, partner in pairs:
        if knows[by]:
            knows[partner] = True
    there = int(np.count_nonzero(knows[:listed]))
    return evidence.once(there / listed, listed, there)


def coordination(evidence: Evidence) -> Figure:
    """Cases of at least two organisations that were closed ÷ such cases."""
    if not evidence.closed.any():
        return evidence.nothing()
    return evidence.cases(evidence.closed, evidence.acting > 1)


def in_time(evidence: Evidence) -> Figure:
    """Work reported as done in time ÷ work reported as done."""
    view = evidence.view
    return evidence.acts(view.with_outcome("in_time"), view.with_outcome("in_time", "late"))


def hand_offs(evidence: Evidence) -> Figure:
    """Changes of the acting organisation from act to act of a case, per case."""
    view = evidence.view
    # Sorting numbers that carry their places is many times faster than sorting places.
    size = max(len(view.case), 1)
    order = np.sort((view.case + 1) * size + np.arange(len(view.case))) % size
    case, by = view.case[order], view.by[order]
    moved = (case[1:] == case[:-1]) & (by[1:] != by[:-1]) & (case[1:] >= 0)
    number = np.bincount(case[1:][moved], minlength=view.cases)
    return evidence.cases(number.astype(np.float64), evidence.acting > 0)


def bounced(evidence: Evidence) -> Figure:
    """Requests passed back ÷ requests answered."""
    found = evidence.found
    known = ~evidence.view.outcome.empty
    return evidence.requests(found.refused, found.is_answered & known.any())


def across_levels(evidence: Evidence) -> Figure:
    """Closed cases that organisations of several levels took part in ÷ closed cases."""
    return _across(evidence, evidence.view.organisations.level.codes)


def across_sectors(evidence: Evidence) -> Figure:
    """Closed cases that organisations of several sectors took part in ÷ closed cases."""
    return _across(evidence, evidence.view.organisations.sector.codes)


def one_stop(evidence: Evidence) -> Figure:
    """Closed cases with one organisation asked ÷ closed cases with a request."""
    view, found, closed = evidence.view, evidence.found, evidence.closed
    size = max(len(view.organisations), 1)
    pairs = distinct(found.case * size + found.asked)
    asked = np.bincount(pairs // size, minlength=view.cases)
    return evidence.cases(asked == 1, closed & (asked > 0))


def prevention(evidence: Evidence) -> Figure:
    """Acts in the phases prepare and watch ÷ acts with a phase."""
    phase = evidence.view.phase
    return evidence.acts(one_of(phase, ("prepare", "watch")), ~phase.empty)


def outcome_orientation(evidence: Evidence) -> Figure:
    """Decisions with an outcome ÷ decisions."""
    view = evidence.view
    known = ~view.outcome.empty
    return evidence.acts(known, view.of_kind("decide") & known.any())


def framing(evidence: Evidence) -> Figure:
    """Meetings of at least two sectors ÷ meetings."""
    view = evidence.view
    found, told = joint(view)
    return evidence.acts(found, told & view.of_kind(*MEETING))


def _several(units: Whole) -> int:
    """How many different organisations these are."""
    return int(np.count_nonzero(np.bincount(units)))


def _acting(view: View) -> Whole:
    """How many organisations acted on each case."""
    size = max(len(view.organisations), 1)
    with_case = view.case >= 0
    pairs = distinct(view.case[with_case] * size + view.by[with_case])
    return np.bincount(pairs // size, minlength=view.cases)


def _closed(view: View) -> Mask:
    """Which cases an act closed."""
    closed = np.zeros(view.cases, np.bool_)
    closed[view.case[view.with_outcome(*CONFIRMING) & (view.case >= 0)]] = True
    return closed


def _across(evidence: Evidence, attribute: Whole) -> Figure:
    view = evidence.view
    act, unit = view.taking_part()
    known = (view.case[act] >= 0) & (attribute[unit] >= 0)
    size = int(attribute.max(initial=0)) + 1
    keys = view.case[act[known]] * size + attribute[unit[known]]
    pairs = groups_of(keys, view.cases * size).keys
    kinds = np.bincount(pairs // size, minlength=view.cases)
    return evidence.cases(kinds > 1, evidence.closed & (kinds > 0))
