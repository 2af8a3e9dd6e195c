"""The files of the scenario fit together, and say what was published."""

from datetime import timedelta
from itertools import pairwise

from tongzhou.demo import scenario
from tongzhou.demo.cast import MEMBERS, PLACES
from tongzhou.demo.season import moment
from tongzhou.places.models import Level

ROWS = scenario.load()


def test_the_cities_have_the_population_of_the_census() -> None:
    ours = [row.population for row in ROWS.areas.values() if row.level == Level.CITY]
    of_cast = [place.population for place in PLACES if place.level == Level.CITY]

    assert len(ours) == 11
    assert sum(filter(None, [*ours, *of_cast])) == 64_567_588


def test_the_province_has_ninety_counties_and_districts() -> None:
    codes = {code for code, row in ROWS.areas.items() if row.level == Level.DISTRICT}

    assert len(codes) == 90
    assert all(len(code) == 6 and code.startswith("33") for code in codes)


def test_every_area_stands_inside_its_parent() -> None:
    for row in ROWS.areas.values():
        assert not row.parent or row.code.startswith(row.parent)


def test_there_are_between_sixty_and_a_hundred_and_twenty_units() -> None:
    assert 60 <= len(ROWS.units) <= 120
    assert {row.sector for row in ROWS.units.values()} >= {
        "government", "cdc", "hospital", "community", "property_firm", "social_organisation",
        "volunteer_team", "enterprise", "media", "residents_group",
    }  # fmt: skip


def test_somebody_speaks_for_every_unit() -> None:
    for row in ROWS.units.values():
        assert row.people, row.code
        assert row.spokesperson().unit == row.code


def test_every_name_to_sign_in_with_is_given_once() -> None:
    names = [p.username for row in ROWS.units.values() for p in row.people if not p.cast]
    names += [member.username for member in MEMBERS]

    assert len(names) == len(set(names))


def test_the_outsider_is_asked_for_nothing() -> None:
    assert ROWS.units["wz-trade"].kind == ""


def test_the_response_levels_have_the_published_dates() -> None:
    grades = [(grade["at"][:5], grade["grade"]) for grade in ROWS.incident["grades"]]

    assert grades == [("01-23", "I"), ("03-02", "II"), ("03-23", "III")]


def test_the_published_totals_never_fall() -> None:
    figures = list(ROWS.counts["totals"].values())

    assert len(figures) == 68
    assert figures[0] == [10, 0, 0]
    assert figures[-1] == [1255, 1225, 1]
    for before, after in pairwise(figures):
        assert all(a <= b for a, b in zip(before, after, strict=True))


def test_every_measure_is_lifted_while_it_is_in_force() -> None:
    for row in ROWS.incident["measures"]:
        starts, ends = moment(row["at"]), moment(row["lifted"])
        assert starts < ends < starts + timedelta(days=row["days"]), row["key"]


def test_what_decides_or_acts_is_a_unit_of_the_scenario() -> None:
    named = {row[1] for row in ROWS.incident["decisions"]}
    named |= {row["by"] for row in ROWS.incident["measures"]}
    for group in ROWS.incident["groups"]:
        named |= {group["chair"], *group["members"]}
    for signal in ROWS.signals["signals"]:
        named |= {row[0] for row in signal["assess"]}

    assert named <= set(ROWS.units)
