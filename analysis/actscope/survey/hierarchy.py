"""How much of a whole scale is one thing, and how much its parts: the hierarchical omega."""

from dataclasses import dataclass

import numpy as np

from actscope.definition import Definition
from actscope.results import Result
from actscope.survey.answers import Matrix
from actscope.survey.extraction import FactorsTooFewError, extracted
from actscope.survey.rotation import rotated

OMEGA_HIERARCHICAL = Definition(
    en=(
        "Omega hierarchical is the square of the sum of the items' loadings on one general factor "
        "÷ the variance of the sum of all items; omega total is 1 − the sum of what is unique to "
        "the items ÷ that variance. The general factor comes by a Schmid–Leiman transformation of "
        "oblique factors (minres, oblimin) of the correlations."
    ),
    zh=(
        "层次 ω＝各题在一般因子上的载荷之和的平方÷各题总和的方差；总 ω＝1−各题独特方差之和÷该方差。"
        "一般因子由斜交因子（minres、oblimin）经 Schmid–Leiman 变换得到。"
    ),
    source=(
        "Zinbarg, Revelle, Yovel & Li 2005, Psychometrika 70, 123–133; Schmid & Leiman 1957, "
        "Psychometrika 22, 53–61."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchy(Result):
    """``general``: the loading of each item on the general factor; ``groups[i, j]``: what item i
    carries of group factor j beside it; ``unique``: what is left of it."""

    definition: Definition
    omega_hierarchical: float
    omega_total: float
    general: Matrix
    groups: Matrix
    unique: Matrix


def hierarchy(correlations: Matrix, factors: int) -> Hierarchy:
    """Omega hierarchical and total of all items together, with ``factors`` ≥ 3 group factors (two
    do not determine a general one).

    The items must run in one direction: reverse them before. Raises ``FactorsTooFewError`` and
    what ``extracted`` raises.
    """
    if factors < 3:
        raise FactorsTooFewError(value=factors, least=3)
    drawn = extracted(correlations, factors)
    oblique = rotated(drawn.loadings, "oblimin")
    of_factors = extracted(oblique.correlations, 1).loadings[:, 0]
    general = oblique.loadings @ of_factors
    whole = correlations.sum()
    return Hierarchy(
        definition=OMEGA_HIERARCHICAL,
        omega_hierarchical=float(general.sum() ** 2 / whole),
        omega_total=float(1 - drawn.unique.sum() / whole),
        general=general,
        groups=oblique.loadings * np.sqrt(np.maximum(1 - of_factors**2, 0)),
        unique=drawn.unique,
    )
