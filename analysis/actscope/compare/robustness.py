"""Whether a solution stays when the cut-offs move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from actscope.compare.calibration import Calibration, Direct
from actscope.compare.sets import Floats
from actscope.compare.solutions import Solution
from actscope.compare.truth_table import Cuts
from actscope.definition import Definition
from actscope.results import Result

ROBUSTNESS = Definition(
    en=(
        "The analysis again with the inclusion cut 0.05 and 0.1 lower and higher, with one case "
        "more required for a row, and with each crossover moved a tenth of the way to either "
        "anchor (each threshold by a twentieth of the range). A solution that changes rests on "
        "the cut."
    ),
    zh=(
        "将一致性阈值上下调整 0.05 与 0.1、频数阈值加一、各交叉点向两端锚点移动十分之一"
        "（清晰集阈值移动取值范围的二十分之一）后重新分析。解若改变，则取决于阈值。"
    ),
    source="After Oana & Schneider 2021, Sociological Methods & Research; steps by this project.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Result):
    """The analysis under one ``change``: its ``models``, and the figures of the first; ``same``
    when the formulas are those of the analysis itself."""

    change: str
    models: tuple[str, ...]
    inclusion: float | None
    coverage: float | None
    same: bool


def other_cuts(cuts: Cuts) -> list[tuple[str, Cuts]]:
    """The cuts a step lower and higher, in words and as they are."""
    inclusions = [round(cuts.inclusion + step, 4) for step in (-0.1, -0.05, 0.05, 0.1)]
    return [
        *(
            (f"incl {inclusion:g}", Cuts(inclusion=inclusion, pri=cuts.pri, n=cuts.n))
            for inclusion in inclusions
            if 0.5 < inclusion <= 1
        ),
        (f"n-cut {cuts.n + 1}", Cuts(inclusion=cuts.inclusion, pri=cuts.pri, n=cuts.n + 1)),
    ]


def other_calibrations(
    raw: Floats, names: Sequence[str], calibrations: Mapping[str, Calibration]
) -> list[tuple[str, dict[str, Calibration]]]:
    """All calibrations with one of them moved, for each of them and either way."""
    others: list[tuple[str, dict[str, Calibration]]] = []
    for name, own in calibrations.items():
        spread = float(np.ptp(raw[:, names.index(name)]))
        for sign in (-1, 1):
            if isinstance(own, Direct):
                moved = own.moved(0.1 * sign)
                others.append(
                    (f"{name} crossover {moved.crossover:g}", {**calibrations, name: moved})
                )
            else:
                cut = type(own)(own.threshold + 0.05 * sign * spread)
                others.append((f"{name} threshold {cut.threshold:g}", {**calibrations, name: cut}))
    return others


def setting(change: str, found: Solution, own: tuple[str, ...]) -> Setting:
    """What a change made of the solution, whose formulas were ``own``."""
    formulas = tuple(model.formula for model in found.models)
    first = found.models[0] if found.models else None
    return Setting(
        change=change,
        models=formulas,
        inclusion=first.inclusion if first else None,
        coverage=first.coverage if first else None,
        same=formulas == own,
    )
