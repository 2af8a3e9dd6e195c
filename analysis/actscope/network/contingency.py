"""Which mode of governance the circumstances call for, beside the one observed."""

import math
from dataclasses import dataclass

from actscope.definition import Definition
from actscope.errors import InputError
from actscope.network.governance import Mode
from actscope.results import Result

FEW, MANY = 8, 24
"""Up to 8 units are few; from three times as many on they are many."""

CALLED_FOR = {
    Mode.PARTICIPANT: {"trust": 1.0, "size": 0.0, "consensus": 1.0, "need": 0.0},
    Mode.LEAD: {"trust": 0.0, "size": 0.5, "consensus": 1 / 3, "need": 0.5},
    Mode.NAO: {"trust": 0.5, "size": 1.0, "consensus": 2 / 3, "need": 1.0},
}
"""The contingencies of the source, low 0 to high 1: participants where trust is dense, units few,
goals shared and little to be coordinated; and so on."""

CONTINGENCY = Definition(
    en=(
        "Mode called for: the one whose contingencies (density of trust, number of units, "
        "consensus on goals, need for network-level competence; low 0 to high 1) lie nearest to "
        "those found, by the mean absolute difference over those that are known. Units: 0 up to 8, "
        "1 from 24 on, in between by the logarithm. The thresholds are defaults of this library."
    ),
    zh=(
        "适宜模式：其条件（信任密度、单位数、目标共识、网络层面能力需求，低 0 至高 1）与实际最接近"
        "者，按已知条件的平均绝对差计。单位数：不超过 8 为 0，24 及以上为 1，其间按对数。"
        "阈值为本库默认。"
    ),
    source="Provan & Kenis 2008, J. Public Admin. Research and Theory 18, 229–252, table 1.",
)


class ShareOutOfRangeError(InputError):
    """A circumstance that is not a share."""

    code = "share_out_of_range"
    en = "“{field}” must lie between 0 and 1 and is {value}."
    zh = "“{field}”应在 0 与 1 之间，现为 {value}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contingency(Result):
    """``predicted``: the mode called for; ``distance`` of each mode in the order of ``modes``;
    ``mismatch``: whether another is observed, ``None`` when none is. ``missing`` names what was
    not known."""

    n: int
    missing: tuple[str, ...]
    predicted: Mode
    modes: tuple[Mode, ...]
    distance: tuple[float, ...]
    observed: Mode | None
    mismatch: bool | None
    definition: Definition


def contingency(
    units: int,
    *,
    trust: float | None = None,
    consensus: float | None = None,
    need: float | None = None,
    observed: Mode | None = None,
) -> Contingency:
    """The mode that circumstances call for.

    ``units``: how many take part. ``trust``: reciprocal trust ÷ pairs asked. ``consensus``:
    Kendall's W of how partners rank aims. ``need``: boundaries a task crosses on average ÷ 4. Each
    between 0 and 1, ``None`` when not known. Raises ``ShareOutOfRangeError``.
    """
    shares = {"trust": trust, "consensus": consensus, "need": need}
    for name, share in shares.items():
        if share is not None and not 0 <= share <= 1:
            raise ShareOutOfRangeError(field=name, value=share)
    known = {name: share for name, share in shares.items() if share is not None}
    size = math.log(max(units, 1) / FEW) / math.log(MANY / FEW)
    known["size"] = min(1.0, max(0.0, size))
    distance = {
        mode: sum(abs(known[name] - levels[name]) for name in known) / len(known)
        for mode, levels in CALLED_FOR.items()
    }
    predicted = min(distance, key=distance.__getitem__)
    return Contingency(
        n=units,
        missing=tuple(name for name, share in shares.items() if share is None),
        predicted=predicted,
        modes=tuple(distance),
        distance=tuple(distance.values()),
        observed=observed,
        mismatch=None if observed is None else observed is not predicted,
        definition=CONTINGENCY,
    )
