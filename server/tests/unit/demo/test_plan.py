"""The plan is made from scenario and seed alone, tells what it is meant to tell, and each of
its steps is possible where it stands."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from statistics import median

import pytest

from tongzhou.demo import plan, scenario
from tongzhou.demo.performing import ACTS
from tongzhou.demo.public_data import PublicData
from tongzhou.demo.season import ZONE
from tongzhou.demo.steps import Figures, PartOf, Ref, Step
from tongzhou.tasks.actions.create_task import TITLE_LIMIT
from tongzhou.tasks.models import CLOSED, State
from tongzhou.tasks.transitions import TRANSITIONS

ROWS = scenario.load()
NOT_TRANSITIONS = {"send_task", "create_task", "split_task", "merge_tasks"}


@cache
def story(seed: int = 2020) -> list[Step]:
    return plan.steps(ROWS, seed)


def of_tasks(steps: Iterable[Step]) -> list[Step]:
    return [step for step in steps if step.act.startswith("tasks.")]


def named(step: Step, argument: str) -> str:
    value = step.args[argument]
    assert isinstance(value, Ref)
    return value.key


def number_of(verb: str) -> int:
    return sum(step.act == f"tasks.{verb}" for step in story())


def acts_in(steps: Iterable[Step]) -> int:
    """Acts in the ledger: sending is two."""
    return sum(2 if step.act == "tasks.send_task" else 1 for step in steps)


def test_the_same_seed_gives_the_same_steps() -> None:
    assert plan.steps(ROWS, 2020) == story()


def test_another_seed_gives_another_story() -> None:
    assert story(2021) != story()


def test_there_are_more_than_twenty_thousand_acts() -> None:
    assert 20_500 <= acts_in(story()) <= 24_000


def test_a_smaller_scale_gives_less_work() -> None:
    small = plan.steps(ROWS, 2020, scale=0.05)

    assert acts_in(small) < 2_500
    assert {step.act for step in small} <= set(ACTS)


def test_steps_stand_in_the_order_of_time() -> None:
    times = [step.at for step in story()]

    assert times == sorted(times)


def test_work_is_asked_for_until_the_end_of_march_and_told_to_its_end() -> None:
    ends = datetime(2020, 3, 29, 22, 30, tzinfo=ZONE)
    open_ones: set[str] = set()
    for step in story():
        if step.act == "tasks.send_task":
            assert step.at <= ends
            open_ones.add(step.makes)
        elif step.act in ("tasks.confirm_task", "tasks.withdraw_task", "tasks.merge_tasks"):
            open_ones.discard(named(step, "task"))
        elif step.act == "tasks.reopen_task":
            open_ones.add(named(step, "task"))

    assert not open_ones
    last = story()[-1]
    assert (last.act, last.at.date()) == ("incidents.close_incident", date(2020, 3, 31))


def test_every_step_names_an_act_and_a_post() -> None:
    posts = {person.post for row in ROWS.units.values() for person in row.people}
    posts |= {"ye@xh-command"}

    for step in story():
        assert step.act in ACTS
        assert step.by in posts or not step.by


def test_everything_that_is_named_was_made_before() -> None:
    made: dict[str, set[str]] = defaultdict(set)
    for step in story():
        for value in step.args.values():
            if isinstance(value, Ref) and value.kind == "call":
                assert value.key.partition("/")[0] in made["whistle"], (step.act, value)
            elif isinstance(value, Ref) and value.kind not in ("area", "unit", "post"):
                assert value.key in made[value.kind], (step.act, value)
            if isinstance(value, tuple):
                made["task"].update(part.key for part in value if isinstance(part, PartOf))
        if step.makes:
            assert step.makes not in made[ACTS[step.act].makes], step.makes
            made[ACTS[step.act].makes].add(step.makes)


def test_every_act_on_a_task_fits_the_state_it_finds() -> None:
    states: dict[str, str] = {}
    for step in of_tasks(story()):
        verb = step.act.removeprefix("tasks.")
        if verb == "send_task":
            states[step.makes] = State.DISPATCHED
            continue
        key = named(step, "task")
        assert states[key] not in CLOSED or verb in ("reopen_task", "comment_task"), (key, verb)
        if verb == "split_task":
            states |= {part.key: State.DISPATCHED for part in parts_of(step)}
        elif verb == "merge_tasks":
            assert states[named(step, "into")] not in CLOSED
            states[key] = State.MERGED
        elif verb not in NOT_TRANSITIONS:
            transition = TRANSITIONS[verb.removesuffix("_task")]
            possible = frozenset().union(*transition.sources.values())
            assert states[key] in possible, (key, verb, states[key])
            seen_by_lead = verb == "see_task" and states[key] == State.DISPATCHED
            states[key] = State.SEEN if seen_by_lead else transition.to or states[key]


def test_a_whole_is_done_after_its_parts() -> None:
    parent: dict[str, str] = {}
    done: dict[str, datetime] = {}
    for step in of_tasks(story()):
        if "parent" in step.args:
            parent[step.makes] = named(step, "parent")
        if step.act == "tasks.split_task":
            parent |= {part.key: named(step, "task") for part in parts_of(step)}
        if step.act == "tasks.finish_task":
            done[named(step, "task")] = step.at

    assert len(parent) > 100
    for part, whole in parent.items():
        if part in done:
            assert done[part] < done[whole], (part, whole)


def parts_of(step: Step) -> list[PartOf]:
    parts = step.args["parts"]
    assert isinstance(parts, tuple)
    return [part for part in parts if isinstance(part, PartOf)]


@pytest.mark.parametrize(
    ("verb", "least"),
    [
        ("refuse_task", 50),
        ("return_task", 60),
        ("forward_task", 60),
        ("block_task", 80),
        ("resume_task", 80),
        ("urge_task", 60),
        ("reopen_task", 30),
        ("split_task", 15),
        ("merge_tasks", 15),
        ("withdraw_task", 15),
        ("comment_task", 800),
        ("take_task", 300),
        ("edit_task", 20),
    ],
)
def test_every_kind_of_trouble_and_help_is_there(verb: str, least: int) -> None:
    assert number_of(verb) >= least


def test_a_refusal_names_a_better_owner_who_gets_the_task() -> None:
    owners = {
        named(step, "task"): named(step, "better_owner")
        for step in story()
        if step.act == "tasks.refuse_task"
    }
    forwarded = {
        (named(step, "task"), named(step, "to"))
        for step in story()
        if step.act == "tasks.forward_task"
    }

    assert set(owners.items()) <= forwarded


def test_cooperation_rises_to_a_peak_in_early_february_and_falls() -> None:
    days = Counter(step.at.astimezone(ZONE).date() for step in of_tasks(story()))
    smooth = {
        day: sum(days[day + timedelta(days=n)] for n in range(-3, 4)) / 7
        for day in days
        if date(2020, 1, 26) <= day <= date(2020, 3, 26)
    }
    peak = max(smooth, key=lambda day: smooth[day])

    assert date(2020, 2, 4) <= peak <= date(2020, 2, 11)
    assert smooth[date(2020, 1, 27)] < 0.65 * smooth[peak]
    assert smooth[date(2020, 2, 20)] < 0.75 * smooth[peak]
    assert smooth[date(2020, 3, 10)] < 0.4 * smooth[peak]
    assert smooth[date(2020, 3, 25)] < 0.25 * smooth[peak]


def test_nights_are_quiet() -> None:
    hours = Counter(step.at.astimezone(ZONE).hour for step in of_tasks(story()))

    assert sum(hours[h] for h in (0, 1, 2, 3, 4, 5)) < 0.02 * hours.total()


def sent_by_hour_of_lead() -> dict[str, list[float]]:
    """Hours from sending to acceptance, by the level of the lead (society apart)."""
    leads: dict[str, tuple[datetime, str]] = {}
    waited: dict[str, list[float]] = defaultdict(list)
    for step in of_tasks(story()):
        if step.act == "tasks.send_task":
            leads[step.makes] = (step.at, named(step, "lead"))
        elif step.act == "tasks.accept_task" and named(step, "task") in leads:
            sent, lead = leads[named(step, "task")]
            row = ROWS.units[lead]
            level = "society" if row.society else row.level
            waited[level].append((step.at - sent) / timedelta(hours=1))
    return waited


def test_levels_answer_at_their_own_pace() -> None:
    pace = {level: median(waited) for level, waited in sent_by_hour_of_lead().items()}

    assert pace["community"] < pace["city"] < pace["district"] < pace["society"]
    assert pace["province"] < pace["street"]


def test_one_pair_of_departments_does_not_work() -> None:
    sent: dict[str, tuple[datetime, str, str]] = {}
    waited: dict[bool, list[float]] = defaultdict(list)
    returned: Counter[bool] = Counter()
    for step in of_tasks(story()):
        if step.act == "tasks.send_task":
            asker, lead = step.by.partition("@")[2], named(step, "lead")
            sent[step.makes] = (step.at, ROWS.units[asker].kind, ROWS.units[lead].kind)
        elif step.act in ("tasks.accept_task", "tasks.return_task"):
            key = named(step, "task")
            if key not in sent:
                continue
            at, *pair = sent[key]
            planted = pair == ["transport", "police"]
            if step.act == "tasks.return_task":
                returned[planted] += 1
            else:
                waited[planted].append((step.at - at) / timedelta(hours=1))

    assert len(waited[True]) >= 15
    assert median(waited[True]) > 5 * median(waited[False])
    assert returned[True] / len(waited[True]) > 3 * returned[False] / len(waited[False])


def test_society_comes_and_goes_while_the_authorities_stay() -> None:
    weeks: dict[bool, Counter[int]] = {True: Counter(), False: Counter()}
    for step in of_tasks(story()):
        row = ROWS.units[step.by.partition("@")[2]] if step.by else None
        if row is not None:
            week = (step.at.astimezone(ZONE).date() - date(2020, 1, 23)).days // 7
            weeks[row.society][week] += 1
    share = {week: weeks[True][week] / weeks[False][week] for week in weeks[False]}

    assert share[0] < 0.5 * share[2]
    assert share[8] < 0.7 * share[2]


def test_the_core_task_changes() -> None:
    def words(first: date, last: date) -> Counter[str]:
        titles = [
            str(step.args["title"])
            for step in story()
            if step.act == "tasks.send_task" and first <= step.at.astimezone(ZONE).date() < last
        ]
        return Counter(
            topic
            for topic, marks in {
                "tracing": ("流调", "密接", "来浙", "协查"),
                "work": ("复工", "返岗", "企业"),
                "abroad": ("入境", "境外", "航班", "侨胞"),
            }.items()
            for title in titles
            if any(mark in title for mark in marks)
        )

    assert words(date(2020, 1, 23), date(2020, 2, 2)).most_common(1)[0][0] == "tracing"
    assert words(date(2020, 2, 18), date(2020, 3, 1)).most_common(1)[0][0] == "work"
    assert words(date(2020, 3, 16), date(2020, 3, 29)).most_common(1)[0][0] == "abroad"


def test_grades_phases_and_the_incident_have_their_dates() -> None:
    when = {
        (step.act, str(step.args.get("grade") or step.args.get("phase") or "")): step.at.date()
        for step in story()
        if step.act in ("incidents.open_incident", "incidents.set_grade", "incidents.change_phase")
    }

    assert when == {
        ("incidents.open_incident", ""): date(2020, 1, 23),
        ("incidents.set_grade", "I"): date(2020, 1, 23),
        ("incidents.set_grade", "II"): date(2020, 3, 2),
        ("incidents.set_grade", "III"): date(2020, 3, 23),
        ("incidents.change_phase", "respond"): date(2020, 1, 23),
        ("incidents.change_phase", "sustain"): date(2020, 2, 19),
        ("incidents.change_phase", "recover"): date(2020, 3, 23),
    }


def test_nearly_all_tasks_are_closed_and_none_of_the_cast_is_open() -> None:
    sent = {step.makes: step for step in story() if step.act == "tasks.send_task"}
    closing = ("tasks.confirm_task", "tasks.withdraw_task", "tasks.merge_tasks")
    closed = {named(step, "task") for step in story() if step.act in closing}
    left = [step for key, step in sent.items() if key not in closed]

    assert len(left) <= 20
    for step in left:
        assert not ROWS.units[named(step, "lead")].cast
        assert not ROWS.units[step.by.partition("@")[2]].cast


def test_every_title_is_in_both_languages_and_short_enough() -> None:
    for step in story():
        if step.act == "tasks.send_task":
            zh, _, en = str(step.args["title"]).partition(" · ")
            assert zh
            assert en
            assert len(str(step.args["title"])) <= TITLE_LIMIT
            assert "{" not in zh + en


def test_nobody_asks_the_outsider() -> None:
    assert not [step for step in story() if "wz-trade" in repr(step.args.get("lead"))]


def test_each_morning_the_figures_of_the_day_before_are_recorded() -> None:
    recorded = [step for step in story() if step.act == "incidents.record_counts"]

    assert len(recorded) == 67
    for step in recorded:
        (figures,) = step.args["rows"]  # type: ignore[misc, union-attr]
        assert isinstance(figures, Figures)
        assert figures.day == step.at.astimezone(ZONE).date() - timedelta(days=1)


def test_figures_of_cities_are_recorded_on_their_day() -> None:
    wenzhou = Figures("3303", date(2020, 2, 1), 241, 5, 0)
    data = PublicData(cities={wenzhou.day: (wenzhou,)})

    steps = plan.steps(ROWS, 2020, scale=0.01, data=data)

    rows = {
        row
        for step in steps
        if step.act == "incidents.record_counts"
        for row in step.args["rows"]  # type: ignore[union-attr]
        if isinstance(row, Figures) and row.area != "33"
    }
    assert rows == {wenzhou}
