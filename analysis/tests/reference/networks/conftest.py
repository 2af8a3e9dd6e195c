"""Classic public networks, typed as they were published.

Zachary 1977, J. Anthropological Research 33, 452–473 (the karate club). Krackhardt 1990,
Administrative Science Quarterly 35, 342–369 (the kite). Padgett & Ansell 1993, Am. J. Sociology 98,
1259–1319, as in Wasserman & Faust 1994 (marriage and business among Florentine families). Sampson
1969 (liking among novices of a monastery; a tie when named in any of the three periods).
"""

import numpy as np
import pytest

from actscope.codes import Codes
from actscope.network.graph import Graph, graph

KARATE = """1:2,3,4,5,6,7,8,9,11,12,13,14,18,20,22,32 2:3,4,8,14,18,20,22,31
3:4,8,9,10,14,28,29,33 4:8,13,14 5:7,11 6:7,11,17 7:17 9:31,33,34 10:34 14:34 15:33,34 16:33,34
19:33,34 20:34 21:33,34 23:33,34 24:26,28,30,33,34 25:26,28,32 26:32 27:30,34 28:34 29:32,34
30:33,34 31:33,34 32:33,34 33:34"""

KITE = "1:2,3,4,6 2:4,5,7 3:4,6 4:5,6,7 5:7 6:7,8 7:8 8:9 9:10"

FAMILIES = [
    "Acciaiuoli",
    "Albizzi",
    "Barbadori",
    "Bischeri",
    "Castellani",
    "Ginori",
    "Guadagni",
    "Lamberteschi",
    "Medici",
    "Pazzi",
    "Peruzzi",
    "Pucci",
    "Ridolfi",
    "Salviati",
    "Strozzi",
    "Tornabuoni",
]
MARRIAGE = """Medici:Acciaiuoli,Barbadori,Ridolfi,Tornabuoni,Albizzi,Salviati
Castellani:Peruzzi,Strozzi,Barbadori Peruzzi:Strozzi,Bischeri Strozzi:Ridolfi,Bischeri
Ridolfi:Tornabuoni Tornabuoni:Guadagni Albizzi:Ginori,Guadagni Salviati:Pazzi Bischeri:Guadagni
Guadagni:Lamberteschi"""
BUSINESS = """Barbadori:Castellani,Ginori,Medici,Peruzzi Bischeri:Guadagni,Lamberteschi,Peruzzi
Castellani:Lamberteschi,Peruzzi Ginori:Medici Guadagni:Lamberteschi Lamberteschi:Peruzzi
Medici:Pazzi,Salviati,Tornabuoni"""

NOVICES = {
    "John Bosco": "Turks",
    "Gregory": "Turks",
    "Basil": "Outcasts",
    "Peter": "Loyal",
    "Bonaventure": "Loyal",
    "Berthold": "Loyal",
    "Mark": "Turks",
    "Victor": "Loyal",
    "Ambrose": "Loyal",
    "Romauld": "Loyal",
    "Louis": "Loyal",
    "Winfrid": "Turks",
    "Amand": "Outcasts",
    "Hugh": "Turks",
    "Boniface": "Turks",
    "Albert": "Turks",
    "Elias": "Outcasts",
    "Simplicius": "Outcasts",
}
LIKING = """1:2,3,5,8,12,14 2:1,7,12,14,15 3:1,2,13,17,18 4:5,6,10,11 5:1,4,9,11,13 6:1,4,5,9
7:1,2,8,12,16 8:1,2,4,6,9,10 9:5,8,12,16 10:4,5,8,9,13,14 11:4,5,8,14,16 12:1,2,7,14 13:5,7,18
14:1,2,11,12,15 15:1,2,5,7,12,14 16:1,2,7,12,15 17:2,3,13,18 18:1,2,3,7,13,17"""


def network(names: list[str], rows: str, *, directed: bool = False) -> Graph:
    """``rows``: ``actor:actor,actor``, by name or by number from 1."""
    place = {name: code for code, name in enumerate(names)}
    place |= {str(number): number - 1 for number in range(1, len(names) + 1)}
    pairs = [
        (place[row.partition(":")[0]], place[end])
        for row in rows.split()
        for end in row.partition(":")[2].split(",")
    ]
    ends = np.array(pairs)
    return graph(names, ends[:, 0], ends[:, 1], directed=directed)


def numbered(size: int) -> list[str]:
    """Names whose order is that of their numbers."""
    return [f"{number:02}" for number in range(1, size + 1)]


@pytest.fixture(scope="session")
def karate() -> Graph:
    return network(numbered(34), KARATE)


@pytest.fixture(scope="session")
def kite() -> Graph:
    return network(numbered(10), KITE)


@pytest.fixture(scope="session")
def marriage() -> Graph:
    return network(FAMILIES, MARRIAGE)


@pytest.fixture(scope="session")
def business() -> Graph:
    return network(FAMILIES, BUSINESS)


@pytest.fixture(scope="session")
def novices() -> Graph:
    return network(list(NOVICES), LIKING, directed=True)


@pytest.fixture(scope="session")
def factions(novices: Graph) -> tuple[Codes, tuple[str, ...]]:
    """The faction of each novice, and the names of the factions."""
    labels = tuple(sorted(set(NOVICES.values())))
    return np.array([labels.index(NOVICES[name]) for name in novices.names]), labels
