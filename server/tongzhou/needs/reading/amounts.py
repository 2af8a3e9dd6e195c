"""Amounts in running text: digits and Chinese numerals, ten thousands, ranges, packs."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_DIGITS: Final = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
                  "八": 8, "九": 9}  # fmt: skip
_TENS: Final = {"十": 10, "百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000}
#: What things are counted in, as it is typed.
UNITS: Final = (
    "个|只|件|套|双|副|付|顶|瓶|桶|箱|盒|包|袋|支|台|辆|张|块|片|条|升|毫升|公斤|千克|吨|人|名|份|床|"
    "pieces|piece|pcs|boxes|box|pairs|pair|packs|pack|bottles|bottle|cases|case|litres|liters|kg"
)
_NUMBER: Final = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|[零一二两三四五六七八九十百千]+"
_SCALE: Final = r"(?:万|千|百|k(?![a-z])|w(?![a-z]))?"
AMOUNT: Final = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<low_scale>{_SCALE})"
    rf"(?:\s*(?:-|~|–|—|至|到)\s*(?P<high>{_NUMBER})\s*(?P<high_scale>{_SCALE}))?"
    rf"\s*(?P<unit>{UNITS})?(?:(?<=[\u4e00-\u9fff])|(?![a-z0-9%]))"
)
#: Says that any amount is welcome: the amount is not known.
OPEN_ENDED: Final = re.compile(
    r"越多越好|能给多少给多少|尽可能的?多|数量不限|多多益善|大量|as many as possible"
)
# Numbers that are no amounts: standards, models, dates, times, numbering, and how far and how long.
_NO_AMOUNT: Final = (
    r"(?:gb|yy)\s*/?\s*t?\s*-?\s*\d{3,5}(?:\.\d+)?(?:\s*-\s*\d{4})?",
    r"3m\s*\d{4}(?:\s*/\s*\d{4})*",
    r"\d{4}/\d{4}(?:/\d{4})*",
    r"\d{1,2}月\d{1,2}日?(?:[上下]午)?(?:\s*\d{1,2}[:：点]\s*\d{0,2})?",
    r"\d{1,2}日\s*\d{1,2}[:：]\s*\d{2}",
    r"\d{1,2}[:：]\d{2}",
    r"\d{1,2}点",
    r"(?:^|(?<=[\s。;；)]))\d{1,2}[.、](?=\s*[^\d\s])",
    r"\*\s*\d+\s*(?:ml|毫升|l|g)",
    r"(?:一|两|三|二|\d+)(?:天|周|单)",
    r"一(?:次|般)",
    r"第[一二三四五六七八九十]+",
    r"(?:75|95)\s*%?\s*(?=的?酒精)",
    r"84\s*(?=消毒)",
    r"(?<![\d])\d{7,}(?![\d万千百]|\s*(?:个|只|件|套))",
)
NO_AMOUNT: Final = re.compile("|".join(_NO_AMOUNT))


@dataclass(frozen=True)
class Amount:
    """A quantity that stands in a text from ``start`` to ``end``; ``most`` of a range."""

    start: int
    end: int
    quantity: Decimal
    most: Decimal | None
    unit: str


def amounts(text: str) -> list[Amount]:
    """All amounts of a folded text, from the left."""
    hidden = NO_AMOUNT.sub(lambda found: "\x00" * len(found[0]), text)
    found = []
    for match in AMOUNT.finditer(hidden):
        low = _value(match["low"], match["low_scale"] or (match["high_scale"] or ""))
        if match["low_scale"]:
            low = _value(match["low"], match["low_scale"])
        high = _value(match["high"], match["high_scale"]) if match["high"] else None
        if low is None or not low:
            continue
        found.append(Amount(match.start(), match.end(), low, high, match["unit"] or ""))
    return found


def _value(digits: str, scale: str) -> Decimal | None:
    number = _spelled(digits) if digits[0] in _DIGITS or digits[0] in _TENS else None
    if number is None:
        if not digits.replace(",", "").replace(".", "", 1).isdigit():
            return None
        number = Decimal(digits.replace(",", ""))
    return number * _TENS.get(scale, 1)


def _spelled(digits: str) -> Decimal | None:
    """Chinese numerals up to 9,999; None for what is none."""
    total, last = 0, 0
    for sign in digits:
        if sign in _DIGITS:
            last = _DIGITS[sign]
        elif sign in _TENS:
            total += (last or 1) * _TENS[sign]
            last = 0
        else:
            return None
    return Decimal(total + last)
