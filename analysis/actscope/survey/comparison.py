"""Whether groups of people differ in an answer or a score, and which of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result
from actscope.survey.adjusting import Correction
from actscope.survey.answers import Matrix, OutcomeUnvaryingError
from actscope.survey.pairs import Pair, pairs_of

MOST_GROUPS = 50
"""1,225 pairs."""

COMPARISON = Definition(
    en=(
        "Welch's t compares two means without assuming equal variances; analysis of variance "
        "(classical and Welch's) compares all means, Kruskal–Wallis all ranks; Wilcoxon's rank sum "
        "two groups by rank. p of pairs are corrected for their number; Tukey's are already."
    ),
    zh=(
        "Welch t 检验比较两组均值（不假定方差相等）；方差分析（经典与 Welch）比较各组均值，"
        "Kruskal–Wallis 比较各组秩；Wilcoxon 秩和比较两组。"
        "成对 p 值按比较次数校正，Tukey 已含校正。"
    ),
    source=(
        "Welch 1947, Biometrika 34, 28–35; Welch 1951, Biometrika 38, 330–336; Kruskal & Wallis "
        "1952, JASA 47, 583–621; Wilcoxon 1945, Biometrics 1, 80–83; Tukey 1949; Kramer 1956."
    ),
)


class GroupsTooFewError(InputError):
    """Nothing to compare with."""

    code = "groups_too_few"
    en = "“{field}” gives {value} groups of at least two people with an answer; 2 are needed."
    zh = "“{field}”中至少有两名有效回答者的组仅 {value} 个，至少需要 2 个。"


class PairsTooManyError(InputError):
    """So many groups that the column is more likely one of identifiers."""

    code = "pairs_too_many"
    en = "“{field}” gives {value} groups, {most} at most can be compared pair by pair."
    zh = "“{field}”共有 {value} 组，最多可成对比较 {most} 组。"


class SpreadMissingError(InputError):
    """Groups within which nobody differs: no chance to measure the difference by."""

    code = "groups_constant"
    en = "Within every group all values of “{field}” are the same; no test is possible."
    zh = "各组内“{field}”的取值都相同，无法检验。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Result):
    """A group of ``n`` people; those of one person only are shown and not tested."""

    group: str
    n: int
    mean: float
    sd: float | None
    median: float
    tested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Test(Result):
    """A ``statistic`` with its degrees of freedom (``None`` where it has none) and its ``p``."""

    __test__ = False  # not a case for the test runner

    statistic: float
    df: float | None
    df_within: float | None
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Result):
    """``n``: people with outcome and group; ``missing``: people without one of them.
    ``welch_anova`` is ``None`` where a group does not vary. ``eta_squared``: the share of the
    variance that lies between the groups."""

    definition: Definition
    outcome: str
    group: str
    n: int
    missing: int
    groups: tuple[Group, ...]
    anova: Test
    welch_anova: Test | None
    kruskal: Test
    eta_squared: float
    pairs: tuple[Pair, ...]
    pairs_tested: int
    correction: Correction


def comparison(
    values: Matrix,
    groups: Sequence[str | None],
    *,
    outcome: str = "outcome",
    group: str = "group",
    correction: Correction = "holm",
) -> Comparison:
    """Compare the values of people by their groups, all of them and each pair.

    ``values``: one per person, not-a-number where missing; ``groups``: the group of each, or
    ``None``. Groups stand in order of their names, numbers by size. Raises ``GroupsTooFewError``,
    ``PairsTooManyError``, ``OutcomeUnvaryingError``, ``SpreadMissingError``.
    """
    samples: dict[str, list[float]] = {}
    for value, name in zip(values.tolist(), groups, strict=True):
        if name is not None and not np.isnan(value):
            samples.setdefault(name, []).append(value)
    found = {name: np.sort(samples[name]) for name in sorted(samples, key=_by_size)}
    tested = {name: sample for name, sample in found.items() if len(sample) > 1}
    if len(tested) < 2:
        raise GroupsTooFewError(field=group, value=len(tested))
    if len(tested) > MOST_GROUPS:
        raise PairsTooManyError(field=group, value=len(tested), most=MOST_GROUPS)
    pooled = np.concatenate(list(tested.values()))
    if np.ptp(pooled) == 0:
        raise OutcomeUnvaryingError(field=outcome)
    if all(np.ptp(sample) == 0 for sample in tested.values()):
        raise SpreadMissingError(field=outcome)
    n = sum(map(len, found.values()))
    anova = stats.f_oneway(*tested.values())
    ranks = stats.kruskal(*tested.values())
    between = sum(len(s) * (s.mean() - pooled.mean()) ** 2 for s in tested.values())
    pairs = pairs_of(tested, correction)
    return Comparison(
        definition=COMPARISON,
        outcome=outcome,
        group=group,
        n=n,
        missing=len(values) - n,
        groups=tuple(_group(name, sample) for name, sample in found.items()),
        anova=Test(
            statistic=float(anova.statistic),
            df=len(tested) - 1,
            df_within=len(pooled) - len(tested),
            p=float(anova.pvalue),
        ),
        welch_anova=_welch_anova(list(tested.values())),
        kruskal=Test(
            statistic=float(ranks.statistic),
            df=len(tested) - 1,
            df_within=None,
            p=float(ranks.pvalue),
        ),
        eta_squared=float(between / ((pooled - pooled.mean()) ** 2).sum()),
        pairs=pairs,
        pairs_tested=len(pairs),
        correction=correction,
    )


def _by_size(name: str) -> tuple[bool, float, str]:
    try:
        return False, float(name), name
    except ValueError:
        return True, 0.0, name


def _group(name: str, sample: Matrix) -> Group:
    several = len(sample) > 1
    return Group(
        group=name,
        n=len(sample),
        mean=float(sample.mean()),
        sd=float(sample.std(ddof=1)) if several else None,
        median=float(np.median(sample)),
        tested=several,
    )


def _welch_anova(samples: Sequence[Matrix]) -> Test | None:
    """Welch 1951: means weighed by n ÷ variance."""
    if any(np.ptp(sample) == 0 for sample in samples):
        return None
    number = len(samples)
    size = np.array([len(sample) for sample in samples], np.float64)
    mean = np.array([sample.mean() for sample in samples])
    weight = size / np.array([sample.var(ddof=1) for sample in samples])
    share = weight / weight.sum()
    slack = ((1 - share) ** 2 / (size - 1)).sum()
    between = (weight * (mean - share @ mean) ** 2).sum() / (number - 1)
    statistic = between / (1 + 2 * (number - 2) / (number**2 - 1) * slack)
    df_within = (number**2 - 1) / (3 * slack)
    return Test(
        statistic=float(statistic),
        df=number - 1,
        df_within=float(df_within),
        p=float(stats.f.sf(statistic, number - 1, df_within)),
    )
