"""How much was done, day by day and kind by kind."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts.schema import KINDS
from actscope.acts.times import INSTANT
from actscope.codes import Codes, coded, coded_together, groups_of
from actscope.counting import Counted, Mask, asked_about, column_of, mask_of, split_by_reason
from actscope.days import day_of, day_starts, days_between
from actscope.definition import Definition
from actscope.disclosure import AT_LEAST, Suppressed, suppressed_cells

ACTS_PER_DAY = Definition(
    en=(
        "The number of acts of each kind on each day of the calendar in the time zone given, with "
        "0 on days without any; it is not divided by the load of open work."
    ),
    zh="按给定时区的自然日统计各类协同行为的次数，无行为之日计 0；未除以在办事项负荷。",
    source="A plain count, by this project.",
)


@dataclass(frozen=True, slots=True)
class Series:
    """One number per day; ``kind`` is ``None`` for all kinds together. A suppressed series has no
    numbers and no total."""

    kind: str | None
    total: int | None
    numbers: tuple[int, ...]
    suppressed: Suppressed | None

    def to_dict(self) -> dict[str, Any]:
        """``{kind, total, numbers: [int], suppressed}``."""
        return {
            "kind": self.kind,
            "total": self.total,
            "numbers": list(self.numbers),
            "suppressed": self.suppressed.value if self.suppressed else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo(Counted):
    """Acts per day: ``days`` in order without gaps, ``all_kinds``, and one series per kind that
    occurs. Acts outside the days asked for are set aside."""

    definition: Definition
    at_least: int
    zone: str
    days: tuple[date, ...]
    all_kinds: Series
    by_kind: tuple[Series, ...]

    def to_dict(self) -> dict[str, Any]:
        """``{definition, n, missing, missing_by, set_aside, at_least, zone, days: ["2026-03-01"],
        all_kinds: Series, by_kind: [Series]}``."""
        return {
            "definition": self.definition.to_dict(),
            **self.counts_dict(),
            "at_least": self.at_least,
            "zone": self.zone,
            "days": [day.isoformat() for day in self.days],
            "all_kinds": self.all_kinds.to_dict(),
            "by_kind": [series.to_dict() for series in self.by_kind],
        }


def acts_per_day(
    acts: pa.Table,
    *,
    zone: str = "UTC",
    first: date | None = None,
    last: date | None = None,
    kinds: Collection[str] | None = None,
    at_least: int = AT_LEAST,
) -> Tempo:
    """Acts per day and kind, gaps filled with 0.

    ``acts``: a table of acts (``at``, ``kind``, ``by_unit``, ``with_units``). ``zone``: the IANA
    time zone in which a day begins and ends. ``first`` and ``last``: the days to show; by default
    those of the first and the last act asked about. ``kinds``: which acts are asked about, all
    collaboration by default. A series behind which fewer than ``at_least`` units stand (acting or
    taking part) is suppressed.

    Missing: ``no_time``. Raises ``ColumnMissingError``, ``UnknownZoneError``,
    ``SpanTooLongError``.
    """
    asked = asked_about(acts, kinds)
    at = pc.cast(column_of(acts, "at"), INSTANT)
    timeless = mask_of(pc.is_null(at))
    instants = pc.fill_null(pc.cast(at, pa.int64()), 0).to_numpy()
    timed, missing_by = split_by_reason(asked, (("no_time", timeless),))
    days = _days(instants[timed], zone, first, last)
    day = np.searchsorted(day_starts(days, zone), instants, side="right") - 1
    inside = timed & (day >= 0) & (day < len(days))
    kind = coded(column_of(acts, "kind"))
    table = np.bincount(
        kind.codes[inside] * len(days) + day[inside], minlength=len(kind.names) * len(days)
    ).reshape(len(kind.names), len(days))
    behind = _units_by_kind(acts, inside, kind.codes, kind.names)
    hidden = suppressed_cells(behind, at_least=at_least)
    everyone: frozenset[int] = frozenset().union(*behind.values())
    return Tempo(
        n=int(np.count_nonzero(inside)),
        missing_by=missing_by,
        set_aside=int(np.count_nonzero(~asked | (timed & ~inside))),
        definition=ACTS_PER_DAY,
        at_least=at_least,
        zone=zone,
        days=days,
        all_kinds=_series(
            None,
            table.sum(axis=0),
            suppressed_cells({"": everyone}, at_least=at_least).get(""),
        ),
        by_kind=tuple(
            _series(kind.names[code], table[code], hidden.get(kind.names[code]))
            for code in sorted(range(len(kind.names)), key=lambda c: _kind_order(kind.names[c]))
            if table[code].any()
        ),
    )


def _days(
    instants: npt.NDArray[np.int64], zone: str, first: date | None, last: date | None
) -> tuple[date, ...]:
    if first is None and len(instants):
        first = day_of(int(instants.min()), zone)
    if last is None and len(instants):
        last = day_of(int(instants.max()), zone)
    if first is None or last is None:
        return ()
    return days_between(first, last)


def _series(
    kind: str | None, numbers: npt.NDArray[np.int64], suppressed: Suppressed | None
) -> Series:
    if suppressed:
        return Series(kind, None, (), suppressed)
    return Series(kind, int(numbers.sum()), tuple(numbers.tolist()), None)


def _units_by_kind(
    acts: pa.Table, chosen: Mask, kind: Codes, names: tuple[str, ...]
) -> dict[str, frozenset[int]]:
    """The units that acted or took part in the chosen acts, per kind."""
    partners = column_of(acts, "with_units")
    act = pc.list_parent_indices(partners).to_numpy()
    (by, partner), units = coded_together((column_of(acts, "by_unit"), pc.list_flatten(partners)))
    acted = chosen & (by >= 0)
    joined = chosen[act] & (partner >= 0)
    size = max(len(units), 1)
    keys = (kind[acted] * size + by[acted], kind[act[joined]] * size + partner[joined])
    seen = groups_of(np.concatenate(keys), len(names) * size).keys
    who, unit = np.divmod(seen, size)
    return {name: frozenset(unit[who == code].tolist()) for code, name in enumerate(names)}


def _kind_order(kind: str) -> tuple[int, str]:
    """The known kinds in their order, then any others by name."""
    return (KINDS.index(kind) if kind in KINDS else len(KINDS), kind)
