"""Who steers the network: participants together, a lead organisation, or one that only steers."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from actscope.codes import Codes, coded
from actscope.counting import Mask, asked_about, column_of, mask_of
from actscope.definition import Definition
from actscope.network.graph import graph_of_network
from actscope.network.roles import LEADING, SUPPORTING
from actscope.network.ties import ties
from actscope.results import Result

CONCENTRATED, SPREAD_OUT = 0.5, 0.3
WORKS_TOO = 0.1
EVEN = 0.4


class Mode(StrEnum):
    """The forms of network governance."""

    PARTICIPANT = "participant"
    LEAD = "lead_organisation"
    NAO = "administrative_organisation"
    MIXED = "mixed"


GOVERNANCE = Definition(
    en=(
        "Mode of governance. c1: share of the convene, decide and dispatch acts that the unit with "
        "most of them did; s1: share of serve and transfer in that unit's own acts; Gini: of the "
        "same acts over all units of the network. c1 ≥ 0.5 and s1 ≥ 0.1: lead organisation; c1 ≥ "
        "0.5 and s1 < 0.1: administrative organisation; c1 < 0.3 and Gini < 0.4: participants; "
        "else mixed. Beside it Freeman's centralisation of the ties, direction left out."
    ),
    zh=(
        "治理模式。c1：召集、决定、派遣最多的单位所占比例；s1：该单位自身行为中服务与转运的比例；"
        "基尼系数：上述行为在网络全部单位间的分布。c1≥0.5 且 s1≥0.1 为牵头组织；c1≥0.5 且 s1<0.1 为"
        "网络管理组织；c1<0.3 且基尼<0.4 为参与者共治；其余为混合。另附弗里曼集中度（不计方向）。"
    ),
    source="Provan & Kenis 2008, J. Public Administration Research and Theory 18, 229–252.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Governance(Result):
    """From ``n`` convene, decide and dispatch acts; ``missing`` of them name no unit. ``unit`` is
    the one with most (the first by name of several). Everything is ``None`` without such acts;
    ``s1`` is then of no unit. ``units`` could have acted."""

    n: int
    missing: int
    units: int
    unit: str | None
    c1: float | None
    s1: float | None
    gini: float | None
    centralisation: float | None
    mode: Mode | None
    definition: Definition


def governance(acts: pa.Table) -> Governance:
    """The mode of governance that a table of acts shows. Raises ``ColumnMissingError``."""
    network = ties(acts, at_least=0).whole
    units = [node.unit for node in network.nodes]
    kind, who = column_of(acts, "kind"), coded(column_of(acts, "by_unit"))
    place = np.array([units.index(name) if name in units else -1 for name in who.names], np.int64)
    by = np.where(who.empty, -1, place[who.codes] if len(place) else -1)
    leading = _among(kind, LEADING)
    led = np.bincount(by[leading & (by >= 0)], minlength=len(units))
    n = int(led.sum())
    missing = int(np.count_nonzero(leading & (by < 0)))
    if not n:
        return Governance(
            n=0, missing=missing, units=len(units), unit=None, c1=None, s1=None, gini=None,
            centralisation=None, mode=None, definition=GOVERNANCE,
        )  # fmt: skip
    first = int(np.argmax(led))
    own = asked_about(acts, None) & (by == first)
    c1 = float(led[first] / n)
    s1 = float(np.count_nonzero(own & _among(kind, SUPPORTING)) / np.count_nonzero(own))
    evenness = gini(led)
    return Governance(
        n=n,
        missing=missing,
        units=len(units),
        unit=units[first],
        c1=c1,
        s1=s1,
        gini=evenness,
        centralisation=_freeman(graph_of_network(network).either_way().degrees),
        mode=_mode(c1, s1, evenness),
        definition=GOVERNANCE,
    )


def gini(values: Codes) -> float:
    """The Gini coefficient: 0 when all are equal, 1 − 1/n when one has all. Values are not negative
    and not all 0."""
    n, ordered = len(values), np.sort(values)
    return float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * ordered.sum()))


def _mode(c1: float, s1: float, evenness: float) -> Mode:
    if c1 >= CONCENTRATED:
        return Mode.LEAD if s1 >= WORKS_TOO else Mode.NAO
    return Mode.PARTICIPANT if c1 < SPREAD_OUT and evenness < EVEN else Mode.MIXED


def _freeman(degrees: Codes) -> float | None:
    n = len(degrees)
    return float((degrees.max() - degrees).sum() / ((n - 1) * (n - 2))) if n > 2 else None


def _among(kind: pa.ChunkedArray, kinds: tuple[str, ...]) -> Mask:
    return mask_of(pc.is_in(kind, value_set=pa.array(kinds, pa.string())))
