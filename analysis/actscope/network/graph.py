"""A network as a value: actors in integer codes, weighted ties, and what was set aside."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from actscope.codes import Codes, coded_together, groups_of
from actscope.errors import InputError
from actscope.network.ties import Network

Weights = npt.NDArray[np.float64]
Ends = npt.NDArray[np.int32]
Repeated = Literal["sum", "refuse"]

LEAST, MOST = 1e-100, 1e100
"""Between these all weights can be squared and inverted."""

WEIGHTLESS = 1.0
"""What a tie weighs where nothing is said."""


class NegativeWeightError(InputError):
    """A tie cannot be weaker than none."""

    code = "weight_negative"
    en = "Row {row}: the weight “{value}” in “{field}” is negative."
    zh = "第 {row} 行：“{field}”中的权重“{value}”为负数。"


class WeightTooLargeError(InputError):
    """Weights that no longer fit a number once they are added up and squared."""

    code = "weight_too_large"
    en = "The weights in “{field}” are too large: they add up to more than {most}."
    zh = "“{field}”中的权重过大：合计超过 {most}。"


class WeightTooSmallError(InputError):
    """A weight next to nothing, which a reciprocal would make endless."""

    code = "weight_too_small"
    en = "Row {row}: the weight “{value}” in “{field}” is too small; give {least} or more, or 0."
    zh = "第 {row} 行：“{field}”中的权重“{value}”过小；请给出不小于 {least} 的数或 0。"


class RepeatedTieError(InputError):
    """A pair that comes twice where each was to come once."""

    code = "tie_repeated"
    en = "Row {row}: the tie “{value}” comes more than once."
    zh = "第 {row} 行：联系“{value}”重复出现。"


class SuppressedNetworkError(InputError):
    """A network that may not be shown cannot be measured."""

    code = "network_suppressed"
    en = "The network is the work of too few organisations and is suppressed."
    zh = "该网络涉及的组织过少，已隐去。"


@dataclass(frozen=True, slots=True)
class Adjacency:
    """The ties of actor i are ``ends[starts[i]:starts[i + 1]]`` with ``weight`` beside them; the
    ends of an actor ascend."""

    starts: Codes
    ends: Ends
    weight: Weights

    @property
    def degrees(self) -> Codes:
        """How many ties each actor has here."""
        return np.diff(self.starts)

    @property
    def origins(self) -> Ends:
        """For each tie the actor that it goes out from."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), self.degrees)

    @property
    def strengths(self) -> Weights:
        """The sum of the weights of each actor's ties."""
        return sums_at(self.origins, self.weight, len(self.starts) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """``names[i]`` is the actor with the code i, in the order of the names; actors without ties
    are there too. Tie k goes from ``source[k]`` to ``target[k]`` and weighs ``weight[k]``, in
    ascending order of both; each pair comes once, and undirected ties have source < target.

    ``self_ties`` rows led from an actor to itself, ``zero_ties`` weighed nothing: both were set
    aside. ``repeated`` rows named a pair that an earlier row had named: they were added to it.
    """

    names: tuple[str, ...]
    source: Codes
    target: Codes
    weight: Weights
    directed: bool
    self_ties: int = 0
    zero_ties: int = 0
    repeated: int = 0

    @property
    def n(self) -> int:
        """How many actors."""
        return len(self.names)

    @property
    def m(self) -> int:
        """How many ties."""
        return len(self.source)

    @property
    def pairs(self) -> int:
        """How many ties there could be."""
        ordered = self.n * (self.n - 1)
        return ordered if self.directed else ordered // 2

    def outgoing(self) -> Adjacency:
        """To whom each actor has ties; with undirected ties, whoever is at the other end."""
        if self.directed:
            return _adjacency(self.n, self.source, self.target, self.weight)
        return self.either_way()

    def incoming(self) -> Adjacency:
        """From whom each actor has ties; with undirected ties, whoever is at the other end."""
        if self.directed:
            order = np.lexsort((self.source, self.target))
            return _adjacency(self.n, self.target[order], self.source[order], self.weight[order])
        return self.either_way()

    def either_way(self) -> Adjacency:
        """All who are tied to an actor in whatever direction, the weights of both added."""
        source = np.concatenate([self.source, self.target])
        target = np.concatenate([self.target, self.source])
        keys = source * self.n + target
        groups = groups_of(keys, self.n * self.n)
        weight = sums_at(groups.place, np.tile(self.weight, 2), len(groups.keys))
        return _adjacency(self.n, *np.divmod(groups.keys, max(self.n, 1)), weight)


def sums_at(place: Codes | Ends, values: Weights, size: int) -> Weights:
    """The sum of the values at each place."""
    return np.bincount(place, values, size).astype(np.float64, copy=False)


def graph(
    names: Collection[str],
    source: Codes,
    target: Codes,
    weight: Weights | None = None,
    *,
    directed: bool,
    repeated: Repeated = "sum",
    field: str = "weight",
    rows: Codes | None = None,
) -> Graph:
    """The network over ``names`` (each once) with the tie of row k from ``source[k]`` to
    ``target[k]``, codes of ``names``. The order of names and rows makes no difference.

    ``weight``: strength of each row, in whatever unit, not negative; 1 when ``None``. Rows of
    weight 0 are no ties. ``repeated``: rows of the same pair (in either direction when the ties are
    undirected) are added up, or refused. ``field`` and ``rows`` (numbers from 1) name the place in
    a refusal. Raises ``NegativeWeightError``, ``WeightTooSmallError``, ``WeightTooLargeError``,
    ``RepeatedTieError``.
    """
    given = list(names)
    order = sorted(range(len(given)), key=given.__getitem__)
    ordered = [given[place] for place in order]
    new_code = np.empty(len(order), np.int64)
    new_code[order] = np.arange(len(order))
    rows = np.arange(1, len(source) + 1) if rows is None else rows
    weight = np.full(len(source), WEIGHTLESS) if weight is None else weight
    if np.any(weight < 0):
        worst = int(np.argmax(weight < 0))
        raise NegativeWeightError(field=field, row=int(rows[worst]), value=float(weight[worst]))
    if np.any(small := (weight > 0) & (weight < LEAST)):
        worst = int(np.argmax(small))
        value = float(weight[worst])
        raise WeightTooSmallError(field=field, row=int(rows[worst]), value=value, least=LEAST)
    source, target = new_code[source], new_code[target]
    itself, nothing = source == target, weight == 0
    kept = ~itself & ~nothing
    source, target, weight, rows = source[kept], target[kept], weight[kept], rows[kept]
    if not directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    groups = groups_of(source * len(order) + target, len(order) ** 2)
    again = len(source) - len(groups.keys)
    if again and repeated == "refuse":
        place = _first_repeated(groups.place)
        pair = f"{ordered[source[place]]} – {ordered[target[place]]}"
        raise RepeatedTieError(row=int(rows[place]), value=pair)
    sums = sums_at(groups.place, weight, len(groups.keys))
    with np.errstate(over="ignore"):  # endless is too large as well
        whole = float(sums.sum())
    if whole > MOST:
        raise WeightTooLargeError(field=field, most=MOST)
    source, target = np.divmod(groups.keys, max(len(order), 1))
    return Graph(
        names=tuple(ordered),
        source=source,
        target=target,
        weight=sums,
        directed=directed,
        self_ties=int(np.count_nonzero(itself)),
        zero_ties=int(np.count_nonzero(nothing & ~itself)),
        repeated=again,
    )


def graph_of_ties(
    ties: pa.Table,
    *,
    actors: Collection[str] = (),
    directed: bool,
    repeated: Repeated = "sum",
) -> Graph:
    """The network of a table with ``source``, ``target`` (text) and, where there is one,
    ``weight``; ``actors`` are there whether they have ties or not. Raises what ``graph`` raises."""
    more = pa.chunked_array([pa.array(sorted(actors), pa.string())])
    (source, target, _), names = coded_together((ties["source"], ties["target"], more))
    weight = ties["weight"].to_numpy().astype(np.float64) if "weight" in ties.column_names else None
    return graph(names, source, target, weight, directed=directed, repeated=repeated)


def graph_of_network(network: Network) -> Graph:
    """The directed network of acts, whole or of a phase, as ``actscope.network.ties`` makes it.
    Raises ``SuppressedNetworkError``."""
    if network.suppressed:
        raise SuppressedNetworkError
    units = [node.unit for node in network.nodes]
    return graph_of_ties(network.ties, actors=units, directed=True)


def _adjacency(n: int, source: Codes, target: Codes, weight: Weights) -> Adjacency:
    starts = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=n))])
    return Adjacency(starts.astype(np.int64), target.astype(np.int32), weight)


def _first_repeated(place: Codes) -> int:
    """The first row whose pair an earlier row has."""
    _, first = np.unique(place, return_index=True)
    later = np.ones(len(place), np.bool_)
    later[first] = False
    return int(np.argmax(later))
