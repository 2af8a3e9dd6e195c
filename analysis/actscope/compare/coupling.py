"""How well subsystems of a place keep step: coupling and coordination."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from actscope.compare.sets import Floats
from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result

COUPLING_COORDINATION = Definition(
    en=(
        "Of k subsystem scores u in 0–1: coupling C = k·(Πu)^(1/k) / Σu; development T = Σ a·u "
        "with weights a that sum to 1; coordination D = √(C·T). C alone is 1 also where all are "
        "equally bad."
    ),
    zh=(
        "k 个子系统得分 u 在 0–1 之间：耦合度 C = k·(Πu)^(1/k) / Σu；发展度 T = Σ a·u"
        "（权重 a 之和为 1）；协调度 D = √(C·T)。各子系统同样差时 C 也为 1。"
    ),
    source=(
        "Coupling after Illingworth 1996; coordination and grades: Liao Chongbin 1999, Tropical "
        "Geography 19(2), 171–177."
    ),
)

GRADES: tuple[tuple[str, str], ...] = (
    ("extreme disorder", "极度失调"),
    ("severe disorder", "严重失调"),
    ("moderate disorder", "中度失调"),
    ("mild disorder", "轻度失调"),
    ("verge of disorder", "濒临失调"),
    ("bare coordination", "勉强协调"),
    ("primary coordination", "初级协调"),
    ("intermediate coordination", "中级协调"),
    ("good coordination", "良好协调"),
    ("quality coordination", "优质协调"),
)
"""The ten equal parts of D in 0–1, in English and Chinese; a bound belongs to the upper part."""


class SubsystemsTooFewError(InputError):
    """A single subsystem, which keeps step with nothing."""

    code = "subsystems_too_few"
    en = "Coupling takes 2 subsystems or more, not {value}."
    zh = "耦合至少需要 2 个子系统，而不是 {value} 个。"


class SubsystemScoreError(InputError):
    """A score outside 0–1."""

    code = "subsystem_score"
    en = "The subsystem “{field}” has the score {value}, outside 0–1."
    zh = "子系统“{field}”的得分为 {value}，不在 0–1 之间。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupled(Result):
    """One place: its ``scores`` by subsystem, coupling C, development T, coordination D and the
    ``grade`` of D. Without a score, or with zeros only, there is no C."""

    place: str
    scores: Mapping[str, float | None]
    coupling: float | None
    development: float | None
    coordination: float | None
    grade_en: str | None
    grade_zh: str | None


def coupled(
    places: tuple[str, ...],
    scores: Mapping[str, Floats],
    weights: Mapping[str, float] | None = None,
) -> tuple[Coupled, ...]:
    """Coupling coordination of each place. ``scores``: for each subsystem a score for each place,
    not-a-number where there is none. ``weights`` sum to 1; equal by default. Raises
    ``SubsystemsTooFewError``, ``SubsystemScoreError``."""
    if len(scores) < 2:
        raise SubsystemsTooFewError(value=len(scores))
    for name, held in scores.items():
        for value in held[(held < 0) | (held > 1)].tolist():
            raise SubsystemScoreError(field=name, value=f"{value:g}")
    u = np.array(list(scores.values()), np.float64)
    a = np.array([weights[name] if weights else 1 / len(scores) for name in scores])
    development = a @ u
    total = u.sum(axis=0)
    mean = np.divide(total, len(u), out=np.full_like(total, np.nan), where=total > 0)
    coupling = u.prod(axis=0) ** (1 / len(u)) / mean
    coordination = np.sqrt(np.clip(coupling * development, 0, 1))
    return tuple(
        _coupled(place, dict(zip(scores, u[:, i].tolist(), strict=True)), c, t, d)
        for i, (place, c, t, d) in enumerate(
            zip(places, coupling.tolist(), development.tolist(), coordination.tolist(), strict=True)
        )
    )


def _coupled(place: str, scores: dict[str, float], c: float, t: float, d: float) -> Coupled:
    known = not np.isnan(d)
    en, zh = GRADES[min(int(d * 10), 9)] if known else (None, None)
    return Coupled(
        place=place,
        scores={name: None if np.isnan(value) else value for name, value in scores.items()},
        coupling=c if known else None,
        development=None if np.isnan(t) else t,
        coordination=d if known else None,
        grade_en=en,
        grade_zh=zh,
    )
