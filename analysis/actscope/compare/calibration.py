"""How far a case belongs to a set, out of a raw figure and what is known of the subject."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result

Floats = npt.NDArray[np.float64]

DIRECT_METHOD = Definition(
    en=(
        "The log odds of membership are 0 at the crossover and rise in a straight line to "
        "ln(0.95 / 0.05) at full membership, and fall to its negative at full non-membership."
    ),
    zh=(
        "隶属度的对数几率在交叉点为 0，向完全隶属锚点线性升至 ln(0.95 / 0.05)，"
        "向完全不隶属锚点线性降至其相反数。"
    ),
    source="Ragin 2008, Redesigning Social Inquiry, chapter 5; 0.95 as in R package QCA.",
)
CRISP_CUT = Definition(
    en="A case is in the set when its figure is at least the threshold.",
    zh="数值不低于阈值的案例属于该集合。",
    source="Ragin 1987, The Comparative Method.",
)

FULL_LOG_ODDS = math.log(0.95 / 0.05)


class AnchorsOrderError(InputError):
    """Three anchors that do not rise."""

    code = "anchors_order"
    en = (
        "The anchors {value} of “{field}” must rise: full non-membership, crossover, full "
        "membership. For the opposite set use the condition negated."
    )
    zh = (
        "“{field}”的锚点 {value} 须递增：完全不隶属、交叉点、完全隶属。若需相反集合，请使用其否定。"
    )


class AnchorsNumberError(InputError):
    """Neither one threshold nor three anchors, or something that is no number."""

    code = "anchors_number"
    en = "“{field}” needs one threshold or three anchors, not “{value}”."
    zh = "“{field}”需要一个阈值或三个锚点，而不是“{value}”。"


@dataclass(frozen=True, slots=True)
class Direct(Result):
    """Anchors of the direct method."""

    out: float
    crossover: float
    full: float

    def moved(self, share: float) -> "Direct":
        """The crossover moved by a share of the way to full membership (or, when negative, to
        full non-membership)."""
        end = self.full if share > 0 else self.out
        return Direct(self.out, self.crossover + abs(share) * (end - self.crossover), self.full)

    def memberships(self, raw: Floats) -> Floats:
        """Memberships in 0–1; not-a-number stays."""
        side = np.where(
            raw >= self.crossover, self.full - self.crossover, self.crossover - self.out
        )
        log_odds = np.clip((raw - self.crossover) / side * FULL_LOG_ODDS, -700, 700)
        held: Floats = 1 / (1 + np.exp(-log_odds))
        return held


@dataclass(frozen=True, slots=True)
class Cut(Result):
    """A threshold for a crisp set."""

    threshold: float

    def memberships(self, raw: Floats) -> Floats:
        """0 or 1; not-a-number stays."""
        return np.where(np.isnan(raw), np.nan, (raw >= self.threshold).astype(np.float64))


Calibration = Direct | Cut


def calibration(name: str, anchors: tuple[float, ...]) -> Calibration:
    """The calibration of the column ``name`` by one threshold (crisp) or three anchors (direct).

    Raises ``AnchorsNumberError``, ``AnchorsOrderError``.
    """
    shown = ", ".join(f"{anchor:g}" for anchor in anchors)
    if len(anchors) not in (1, 3) or not all(map(math.isfinite, anchors)):
        raise AnchorsNumberError(field=name, value=shown)
    if len(anchors) == 1:
        return Cut(anchors[0])
    if not anchors[0] < anchors[1] < anchors[2]:
        raise AnchorsOrderError(field=name, value=shown)
    return Direct(*anchors)
