"""Whether items share enough to be explained by factors, and by how many."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from actscope.errors import InputError
from actscope.results import Result
from actscope.survey.answers import Matrix

SINGULAR = 1e-10
"""Under this share of the largest eigenvalue the smallest counts as nothing."""

DRAWS = 200
QUANTILE = 0.95


class ItemsCollinearError(InputError):
    """Items of which one follows from the others; what they share cannot be told apart."""

    code = "items_collinear"
    en = "These items follow from each other: {value}. Leave one of them out."
    zh = "以下题目可由彼此推出：{value}。请去掉其中一个。"


class CorrelationsImpossibleError(InputError):
    """Pairwise correlations that no one set of answers could have."""

    code = "correlations_impossible"
    en = "The pairwise correlations contradict each other; use listwise answers."
    zh = "成对计算的相关系数互相矛盾，请改用成列删除。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bartlett(Result):
    """Bartlett's test that the items are uncorrelated: ``chi2`` with ``df`` and its ``p``."""

    chi2: float
    df: int
    p: float


def refuse_singular(correlations: Matrix, items: tuple[str, ...]) -> None:
    """Raise ``ItemsCollinearError`` with the items that make the matrix singular, and
    ``CorrelationsImpossibleError`` when it is not even positive."""
    values, vectors = np.linalg.eigh(correlations)
    if values[0] < -SINGULAR * values[-1]:
        raise CorrelationsImpossibleError
    if values[0] <= SINGULAR * values[-1]:
        involved = np.flatnonzero(np.abs(vectors[:, 0]) > 1e-6)
        raise ItemsCollinearError(value=", ".join(items[place] for place in involved))


def kmo(correlations: Matrix) -> tuple[float, Matrix]:
    """The Kaiser–Meyer–Olkin measure over all and for each item: squared correlations ÷ (squared
    correlations + squared partial correlations given all other items). Kaiser & Rice 1974,
    Educational and Psychological Measurement 34, 111–117."""
    inverse = np.linalg.inv(correlations)
    scale = np.sqrt(np.diag(inverse))
    shared = correlations**2
    partial = (inverse / np.outer(scale, scale)) ** 2
    for squares in (shared, partial):
        np.fill_diagonal(squares, 0)
    with np.errstate(invalid="ignore"):  # an item that correlates with none has no measure
        of_items: Matrix = shared.sum(axis=0) / (shared + partial).sum(axis=0)
        overall = float(shared.sum() / (shared + partial).sum())
    return overall, of_items


def bartlett(correlations: Matrix, people: int) -> Bartlett:
    """The test of sphericity: −(n − 1 − (2p + 5)/6) · ln|R| with p(p − 1)/2 degrees of freedom.
    Bartlett 1951, Biometrika 38, 337–344."""
    items = len(correlations)
    _, log_determinant = np.linalg.slogdet(correlations)
    statistic = max(0.0, -(people - 1 - (2 * items + 5) / 6) * float(log_determinant))
    freedom = items * (items - 1) // 2
    return Bartlett(chi2=statistic, df=freedom, p=float(chi2.sf(statistic, freedom)))


def eigenvalues(correlations: Matrix) -> Matrix:
    """The eigenvalues, largest first."""
    return np.asarray(np.linalg.eigvalsh(correlations)[::-1], np.float64)


def chance_eigenvalues(people: int, items: int, seed: int) -> Matrix:
    """What the eigenvalues of uncorrelated items would not exceed in 95 of 100 samples of so many
    people (Horn 1965, Psychometrika 30, 179–185; the quantile: Glorfeld 1995). The covariances are
    drawn whole, as Wishart matrices, so that many people cost no more than few."""
    draw = np.random.default_rng(seed)
    drawn = np.empty((DRAWS, items))
    for place in range(DRAWS):
        # Bartlett's decomposition: normals under a diagonal of chi.
        root = np.tril(draw.standard_normal((items, items)), -1)
        root += np.diag(np.sqrt(draw.chisquare(people - 1 - np.arange(items))))
        root /= np.sqrt((root**2).sum(axis=1, keepdims=True))
        drawn[place] = eigenvalues(root @ root.T)
    quantiles: Matrix = np.quantile(drawn, QUANTILE, axis=0)
    return quantiles


def factors_beyond_chance(found: Matrix, chance: Matrix) -> int:
    """How many eigenvalues, from the first on, exceed those of chance."""
    return int(np.argmin(np.append(found > chance, False)))
