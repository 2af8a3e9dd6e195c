"""What lies behind many items: factorability, eigenvalues, and loadings on rotated factors."""

from dataclasses import dataclass

import numpy as np

from actscope.definition import Definition
from actscope.results import Result
from actscope.survey.answers import Answers, Matrix, Use, moments
from actscope.survey.extraction import Method, extracted, most_factors
from actscope.survey.factorability import (
    Bartlett,
    bartlett,
    chance_eigenvalues,
    eigenvalues,
    factors_beyond_chance,
    kmo,
    refuse_singular,
)
from actscope.survey.rotation import Rotation, rotated

FACTORS = Definition(
    en=(
        "KMO is the sum of squared correlations ÷ (that + squared partial correlations); "
        "Bartlett's χ² tests whether the items correlate at all; a loading is how much of an item "
        "goes with a factor, after rotation. Unless told, as many factors are drawn as eigenvalues "
        "exceed 95 % of those of uncorrelated items (parallel analysis). Pearson correlations."
    ),
    zh=(
        "KMO＝相关系数平方和÷(相关系数平方和＋偏相关系数平方和)；Bartlett χ² 检验各题是否相关；"
        "载荷表示题目与（旋转后）因子的关联。未指定因子数时按平行分析："
        "取特征值超过随机数据第 95 百分位的个数。使用皮尔逊相关。"
    ),
    source=(
        "Kaiser & Rice 1974, Educational and Psychological Measurement 34, 111–117; Bartlett 1951, "
        "Biometrika 38, 337–344; Horn 1965, Psychometrika 30, 179–185."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors(Result):
    """``n``: people used; ``missing``: those who left at least one item out. ``chance``: the
    eigenvalues that uncorrelated items would reach. ``factors``: how many were drawn, none when no
    eigenvalue exceeds chance. ``loadings``: per item one for each factor; ``communalities``: the
    share of each item that the factors explain together; ``ss_loadings``: the variance explained
    by each factor, in items."""

    definition: Definition
    use: Use
    n: int
    missing: int
    missing_by_item: dict[str, int]
    kmo: float
    kmo_items: dict[str, float]
    bartlett: Bartlett
    eigenvalues: Matrix
    chance: Matrix
    factors: int
    factors_given: bool
    method: Method
    rotation: Rotation
    loadings: dict[str, list[float]]
    communalities: dict[str, float]
    ss_loadings: Matrix
    factor_correlations: Matrix


def factors(
    answers: Answers,
    *,
    number: int | None = None,
    method: Method = "minres",
    rotation: Rotation = "varimax",
    use: Use = "listwise",
    seed: int = 1,
) -> Factors:
    """Explore the factors behind at least three items; ``seed`` is for the parallel analysis.

    Raises ``ItemsTooFewError``, ``ItemEmptyError``, ``ItemConstantError``, ``AnswersTooFewError``,
    ``ItemsCollinearError``, ``CorrelationsImpossibleError``, ``FactorsTooManyError``,
    ``FactorsTooFewError``.
    """
    found = moments(answers.varying(least=3), use, spare=1)
    correlations = found.correlations
    refuse_singular(correlations, answers.items)
    overall, of_items = kmo(correlations)
    values = eigenvalues(correlations)
    chance = chance_eigenvalues(found.n, len(answers.items), seed)
    beyond = min(factors_beyond_chance(values, chance), most_factors(len(answers.items)))
    drawn = beyond if number is None else number
    turned = rotated(
        np.zeros((len(answers.items), 0))
        if number is None and not drawn
        else extracted(correlations, drawn, method).loadings,
        rotation,
    )
    structure = turned.loadings @ turned.correlations
    return Factors(
        definition=FACTORS,
        use=use,
        n=len(answers.complete)
        if use == "listwise"
        else int((~np.isnan(answers.values)).any(axis=1).sum()),
        missing=answers.incomplete,
        missing_by_item=answers.missing_by_item,
        kmo=overall,
        kmo_items=dict(zip(answers.items, of_items.tolist(), strict=True)),
        bartlett=bartlett(correlations, found.n),
        eigenvalues=values,
        chance=chance,
        factors=drawn,
        factors_given=number is not None,
        method=method,
        rotation=rotation,
        loadings=dict(zip(answers.items, turned.loadings.tolist(), strict=True)),
        communalities=dict(
            zip(answers.items, (turned.loadings * structure).sum(axis=1).tolist(), strict=True)
        ),
        ss_loadings=(turned.loadings * structure).sum(axis=0),
        factor_correlations=turned.correlations,
    )
