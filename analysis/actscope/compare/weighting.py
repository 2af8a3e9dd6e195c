"""How much each indicator counts."""

from typing import Literal

import numpy as np

from actscope.compare.indicators import Indicators
from actscope.compare.normalising import Method, normalised
from actscope.compare.sets import Floats
from actscope.definition import Definition
from actscope.errors import InputError

Weighting = Literal["entropy", "equal"]
WEIGHTINGS: tuple[Weighting, ...] = ("entropy", "equal")

WEIGHTS: dict[Weighting, Definition] = {
    "entropy": Definition(
        en=(
            "With p the share of a place in the sum of an indicator and n places, its entropy is "
            "e = −Σ p·ln p / ln n; weights are in proportion to 1 − e. Shares are of the raw "
            "values, after min–max scaling of the scaled ones. An indicator that scatters for "
            "no reason weighs much: look at the stability of the ranks."
        ),
        zh=(
            "p 为各地区在该指标总和中的份额，n 为地区数，熵 e = −Σ p·ln p / ln n；"
            "权重与 1 − e 成正比。份额按原值计算，采用极差标准化时按标准化后的值计算。"
            "无意义的离散也会得到大权重：请同时查看排名稳定性。"
        ),
        source="Shannon 1948; Hwang & Yoon 1981, Multiple Attribute Decision Making, chapter 3.",
    ),
    "equal": Definition(
        en="Every indicator weighs the same.",
        zh="各指标权重相同。",
        source="OECD & JRC 2008, Handbook on Constructing Composite Indicators, step 6.",
    ),
}


class EntropyNegativeError(InputError):
    """A value that can be no share."""

    code = "entropy_negative"
    en = "“{field}” has the negative value {value}: entropy needs shares; normalise by minmax."
    zh = "“{field}”有负值 {value}：熵值需要份额；请采用极差标准化（minmax）。"


class EntropyOfScoresError(InputError):
    """Entropy of z scores, half of which are negative."""

    code = "entropy_of_z"
    en = "Scores of z have no shares and no entropy: use equal weights, or another normalisation."
    zh = "z 分数没有份额，无法计算熵：请采用等权，或更换标准化方法。"


def entropies(table: Indicators, method: Method) -> Floats:
    """The entropy of each indicator, 0–1, over complete places. Raises ``EntropyNegativeError``,
    ``EntropyOfScoresError``."""
    if method == "z":
        raise EntropyOfScoresError
    x = normalised(table, "minmax") if method == "minmax" else table.values
    negative = np.argwhere(x < 0)
    if len(negative):
        i, j = negative[0].tolist()
        raise EntropyNegativeError(field=table.names[j], value=f"{x[i, j]:g}")
    share = x / x.sum(axis=0)
    logs = np.log(share, out=np.zeros_like(share), where=share > 0)
    found: Floats = -(share * logs).sum(axis=0) / np.log(len(x))
    return found


def weights(table: Indicators, method: Method, weighting: Weighting) -> Floats:
    """The weights of the indicators, which sum to 1; complete places, none constant."""
    if weighting == "equal":
        return np.full(len(table.names), 1 / len(table.names))
    divergence = 1 - entropies(table, method)
    found: Floats = divergence / divergence.sum()
    return found
