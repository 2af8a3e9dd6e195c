"""Lists, boards and details: what they hold, and that they cost the same however long."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Incident
from tongzhou.kernel.api.cursor import CursorInvalid
from tongzhou.tasks import queries
from tongzhou.tasks.actions.finish_task import finish_task
from tongzhou.tasks.actions.take_task import take_task
from tongzhou.tasks.choices import UnknownChoice
from tongzhou.tasks.models import Priority, State, Task
from tongzhou.tasks.queries import TaskFilters

from .conftest import AT, DAY, HOUR, bring, draft

SENT = State.DISPATCHED


def listed(cast: Cast, who: str, at: datetime = AT, **filters: object) -> list[Task | str]:
    page = queries.list_tasks(
        visible_to=cast.posts[who],
        filters=TaskFilters(**filters),
        at=at,  # type: ignore[arg-type]
    )
    return [row.title for row in page.rows]


def test_it_lists_open_tasks_of_the_unit_by_due_time(cast: Cast) -> None:
    bring(cast, draft(cast, title="later", due_at=AT + 2 * DAY), SENT)
    bring(cast, draft(cast, title="sooner", due_at=AT + HOUR), SENT)
    bring(cast, draft(cast, title="closed"), State.CONFIRMED)

    assert listed(cast, "ye") == ["sooner", "later"]
    assert listed(cast, "ou") == []


def test_a_row_carries_every_name_in_both_languages(
    cast: Cast, task: Task, incident: Incident
) -> None:
    bring(cast, draft(cast, incident=incident, due_at=AT + HOUR), SENT)

    row = queries.list_tasks(visible_to=cast.ye, at=AT).rows[0]

    assert (row.asker.code, row.lead.code) == ("hz-command", "beishan-street")
    assert (row.area.code, row.lead.sector) == ("330106002", "government")
    assert row.incident is not None
    assert row.incident.name == "Pneumonia of unknown cause"
    assert row.relations == {"lead"}
    assert str(row.state_label) == "dispatched"
    with translation.override("zh-hans"):
        assert row.lead.name == "北山街道办事处"


@pytest.mark.parametrize("sort", ["due", "created", "updated"])
def test_pages_follow_each_other_without_gap_or_repeat(cast: Cast, sort: str) -> None:
    made = [bring(cast, draft(cast, due_at=AT + DAY), SENT).number for _ in range(7)]
    filters = TaskFilters(sort=sort)
    seen: list[int] = []
    cursor = ""
    while True:
        page = queries.list_tasks(
            visible_to=cast.ye, filters=filters, at=AT, cursor=cursor, limit=3
        )
        seen += [row.number for row in page.rows]
        cursor = page.next
        if not cursor:
            break

    assert seen == (made if sort == "due" else made[::-1])


@pytest.mark.parametrize("cursor", ["x", "%%%", "WyJkdWUiXQ", "bnVsbA", "MQ"])
def test_a_cursor_that_nobody_gave_out_is_refused(cast: Cast, cursor: str) -> None:
    with pytest.raises(CursorInvalid):
        queries.list_tasks(visible_to=cast.ye, at=AT, cursor=cursor)


def test_a_cursor_of_another_order_is_refused(cast: Cast, task: Task) -> None:
    bring(cast, draft(cast), SENT)
    cursor = queries.list_tasks(visible_to=cast.ye, at=AT, limit=1).next

    with pytest.raises(CursorInvalid):
        queries.list_tasks(
            visible_to=cast.ye, filters=TaskFilters(sort="created"), at=AT, cursor=cursor
        )


@pytest.fixture
def varied(cast: Cast, incident: Incident) -> Cast:
    """Tasks that differ in everything that can be filtered."""
    bring(cast, draft(cast, title="发热登记", incident=incident), State.BLOCKED)
    bring(cast, draft(cast, title="Masks 口罩", priority=Priority.CRITICAL), State.SEEN)
    bring(
        cast,
        draft(
            cast,
            title="100% of_stock",
            basis="law",
            work="transfer",
            area=cast.areas["330102"],
            lead=cast.units["wz-command"],
            assisting=[],
            informed=[],
        ),
        State.DISPATCHED,
    )
    handled = bring(cast, draft(cast, title="Handled"), State.ACCEPTED)
    take_task(task=handled, by=cast.ye, at=AT)
    bring(cast, draft(cast, title="Over"), State.CONFIRMED)
    draft(cast, title="Draft")
    return cast


FILTERED: list[tuple[str, dict[str, Any], set[str]]] = [
    ("lou", {"relation": "asker", "show": "all"},
     {"发热登记", "Masks 口罩", "100% of_stock", "Handled", "Over", "Draft"}),
    ("lou", {"relation": "lead"}, set()),
    ("lou", {"relation": "asker", "states": ("draft", "confirmed")}, {"Draft", "Over"}),
    ("ye", {"relation": "lead", "states": ("blocked", "seen")}, {"发热登记", "Masks 口罩"}),
    ("ye", {"relation": "lead", "states": ("confirmed",)}, {"Over"}),
    ("lou", {"area": "nowhere"}, set()),
    ("lou", {"unit": "nobody"}, set()),
    ("pan", {"relation": "assisting"}, {"发热登记", "Masks 口罩", "Handled"}),
    ("chu", {"relation": "informed"}, {"发热登记", "Masks 口罩", "Handled"}),
    ("shen", {"relation": "line", "states": ("draft",)}, {"Draft"}),
    ("shen", {"relation": "direct"}, set()),
    ("ye", {"relation": "direct"}, {"发热登记", "Masks 口罩", "Handled"}),
    ("ye", {"states": ("blocked", "seen")}, {"发热登记", "Masks 口罩"}),
    ("ye", {"show": "closed"}, {"Over"}),
    ("ye", {"mine": True}, {"Handled"}),
    ("mei", {"show": "all"}, set()),
    ("lou", {"incident": "zj-2020"}, {"发热登记"}),
    ("lou", {"incident": "nowhere"}, set()),
    ("lou", {"area": "330102"}, {"100% of_stock"}),
    ("lou", {"area": "330106"}, {"发热登记", "Masks 口罩", "Handled", "Draft"}),
    ("lou", {"unit": "wz-command"}, {"100% of_stock"}),
    ("lou", {"basis": "law"}, {"100% of_stock"}),
    ("lou", {"work": "transfer"}, {"100% of_stock"}),
    ("lou", {"priority": 2}, {"Masks 口罩"}),
    ("lou", {"q": "热登"}, {"发热登记"}),
    ("lou", {"q": "mas 口罩"}, {"Masks 口罩"}),
    ("lou", {"q": "罩"}, {"Masks 口罩"}),
    ("lou", {"q": "100%"}, {"100% of_stock"}),
    ("lou", {"q": "f_s"}, {"100% of_stock"}),
    ("lou", {"q": "fxs"}, set()),
]  # fmt: skip


def test_filters(varied: Cast) -> None:
    found = [set(listed(varied, who, **filters)) for who, filters, _expected in FILTERED]

    assert found == [expected for _who, _filters, expected in FILTERED]


def test_a_large_area_is_not_named_area_by_area(
    varied: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tongzhou.tasks.queries.filters._AREAS", 2)

    assert set(listed(varied, "lou", area="330106")) == {
        "发热登记", "Masks 口罩", "Handled", "Draft",
    }  # fmt: skip
    assert listed(varied, "lou", area="330102") == ["100% of_stock"]


def test_late_is_past_due_and_still_with_the_lead(varied: Cast) -> None:
    after = AT + 2 * DAY

    assert listed(varied, "ye", late=True) == []
    assert set(listed(varied, "ye", at=after, late=True)) == {"发热登记", "Masks 口罩", "Handled"}
    assert "Draft" not in listed(varied, "lou", at=after, late=True)


def test_common_words_are_found_among_the_first_tasks_of_the_list(
    cast: Cast, django_assert_num_queries: Callable[[int], Any]
) -> None:
    titles = [f"Masks for building {n}" if n % 2 else f"Beds {n}" for n in range(8)]
    for title in titles:
        bring(cast, draft(cast, title=title), SENT)
    filters = TaskFilters(q="masks")

    with django_assert_num_queries(1):
        first = queries.list_tasks(visible_to=cast.ye, filters=filters, at=AT, limit=3)
    rest = queries.list_tasks(
        visible_to=cast.ye, filters=filters, at=AT, cursor=first.next, limit=3
    )

    assert [row.title for row in first.rows + rest.rows] == titles[1::2]


def test_counts_with_words_or_a_relation_are_the_same_counts(varied: Cast) -> None:
    def counts(**filters: Any) -> dict[str, int]:
        found = queries.counts_by_state(
            visible_to=varied.lou, filters=TaskFilters(**filters), at=AT
        )
        assert set(found) == set(State.values)
        return {state: n for state, n in found.items() if n}

    assert counts(q="masks") == {"seen": 1}
    assert counts(relation="asker") == counts() == {
        "draft": 1, "dispatched": 1, "seen": 1, "accepted": 1, "blocked": 1, "confirmed": 1,
    }  # fmt: skip


def test_a_number_finds_its_task(cast: Cast, task: Task) -> None:
    bring(cast, draft(cast), SENT)

    assert listed(cast, "ye", q=f"T-{task.number}") == [task.title]
    assert listed(cast, "ye", q=str(task.number)) == [task.title]


def test_filters_are_read_from_an_address_and_written_back() -> None:
    address = "state=seen&state=blocked&late=1&area=3301&priority=2&q=mask&sort=updated"

    filters = TaskFilters.from_query(QueryDict(address))

    assert filters == TaskFilters(
        states=("seen", "blocked"), late=True, area="3301", priority=2, q="mask", sort="updated"
    )
    assert "&".join(f"{key}={value}" for key, value in filters.to_query()) == address


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("sort=fame", "sort"),
        ("state=asleep", "state"),
        ("priority=9", "priority"),
        ("priority=x", "priority"),
        ("relation=boss", "relation"),
        ("show=me", "show"),
        ("basis=whim", "basis"),
        ("work=none", "work"),
    ],
)
def test_a_filter_that_does_not_exist_is_named(address: str, field: str) -> None:
    with pytest.raises(UnknownChoice) as caught:
        TaskFilters.from_query(QueryDict(address))

    assert caught.value.field == field


def test_counts_by_state_count_what_the_reader_sees(varied: Cast) -> None:
    counts = queries.counts_by_state(visible_to=varied.ye, at=AT)

    assert {state: n for state, n in counts.items() if n} == {
        "blocked": 1, "seen": 1, "accepted": 1, "confirmed": 1,
    }  # fmt: skip
    assert set(counts) == set(State.values)


def test_today_names_what_waits_for_whom(cast: Cast) -> None:
    for title, state in {
        "new": State.DISPATCHED,
        "going": State.IN_PROGRESS,
        "finished": State.DONE,
        "sent back": State.RETURNED,
        "turned down": State.REFUSED,
    }.items():
        bring(cast, draft(cast, title=title), state)
    bring(cast, draft(cast, title="overdue", due_at=AT + HOUR), State.ACCEPTED)
    draft(cast, title="unsent")
    now = AT + 2 * HOUR

    lead = queries.waiting_for(visible_to=cast.ye, at=now)
    asker = queries.waiting_for(visible_to=cast.lou, at=now)
    helper = queries.waiting_for(visible_to=cast.pan, at=now)

    def titles(section: queries.Section) -> list[str]:
        assert section.count == len(section.rows)
        return sorted(row.title for row in section.rows)

    assert titles(lead.to_accept) == ["new"]
    assert titles(lead.late) == ["overdue"]
    assert titles(lead.in_hand) == ["going"]
    assert titles(lead.to_confirm) == titles(lead.to_decide) == titles(lead.drafts) == []
    assert titles(asker.to_confirm) == ["finished"]
    assert titles(asker.to_decide) == ["sent back", "turned down"]
    assert titles(asker.drafts) == ["unsent"]
    assert titles(asker.to_accept) == titles(asker.assisting) == []
    assert titles(helper.assisting) == ["going", "new", "overdue"]
    refused = next(row for row in asker.to_decide.rows if row.title == "turned down")
    assert refused.better_owner is not None
    assert (refused.better_owner.code, refused.reason) == ("wz-command", "Not here")


def test_what_i_asked_of_others(cast: Cast) -> None:
    bring(cast, draft(cast, title="overdue", due_at=AT + HOUR), State.ACCEPTED)
    bring(cast, draft(cast, title="running"), SENT)
    own = draft(cast, title="own", lead=cast.units["hz-command"], assisting=[])
    bring(cast, own, SENT)

    asked = queries.asked_by(visible_to=cast.lou, at=AT + 2 * HOUR)

    assert [row.title for row in asked.late.rows] == ["overdue"]
    assert [row.title for row in asked.running.rows] == ["running"]


def test_a_section_shows_the_first_and_counts_the_rest(cast: Cast) -> None:
    for _ in range(4):
        bring(cast, draft(cast), SENT)

    section = queries.waiting_for(visible_to=cast.ye, at=AT, limit=3).to_accept

    assert (len(section.rows), section.count, section.more) == (3, 4, False)


def test_the_board_has_a_column_for_every_open_state(varied: Cast) -> None:
    columns = queries.board(visible_to=varied.lou, at=AT)

    shown = {column.key: [row.title for row in column.rows] for column in columns}
    assert shown["waiting"] == ["Masks 口罩", "100% of_stock"]
    assert shown["blocked"] == ["发热登记"]
    assert shown["draft"] == ["Draft"]
    assert shown["confirmed"] == ["Over"]
    assert [column.count for column in columns if column.key == "waiting"] == [2]
    assert {s for c in columns for s in c.states} == set(State.values) - {"withdrawn", "merged"}


def test_the_timeline_spans_all_bars(cast: Cast) -> None:
    bring(cast, draft(cast, due_at=AT + DAY), SENT)
    bring(cast, draft(cast, due_at=AT + 3 * DAY), State.DONE)

    line = queries.timeline(visible_to=cast.ye, at=AT + HOUR)

    assert [(bar.start, bar.end) for bar in line.bars] == [(AT, AT + HOUR), (AT, AT)]
    assert (line.start, line.end, line.more) == (AT, AT + 3 * DAY, False)


def test_one_old_or_distant_task_does_not_stretch_the_timeline(cast: Cast) -> None:
    bring(cast, draft(cast, due_at=AT + DAY), SENT)
    bring(cast, draft(cast, due_at=AT + 900 * DAY), SENT)
    now = AT + 400 * DAY

    line = queries.timeline(visible_to=cast.ye, at=now)

    assert (line.start, line.end) == (now - 14 * DAY, now + 60 * DAY)


def test_a_timeline_of_the_past_ends_with_it(cast: Cast) -> None:
    bring(cast, draft(cast, due_at=AT + 3 * DAY), State.CONFIRMED)

    everything = TaskFilters(show="all")
    line = queries.timeline(visible_to=cast.ye, filters=everything, at=AT + 400 * DAY)

    assert (line.start, line.end) == (AT, AT + 3 * DAY)


def test_a_bar_is_late_while_not_done_or_when_done_too_late(cast: Cast) -> None:
    for done_at in (None, AT + HOUR, AT + 2 * DAY):
        task = bring(cast, draft(cast), State.IN_PROGRESS)
        if done_at is not None:
            finish_task(task=task, result="12 households", by=cast.ye, at=done_at)

    line = queries.timeline(visible_to=cast.ye, at=AT + 3 * DAY)

    assert [bar.late for bar in line.bars] == [True, False, True]


def test_overviews_of_incident_unit_and_area(varied: Cast) -> None:
    incident = queries.of_incident(visible_to=varied.lou, code="zj-2020", at=AT)
    unit = queries.of_unit(visible_to=varied.lou, code="wz-command", at=AT)
    area = queries.of_area(visible_to=varied.lou, code="330106", at=AT + 2 * DAY)

    assert [row.title for row in incident.running.rows] == ["发热登记"]
    assert (incident.counts["blocked"], incident.counts["seen"]) == (1, 0)
    assert [row.title for row in unit.running.rows] == ["100% of_stock"]
    assert area.late.count == 3


def test_queries_do_not_grow_with_rows(
    cast: Cast, incident: Incident, django_assert_num_queries: object
) -> None:
    def fill(n: int) -> None:
        for _ in range(n):
            bring(cast, draft(cast, incident=incident), SENT)

    def read() -> None:
        limits = {"visible_to": cast.ye, "at": AT}
        with django_assert_num_queries(1):  # type: ignore[operator]
            queries.list_tasks(**limits, limit=100)  # type: ignore[arg-type]
        with django_assert_num_queries(1):  # type: ignore[operator]
            queries.waiting_for(**limits)  # type: ignore[arg-type]
        with django_assert_num_queries(1):  # type: ignore[operator]
            queries.board(**limits)  # type: ignore[arg-type]
        with django_assert_num_queries(1):  # type: ignore[operator]
            queries.counts_by_state(**limits)  # type: ignore[arg-type]
        with django_assert_num_queries(3):  # type: ignore[operator]
            queries.of_incident(**limits, code="zj-2020")  # type: ignore[arg-type]

    fill(10)
    read()
    fill(90)
    read()
