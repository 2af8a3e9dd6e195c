"""Who worked with whom: weighted ties between units, in the whole and per phase."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts.schema import PHASES
from actscope.codes import Codes, coded, coded_together, distinct, groups_of
from actscope.counting import Counted, Mask, asked_about, column_of, split_by_reason
from actscope.definition import Definition
from actscope.disclosure import AT_LEAST, Suppressed, suppressed_cells

Weights = npt.NDArray[np.float64]

TIE_TABLE = pa.schema(
    [
        ("source", pa.string()),
        ("target", pa.string()),
        ("weight", pa.float64()),
        ("acts", pa.int64()),
    ]
)

TIES = Definition(
    en=(
        "The tie from unit u to unit v weighs the sum, over the acts of u that v took part in, of "
        "1 divided by the number of partners of the act; density is ties ÷ n(n−1) over all n "
        "units, also those without a tie; reciprocity is the share of ties that are returned."
    ),
    zh=(
        "单位 u 到单位 v 的联系强度，是 u 发起且 v 参与的各次行为按“1÷该次行为的伙伴数”求和；"
        "密度＝联系数÷n(n−1)，n 含无联系的单位；互惠度＝得到回应的联系所占比例。"
    ),
    source=(
        "Weights: Newman 2001, Phys. Rev. E 64, 016132. Density and edgewise reciprocity: "
        "Wasserman & Faust 1994, Social Network Analysis."
    ),
)


@dataclass(frozen=True, slots=True)
class Node:
    """A unit; ``sent`` and ``received`` are the sums of the weights of its ties, ``partners`` the
    number of units tied to it in either direction. An isolate has zeros."""

    unit: str
    sent: float
    received: float
    partners: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Network(Counted):
    """The network of one phase (``phase`` is ``None`` for the whole).

    ``units`` counts all nodes, isolates too; ``isolates`` those without a tie. ``density`` is
    ``None`` under two units, ``reciprocity`` without ties. A suppressed network keeps its counts
    of acts and has no ties, no nodes and no figures.

    ``ties`` is a table, since there may be hundreds of thousands: ``source`` and ``target`` (text),
    ``weight`` (float64, in acts: a share of a joint act counts as that share) and ``acts`` (int64,
    how many carry the tie), heaviest first, then by name.
    """

    phase: str | None
    units: int
    isolates: int | None
    density: float | None
    reciprocity: float | None
    nodes: tuple[Node, ...]
    ties: pa.Table
    suppressed: Suppressed | None

    def to_dict(self) -> dict[str, Any]:
        """``{phase, n, missing, missing_by, set_aside, units, isolates, density, reciprocity,
        suppressed, nodes: [{unit, sent, received, partners}], ties: [{source, target, weight,
        acts}]}``."""
        return {
            "phase": self.phase,
            **self.counts_dict(),
            "units": self.units,
            "isolates": self.isolates,
            "density": self.density,
            "reciprocity": self.reciprocity,
            "suppressed": self.suppressed.value if self.suppressed else None,
            "nodes": [
                {
                    "unit": node.unit,
                    "sent": node.sent,
                    "received": node.received,
                    "partners": node.partners,
                }
                for node in self.nodes
            ],
            "ties": self.ties.to_pylist(),
        }


@dataclass(frozen=True, slots=True)
class Ties:
    """The whole network and the network of each phase that occurs; ``without_phase`` acts are in
    the whole only."""

    definition: Definition
    at_least: int
    whole: Network
    phases: tuple[Network, ...]
    without_phase: int

    @property
    def n(self) -> int:
        """How many acts were used."""
        return self.whole.n

    @property
    def missing(self) -> int:
        """How many acts lack a unit or a partner."""
        return self.whole.missing

    def to_dict(self) -> dict[str, Any]:
        """``{definition, n, missing, at_least, without_phase, whole: Network, phases: [Network]}``
        with networks as ``Network.to_dict`` gives them."""
        return {
            "definition": self.definition.to_dict(),
            "n": self.n,
            "missing": self.missing,
            "at_least": self.at_least,
            "without_phase": self.without_phase,
            "whole": self.whole.to_dict(),
            "phases": [network.to_dict() for network in self.phases],
        }


@dataclass(frozen=True, slots=True)
class _Pairs:
    """One row per act and distinct partner: the row number of the act, u, v, and 1/|V|."""

    act: Codes
    source: Codes
    target: Codes
    share: Weights

    def of(self, acts: Mask) -> "_Pairs":
        chosen = acts[self.act]
        return _Pairs(
            self.act[chosen], self.source[chosen], self.target[chosen], self.share[chosen]
        )


def ties(
    acts: pa.Table,
    *,
    units: Collection[str] = (),
    kinds: Collection[str] | None = None,
    at_least: int = AT_LEAST,
) -> Ties:
    """Weighted ties w_uv(p) = Σ over acts linking u to v in phase p of 1/|V|, V the partners.

    ``acts``: a table of acts (``by_unit``, ``with_units``, ``kind``; ``phase`` where there is one).
    ``units``: further units that could have acted; they and every unit of any act asked about are
    the nodes of every network, so that phases compare. A unit among its own partners is left out,
    one named twice counts once. ``kinds``: which acts are asked about, all collaboration by
    default. Networks of fewer than ``at_least`` units with ties are suppressed.

    Missing: ``no_unit`` (nobody acted), ``no_partner``. Raises ``ColumnMissingError``.
    """
    asked = asked_about(acts, kinds)
    by, pairs, names = _pairs(acts, asked, units)
    phase = coded(column_of(acts, "phase"))
    partnerless = np.ones(acts.num_rows, np.bool_)
    partnerless[pairs.act] = False
    reasons = (("no_unit", by < 0), ("no_partner", partnerless))
    used, _ = split_by_reason(asked, reasons)
    present = {name: phase.codes == code for code, name in enumerate(phase.names)}
    behind = {name: _units_of(pairs.of(used & rows)) for name, rows in present.items()}
    hidden = suppressed_cells(
        behind, unshown=_units_of(pairs.of(used & phase.empty)), at_least=at_least
    )
    everyone = {"": _units_of(pairs)}

    def network(name: str | None, rows: Mask, suppressed: Suppressed | None) -> Network:
        chosen, missing_by = split_by_reason(asked & rows, reasons)
        counted = Counted(
            n=int(np.count_nonzero(chosen)),
            missing_by=missing_by,
            set_aside=int(np.count_nonzero(rows & ~asked)),
        )
        return _network(name, counted, pairs.of(chosen), names, suppressed)

    return Ties(
        definition=TIES,
        at_least=at_least,
        whole=network(
            None,
            np.ones(acts.num_rows, np.bool_),
            suppressed_cells(everyone, at_least=at_least).get(""),
        ),
        phases=tuple(
            network(name, present[name], hidden.get(name))
            for name in sorted(present, key=_phase_order)
            if np.any(asked & present[name])
        ),
        without_phase=int(np.count_nonzero(used & phase.empty)),
    )


def _pairs(
    acts: pa.Table, asked: Mask, units: Collection[str]
) -> tuple[Codes, _Pairs, tuple[str, ...]]:
    """The code of the acting unit per row, the pairs of the acts asked about, and the names of
    all nodes. Only names that an act asked about or ``units`` bring are nodes."""
    only_asked = pa.array(asked)
    who = column_of(acts, "by_unit")
    who = pc.if_else(only_asked, pc.cast(who, pa.string()), pa.scalar(None, pa.string()))
    partners = column_of(acts, "with_units").filter(only_asked)
    place = np.flatnonzero(asked)[pc.list_parent_indices(partners).to_numpy()]
    more = pa.chunked_array([pa.array(sorted(units), pa.string())])
    (by, partner, _), names = coded_together((who, pc.list_flatten(partners), more))
    real = (partner >= 0) & (by[place] >= 0) & (partner != by[place])
    # One number per act and partner; sorted and distinct, so a partner named twice counts once.
    keys = distinct(place[real] * max(len(names), 1) + partner[real])
    act, target = np.divmod(keys, max(len(names), 1))
    partners_of_act = np.bincount(act, minlength=acts.num_rows)
    return by, _Pairs(act, by[act], target, 1.0 / partners_of_act[act]), names


def _network(
    phase: str | None,
    counted: Counted,
    pairs: _Pairs,
    names: tuple[str, ...],
    suppressed: Suppressed | None,
) -> Network:
    size = len(names)
    groups = groups_of(pairs.source * size + pairs.target, size * size)
    weight = _sums(groups.place, pairs.share, len(groups.keys))
    source, target = np.divmod(groups.keys, max(size, 1))
    returned = np.isin(groups.keys, target * size + source)
    sent = _sums(source, weight, size)
    received = _sums(target, weight, size)
    either_way = distinct(np.minimum(source, target) * size + np.maximum(source, target))
    ends = np.concatenate(np.divmod(either_way, max(size, 1)))
    partners = np.bincount(ends, minlength=size)
    show = suppressed is None
    return Network(
        n=counted.n,
        missing_by=counted.missing_by,
        set_aside=counted.set_aside,
        phase=phase,
        units=size,
        isolates=int(np.count_nonzero(partners == 0)) if show else None,
        density=len(groups.keys) / (size * (size - 1)) if show and size > 1 else None,
        reciprocity=float(np.mean(returned)) if show and len(returned) else None,
        nodes=_nodes(names, sent, received, partners) if show else (),
        ties=_heaviest_first(names, source, target, weight, groups.sizes)
        if show
        else TIE_TABLE.empty_table(),
        suppressed=suppressed,
    )


def _nodes(
    names: tuple[str, ...], sent: Weights, received: Weights, partners: Codes
) -> tuple[Node, ...]:
    """All nodes by name."""
    nodes = map(Node, names, sent.tolist(), received.tolist(), partners.tolist())
    return tuple(sorted(nodes, key=lambda node: node.unit))


def _heaviest_first(
    names: tuple[str, ...], source: Codes, target: Codes, weight: Weights, number: Codes
) -> pa.Table:
    """All ties in the columns of ``TIE_TABLE``."""
    alphabetical = np.argsort(np.argsort(np.array(names, np.object_)))
    order = np.lexsort((alphabetical[target], alphabetical[source], -weight))
    text = pa.array(names, pa.string())
    columns = [text.take(pa.array(source[order])), text.take(pa.array(target[order]))]
    return pa.table([*columns, weight[order], number[order]], schema=TIE_TABLE)


def _sums(place: Codes, values: Weights, size: int) -> Weights:
    """The sum of the values at each place, to nine decimals: what thirds leave over in floating
    point would else decide which of two equal ties comes first."""
    return np.bincount(place, values, size).round(9).astype(np.float64, copy=False)


def _units_of(pairs: _Pairs) -> frozenset[int]:
    """The units with ties."""
    seen = np.bincount(pairs.source), np.bincount(pairs.target)
    return frozenset(i for part in seen for i in np.flatnonzero(part).tolist())


def _phase_order(phase: str) -> tuple[int, str]:
    """The usual phases in their order, then any others by name."""
    return (PHASES.index(phase) if phase in PHASES else len(PHASES), phase)
