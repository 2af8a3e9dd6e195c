"""Each act: it happens, it is refused, it leaves nothing behind, others cannot see it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tongzhou.allocations import jobs, solving
from tongzhou.allocations.actions.approve_allocation import (
    NothingAllocated,
    PlanStale,
    approve_allocation,
)
from tongzhou.allocations.actions.cancel_allocation import cancel_allocation
from tongzhou.allocations.actions.change import AllocationNotReady, AllocationOver
from tongzhou.allocations.actions.change_line import (
    MoreThanFree,
    MoreThanMissing,
    WayUnknown,
    change_line,
)
from tongzhou.allocations.actions.compute_allocation import AlreadyComputing, compute_allocation
from tongzhou.allocations.actions.draft_allocation import (
    NothingNeeded,
    NothingToGive,
    ObjectiveUnknown,
)
from tongzhou.allocations.actions.store_plan import store_plan, tell_progress
from tongzhou.allocations.choices import State
from tongzhou.allocations.models import Allocation, AllocationLine
from tongzhou.allocations.queries import plan
from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import QuantityNotPositive
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound, NothingChanged, ReasonMissing, TextMissing
from tongzhou.ledger.models import Act
from tongzhou.needs.actions.commit import commit
from tongzhou.needs.actions.withdraw_need import withdraw_need
from tongzhou.needs.models import Commitment, Need
from tongzhou.oversight.actions.change import DeadlinePassed
from tongzhou.shipments.models import Shipment
from tongzhou.stock.actions.issue_goods import issue_goods
from tongzhou.stock.actions.outgoing import Outgoing
from tongzhou.stock.actions.set_minimum import set_minimum
from tongzhou.stock.models import Reservation, Site

from .conftest import AT, DAY, HOUR, Asking, Drafting, bring, computed, fresh

Broken = Callable[[], AbstractContextManager[None]]


def change(allocation: Allocation, quantity: object, *, by: Any, **given: Any) -> Allocation:
    """Changes what the hospital gets."""
    line = allocation.lines.select_related("item").get(need_line__priority=1)
    wanted: dict[str, Any] = {
        "site": line.site_id, "need_line": line.need_line_id, "item": line.item,
        "reason": "Ward closed", "at": AT + HOUR,
    }  # fmt: skip
    return change_line(allocation=allocation, quantity=quantity, by=by, **(wanted | given))


def approve(allocation: Allocation, *, by: Any, **given: Any) -> Allocation:
    """Approves, for tomorrow."""
    wanted: dict[str, Any] = {"due_at": AT + DAY, "at": AT + HOUR}
    return approve_allocation(allocation=allocation, by=by, **(wanted | given))


# drafting


def test_a_draft_takes_up_what_is_missing_and_free(cast: Cast, draft: Drafting) -> None:
    found = draft()

    problem = found.problem
    assert sorted(need["missing"] for need in problem["needs"]) == ["100", "200", "300"]
    assert [stock["free"] for stock in problem["stocks"]] == ["300"]
    assert found.givers == [cast.units["hz-command"].id]
    act = Act.objects.order_by("-id")[0]
    assert (act.type, act.about_id) == ("allocation.drafted.v1", found.id)


def test_it_counts_what_names_no_amount_and_what_is_promised(
    cast: Cast, draft: Drafting, ask: Asking, needs: dict[str, Need]
) -> None:
    ask(cast.mei, None)
    line = needs["street"].lines.get()
    commit(line=line, quantity=80, by=cast.lou, at=AT)

    problem = draft().problem

    assert problem["left_out"] == {"unknown": 1, "nothing_there": 0}
    assert sorted(need["missing"] for need in problem["needs"]) == ["100", "120", "300"]


def test_what_a_store_should_never_have_less_of_stays(
    cast: Cast, draft: Drafting, store: Site, items: dict[str, Item]
) -> None:
    set_minimum(site=store, item=items["mask-n95"], quantity=120, by=cast.lou, at=AT)

    assert [stock["free"] for stock in draft().problem["stocks"]] == ["180"]


def test_a_draft_of_nothing_is_refused_by_name(
    cast: Cast, draft: Drafting, items: dict[str, Item], ask: Asking
) -> None:
    with pytest.raises(NothingNeeded):
        draft(items=[items["goggles"]])
    ask(cast.mei, 5, "goggles")
    with pytest.raises(NothingToGive):
        draft(items=[items["goggles"]])
    with pytest.raises(TextMissing):
        draft(name=" ")
    with pytest.raises(ObjectiveUnknown):
        draft(objective="luck")
    assert not Allocation.objects.exists()


def test_who_may_not_draft_is_refused(cast: Cast, draft: Drafting, store: Site) -> None:
    with pytest.raises(NotAllowed):
        draft(by=cast.mei)
    with pytest.raises(NotFound):
        draft(by=cast.ye, sites=[store])


def test_a_draft_leaves_nothing_behind_on_failure(draft: Drafting, broken_ledger: Broken) -> None:
    with broken_ledger():
        draft()

    assert not Allocation.objects.exists()


def test_stand_ins_are_given_where_the_thing_runs_out(
    cast: Cast, draft: Drafting, items: dict[str, Item], store: Site
) -> None:
    other = next(iter(items["mask-n95"].stand_ins.filter(ratio=1).select_related("other"))).other
    bring(store, other, 100, cast=cast)

    found = computed(draft(stand_ins=True), by=cast.lou)

    given = {line.item_id: line.quantity for line in found.lines.filter(item=other)}
    assert found.result is not None
    assert found.result["computed"]["shipped"] == 400
    assert given
    assert plan.instead_of(found)[str(items["mask-n95"].id), str(other.id)]


# computing


def test_what_comes_after_cancelling_is_dropped(cast: Cast, draft: Drafting) -> None:
    asked = compute_allocation(allocation=draft(), by=cast.lou, at=AT)
    cancel_allocation(allocation=asked, reason="Stock is elsewhere", by=cast.lou, at=AT)

    kept = store_plan(allocation=asked.id, run=asked.run, result={"lines": []}, at=AT)

    assert not kept
    assert not tell_progress(allocation=asked.id, run=asked.run, percent=50)
    assert fresh(asked).state == State.CANCELLED


def test_an_answer_to_an_older_question_is_dropped(cast: Cast, ready: Allocation) -> None:
    again = compute_allocation(allocation=ready, by=cast.lou, at=AT)

    jobs.compute(allocation=str(ready.id), run=again.run - 1)

    assert fresh(ready).state == State.COMPUTING
    assert not AllocationLine.objects.exists()


def test_it_is_not_computed_twice_at_once(cast: Cast, draft: Drafting) -> None:
    asked = compute_allocation(allocation=draft(), by=cast.lou, at=AT)

    with pytest.raises(AlreadyComputing):
        compute_allocation(allocation=asked, by=cast.lou, at=AT)
    with pytest.raises(NotFound):
        compute_allocation(allocation=asked, by=cast.he, at=AT)
    with pytest.raises(NotAllowed):
        # Above, but no commander.
        compute_allocation(allocation=asked, by=cast.bai, at=AT)


def test_an_engine_that_fails_says_so(
    cast: Cast, draft: Drafting, monkeypatch: pytest.MonkeyPatch, broken_ledger: Broken
) -> None:
    def fail(*args: Any, **given: Any) -> None:
        raise solving.EngineFailed(said="out of memory")

    found = draft()
    with broken_ledger():
        compute_allocation(allocation=found, by=cast.lou, at=AT)
    assert fresh(found).state == State.DRAFT
    asked = compute_allocation(allocation=found, by=cast.lou, at=AT)
    monkeypatch.setattr(solving, "_asked", fail)

    with pytest.raises(solving.EngineFailed):
        jobs.compute(allocation=str(asked.id), run=asked.run)

    assert (fresh(asked).state, fresh(asked).error) == (State.FAILED, "out of memory")


@pytest.mark.usefixtures("real_engine")
def test_a_process_that_breaks_is_told_by_its_last_words() -> None:
    with pytest.raises(solving.EngineFailed) as refused:
        solving.solve({}, "max_min", wanted=lambda percent: True)

    assert "KeyError" in refused.value.said


# changing


def test_a_change_says_at_once_what_it_costs(cast: Cast, ready: Allocation) -> None:
    change(ready, 120, by=cast.lou)

    lost = plan.loss(fresh(ready))
    assert lost is not None
    assert (lost.least, lost.shipped) == (10.0, 30)
    line = ready.lines.get(changed_at__isnull=False)
    assert (line.computed, line.quantity, line.reason) == (150, 120, "Ward closed")
    act = Act.objects.order_by("-id")[0]
    assert act.type == "allocation.changed.v1"
    assert "Ward closed" not in str(act.data)


def test_a_change_that_cannot_be_is_refused_by_name(
    cast: Cast, ready: Allocation, items: dict[str, Item]
) -> None:
    cases: tuple[tuple[type[Exception], dict[str, Any]], ...] = (
        (MoreThanFree, {"quantity": 151}),
        (QuantityNotPositive, {"quantity": -1}),
        (NothingChanged, {"quantity": 150}),
        (ReasonMissing, {"quantity": 10, "reason": " "}),
        (WayUnknown, {"quantity": 10, "item": items["goggles"]}),
        (NotFound, {"quantity": 10, "by": cast.he}),
    )
    for refusal, given in cases:
        with pytest.raises(refusal):
            change(ready, **({"by": cast.lou} | given))
    change(ready, 0, by=cast.lou)
    line = ready.lines.select_related("item").get(computed=50)
    with pytest.raises(MoreThanMissing):
        change(ready, 101, by=cast.lou, site=line.site_id, need_line=line.need_line_id)
    assert fresh(ready).lines.exclude(quantity=line.computed).count() == 2


def test_a_change_leaves_nothing_behind_on_failure(
    cast: Cast, ready: Allocation, broken_ledger: Broken
) -> None:
    with broken_ledger():
        change(ready, 120, by=cast.lou)

    assert fresh(ready).chosen is None
    assert not ready.lines.exclude(reason="").exists()


# approving


def test_a_stale_plan_names_what_changed_and_makes_nothing(
    cast: Cast, ready: Allocation, store: Site, needs: dict[str, Need], items: dict[str, Item]
) -> None:
    issue_goods(site=store, lines=[Outgoing(items["mask-n95"], 20)], by=cast.lou, at=AT)
    withdraw_need(need=needs["street"], reason="Came from elsewhere", by=cast.ye, at=AT)

    with pytest.raises(PlanStale) as refused:
        approve(ready, by=cast.lou)

    said = str(refused.value)
    assert "Hangzhou store" in said
    assert "280 free, 300 planned" in said
    assert f"{needs['street'].reference}" in said
    assert "0 still missing, 100 planned" in said
    assert not Commitment.objects.exists()
    assert not Reservation.objects.exists()
    assert fresh(ready).state == State.READY


def test_computed_anew_a_stale_plan_can_be_approved(
    cast: Cast, ready: Allocation, needs: dict[str, Need]
) -> None:
    withdraw_need(need=needs["street"], reason="Came from elsewhere", by=cast.ye, at=AT)

    approve(computed(ready, by=cast.lou), by=cast.lou)

    assert sorted(Commitment.objects.values_list("quantity", flat=True)) == [75, 225]


def test_it_is_approved_once_and_then_neither_changed_nor_cancelled(
    cast: Cast, ready: Allocation
) -> None:
    approve(ready, by=cast.lou)

    with pytest.raises(AllocationOver):
        approve(ready, by=cast.lou)
    with pytest.raises(AllocationOver):
        cancel_allocation(allocation=ready, reason="Too late", by=cast.lou, at=AT)
    with pytest.raises(AllocationOver):
        change(ready, 10, by=cast.lou)
    assert Commitment.objects.count() == 3


def test_what_is_not_ready_or_not_theirs_is_not_approved(
    cast: Cast, draft: Drafting, ready: Allocation
) -> None:
    with pytest.raises(AllocationNotReady):
        approve(draft(), by=cast.lou)
    with pytest.raises(NotFound):
        approve(ready, by=cast.he)
    with pytest.raises(NotAllowed):
        approve(ready, by=cast.bai)
    with pytest.raises(DeadlinePassed):
        approve(ready, by=cast.lou, due_at=AT)
    for line in ready.lines.all():
        AllocationLine.objects.filter(id=line.id).update(quantity=0, reason="Nothing")
    with pytest.raises(NothingAllocated):
        approve(ready, by=cast.lou)


def test_approving_leaves_nothing_behind_on_failure(
    cast: Cast, ready: Allocation, broken_ledger: Broken
) -> None:
    with broken_ledger():
        approve(ready, by=cast.lou)

    assert not Commitment.objects.exists()
    assert not Shipment.objects.exists()
    assert fresh(ready).state == State.READY


# cancelling


def test_it_is_cancelled_with_a_reason(cast: Cast, draft: Drafting, broken_ledger: Broken) -> None:
    found = draft()
    with pytest.raises(ReasonMissing):
        cancel_allocation(allocation=found, reason="", by=cast.lou, at=AT)
    with pytest.raises(NotFound):
        cancel_allocation(allocation=found, reason="No", by=cast.he, at=AT)
    with broken_ledger():
        cancel_allocation(allocation=found, reason="No", by=cast.lou, at=AT)
    assert fresh(found).state == State.DRAFT

    cancel_allocation(allocation=found, reason="Given directly", by=cast.lou, at=AT)

    assert (fresh(found).state, fresh(found).reason) == (State.CANCELLED, "Given directly")
