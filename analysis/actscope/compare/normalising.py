"""Indicators of different units on one scale, on which larger is better."""

from typing import Literal

import numpy as np

from actscope.compare.indicators import Indicators
from actscope.compare.sets import Floats
from actscope.definition import Definition
from actscope.errors import InputError

Method = Literal["vector", "minmax", "z", "none"]
METHODS: tuple[Method, ...] = ("vector", "minmax", "z", "none")

NORMALISATION: dict[Method, Definition] = {
    "vector": Definition(
        en="Each value over the root of the sum of squares of its indicator; costs turn negative.",
        zh="各值除以该指标平方和的平方根；成本型指标取负号。",
        source="Hwang & Yoon 1981, Multiple Attribute Decision Making, chapter 3.",
    ),
    "minmax": Definition(
        en="(x − min) / (max − min) of the indicator; one less that for costs.",
        zh="(x − 最小值) / (最大值 − 最小值)；成本型指标以 1 减之。",
        source="OECD & JRC 2008, Handbook on Constructing Composite Indicators, step 5.",
    ),
    "z": Definition(
        en="(x − mean) / standard deviation (n − 1) of the indicator; costs change sign.",
        zh="(x − 均值) / 标准差（分母 n − 1）；成本型指标变号。",
        source="OECD & JRC 2008, Handbook on Constructing Composite Indicators, step 5.",
    ),
    "none": Definition(
        en="The values as they are, which must lie in 0–1; one less the value for costs.",
        zh="直接使用 0–1 之间的原值；成本型指标以 1 减之。",
        source="Given by the user.",
    ),
}


class NotOnScaleError(InputError):
    """Values that were to be used as they are and are not on a common scale."""

    code = "value_off_scale"
    en = "{place}: “{field}” is {value}, outside 0–1; choose a normalisation."
    zh = "{place}：“{field}”为 {value}，不在 0–1 之间；请选择标准化方法。"


def normalised(table: Indicators, method: Method) -> Floats:
    """The values on one scale, larger is better: places without gaps, at least two, and no constant
    indicator. Raises ``NotOnScaleError``."""
    x = table.values
    cost = np.array(table.cost)
    scaled: Floats
    match method:
        case "vector":
            scaled = x / np.sqrt(np.sum(x**2, axis=0))
            scaled = np.where(cost, -scaled, scaled)
        case "z":
            scaled = (x - np.mean(x, axis=0)) / np.std(x, axis=0, ddof=1)
            scaled = np.where(cost, -scaled, scaled)
        case "minmax":
            scaled = (x - x.min(axis=0)) / np.ptp(x, axis=0)
            scaled = np.where(cost, 1 - scaled, scaled)
        case "none":
            outside = np.argwhere((x < 0) | (x > 1))
            if len(outside):
                i, j = outside[0].tolist()
                place = table.places[i]
                raise NotOnScaleError(place=place, field=table.names[j], value=f"{x[i, j]:g}")
            scaled = np.where(cost, 1 - x, x)
    return scaled
