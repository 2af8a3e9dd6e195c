"""Qualitative comparative analysis: which conditions are needed for an outcome, and which
combinations are enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from actscope.compare.calibration import Calibration
from actscope.compare.robustness import (
    ROBUSTNESS,
    Setting,
    other_calibrations,
    other_cuts,
    setting,
)
from actscope.compare.sets import NECESSITY, SUFFICIENCY, Floats, Necessary, necessity
from actscope.compare.solutions import Kind, Solution, solution
from actscope.compare.truth_table import Cuts, TruthTable, refuse_too_many, truth_table
from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result


class ConditionsNoneError(InputError):
    """An outcome and nothing to explain it by."""

    code = "conditions_none"
    en = "No condition is given."
    zh = "未给出条件。"


class ConditionRepeatedError(InputError):
    """One condition twice."""

    code = "condition_repeated"
    en = "The condition “{field}” is given more than once."
    zh = "条件“{field}”重复给出。"


class ConditionIsOutcomeError(InputError):
    """An outcome that explains itself."""

    code = "condition_is_outcome"
    en = "“{field}” is the outcome and cannot be a condition of itself."
    zh = "“{field}”是结果，不能同时作为条件。"


class CalibrationUnknownError(InputError):
    """Anchors for a column that is not looked at."""

    code = "calibration_unknown"
    en = "“{field}” is calibrated and is neither the outcome nor a condition."
    zh = "“{field}”给出了校准，但既不是结果也不是条件。"


class MembershipOutsideError(InputError):
    """A raw figure where a membership is needed."""

    code = "membership_outside"
    en = "Row {row}: “{field}” is {value}, outside 0–1. Calibrate it with one or three anchors."
    zh = "第 {row} 行：“{field}”为 {value}，不在 0–1 之间。请用一个或三个锚点进行校准。"


class CasesNoneCompleteError(InputError):
    """No case has a figure for every condition and the outcome."""

    code = "cases_none_complete"
    en = "No case has the outcome and all conditions."
    zh = "没有一个案例同时具有结果与全部条件的数据。"


class OutcomeConstantError(InputError):
    """All cases are alike in the outcome, so nothing goes with it."""

    code = "outcome_constant"
    en = "All cases have the same membership ({value}) in the outcome “{field}”."
    zh = "所有案例对结果“{field}”的隶属度相同（{value}）。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Result):
    """A condition, or its absence (``~``), as necessary for the outcome."""

    condition: str
    necessity: Necessary


@dataclass(frozen=True, slots=True, kw_only=True)
class Incomplete(Result):
    """A case that was set aside, and the ``fields`` that it lacks."""

    case: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Qca(Result):
    """The whole analysis. ``n`` complete cases, ``missing`` set aside; ``memberships`` one row for
    each of ``cases``, the outcome last; ``outcome`` bears ``~`` when its absence is explained."""

    n: int
    missing: int
    incomplete: tuple[Incomplete, ...]
    conditions: tuple[str, ...]
    outcome: str
    calibrations: Mapping[str, Calibration]
    cases: tuple[str, ...]
    memberships: Floats
    sufficiency: Definition
    necessity: Definition
    necessary: tuple[Condition, ...]
    table: TruthTable
    solution: Solution
    robustness_definition: Definition
    robustness: tuple[Setting, ...]


def qca(
    values: Mapping[str, Floats],
    *,
    cases: Sequence[str],
    outcome: str,
    conditions: Sequence[str],
    negated: bool = False,
    calibrations: Mapping[str, Calibration] | None = None,
    cuts: Cuts | None = None,
    kind: Kind = "conservative",
    expected: Sequence[int | None] | None = None,
) -> Qca:
    """Necessity, truth table, solution and robustness, over crisp (0, 1) or fuzzy (0–1) sets.

    ``values``: for the outcome and every condition one figure for each case, not-a-number where
    there is none; such cases are set aside. Figures outside 0–1 need a calibration. ``negated``:
    explain the absence of the outcome. ``expected``: as in ``solution``.

    Raises ``ConditionsNoneError``, ``ConditionRepeatedError``, ``ConditionIsOutcomeError``,
    ``ConditionsTooManyError``, ``CalibrationUnknownError``, ``MembershipOutsideError``,
    ``CasesNoneCompleteError``, ``OutcomeConstantError``.
    """
    calibrations = dict(calibrations or {})
    cuts = cuts or Cuts()
    _refuse_names(outcome, conditions, calibrations)
    raw = np.array([values[name] for name in (*conditions, outcome)], np.float64).T
    complete = ~np.isnan(raw).any(axis=1)
    if not complete.any():
        raise CasesNoneCompleteError
    names = (*conditions, outcome)
    rows = np.flatnonzero(complete)
    kept = tuple(cases[i] for i in rows.tolist())
    members = _memberships(raw[complete], names, calibrations, rows)
    if np.ptp(members[:, -1]) == 0:
        raise OutcomeConstantError(field=outcome, value=f"{members[0, -1]:g}")
    label = f"~{outcome}" if negated else outcome

    # Most cuts sort the rows as another did, and then the solution is the same.
    known: dict[tuple[bytes, tuple[int, ...], tuple[int, ...]], Solution] = {}

    def analysed(held: Floats, at: Cuts) -> tuple[TruthTable, Solution]:
        y = 1 - held[:, -1] if negated else held[:, -1]
        table = truth_table(held[:, :-1], y, cases=kept, cuts=at)
        key = held.tobytes(), table.positive, table.negative
        if key not in known:
            known[key] = solution(
                table,
                held[:, :-1],
                y,
                kind=kind,
                conditions=conditions,
                named=label,
                cases=kept,
                expected=expected,
            )
        return table, known[key]

    table, found = analysed(members, cuts)
    own = tuple(model.formula for model in found.models)
    settings = []
    for change, at in other_cuts(cuts):
        settings.append(setting(change, analysed(members, at)[1], own))
    for change, others in other_calibrations(raw[complete], names, calibrations):
        moved = _memberships(raw[complete], names, others, rows)
        settings.append(setting(change, analysed(moved, cuts)[1], own))
    y = 1 - members[:, -1] if negated else members[:, -1]
    return Qca(
        n=len(kept),
        missing=len(cases) - len(kept),
        incomplete=tuple(
            Incomplete(
                case=cases[i],
                fields=tuple(
                    name for name, gap in zip(names, np.isnan(raw[i]).tolist(), strict=True) if gap
                ),
            )
            for i in np.flatnonzero(~complete).tolist()
        ),
        conditions=tuple(conditions),
        outcome=label,
        calibrations=calibrations,
        cases=kept,
        memberships=members,
        sufficiency=SUFFICIENCY,
        necessity=NECESSITY,
        necessary=tuple(
            Condition(condition=sign + name, necessity=necessity(held, y))
            for i, name in enumerate(conditions)
            for sign, held in (("", members[:, i]), ("~", 1 - members[:, i]))
        ),
        table=table,
        solution=found,
        robustness_definition=ROBUSTNESS,
        robustness=tuple(settings),
    )


def _refuse_names(
    outcome: str, conditions: Sequence[str], calibrations: Mapping[str, Calibration]
) -> None:
    if not conditions:
        raise ConditionsNoneError
    for name in conditions:
        if name == outcome:
            raise ConditionIsOutcomeError(field=name)
        if conditions.count(name) > 1:
            raise ConditionRepeatedError(field=name)
    for name in calibrations:
        if name not in (*conditions, outcome):
            raise CalibrationUnknownError(field=name)
    refuse_too_many(len(conditions))


def _memberships(
    raw: Floats,
    names: Sequence[str],
    calibrations: Mapping[str, Calibration],
    rows: npt.NDArray[np.int64],
) -> Floats:
    held = raw.copy()
    for i, name in enumerate(names):
        if name in calibrations:
            held[:, i] = calibrations[name].memberships(raw[:, i])
        outside = (held[:, i] < 0) | (held[:, i] > 1)
        if outside.any():
            place = int(np.argmax(outside))
            raise MembershipOutsideError(
                field=name, row=int(rows[place]) + 1, value=f"{held[place, i]:g}"
            )
    return held
