"""What is wrong with a set of duties: the pure function on a few rows."""

from tongzhou.mandates import cells
from tongzhou.mandates.checks import Held, Owed, ProblemKind, counts, find
from tongzhou.mandates.parts import Part

D, E = "duty", "other duty"
CITY, DISTRICT = "city", "district"
PATHS = {CITY: "33/3301/", DISTRICT: "33/3301/330106/"}
HEALTH, POLICE, IDLE = "health", "police", "idle"
RESPOND = cells.cells(["respond"])


def held(
    unit: str,
    part: Part = Part.ACCOUNTABLE,
    *,
    area: str = CITY,
    covered: int = cells.EVERY,
    means: frozenset[str] = frozenset(),
) -> Held:
    return Held(f"{unit}-{part}-{area}", D, unit, area, PATHS[area], part, covered, means)


def kinds(*charges: Held, needs: frozenset[str] = frozenset(), within: int = cells.EVERY) -> list:
    found = find([Owed(D, needs)], charges, [HEALTH], within=within)
    return [(p.kind, p.unit) for p in found if p.kind != ProblemKind.IDLE]


def test_a_duty_that_nobody_answers_for() -> None:
    assert kinds() == [(ProblemKind.NOBODY, None)]
    assert kinds(held(POLICE, Part.RESPONSIBLE)) == [(ProblemKind.NOBODY, None)]
    assert kinds(held(HEALTH)) == []


def test_cells_where_others_take_part_but_nobody_answers() -> None:
    some = held(HEALTH, covered=RESPOND)
    others = held(POLICE, Part.RESPONSIBLE)

    found = find([Owed(D)], [some, others], [], within=cells.EVERY)

    assert [(p.kind, p.area, p.cells) for p in found] == [
        (ProblemKind.NOBODY, CITY, cells.EVERY & ~RESPOND)
    ]
    assert kinds(some, others, within=RESPOND) == []


def test_whoever_answers_for_the_city_answers_inside_it() -> None:
    below = held(POLICE, Part.RESPONSIBLE, area=DISTRICT)

    assert kinds(held(HEALTH), below) == []
    assert kinds(held(HEALTH, area=DISTRICT), held(POLICE, Part.RESPONSIBLE)) == [
        (ProblemKind.NOBODY, None)
    ]


def test_two_who_answer_for_one_cell() -> None:
    assert kinds(held(HEALTH), held(POLICE, covered=RESPOND)) == [(ProblemKind.TWO, HEALTH)]
    assert kinds(held(HEALTH, covered=cells.EVERY & ~RESPOND), held(POLICE, covered=RESPOND)) == []
    assert kinds(held(HEALTH), held(POLICE, area=DISTRICT)) == []


def test_who_does_the_work_without_its_means() -> None:
    needs = frozenset({"power", "people"})
    rich = held(HEALTH, means=needs)
    poor = held(POLICE, Part.RESPONSIBLE, means=frozenset({"people"}))
    asked = held(POLICE, Part.CONSULTED)

    found = find([Owed(D, needs)], [rich, poor, asked], [])

    assert [(p.kind, p.unit, p.missing) for p in found] == [(ProblemKind.MEANS, POLICE, ("power",))]


def test_units_without_any_duty_and_counts_of_every_kind() -> None:
    found = find([Owed(D), Owed(E)], [held(HEALTH)], [HEALTH, IDLE])

    assert [p.unit for p in found if p.kind == ProblemKind.IDLE] == [IDLE]
    assert counts(found) == {"nobody": 1, "two": 0, "means": 0, "idle": 1}
