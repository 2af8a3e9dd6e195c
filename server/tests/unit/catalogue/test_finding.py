"""Items are found by any spelling of any of their names."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from unit.catalogue.catalogue_names import GETUSPPE, WUHAN

from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.actions.lay_out_catalogue import Laid

pytestmark = pytest.mark.usefixtures("laid")


@pytest.mark.parametrize(
    "text",
    ["N95", "Ｎ９５", "n-95", " n 95 ", "医用防护口罩 | N95口罩", "mask-n95", "N95 respirators"],
)
def test_a_respirator_is_found_by_any_spelling(text: str) -> None:
    found = catalogue.find(text)

    assert found.item is not None
    assert found.item.code == "mask-n95"


def test_the_names_of_both_public_tables_of_needs_are_all_known() -> None:
    found = catalogue.items_by_name([*WUHAN, *GETUSPPE])

    assert {name: item.code for name, item in found.items()} == {**WUHAN, **GETUSPPE}


def test_a_part_of_a_name_offers_those_that_hold_it() -> None:
    found = catalogue.find("防护")

    assert found.item is None
    assert {"coverall", "mask-n95", "goggles"} <= {item.code for item in found.candidates}


def test_a_text_that_holds_a_name_offers_its_item() -> None:
    found = catalogue.find("急需一次性丁腈手套500双")

    assert found.candidates[0].code in {"gloves-nitrile", "gloves-latex"}


@pytest.mark.parametrize("text", ["", "   ", "|", "¿?", "\x00", "x" * 10_000])
def test_what_is_no_name_finds_nothing(text: str) -> None:
    assert catalogue.find(text).item is None


def test_many_names_cost_one_query(laid: Laid) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        catalogue.items_by_name(["N95"])
    with CaptureQueriesContext(connection) as many:
        catalogue.items_by_name([*WUHAN, *GETUSPPE])

    assert len(many) == len(few) == 1
