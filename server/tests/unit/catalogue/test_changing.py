"""The catalogue is changed by authorities: each act happens, is refused by name, leaves nothing
behind when it fails; a name belongs to one item."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from conftest import Acting
from unit.rows import rows

from tongzhou.actors.models import Post
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.actions.declare_item import (
    ItemChoiceUnknown,
    ItemCodeMalformed,
    ItemCodeTaken,
    declare_item,
)
from tongzhou.catalogue.actions.lay_out_catalogue import Laid, lay_out_catalogue
from tongzhou.catalogue.actions.name_item import name_item, rename_item
from tongzhou.catalogue.actions.register_resource import (
    LabelTaken,
    LicencePast,
    NotAResource,
    ResourceEnded,
    ResourceUnfit,
    end_resource,
    register_resource,
)
from tongzhou.catalogue.actions.relate_equivalents import (
    EquivalentOfAnotherSort,
    EquivalentOfItself,
    part_equivalents,
    relate_equivalents,
)
from tongzhou.catalogue.actions.retire_item import retire_item
from tongzhou.catalogue.actions.writing import ItemRetired, NameMalformed, NameTaken
from tongzhou.catalogue.models import Equivalent, Item, ItemName, KitLine, Pack, Resource
from tongzhou.catalogue.queries import listing
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound, NothingChanged

TABLES = (Item, ItemName, Pack, Equivalent, KitLine, Resource)


def item(code: str) -> Item:
    return Item.objects.get(code=code)


def new(by: Post, **given: Any) -> Item:
    said = {"code": "sandbag", "name_zh": "沙袋", "name_en": "Sandbag", **given}
    return declare_item(**said, by=by, at=by.starts_at)


ACTS: dict[str, Callable[[Post], object]] = {
    "declare": new,
    "name": lambda by: name_item(item=item("mask-n95"), names=["九五"], by=by, at=by.starts_at),
    "rename": lambda by: rename_item(
        item=item("mask-n95"), name_en="Ninety-five", by=by, at=by.starts_at
    ),
    "retire": lambda by: retire_item(item=item("rice"), reason="r", by=by, at=by.starts_at),
    "relate": lambda by: relate_equivalents(
        item=item("rice"), other=item("instant-meal"), condition_zh="急", by=by, at=by.starts_at
    ),
    "part": lambda by: part_equivalents(
        item=item("mask-n95"), other=item("mask-kn95"), by=by, at=by.starts_at
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_an_authority_changes_the_catalogue(laid: Laid, cast: Cast, act: str) -> None:
    before = rows(TABLES)

    ACTS[act](cast.tang)

    assert rows(TABLES) != before


@pytest.mark.parametrize("act", ACTS)
def test_others_do_not(laid: Laid, cast: Cast, act: str) -> None:
    before = rows(TABLES)

    for by in (cast.ruan, cast.ou, cast.mei):
        with pytest.raises(NotAllowed):
            ACTS[act](by)

    assert rows(TABLES) == before


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_changed_that_cannot_be_written_down(
    laid: Laid, cast: Cast, broken_ledger: Acting, act: str
) -> None:
    before = rows(TABLES)

    with broken_ledger():
        ACTS[act](cast.tang)

    assert rows(TABLES) == before


def test_laying_out_twice_changes_nothing(laid: Laid, cast: Cast) -> None:
    before = rows(TABLES)

    again = lay_out_catalogue(by=cast.shen, at=cast.at + timedelta(days=1))

    assert (again.new, again.names, again.taken, again.missing) == ([], 0, [], [])
    assert rows(TABLES) == before
    assert len(laid.new) > 100


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"code": "Sand Bag"}, ItemCodeMalformed),
        ({"code": "mask-n95"}, ItemCodeTaken),
        ({"measure": "bushel"}, ItemChoiceUnknown),
        ({"names": ["Ｎ－９５"]}, NameTaken),
        ({"names": ["!!!"]}, NameMalformed),
        ({"names": ["x" * 121]}, NameMalformed),
    ],
)
def test_an_item_that_does_not_fit_is_refused_whole(
    laid: Laid, cast: Cast, given: dict[str, Any], refusal: type[Exception]
) -> None:
    before = rows(TABLES)

    with pytest.raises(refusal):
        new(cast.tang, **given)

    assert rows(TABLES) == before


def test_old_names_go_on_finding_a_renamed_item(laid: Laid, cast: Cast) -> None:
    rename_item(item=item("mask-n95"), name_zh="九五口罩", by=cast.tang, at=cast.at)

    for name in ("九五口罩", "医用防护口罩（N95）"):
        found = catalogue.find(name).item
        assert found is not None
        assert found.code == "mask-n95"
    with pytest.raises(NothingChanged):
        rename_item(item=item("mask-n95"), name_zh="九五口罩", by=cast.tang, at=cast.at)


def test_a_retired_item_is_not_found_and_not_changed(laid: Laid, cast: Cast) -> None:
    retire_item(item=item("rice"), reason="r", by=cast.tang, at=cast.at)

    assert catalogue.find("大米").item is None
    assert catalogue.find("大米", retired=True).item is not None
    with pytest.raises(ItemRetired):
        name_item(item=item("rice"), names=["paddy"], by=cast.tang, at=cast.at)


def test_a_replacement_holds_one_way_and_follows_no_chain(laid: Laid, cast: Cast) -> None:
    n95, kn95, cloth = item("mask-n95"), item("mask-kn95"), item("mask-cloth")
    relate_equivalents(item=kn95, other=cloth, condition_en="c", condition_zh="", by=cast.tang,
                       at=cast.at)  # fmt: skip

    found = catalogue.stand_ins([n95.id, cloth.id])

    assert "mask-cloth" not in {row.other.code for row in found[n95.id]}
    assert cloth.id not in found
    with pytest.raises(EquivalentOfItself):
        relate_equivalents(item=n95, other=n95, condition_zh="x", by=cast.tang, at=cast.at)
    with pytest.raises(EquivalentOfAnotherSort):
        relate_equivalents(
            item=n95, other=item("nurse"), condition_zh="x", by=cast.tang, at=cast.at
        )


def test_people_are_registered_by_their_unit(laid: Laid, cast: Cast) -> None:
    def register(by: Post, **given: Any) -> Resource:
        said = {"item": item("team-medical"), "unit": cast.units["hz-hospital"], "label": "Team 2"}
        return register_resource(**said | given, by=by, at=cast.at)

    team = register(cast.ruan, people=12, skills=["ICU"], cost_per_day="18000", travel_km=300)

    assert [row.label for row in listing.resources(visible_to=cast.mei, q="医疗队")] == ["Team 2"]
    with pytest.raises(NotAllowed):
        register(cast.mei)
    for given, refusal in (
        ({}, LabelTaken),
        ({"item": item("rice")}, NotAResource),
        ({"people": 0}, ResourceUnfit),
        ({"travel_km": -1}, ResourceUnfit),
        ({"licence_until": date(2019, 1, 1)}, LicencePast),
    ):
        with pytest.raises(refusal):
            register(cast.ruan, **given)
    with pytest.raises(NotAllowed):
        end_resource(resource=team, by=cast.mei, at=cast.at)
    end_resource(resource=team, by=cast.ruan, at=cast.at)
    with pytest.raises(ResourceEnded):
        end_resource(resource=team, by=cast.ruan, at=cast.at)
    assert not listing.resources(visible_to=cast.mei)


def test_an_exercise_has_people_of_its_own(laid: Laid, cast: Cast) -> None:
    cast.ruan.exercise = True
    drilled = register_resource(
        item=item("nurse"), unit=cast.units["hz-hospital"], label="Drill", by=cast.ruan, at=cast.at
    )
    cast.ruan.exercise = False

    assert not listing.resources(visible_to=cast.ruan)
    with pytest.raises(NotFound):
        end_resource(resource=drilled, by=cast.ruan, at=cast.at)
