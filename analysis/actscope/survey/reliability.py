"""How consistently the items of a scale measure: alpha, omega, and each item against the rest."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy.stats import f as f_distribution

from actscope.definition import Definition
from actscope.results import Result
from actscope.survey.answers import Answers, Matrix, Use, moments, normalised
from actscope.survey.extraction import extracted
from actscope.survey.hierarchy import Hierarchy, hierarchy

RELIABILITY = Definition(
    en=(
        "Alpha is k÷(k−1) · (1 − sum of the variances of the k items ÷ variance of their sum), "
        "from covariances; its interval is Feldt's. Omega is (Σλ)² ÷ ((Σλ)² + Σ(1−λ²)), where λ "
        "are the loadings on one factor (minres) of the Pearson correlations. Alpha "
        "is right when all items measure equally well, omega also when they do not."
    ),
    zh=(
        "α＝k÷(k−1)·(1−k 个题目的方差之和÷总分方差)，由协方差计算，区间按 Feldt 法；"
        "ω＝(Σλ)²÷((Σλ)²+Σ(1−λ²))，λ 为皮尔逊相关的单因子（minres）载荷。"
        "各题测量效力相等时 α 成立，不等时以 ω 为准。"
    ),
    source=(
        "Cronbach 1951, Psychometrika 16, 297–334; Feldt, Woodruff & Salih 1987, Applied "
        "Psychological Measurement 11, 93–103; McDonald 1999, Test Theory."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability(Result):
    """A scale of k items.

    ``n``: people whose answers were used (pairwise: with at least one answer, listwise: with all);
    ``missing``: people who left at least one item out; ``n_weakest``: on how many the covariance
    with the fewest answers rests. ``alpha_ci``: 95 %, from ``n_weakest``. ``omega`` needs three
    items. ``item_rest``: the correlation of each item with the sum of the others;
    ``likely_reversed``: the items for which it is negative – reversing was probably forgotten, or
    done to one that should not be. ``low``, ``high``: the ends of the scale that reversing turned
    on, as declared or else as answered. ``mean`` and ``sd``: of each person's mean answer.
    ``hierarchy``: with group factors, when asked for.
    """

    definition: Definition
    use: Use
    items: tuple[str, ...]
    reversed: tuple[str, ...]
    n: int
    missing: int
    missing_by_item: dict[str, int]
    n_weakest: int
    alpha: float
    alpha_ci: tuple[float, float]
    alpha_standardized: float
    omega: float | None
    alpha_if_dropped: dict[str, float | None]
    item_rest: dict[str, float]
    likely_reversed: tuple[str, ...]
    mean: float
    sd: float
    low: float
    high: float
    hierarchy: Hierarchy | None


def reliability(
    answers: Answers,
    *,
    reversed_items: Collection[str] = (),
    low: float | None = None,
    high: float | None = None,
    use: Use = "pairwise",
    factors: int | None = None,
) -> Reliability:
    """Reliability of the scale that ``answers`` hold.

    ``reversed_items`` are turned on ``low`` to ``high`` (which alpha and omega do not depend on);
    answers outside them are refused, and undeclared they are the ends answered. ``factors``: how
    many group factors omega hierarchical is computed with. Raises ``ItemsTooFewError``,
    ``ItemEmptyError``, ``ItemConstantError``, ``AnswersTooFewError``, ``AnswerOutOfRangeError``,
    ``RangeEmptyError``, and what ``hierarchy`` raises.
    """
    answers = answers.within(low, high).varying(least=2)
    low = float(np.nanmin(answers.values)) if low is None else low
    high = float(np.nanmax(answers.values)) if high is None else high
    turned = answers.turned(reversed_items, low, high)
    found = moments(turned, use)
    covariances = found.covariances
    correlations = normalised(covariances)
    value = alpha(covariances)
    rest = dict(zip(answers.items, _item_rest(covariances).tolist(), strict=True))
    used = turned.complete if use == "listwise" else turned.values
    used = used[~np.isnan(used).all(axis=1)]
    of_persons = np.nanmean(used, axis=1)
    return Reliability(
        definition=RELIABILITY,
        use=use,
        items=answers.items,
        reversed=tuple(item for item in answers.items if item in reversed_items),
        n=len(used),
        missing=answers.incomplete,
        missing_by_item=answers.missing_by_item,
        n_weakest=found.n,
        alpha=value,
        alpha_ci=feldt_interval(value, people=found.n, items=len(answers.items)),
        alpha_standardized=alpha(correlations),
        omega=omega(correlations),
        alpha_if_dropped=_if_dropped(answers.items, covariances),
        item_rest=rest,
        likely_reversed=tuple(item for item, with_rest in rest.items() if with_rest < 0),
        mean=float(of_persons.mean()),
        sd=float(of_persons.std(ddof=1)),
        low=low,
        high=high,
        hierarchy=None if factors is None else hierarchy(correlations, factors),
    )


def alpha(covariances: Matrix) -> float:
    """Cronbach's alpha of at least two items out of their covariances; standardised out of their
    correlations. Not-a-number where the sum of the items does not vary."""
    items, whole = len(covariances), covariances.sum()
    if whole <= 1e-12 * np.trace(covariances):
        return float("nan")
    return float(items / (items - 1) * (1 - np.trace(covariances) / whole))


def feldt_interval(
    value: float, *, people: int, items: int, level: float = 0.95
) -> tuple[float, float]:
    """The interval of an alpha: (1 − α) by the quantiles of F with n − 1 and (n − 1)(k − 1)
    degrees of freedom."""
    freedom = (people - 1, (people - 1) * (items - 1))
    tail = (1 - level) / 2
    low, high = (1 - (1 - value) * f_distribution.ppf((1 - tail, tail), *freedom)).tolist()
    return low, high


def omega(correlations: Matrix) -> float | None:
    """McDonald's omega of one factor; ``None`` for two items, whose loadings are not determined."""
    if len(correlations) < 3:
        return None
    drawn = extracted(correlations, 1)
    common = drawn.loadings.sum() ** 2
    return float(common / (common + (1 - (drawn.loadings**2).sum(axis=1)).sum()))


def _if_dropped(items: tuple[str, ...], covariances: Matrix) -> dict[str, float | None]:
    """Alpha of the others; ``None`` where only one other is left."""
    if len(items) < 3:
        return dict.fromkeys(items)
    return {
        item: alpha(np.delete(np.delete(covariances, place, 0), place, 1))
        for place, item in enumerate(items)
    }


def _item_rest(covariances: Matrix) -> Matrix:
    own = np.diag(covariances)
    with_all = covariances.sum(axis=0)
    rest = covariances.sum() - 2 * with_all + own
    with np.errstate(invalid="ignore", divide="ignore"):
        correlation: Matrix = (with_all - own) / np.sqrt(own * rest)
    return correlation
