"""Reading calls for help: marked by hand on statements of 25 January 2020 (ids and things alone;
the texts are public data beside the repository)."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from tongzhou.needs.reading import read_call
from tongzhou.needs.reading.amounts import amounts
from tongzhou.needs.reading.lexicon import (
    ALCOHOL as ALC,
)
from tongzhou.needs.reading.lexicon import (
    BLEACH as B84,
)
from tongzhou.needs.reading.lexicon import (
    BOOT_COVER as BCV,
)
from tongzhou.needs.reading.lexicon import (
    BOOTS as BTS,
)
from tongzhou.needs.reading.lexicon import (
    CAP,
    GOWN,
    MASK,
    N95,
    SHEET,
)
from tongzhou.needs.reading.lexicon import (
    COVERALL as COV,
)
from tongzhou.needs.reading.lexicon import (
    GLOVES as GLO,
)
from tongzhou.needs.reading.lexicon import (
    GOGGLES as GOG,
)
from tongzhou.needs.reading.lexicon import (
    HAND_RUB as RUB,
)
from tongzhou.needs.reading.lexicon import (
    ISOLATION_GOWN as ISO,
)
from tongzhou.needs.reading.lexicon import (
    PERACETIC as PER,
)
from tongzhou.needs.reading.lexicon import (
    SHIELD as SHI,
)
from tongzhou.needs.reading.lexicon import (
    SHOE_COVER as SCV,
)
from tongzhou.needs.reading.lexicon import (
    SURGICAL as SUR,
)
from tongzhou.needs.reading.lexicon import (
    THERMOMETER as THE,
)
from tongzhou.needs.reading.lexicon import (
    UV_CART as UVC,
)

#: What a reader finds in progress and item statement together: asked for, not what is in stock.
#: "other" is a thing without a word of its own here (medicines, tablets, hydrogen peroxide).
GOLD = {
    "S002": {COV, N95, SUR, GOG, GOWN, SHI},
    "S004": {COV, ISO, SUR, PER, N95, MASK, CAP, GOWN, GOG, SHI, GLO},
    "S005": {COV, N95, SHI, GOG, SUR, GOWN, CAP, GLO},
    "S006": {COV, GOG, N95, SUR, GOWN, SHI, CAP},
    "S008": {GOG, SHI, SUR, N95, MASK, CAP, COV, GOWN},
    "S009": {ALC, GOG, N95, COV},
    "S013": {MASK, COV, SHI, ISO, THE},
    "S015": {COV, N95, SHI, SUR, GOG, GOWN, CAP, SCV},
    "S017": {COV, N95, SUR, GOG, MASK, CAP, GOWN, ALC, RUB, B84, GLO, PER, SCV, BTS, SHI},
    "S019": {COV, N95, SHI, SUR, GOG, GOWN, CAP, GLO},
    "S020": {GOG, N95, ISO, SUR, COV},
    "S024": {N95, SUR, MASK, SHI, COV, GOG, CAP, GOWN, ALC, B84, "other"},
    "S033": {MASK, COV, GOG, SCV, N95, SUR, GLO, CAP, SHI},
    "S034": {N95, COV, SUR, SCV, GLO, GOG, SHI, CAP, UVC, THE},
    "S036": {SHI, COV, SCV, N95, SUR, GOG, B84, SHEET, MASK, CAP, GOWN, GLO},
    "S037": {N95, GOWN, SUR, COV, GOG, SCV, SHI, CAP, RUB, UVC},
    "S038": {N95, SUR, GOG, COV, SHI, B84, SHEET, MASK, CAP, GOWN, GLO, "other"},
    "S040": {N95, SUR, MASK, COV, SHI, GOG, ALC, B84, RUB},
    "S041": {N95, GOG, COV, GLO, SCV, SUR, CAP, GOWN, SHI},
    "S050": {N95, SUR, MASK, CAP, COV, GOWN, GOG, GLO, RUB, "other"},
    "S051": {SUR, N95, COV, GOG, MASK, GOWN, SHI, CAP},
    "S057": {N95, GOG, COV, CAP, SHI, SCV},
    "S066": {N95, SUR, MASK, GOWN, ALC, RUB, B84, THE},
    "S067": {N95, GOG, SUR, MASK, BTS, COV, GOWN, SHI, ISO},
    "S075": {N95, SUR, RUB, COV, GLO, GOG},
    "S082": {N95, COV, SHI, GOG},
    "S086": {N95, COV, GOG, GLO},
    "S097": {N95, COV, SUR, GOWN},
    "S103": {N95, GOG, SUR, COV, ISO, SHI, B84, MASK},
    "S003": {N95, COV, GOG, GLO, BTS, SCV, SUR, BCV, CAP},
}
AMOUNTS = {
    "S002": {COV: 10_000, N95: 20_000, SUR: 50_000},
    "S005": {COV: 10_000, N95: 4_000, SHI: 5_000, GOG: 300},
    "S006": {COV: 1000, GOG: 1000, N95: 5000},
    "S008": {GOG: 500, SHI: 1000, SUR: 20_000, N95: 2000},
    "S009": {ALC: 1000, GOG: 3000, N95: 10_000, COV: 1000},
    "S019": {COV: 5000, N95: 5000, SHI: 1000},
    "S034": {N95: 500, COV: 300},
    "S036": {SHI: 500, COV: 500, SCV: 500},
    "S040": {N95: 30_000, SUR: 30_000, MASK: 50_000, COV: 10_000, SHI: 1000, GOG: 1000,
             ALC: 10_000, B84: 10_000, RUB: 10_000},
    "S041": {N95: 1000, GOG: 100},
    "S097": {N95: 50_000, COV: 20_000, SUR: 200_000, GOWN: 50_000},
    "S103": {N95: 100_000, GOG: 1000, SUR: 200_000, COV: 10_000, ISO: 10_000, SHI: 1000,
             B84: 1000, MASK: 1000},
}  # fmt: skip


@pytest.fixture(scope="module")
def statements(shared_data: Path) -> dict[str, str]:
    """All 116, progress and items together."""
    path = shared_data / "supplies" / "wuhan2020" / "need_statements_2020-01-25.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            row["statement_id"]: f"{row['progress_statement']}\n{row['items_statement']}"
            for row in csv.DictReader(file)
        }


def test_items_of_marked_statements_are_found(statements: dict[str, str]) -> None:
    right = proposed = marked = 0
    for id_, wanted in GOLD.items():
        found = {one.name for one in read_call(statements[id_]).mentions}
        right += len(found & wanted)
        proposed += len(found)
        marked += len(wanted)

    precision, recall = right / proposed, right / marked
    assert (precision >= 0.97, recall >= 0.97) == (True, True), (precision, recall)


def test_amounts_of_marked_statements_are_found(statements: dict[str, str]) -> None:
    for id_, wanted in AMOUNTS.items():
        found = {m.name: m.quantity for m in read_call(statements[id_]).mentions if m.quantity}

        assert found == {name: Decimal(n) for name, n in wanted.items()}, id_


def test_every_statement_gives_something_and_says_where(statements: dict[str, str]) -> None:
    assert len(statements) == 116
    for id_, text in statements.items():
        mentions = read_call(text).mentions

        assert mentions, id_
        for one in mentions:
            assert text[one.start : one.end] == one.said, id_
            assert 0 < one.sure <= 1


@pytest.mark.parametrize(
    ("text", "quantity", "most"),
    [("口罩5万只", 50_000, None), ("一万", 10_000, None), ("1,200 boxes", 1200, None),
     ("100-200个", 100, 200), ("1.5万", 15_000, None), ("两千", 2000, None)],
)  # fmt: skip
def test_amounts(text: str, quantity: int, most: int | None) -> None:
    (found,) = amounts(text)

    assert (found.quantity, found.most) == (quantity, most)


@pytest.mark.parametrize(
    "text",
    ["GB 19083-2010", "YY/T 0969-2013", "25日13:34", "1月25日下午5点", "3M 1860/1870", "75%酒精",
     "84消毒液", "13800001234"],
)  # fmt: skip
def test_what_is_no_amount(text: str) -> None:
    assert amounts(text.lower()) == []


def test_a_list_counted_up_by_a_spreadsheet_is_doubted() -> None:
    (first, *_rest) = read_call("N108/护目镜/外科口罩").mentions

    assert (first.name, first.doubts[0]) == (N95, "counted-up")
    assert first.sure < 0.9


def test_what_is_in_stock_is_not_asked_for() -> None:
    found = read_call("库存：护目镜8个、防护服370。需要：N95口罩1万").mentions

    assert [(one.name, one.quantity) for one in found] == [(N95, 10_000)]


@pytest.mark.parametrize("text", ["", "\x00", "🙂" * 50, "N95" * 7000, "<b>口罩</b>", "一" * 9000])
def test_nothing_makes_it_stumble(text: str) -> None:
    read_call(text)
