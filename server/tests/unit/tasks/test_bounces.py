"""Tickets and whistles: whose they are; passing on, objecting, deciding."""

import pytest

from tongzhou.demo.cast import Cast
from tongzhou.tasks import rules
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.bounce import (
    BetterOwnerIsRefuser,
    BouncedBack,
    BounceNeedsOwner,
    LineMustDecide,
    OwnerBound,
)
from tongzhou.tasks.actions.decide_owner import decide_owner
from tongzhou.tasks.actions.forward_task import forward_task
from tongzhou.tasks.actions.object_to_dispatch import object_to_dispatch
from tongzhou.tasks.actions.refuse_task import refuse_task
from tongzhou.tasks.actions.return_task import return_task
from tongzhou.tasks.actions.review_objection import UpheldNeedsOwner, review_objection
from tongzhou.tasks.models import State, Task, TaskParty
from tongzhou.tasks.queries import tickets

from .conftest import AT, whistle


def test_nobody_passes_a_ticket_on_without_a_better_owner(cast: Cast, sent: Task) -> None:
    with pytest.raises(BounceNeedsOwner):
        refuse_task(task=sent, reason="No", better_owner=None, by=cast.ye, at=AT)
    with pytest.raises(BounceNeedsOwner):
        return_task(task=sent, reason="No", by=cast.ye, at=AT)
    with pytest.raises(BetterOwnerIsRefuser):
        refuse_task(
            task=sent, reason="No", better_owner=cast.units["beishan-street"], by=cast.ye, at=AT
        )
    with pytest.raises(BouncedBack):
        refuse_task(
            task=sent, reason="No", better_owner=cast.units["hz-command"], by=cast.ye, at=AT
        )


def test_it_is_not_played_back_to_where_it_came_from(cast: Cast, sent: Task) -> None:
    community = cast.units["baoshi-community"]
    forward_task(task=sent, to=community, reason="Theirs", by=cast.ye, at=AT)

    with pytest.raises(BouncedBack):
        forward_task(
            task=sent, to=cast.units["beishan-street"], reason="No, theirs", by=cast.mei, at=AT
        )

    sent.refresh_from_db()
    assert (sent.bounces, sent.lead_id) == (1, community.id)


def test_after_two_times_the_unit_above_decides_for_good(cast: Cast, sent: Task) -> None:
    community, volunteers = cast.units["baoshi-community"], cast.units["lvyuan-volunteers"]
    forward_task(task=sent, to=community, reason="Theirs", by=cast.ye, at=AT)
    refuse_task(task=sent, reason="No means", better_owner=volunteers, by=cast.mei, at=AT)
    asker = cast.lou

    # Hangzhou's command stands above the community itself, so it may decide.
    assert "line" in Task.objects.get(id=sent.id).relations_of(asker)
    decide_owner(task=sent, to=community, reason="By the catalogue", by=cast.shen, at=AT)

    with pytest.raises(OwnerBound):
        refuse_task(task=sent, reason="Still no", better_owner=volunteers, by=cast.mei, at=AT)
    with pytest.raises(OwnerBound):
        object_to_dispatch(task=sent, reason="Still no", by=cast.mei, at=AT)
    accept_task(task=sent, by=cast.mei, at=AT)


def test_who_does_not_stand_above_cannot_move_it_any_more(cast: Cast) -> None:
    task = whistle(cast).calls.get().task
    forward_task(task=task, to=cast.units["hz-health"], reason="Theirs", by=cast.tang, at=AT)
    refuse_task(task=task, reason="No", better_owner=cast.units["zj-cdc"], by=cast.xia, at=AT)

    with pytest.raises(LineMustDecide):
        forward_task(task=task, to=cast.units["zj-cdc"], reason="So be it", by=cast.ye, at=AT)

    decide_owner(task=task, to=cast.units["zj-cdc"], reason="Enough", by=cast.shen, at=AT)


def test_an_objection_upheld_names_the_new_owner(cast: Cast, sent: Task) -> None:
    object_to_dispatch(task=sent, reason="Not our road", by=cast.ye, at=AT)
    with pytest.raises(UpheldNeedsOwner):
        review_objection(task=sent, upheld=True, reason="Right", by=cast.lou, at=AT)

    review_objection(
        task=sent, upheld=True, to=cast.units["xh-command"], reason="Right", by=cast.lou, at=AT
    )

    sent.refresh_from_db()
    assert (sent.state, sent.lead_id) == (State.DISPATCHED, cast.units["xh-command"].id)
    assert "informed" in sent.relations_of(cast.ye)


def test_an_objection_rejected_binds(cast: Cast, sent: Task) -> None:
    object_to_dispatch(task=sent, reason="Not our road", by=cast.ye, at=AT)

    review_objection(task=sent, upheld=False, reason="It is", by=cast.lou, at=AT)

    with pytest.raises(OwnerBound):
        object_to_dispatch(task=sent, reason="Again", by=cast.ye, at=AT)


def test_the_tab_to_decide_begins_where_the_acts_do(cast: Cast, sent: Task) -> None:
    """As often as the template allows, whatever its number."""
    most = rules.most_bounces(sent)

    def to_decide() -> int:
        return tickets.counts(visible_to=cast.shen, at=AT, tabs=("decide",))["decide"]

    Task.objects.filter(id=sent.id).update(state=State.REFUSED, bounces=most - 1)
    TaskParty.objects.filter(task=sent).update(state=State.REFUSED)
    assert to_decide() == 0
    Task.objects.filter(id=sent.id).update(bounces=most)
    assert to_decide() == 1
