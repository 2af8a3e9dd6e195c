"""A task of Hangzhou's command for Beishan Subdistrict: the property firm assists, the
volunteers are informed, province and district stand above."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.models import Incident
from tongzhou.ledger.models import Act
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.block_task import block_task
from tongzhou.tasks.actions.blow_whistle import blow_whistle
from tongzhou.tasks.actions.confirm_task import confirm_task
from tongzhou.tasks.actions.create_task import create_task
from tongzhou.tasks.actions.dispatch_task import dispatch_task
from tongzhou.tasks.actions.edit_task import edit_task
from tongzhou.tasks.actions.finish_task import finish_task
from tongzhou.tasks.actions.forward_task import forward_task
from tongzhou.tasks.actions.merge_tasks import merge_tasks
from tongzhou.tasks.actions.object_to_dispatch import object_to_dispatch
from tongzhou.tasks.actions.refuse_task import refuse_task
from tongzhou.tasks.actions.register_ticket import register_ticket
from tongzhou.tasks.actions.return_task import return_task
from tongzhou.tasks.actions.see_task import see_task
from tongzhou.tasks.actions.start_task import start_task
from tongzhou.tasks.actions.withdraw_task import withdraw_task
from tongzhou.tasks.models import Basis, Channel, Form, State, Task, Ticket, Whistle, Work

AT = datetime(2020, 1, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: The posts that stand to the task as the relation says.
RELATED = {"asker": "lou", "lead": "ye", "assisting": "pan", "informed": "chu", "line": "shen"}


def draft(cast: Cast, **changes: object) -> Task:
    """The task, drafted."""
    arguments = {
        "title": "登记发热住户 Register households with fever",
        "lead": cast.units["beishan-street"],
        "area": cast.areas["330106002"],
        "assisting": [cast.units["baoshi-property"]],
        "informed": [cast.units["lvyuan-volunteers"]],
        "due_at": AT + DAY,
        "basis": Basis.ORDER,
        "work": Work.REPORT,
        "by": cast.lou,
        "at": AT,
        **changes,
    }
    return create_task(**arguments)


def ticket(cast: Cast, **changes: object) -> Task:
    """The same matter as a ticket of Hangzhou's desk, still there."""
    arguments = {
        "text": "五天没有人收垃圾 No rubbish collected for five days",
        "area": cast.areas["330106002"],
        "channel": Channel.PHONE,
        "assisting": [cast.units["baoshi-property"]],
        "contact_name": "Zhang San",
        "contact_phone": "13800001111",
        "by": cast.lou,
        "at": AT,
        **changes,
    }
    task = register_ticket(**arguments).task
    told = [cast.units["lvyuan-volunteers"]]
    return edit_task(task=task, informed=told, reason="They ask too", by=cast.lou, at=AT)


def whistle(cast: Cast, **changes: object) -> Whistle:
    """Beishan whistles for the province's health commission."""
    arguments = {
        "kind": "emergency",
        "ground": "beyond-power",
        "text": "聚集性发热 A cluster of fever",
        "place": "宝石社区东门 East gate of Baoshi",
        "area": cast.areas["330106002"],
        "units": [cast.units["zj-health"]],
        "by": cast.ye,
        "at": AT,
        **changes,
    }
    return blow_whistle(**arguments)


def call(cast: Cast) -> Task:
    """The call of that department, with the others told."""
    task = whistle(cast).calls.get().task
    return edit_task(
        task=task,
        assisting=[cast.units["baoshi-property"]],
        informed=[cast.units["lvyuan-volunteers"]],
        reason="They help",
        by=cast.ye,
        at=AT,
    )


#: To a plain task nobody objects.
TASK_STATES = [state for state in State if state != State.OBJECTED]
#: Of each form: how one is made, and who stands to it as the relation says.
MAKERS: dict[str, Callable[[Cast], Task]] = {"task": draft, "ticket": ticket, "whistle": call}
RELATED_TO: dict[str, dict[str, str]] = {
    "task": RELATED,
    "ticket": RELATED,
    "whistle": RELATED | {"asker": "ye", "lead": "tang"},
}


def _sent(task: Task, cast: Cast, asker: Post) -> None:
    """A ticket is sent from the desk to the one that should lead."""
    if task.form == Form.TICKET:
        street = cast.units["beishan-street"]
        forward_task(task=task, to=street, reason="By the catalogue", by=asker, at=AT)
    elif task.form == Form.TASK:
        dispatch_task(task=task, by=asker, at=AT)


def another(task: Task, cast: Cast) -> Task:
    """A second one of the same form, sent."""
    other = MAKERS[task.form](cast)
    _sent(other, cast, cast.posts[RELATED_TO[task.form]["asker"]])
    return other


def bring(cast: Cast, task: Task, state: State) -> Task:
    """The drafted task, brought to a state by the acts that lead there."""
    posts = (*cast.posts.values(), cast.second_post)
    asker = cast.posts[RELATED_TO[task.form]["asker"]]
    named = cast.posts[RELATED_TO[task.form]["lead"]]
    led = next(p for p in posts if p.unit_id == task.lead_id)
    lead = named if task.form == Form.TICKET else led
    other = cast.units["wz-command"]
    steps: dict[State, tuple[State | None, Callable[[], object]]] = {
        State.DRAFT: (None, lambda: None),
        State.DISPATCHED: (State.DRAFT, lambda: _sent(task, cast, asker)),
        State.SEEN: (State.DISPATCHED, lambda: see_task(task=task, by=lead, at=AT)),
        State.ACCEPTED: (State.SEEN, lambda: accept_task(task=task, by=lead, at=AT)),
        State.IN_PROGRESS: (State.ACCEPTED, lambda: start_task(task=task, by=lead, at=AT)),
        State.BLOCKED: (
            State.IN_PROGRESS,
            lambda: block_task(task=task, reason="No masks", by=lead, at=AT),
        ),
        State.DONE: (
            State.IN_PROGRESS,
            lambda: finish_task(task=task, result="12 households", by=lead, at=AT),
        ),
        State.CONFIRMED: (State.DONE, lambda: confirm_task(task=task, by=asker, at=AT)),
        State.REFUSED: (
            State.SEEN,
            lambda: refuse_task(task=task, reason="Not here", better_owner=other, by=lead, at=AT),
        ),
        State.RETURNED: (
            State.SEEN,
            lambda: return_task(task=task, reason="Which?", better_owner=other, by=lead, at=AT),
        ),
        State.OBJECTED: (
            State.SEEN,
            lambda: object_to_dispatch(task=task, reason="Not our road", by=lead, at=AT),
        ),
        State.WITHDRAWN: (
            State.DISPATCHED,
            lambda: withdraw_task(task=task, reason="Not needed", by=asker, at=AT),
        ),
        State.MERGED: (
            State.DISPATCHED,
            lambda: merge_tasks(
                task=task,
                into=another(task, cast),
                by=asker,
                at=AT,
            ),
        ),
    }
    before, step = steps[state]
    if before is not None:
        bring(cast, task, before)
    step()
    task.refresh_from_db()
    return task


@pytest.fixture
def task(cast: Cast) -> Task:
    """Dispatched."""
    return bring(cast, draft(cast), State.DISPATCHED)


@pytest.fixture
def incident(cast: Cast) -> Incident:
    """Opened by the province's commander."""
    return open_incident(
        code="zj-2020",
        title_zh="不明原因肺炎疫情",
        title_en="Pneumonia of unknown cause",
        area=cast.areas["33"],
        told=[cast.units["hz-command"]],
        by=cast.shen,
        at=AT,
    )


@pytest.fixture
def last_act(db: None) -> Callable[[], Act]:
    """The act that was written last."""
    return lambda: Act.objects.order_by("-id")[0]


def sees(post: Post, task: Task) -> bool:
    """True when the post may see the task."""
    return bool(Task.objects.get(id=task.id).relations_of(post))


@pytest.fixture
def sent(cast: Cast) -> Task:
    """A ticket that the city's desk sent to the street."""
    return bring(cast, ticket(cast), State.DISPATCHED)


def registered(cast: Cast, **changes: Any) -> Ticket:
    given = {
        "text": "Rubbish",
        "area": cast.areas["330106002"],
        "channel": Channel.PHONE,
        "lead": cast.units["beishan-street"],
        "by": cast.lou,
        "at": AT,
        **changes,
    }
    return register_ticket(**given)
