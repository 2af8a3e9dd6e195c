"""The acts and the organisations as arrays of codes, prepared once for all measures."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts.times import INSTANT
from actscope.codes import Coded, coded, coded_together, distinct, groups_of
from actscope.counting import Counted, Mask, asked_about, column_of, split_by_reason

Whole = npt.NDArray[np.int64]

NEVER = np.iinfo(np.int64).max
HOUR = 3_600_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisations:
    """``names[i]`` is organisation i; ``sector``, ``level``, ``area`` its attributes in codes, −1
    where it has none. Those of the table of actors come first, ``listed`` of them; the others are
    known from acts or from the plan alone."""

    names: tuple[str, ...]
    sector: Coded
    level: Coded
    area: Coded
    listed: int

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Acts with a unit, a time and a kind, in order of time (equal times by position, then as in
    the file); one element per act. ``case`` is −1 where an act is about none; ``due`` is ``NEVER``
    where nothing was due. ``act`` and ``partner``: one element per act and other organisation that
    took part, each once. ``plan``: the planned pairs (P × 2), lower number first, or ``None``."""

    organisations: Organisations
    counted: Counted
    by: Whole
    at: Whole
    kind: Coded
    case: Whole
    due: Whole
    outcome: Coded
    basis: Coded
    phase: Coded
    has_evidence: Mask
    act: Whole
    partner: Whole
    plan: Whole | None

    def of_kind(self, *kinds: str) -> Mask:
        """Which acts are of these kinds."""
        return one_of(self.kind, kinds)

    def with_outcome(self, *outcomes: str) -> Mask:
        """Which acts came out so."""
        return one_of(self.outcome, outcomes)

    @property
    def cases(self) -> int:
        """One more than the largest number of a case."""
        return int(self.case.max(initial=-1)) + 1

    def involved(self) -> Whole:
        """The organisations that acted or took part."""
        size = len(self.organisations)
        times = np.bincount(self.by, minlength=size) + np.bincount(self.partner, minlength=size)
        return np.flatnonzero(times)

    def taking_part(self) -> tuple[Whole, Whole]:
        """Act and organisation, for everybody who acted or took part."""
        acts = np.arange(len(self.by), dtype=np.int64)
        return np.concatenate((acts, self.act)), np.concatenate((self.by, self.partner))


def one_of(column: Coded, words: tuple[str, ...]) -> Mask:
    """Which rows hold one of the words."""
    wanted = np.array([*(name in words for name in column.names), False])
    found: Mask = wanted[column.codes]
    return found


def view(acts: pa.Table, actors: pa.Table, plan: pa.Table | None = None) -> View:
    """The view of a table of acts, a table of actors and a table of planned ties.

    Missing: ``no_unit``, ``no_time``; acts of no kind are set aside. Raises
    ``ColumnMissingError``.
    """
    asked = asked_about(acts, None)
    at = pc.cast(column_of(acts, "at"), INSTANT)
    by_unit = column_of(acts, "by_unit")
    used, missing_by = split_by_reason(
        asked,
        (("no_unit", _nulls(by_unit)), ("no_time", _nulls(at))),
    )
    order = _order(acts, at, used)
    as_it_stands = len(order) == acts.num_rows and bool((np.diff(order) == 1).all())
    rows = acts if as_it_stands else acts.take(pa.array(order))
    organisations, (by, partner, source, target) = _organisations(rows, actors, plan)
    parents = pc.list_parent_indices(column_of(rows, "with_units")).to_numpy()
    real = (partner >= 0) & (partner != by[parents])
    size = max(len(organisations), 1)
    pairs = distinct(parents[real] * size + partner[real])
    return View(
        organisations=organisations,
        counted=Counted(
            n=len(order),
            missing_by=missing_by,
            set_aside=int(np.count_nonzero(~asked)),
        ),
        by=by,
        at=_instants(rows, "at"),
        kind=coded(column_of(rows, "kind")),
        case=_cases(rows),
        due=_instants(rows, "due_at"),
        outcome=coded(column_of(rows, "outcome")),
        basis=coded(column_of(rows, "basis")),
        phase=coded(column_of(rows, "phase")),
        has_evidence=~_nulls(column_of(rows, "evidence")),
        act=pairs // size,
        partner=pairs % size,
        plan=None if plan is None else unordered(source, target),
    )


def unordered(one: Whole, other: Whole) -> Whole:
    """The distinct pairs (P × 2) of different numbers, the lower first."""
    apart = one != other
    low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
    size = int(high.max(initial=0)) + 1
    return np.column_stack(np.divmod(distinct(low * size + high), size))


def _organisations(
    rows: pa.Table, actors: pa.Table, plan: pa.Table | None
) -> tuple[Organisations, tuple[Whole, ...]]:
    partners = pc.list_flatten(column_of(rows, "with_units"))
    empty = pa.chunked_array([pa.array([], pa.string())])
    ends = (empty, empty) if plan is None else (plan["source"], plan["target"])
    (units, *codes), names = coded_together(
        (actors["unit"], column_of(rows, "by_unit"), partners, *ends)
    )

    def attribute(name: str) -> Coded:
        held = np.full(len(names), -1)
        if name not in actors.column_names:
            return Coded(held, ())
        column = coded(actors[name])
        held[units] = column.codes
        return Coded(held, column.names)

    found = Organisations(
        names=names,
        sector=attribute("sector"),
        level=attribute("level"),
        area=attribute("area"),
        listed=len(units),
    )
    return found, tuple(codes)


def _order(acts: pa.Table, at: pa.ChunkedArray, used: Mask) -> Whole:
    rows = np.flatnonzero(used)
    instants = pc.fill_null(pc.cast(at, pa.int64()), 0).to_numpy()[rows]
    if "position" not in acts.column_names:
        return rows[np.argsort(instants, kind="stable")]
    position = pc.fill_null(acts["position"], 0).to_numpy()[rows]
    return rows[np.lexsort((position, instants))]


def _instants(rows: pa.Table, name: str) -> Whole:
    column = column_of(rows, name)
    if pa.types.is_string(column.type):  # a column that is not there
        return np.full(rows.num_rows, NEVER)
    numbers = pc.fill_null(pc.cast(pc.cast(column, INSTANT), pa.int64()), NEVER).to_numpy()
    return numbers.astype(np.int64)  # type: ignore[no-any-return] # Arrow has no types


def _cases(rows: pa.Table) -> Whole:
    kind, identifier = (coded(column_of(rows, name)) for name in ("about_kind", "about_id"))
    keys = identifier.codes * (len(kind.names) + 1) + kind.codes + 1
    # Acts about no case come to lie at the end; the numbers of cases are dense.
    bound = (len(identifier.names) + 1) * (len(kind.names) + 1)
    dense = groups_of(np.where(identifier.empty, bound - 1, keys), bound).place
    return np.where(identifier.empty, -1, dense)


def _nulls(column: pa.ChunkedArray) -> Mask:
    mask: Mask = pc.is_null(column).to_numpy().astype(np.bool_)
    return mask
