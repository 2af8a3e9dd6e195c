"""How work passes from unit to unit, and how long it waits on the way."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts.times import INSTANT
from actscope.codes import Codes, Groups, coded, distinct, groups_of
from actscope.counting import Counted, asked_about, column_of, mask_of, split_by_reason
from actscope.definition import Definition
from actscope.disclosure import AT_LEAST, Suppressed, suppressed_cells
from actscope.process.quantiles import grouped_quantiles

HAND_OVERS = Definition(
    en=(
        "A hand-over from unit u to unit v is an act of u directly followed, within one case, by "
        "an act of v ≠ u; its waiting time is the hours between the two. Acts of one moment keep "
        "their order in the file, and what still waits after the last act of a case is not in it."
    ),
    zh=(
        "移交指同一事项中单位 u 的行为之后紧接着是另一单位 v 的行为；"
        "等待时间为两次行为相隔的小时数。同一时刻的行为保持原有顺序；事项最后一次行为之后仍在等待的时间不计入。"
    ),
    source=(
        "Handover of work: van der Aalst, Reijers & Song 2005, Computer Supported Cooperative "
        "Work 14, 549–593."
    ),
)

MICROSECONDS_PER_HOUR = 3_600_000_000


@dataclass(frozen=True, slots=True)
class HandOver:
    """From ``source`` to ``target``: ``number`` of times, in how many ``cases``, and the median
    waiting time in hours."""

    source: str
    target: str
    number: int
    cases: int
    median_wait_hours: float

    def to_dict(self) -> dict[str, Any]:
        """``{source, target, number, cases, median_wait_hours}``."""
        return {
            "source": self.source,
            "target": self.target,
            "number": self.number,
            "cases": self.cases,
            "median_wait_hours": self.median_wait_hours,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOvers(Counted):
    """The most frequent hand-overs in ``rows``, and the bottom line over all of them.

    ``cases`` is the number of cases among the acts used, ``cases_handed_over`` of those with at
    least one hand-over, ``pairs`` the number of distinct pairs of units, shown or not.
    ``median_wait_hours`` is ``None`` without hand-overs. A suppressed result keeps its counts of
    acts and cases only.
    """

    definition: Definition
    at_least: int
    rows: tuple[HandOver, ...]
    number: int | None
    pairs: int | None
    cases: int
    cases_handed_over: int | None
    median_wait_hours: float | None
    suppressed: Suppressed | None

    def to_dict(self) -> dict[str, Any]:
        """``{definition, n, missing, missing_by, set_aside, at_least, suppressed, rows:
        [HandOver], bottom: {number, pairs, cases, cases_handed_over, median_wait_hours}}``."""
        return {
            "definition": self.definition.to_dict(),
            **self.counts_dict(),
            "at_least": self.at_least,
            "suppressed": self.suppressed.value if self.suppressed else None,
            "rows": [row.to_dict() for row in self.rows],
            "bottom": {
                "number": self.number,
                "pairs": self.pairs,
                "cases": self.cases,
                "cases_handed_over": self.cases_handed_over,
                "median_wait_hours": self.median_wait_hours,
            },
        }


@dataclass(frozen=True, slots=True)
class _Moves:
    """One row per hand-over: case, units, and the wait in microseconds."""

    case: Codes
    source: Codes
    target: Codes
    wait: Codes


def hand_overs(
    acts: pa.Table,
    *,
    top: int | None = 20,
    kinds: Collection[str] | None = None,
    at_least: int = AT_LEAST,
) -> HandOvers:
    """Hand-overs between units within one case (``about_kind``, ``about_id``).

    ``acts``: a table of acts (``at``, ``by_unit``, ``kind``, ``about_kind``, ``about_id``;
    ``position`` where there is one). Acts of a case stand in order of ``at``, those of the same
    time in order of ``position``, or of the rows when that is absent or not filled throughout.
    ``top``: how many pairs to list, most frequent first (``None``: all). ``kinds``: which acts are
    asked about, all collaboration by default; the others do not interrupt a hand-over. Under
    ``at_least`` units that act, the result is suppressed.

    Missing: ``no_case``, ``no_time``, ``no_unit``. Raises ``ColumnMissingError``.
    """
    asked = asked_about(acts, kinds)
    unit = coded(column_of(acts, "by_unit"))
    case = _case_codes(acts)
    at = pc.cast(column_of(acts, "at"), INSTANT)
    reasons = (("no_case", case < 0), ("no_time", mask_of(pc.is_null(at))), ("no_unit", unit.empty))
    used, missing_by = split_by_reason(asked, reasons)
    instants = pc.fill_null(pc.cast(at, pa.int64()), 0).to_numpy()
    rows = np.flatnonzero(used)
    rows = rows[_time_order(instants[rows], _positions(acts)[rows])]
    moves = _moves(case[rows], instants[rows], unit.codes[rows])
    who = frozenset(distinct(unit.codes[used]).tolist())
    suppressed = suppressed_cells({"": who}, at_least=at_least).get("")
    show = suppressed is None
    pairs = _pairs(moves, len(unit.names))
    return HandOvers(
        n=int(np.count_nonzero(used)),
        missing_by=missing_by,
        set_aside=int(np.count_nonzero(~asked)),
        definition=HAND_OVERS,
        at_least=at_least,
        rows=_rows(moves, pairs, unit.names, top) if show else (),
        number=len(moves.wait) if show else None,
        pairs=len(pairs.keys) if show else None,
        cases=len(distinct(case[used])),
        cases_handed_over=len(distinct(moves.case)) if show else None,
        median_wait_hours=_hours(float(np.median(moves.wait)))
        if show and len(moves.wait)
        else None,
        suppressed=suppressed,
    )


def _case_codes(acts: pa.Table) -> Codes:
    """One number per case, from 0 and without gaps, −1 where an act has none. A case without a
    kind is one all the same."""
    about_id = coded(column_of(acts, "about_id"))
    about_kind = coded(column_of(acts, "about_kind"))
    sorts = len(about_kind.names) + 1
    has_case = ~about_id.empty
    keys = about_id.codes[has_case] * sorts + about_kind.codes[has_case] + 1
    codes = np.full(acts.num_rows, -1, np.int64)
    codes[has_case] = groups_of(keys, len(about_id.names) * sorts).place
    return codes


def _positions(acts: pa.Table) -> Codes:
    """What decides between acts of one time."""
    if "position" in acts.column_names and not acts["position"].null_count:
        positions: Codes = acts["position"].to_numpy().astype(np.int64, copy=False)
        return positions
    return np.arange(acts.num_rows, dtype=np.int64)


def _time_order(instants: Codes, positions: Codes) -> Codes:
    """The places of the rows in stable order of time."""
    later = np.diff(instants)
    if np.all((later > 0) | ((later == 0) & (np.diff(positions) > 0))):
        return np.arange(len(instants), dtype=np.int64)  # a ledger mostly is in order: no sort
    return np.lexsort((positions, instants)).astype(np.int64)


def _moves(case: Codes, instants: Codes, unit: Codes) -> _Moves:
    """The hand-overs among acts that stand in order of time."""
    # Case and place in one number: sorting plain numbers is far faster than sorting by two keys.
    size = max(len(case), 1)
    order = np.sort(case * size + np.arange(len(case))) % size
    case, instants, unit = case[order], instants[order], unit[order]
    moved = np.flatnonzero((case[1:] == case[:-1]) & (unit[1:] != unit[:-1]))
    return _Moves(case[moved], unit[moved], unit[moved + 1], instants[moved + 1] - instants[moved])


def _pairs(moves: _Moves, units: int) -> Groups:
    """The pairs of units among the hand-overs."""
    return groups_of(moves.source * units + moves.target, units * units)


def _rows(
    moves: _Moves, pairs: Groups, names: tuple[str, ...], top: int | None
) -> tuple[HandOver, ...]:
    """The first ``top`` pairs, most frequent first, then by name."""
    medians = grouped_quantiles(moves.wait, pairs.place, pairs.sizes, [0.5])[0]
    cases = int(moves.case.max(initial=0)) + 1
    within = np.bincount(
        distinct(pairs.place * cases + moves.case) // cases, minlength=len(pairs.keys)
    )
    source, target = np.divmod(pairs.keys, max(len(names), 1))
    alphabetical = np.argsort(np.argsort(np.array(names, np.object_)))
    order = np.lexsort((alphabetical[target], alphabetical[source], -pairs.sizes))
    return tuple(
        HandOver(
            names[source[i]],
            names[target[i]],
            int(pairs.sizes[i]),
            int(within[i]),
            _hours(medians[i]),
        )
        for i in order[:top].tolist()
    )


def _hours(microseconds: float) -> float:
    return float(microseconds) / MICROSECONDS_PER_HOUR
