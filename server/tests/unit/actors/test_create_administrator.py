from datetime import UTC, datetime

import pytest

from tongzhou.actors.actions.create_administrator import (
    AreaToChoose,
    UnitToChoose,
    create_administrator,
)
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.passwords import PasswordWeak
from tongzhou.actors.usernames import UsernameTaken
from tongzhou.demo.cast import Cast
from tongzhou.places.actions.create_area import create_area
from tongzhou.places.models import Area

AT = datetime(2020, 1, 23, 8, tzinfo=UTC)
PASSWORD = "kettle orange bridge"


def root(code: str) -> Area:
    return create_area(code=code, name_zh=code, level="province", by=None, at=AT)


@pytest.mark.django_db
def test_an_empty_installation_gets_an_area_and_a_unit() -> None:
    post = create_administrator(username="first", password=PASSWORD, at=AT)

    assert (post.role, post.person.name_en) == ("administrator", "first")
    assert post.unit.code == "administration"
    assert post.answers_for(Area.objects.get())


@pytest.mark.django_db
def test_an_imported_province_is_taken_as_the_area() -> None:
    area = root("33")

    post = create_administrator(username="first", password=PASSWORD, at=AT)

    assert (post.unit.area, post.unit.level) == (area, "province")


def test_the_topmost_unit_is_taken_where_there_is_one(cast: Cast) -> None:
    post = create_administrator(username="second", password=PASSWORD, at=AT)

    assert post.unit == cast.units["zj-command"]


@pytest.mark.django_db
def test_several_areas_are_not_guessed_between() -> None:
    root("33")
    wuhan = root("42")

    with pytest.raises(AreaToChoose) as told:
        create_administrator(username="first", password=PASSWORD, at=AT)

    assert "33, 42" in str(told.value)
    assert Post.objects.count() == 0
    assert create_administrator(username="first", password=PASSWORD, area=wuhan, at=AT).answers_for(
        wuhan
    )


@pytest.mark.django_db
def test_each_area_has_its_own_administration() -> None:
    first = create_administrator(username="a1", password=PASSWORD, area=root("33"), at=AT)
    second = create_administrator(username="a2", password=PASSWORD, area=root("42"), at=AT)

    assert (first.unit.code, second.unit.code) == ("administration", "administration-2")
    with pytest.raises(UnitToChoose):
        create_administrator(username="a3", password=PASSWORD, at=AT)


def test_a_weak_password_or_a_taken_name_makes_nothing(cast: Cast) -> None:
    units = Unit.objects.count()

    with pytest.raises(PasswordWeak):
        create_administrator(username="second", password="short", at=AT)
    with pytest.raises(UsernameTaken):
        create_administrator(username="an", password=PASSWORD, at=AT)

    assert Unit.objects.count() == units
