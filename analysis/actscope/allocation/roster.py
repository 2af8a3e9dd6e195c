"""Shifts of people: everybody where their skill is needed, rested, led, and no one overburdened."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import Any

from actscope.allocation.lines import Source
from actscope.allocation.rostering import LEAD, Answer, Rules, least_shortage, least_spread
from actscope.allocation.shifts import Person, Shift, read_people, read_shifts
from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result

DEFINITION = Definition(
    en=(
        "Every shift has the people with the skills it asks for, each in one role, and one leader "
        "for at least 3 and at most 7 of them (one leader is never too many); between two shifts "
        "of a person lies the rest; spread = greatest − least number of shifts over all who could "
        "work, as small as can be."
    ),
    zh=(
        "每个班次配足所需技能的人员，每人一个岗位，每名带队人管理 3 至 7 人（仅一名带队人时不受"
        "下限约束）；同一人两班之间保证休息；负荷差＝可上班人员中最多与最少班次之差，尽量小。"
    ),
    source=(
        "Span of control 3–7: Incident Command System (FEMA, NIMS 2017). Rostering as a constraint "
        "program: Ernst et al. 2004, European Journal of Operational Research 153:3."
    ),
)

NAMED = 5
"""How many empty places a refusal names."""


class RosterShortError(InputError):
    """No roster fills every place."""

    code = "roster_short"
    en = (
        "{missing} places stay empty whatever is done: {places}. Empty places without one of the "
        "rules – {rules}."
    )
    zh = "无论如何都有 {missing} 个岗位空缺：{places}。放宽单项规则后的空缺数：{rules}。"


class RosterNotFoundError(InputError):
    """The search ended without an answer."""

    code = "roster_not_found"
    en = "No roster was found within the effort of {value}; allow more."
    zh = "在 {value} 的搜索量内未找到排班；请增加搜索量。"


class RuleOutOfRangeError(InputError):
    """A rule that cannot be kept by anybody."""

    code = "rule_out_of_range"
    en = "“{field}” is {value}; allowed: {allowed}."
    zh = "“{field}”为 {value}；允许：{allowed}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster(Result):
    """``n`` places to be filled, of which ``missing`` stay empty (named in ``short``).

    ``assignments``: ``{shift, start, end, person, skill}``, the skill of a leader being ``lead``.
    ``load``: ``{person, shifts, hours}`` of all. ``spread``: greatest less least number of shifts
    over those who could work at all; ``bound``: no roster has less. ``proven``: the spread meets
    its bound, and every rule, checked anew, is kept.
    """

    definition: Definition
    n: int
    missing: int
    spread: int | None
    bound: int | None
    proven: bool
    assignments: tuple[dict[str, Any], ...]
    load: tuple[dict[str, Any], ...]
    short: tuple[dict[str, Any], ...]


def roster(
    people: Source,
    shifts: Source,
    *,
    rest_hours: float = 11.0,
    max_shifts: int | None = None,
    span: tuple[int, int] | None = (3, 7),
    allow_short: bool = False,
    seed: int = 1,
    effort: float = 30.0,
    zone: str | None = None,
) -> Roster:
    """A roster that fills every place with the least spread of load.

    ``people``: ``id,skills[,leads][,max_shifts]``; ``shifts``: ``id,start,end,skill,number``.
    ``span`` counts where the table of people has ``leads``. ``effort``: the search stops after
    about so many seconds of a common machine, counted in steps so that an answer repeats; the gap
    is then stated. ``allow_short``: give the roster with the fewest empty places instead of a
    refusal. Raises ``RosterShortError``, which names the empty places and each rule without which
    they could be filled, and the refusals of ``shifts``.
    """
    _refuse_rules(rest_hours, max_shifts, span, effort)
    staff, anybody_leads = read_people(people, most=max_shifts)
    plan = read_shifts(shifts, zone=zone)
    rules = Rules(timedelta(hours=rest_hours), span if anybody_leads else None)
    answer = least_spread(staff, plan, rules, seed=seed, effort=effort)
    if answer is not None:
        return _roster(staff, plan, rules, answer, spread_proven=answer.value == answer.bound)
    shortest = least_shortage(staff, plan, rules, seed=seed, effort=effort)
    if shortest is None or not shortest.short:
        raise RosterNotFoundError(value=effort)
    if not allow_short:
        raise _short(staff, plan, rules, shortest, seed, effort)
    return _roster(staff, plan, rules, shortest, spread_proven=False)


def _refuse_rules(
    rest: float, most: int | None, span: tuple[int, int] | None, effort: float
) -> None:
    for field, value, good, allowed in (
        ("rest", rest, 0 <= rest <= 168, "0–168"),
        ("max_shifts", most, most is None or most >= 0, "≥ 0"),
        ("span", span, span is None or 1 <= span[0] <= span[1], "1 ≤ a ≤ b"),
        ("effort", effort, 0 < effort <= 3600, "> 0, ≤ 3600"),
    ):
        if not good:
            raise RuleOutOfRangeError(field=field, value=value, allowed=allowed)


def _short(
    people: Sequence[Person],
    shifts: Sequence[Shift],
    rules: Rules,
    answer: Answer,
    seed: int,
    effort: float,
) -> RosterShortError:
    """The refusal, with what each rule costs."""
    places = [f"{shift}: {number} × {skill}" for shift, skill, number in answer.short]
    named = ", ".join(places[:NAMED]) + (", …" if len(places) > NAMED else "")
    eased = {
        name: least_shortage(people, shifts, fewer, seed=seed, effort=effort)
        for name, fewer in rules.without().items()
    }
    told = ", ".join(f"{name}: {found.value}" for name, found in eased.items() if found)
    return RosterShortError(missing=answer.value, places=named, rules=told)


def _roster(
    people: Sequence[Person],
    shifts: Sequence[Shift],
    rules: Rules,
    answer: Answer,
    *,
    spread_proven: bool,
) -> Roster:
    by_id = {shift.id: shift for shift in shifts}
    rows = sorted(answer.assigned, key=lambda one: (by_id[one[0]].start, one))
    number = Counter(person for _, person, _ in answer.assigned)
    hours = {
        person.id: sum(by_id[s].hours for s, who, _ in answer.assigned if who == person.id)
        for person in people
    }
    able = [number[person.id] for person in people if _able(person, shifts, rules)]
    complete = not answer.short
    return Roster(
        definition=DEFINITION,
        n=sum(shift.members + rules.leaders(shift)[0] for shift in shifts),
        missing=sum(missing for *_, missing in answer.short),
        spread=max(able) - min(able) if able else None,
        bound=answer.bound if complete else None,
        proven=spread_proven and keeps(people, shifts, rules, answer),
        assignments=tuple(
            {
                "shift": shift,
                "start": by_id[shift].start,
                "end": by_id[shift].end,
                "person": person,
                "skill": skill,
            }
            for shift, person, skill in rows
        ),
        load=tuple(
            {"person": p.id, "shifts": number[p.id], "hours": float(hours[p.id])} for p in people
        ),
        short=tuple(
            {"shift": shift, "skill": skill, "number": missing}
            for shift, skill, missing in answer.short
        ),
    )


def _able(person: Person, shifts: Sequence[Shift], rules: Rules) -> bool:
    """Whether any place would suit the person."""
    return any(
        (person.leads and rules.leaders(shift)[1] > 0)
        or any(skill in person.skills for skill, _ in shift.needs)
        for shift in shifts
    )


def keeps(people: Sequence[Person], shifts: Sequence[Shift], rules: Rules, answer: Answer) -> bool:
    """Whether the assignments keep every rule, told from them alone."""
    by_id, who = {shift.id: shift for shift in shifts}, {person.id: person for person in people}
    of_person: dict[str, list[Shift]] = {}
    filled: Counter[tuple[str, str]] = Counter()
    for shift, person, skill in answer.assigned:
        of_person.setdefault(person, []).append(by_id[shift])
        filled[shift, skill] += 1
        if not (who[person].leads if skill == LEAD else skill in who[person].skills):
            return False
    for person, own in of_person.items():
        most = who[person].most
        if rules.limits and most is not None and len(own) > most:
            return False
        if any(one.too_near(two, rules.rest) for one, two in combinations(own, 2)):
            return False
    for place in shifts:
        fewest, most_leaders = rules.leaders(place)
        if not fewest <= filled[place.id, LEAD] <= most_leaders:
            return False
        if any(filled[place.id, skill] != number for skill, number in place.needs):
            return False
    return True
