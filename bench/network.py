"""``python -m bench.network``: betweenness of a dense and of a large network, beside networkit."""

import sys
import time
from collections.abc import Callable, Iterator

import networkit
import numpy as np

from actscope.network.betweenness import betweenness
from actscope.network.graph import Graph, graph
from bench.table import Row, show

RUNS = 5
PIVOTS = 1_000
PEER_PIVOTS = 100  # the peer is slow: a tenth of them, and its time times ten


def main() -> int:
    """The command."""
    print(show(list(measured())))
    return 0


def measured() -> Iterator[Row]:
    """The rows, one after the other."""
    dense, large = drawn(500, 77_613), drawn(50_000, 660_277)
    betweenness(drawn(9, 20))  # compiled before the clock runs
    peers = networkit.centrality
    theirs = in_networkit(dense)
    exact = fastest(lambda: peers.Betweenness(theirs).run(), RUNS)
    yield Row(
        "betweenness, 500 nodes, 77,613 directed ties",
        f"{fastest(lambda: betweenness(dense), RUNS):.3f} s",
        "< 0.1 s",
        f"exact, best of {RUNS}; networkit {exact:.3f} s",
    )
    began = time.perf_counter()
    found = betweenness(large, pivots=PIVOTS)
    seconds = time.perf_counter() - began
    theirs = in_networkit(large)
    sampled = fastest(lambda: peers.EstimateBetweenness(theirs, PEER_PIVOTS, False, True).run(), 1)
    yield Row(
        "betweenness, 50,000 nodes, 660,277 directed ties",
        f"{seconds:.1f} s",
        "< 20 s",
        f"{PIVOTS:,} pivots, error {found.relative_error:.2%} of the pairs at most with 95 % "
        f"confidence; networkit {sampled * PIVOTS / PEER_PIVOTS:.0f} s",
    )


def drawn(n: int, m: int) -> Graph:
    """A network of ``m`` different directed ties at random."""
    rng = np.random.default_rng(1)
    ends = rng.integers(0, n, (2, 2 * m))
    keys = np.unique((ends[0] * n + ends[1])[ends[0] != ends[1]])
    source, target = np.divmod(rng.permutation(keys)[:m], n)
    return graph([f"{code:05}" for code in range(n)], source, target, directed=True)


def in_networkit(network: Graph) -> networkit.Graph:
    """The same network as the peer holds it."""
    ends = network.source, network.target
    return networkit.GraphFromCoo(ends, n=network.n, directed=True)


def fastest(run: Callable[[], object], times: int) -> float:
    """Seconds of the fastest of several runs."""
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


if __name__ == "__main__":
    sys.exit(main())
