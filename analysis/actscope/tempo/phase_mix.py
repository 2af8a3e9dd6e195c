"""What is done in each phase, its core task, and how far that changes from phase to phase."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy import stats

from actscope.acts.schema import KINDS, PHASES
from actscope.acts.times import INSTANT
from actscope.codes import Codes, coded, coded_together
from actscope.counting import Counted, Mask, asked_about, column_of, split_by_reason
from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result

PHASE_MIX = Definition(
    en=(
        "The share of each kind among the acts of a phase; the core task is the kind with the "
        "largest. The shift is the Jensen–Shannon divergence of the shares of two phases, in bits: "
        "0 where they are equal, 1 where they have no kind in common."
    ),
    zh=(
        "各阶段中各类行为所占比例；核心任务为占比最大者。变化度为相邻两阶段占比的 "
        "Jensen–Shannon 散度（以比特计）：完全相同为 0，毫无共同类别为 1。"
    ),
    source="Lin 1991, IEEE Trans. Information Theory 37, 145–151; threshold: this project.",
)

THRESHOLD = 0.1


class ThresholdRefusedError(InputError):
    """A divergence that there is none of."""

    code = "tempo_threshold"
    en = "“{field}” is {value}; it must be from 0 to 1."
    zh = "“{field}”为 {value}；应在 0 与 1 之间。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseMix(Result):
    """``shares`` by kind, those that occur anywhere, in their usual order. ``core``: the kinds with
    the largest share, several where they are equal. ``n`` acts of ``units`` organisations. A
    suppressed phase has no shares."""

    phase: str
    n: int
    units: int
    shares: dict[str, float] | None
    core: tuple[str, ...]
    suppressed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift(Result):
    """From one phase to the next. ``p``: how often chance alone would give so unlike numbers of
    kinds (likelihood-ratio test of independence); ``core_changed``: no core task in common;
    ``shifted``: the divergence is above the threshold. ``None`` beside a suppressed phase."""

    before: str
    after: str
    divergence: float | None
    p: float | None
    core_changed: bool | None
    shifted: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseMixes(Counted, Result):
    """Phases in order, and the shifts between neighbours."""

    phases: tuple[PhaseMix, ...]
    shifts: tuple[Shift, ...]
    threshold: float
    definition: Definition = PHASE_MIX

    def to_dict(self) -> dict[str, Any]:
        """Each field by its name, and the counts of ``Counted``."""
        return {**Result.to_dict(self), **self.counts_dict()}


def phase_mixes(
    acts: pa.Table,
    *,
    kinds: Collection[str] | None = None,
    threshold: float = THRESHOLD,
    at_least: int = 1,
) -> PhaseMixes:
    """The mix of each phase of a table of acts (``phase``, ``kind``, ``by_unit``, ``with_units``).

    Phases stand in their usual order, or, when one of them has no place in it, in the order in
    which they begin. Phases of fewer than ``at_least`` organisations are suppressed.
    Missing: ``no_phase``. Raises ``ColumnMissingError``, ``ThresholdRefusedError``.
    """
    if not 0 <= threshold <= 1:
        raise ThresholdRefusedError(field="threshold", value=threshold)
    asked = asked_about(acts, kinds)
    phase = coded(column_of(acts, "phase"))
    kind = coded(column_of(acts, "kind"))
    used, missing_by = split_by_reason(asked, (("no_phase", phase.empty),))
    order = _in_order(acts, phase.codes, phase.names, used)
    size = max(len(kind.names), 1)
    table = np.bincount(
        phase.codes[used] * size + kind.codes[used], minlength=len(phase.names) * size
    ).reshape(-1, size)
    units = _units(acts, used, phase.codes, len(phase.names))
    usual = sorted(range(len(kind.names)), key=lambda code: _kind_order(kind.names[code]))
    there = [code for code in usual if table[:, code].any()]
    names = tuple(kind.names[code] for code in there)
    hidden = {place for place in order if units[place] < at_least}
    mixes = tuple(
        _mix(phase.names[place], table[place, there], names, units[place], place in hidden)
        for place in order
    )
    return PhaseMixes(
        n=int(np.count_nonzero(used)),
        missing_by=missing_by,
        set_aside=int(np.count_nonzero(~asked)),
        phases=mixes,
        shifts=tuple(
            _shift(mixes[i], mixes[i + 1], table[order[i]], table[order[i + 1]], threshold)
            for i in range(len(order) - 1)
        ),
        threshold=threshold,
    )


def divergence(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """Jensen–Shannon divergence of two distributions over the same kinds (numbers or shares), in
    bits, 0 to 1: the entropy of their mean less the mean of their entropies."""
    p, q = (np.asarray(x, np.float64) / np.sum(x) for x in (one, other))
    middle = (p + q) / 2
    return float(
        stats.entropy(middle, base=2) - (stats.entropy(p, base=2) + stats.entropy(q, base=2)) / 2
    )


def _mix(
    phase: str, numbers: npt.NDArray[np.int64], names: tuple[str, ...], units: int, hidden: bool
) -> PhaseMix:
    n = int(numbers.sum())
    largest = numbers.max()
    return PhaseMix(
        phase=phase,
        n=n,
        units=units,
        shares=None if hidden else dict(zip(names, (numbers / n).tolist(), strict=True)),
        core=()
        if hidden
        else tuple(name for name, k in zip(names, numbers, strict=True) if k == largest),
        suppressed=hidden,
    )


def _shift(
    before: PhaseMix,
    after: PhaseMix,
    one: npt.NDArray[np.int64],
    other: npt.NDArray[np.int64],
    threshold: float,
) -> Shift:
    if before.suppressed or after.suppressed:
        return Shift(
            before=before.phase,
            after=after.phase,
            divergence=None,
            p=None,
            core_changed=None,
            shifted=None,
        )
    # A thousandth of a bit less than nothing is rounding.
    apart = max(0.0, divergence(one, other))
    numbers = np.vstack((one, other))
    numbers = numbers[:, numbers.any(axis=0)]
    alike = numbers.shape[1] == 1
    test = None if alike else stats.chi2_contingency(numbers, lambda_="log-likelihood")
    return Shift(
        before=before.phase,
        after=after.phase,
        divergence=apart,
        p=1.0 if test is None else float(test.pvalue),
        core_changed=not set(before.core) & set(after.core),
        shifted=apart > threshold,
    )


def _in_order(acts: pa.Table, codes: Codes, names: tuple[str, ...], used: Mask) -> list[int]:
    there = [code for code in range(len(names)) if np.any(used & (codes == code))]
    if all(names[code] in PHASES for code in there):
        return sorted(there, key=lambda code: PHASES.index(names[code]))
    at = pc.cast(pc.cast(column_of(acts, "at"), INSTANT), pa.int64())
    latest = np.iinfo(np.int64).max
    instants = pc.fill_null(at, latest).to_numpy()
    begins = {code: int(instants[used & (codes == code)].min()) for code in there}
    return sorted(there, key=lambda code: (begins[code], names[code]))


def _units(acts: pa.Table, used: Mask, phase: Codes, phases: int) -> list[int]:
    """How many organisations acted or took part in each phase."""
    partners = column_of(acts, "with_units")
    act = pc.list_parent_indices(partners).to_numpy()
    (by, partner), names = coded_together((column_of(acts, "by_unit"), pc.list_flatten(partners)))
    size = max(len(names), 1)
    seen = np.zeros(phases * size, np.bool_)
    acted, joined = used & (by >= 0), used[act] & (partner >= 0)
    seen[phase[acted] * size + by[acted]] = True
    seen[phase[act[joined]] * size + partner[joined]] = True
    numbers: list[int] = seen.reshape(-1, size).sum(axis=1).tolist()
    return numbers


def _kind_order(kind: str) -> tuple[int, str]:
    """The known kinds in their order, then any others by name."""
    return (KINDS.index(kind) if kind in KINDS else len(KINDS), kind)
