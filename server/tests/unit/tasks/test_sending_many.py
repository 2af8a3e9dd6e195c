"""Tasks sent together, as plans do, are those that would have been sent one by one."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tongzhou.actors.actions.edit_unit import edit_unit
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.models import Incident, IncidentParty
from tongzhou.kernel.errors import NotAllowed, NotFound, ReasonMissing
from tongzhou.ledger.models import Act
from tongzhou.mandates.actions.declare_duty import declare_duty
from tongzhou.tasks.actions.dispatch_task import OrderNeedsLine
from tongzhou.tasks.actions.participants import UnitInactive
from tongzhou.tasks.actions.send_task import send_task
from tongzhou.tasks.actions.send_tasks import Sending
from tongzhou.tasks.actions.transition import WrongState
from tongzhou.tasks.actions.withdraw_task import withdraw_task
from tongzhou.tasks.actions.withdraw_tasks import withdraw_tasks
from tongzhou.tasks.models import Comment, Task

AT = datetime(2020, 1, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LATER = AT + timedelta(hours=1)


@pytest.fixture
def incident(cast: Cast) -> Incident:
    return open_incident(code="many", title_zh="多", area=cast.areas["33"], by=cast.shen, at=AT)


def _asked(cast: Cast, incident: Incident | None, **given: Any) -> dict[str, Any]:
    return {
        "title": " 排查 ", "body": "逐户", "lead": cast.units["hz-command"],
        "area": cast.areas["3301"], "due_at": AT + timedelta(days=1), "basis": "order",
        "incident": incident, "by": cast.shen, "at": AT,
    } | given  # fmt: skip


def _sent(cast: Cast, *asked: dict[str, Any]) -> list[Task]:
    sending = Sending(by=cast.shen, at=AT)
    for one in asked:
        sending.add(**{k: v for k, v in one.items() if k not in {"by", "at"}})
    return sending.send()


def _check(asked: dict[str, Any]) -> None:
    Sending(by=asked.pop("by"), at=asked.pop("at")).add(**asked)


def _row(task: Task) -> dict[str, Any]:
    """All that the database holds of a task, but for what is different of every one."""
    kept = Task.objects.values().get(id=task.id)
    parties = task.parties.order_by("unit_id").values()
    own = {"id", "task_id", "number"}
    return {
        **{k: v for k, v in kept.items() if k not in own},
        "numbers": {p["number"] - kept["number"] for p in parties},
        "parties": [{k: v for k, v in p.items() if k not in own} for p in parties],
        "comments": list(task.comments.values("post_id", "verb", "text", "at")),
    }


def _acts(task: Task) -> list[dict[str, Any]]:
    """All that the ledger says of a task, in its order."""
    found = []
    for act in Act.objects.filter(about_id=task.id).order_by("id").values():
        data = {k: v for k, v in act["data"].items() if k not in {"number", "note"}}
        own = {"id", "recorded_at", "about_id"}
        found.append({k: v for k, v in act.items() if k not in own} | {"data": data})
    return found


@pytest.mark.parametrize("basis", ["order", "agreement"])
@pytest.mark.parametrize("named", [False, True], ids=["no duty", "duty"])
def test_each_is_the_task_that_would_have_been_sent_alone(
    cast: Cast, incident: Incident, basis: str, named: bool
) -> None:
    duty = declare_duty(code="d", name_zh="d", needs=[], by=cast.shen, at=AT) if named else None
    asked = _asked(cast, incident, basis=basis, duty=duty, priority=2, work="report")

    alone = send_task(**asked)
    seen = set(IncidentParty.objects.values_list("unit_id", "relations__len"))
    one, two = _sent(cast, asked, asked)

    assert _row(alone) == _row(one) == _row(two)
    assert _acts(alone) == _acts(one) == _acts(two)
    assert [act["type"] for act in _acts(one)] == ["task.created.v1", "task.dispatched.v1"]
    assert alone.number < one.number < two.number
    assert set(IncidentParty.objects.values_list("unit_id", "relations__len")) == seen


def test_each_is_taken_back_as_it_would_have_been_alone(cast: Cast, incident: Incident) -> None:
    alone, one, two = (send_task(**_asked(cast, incident)) for _ in range(3))

    withdraw_task(task=alone, reason=" 取消 ", by=cast.shen, at=LATER)
    withdraw_tasks(tasks=[one, two], reason=" 取消 ", by=cast.shen, at=LATER)

    assert _row(alone) == _row(one) == _row(two)
    assert _acts(alone) == _acts(one) == _acts(two)
    assert _acts(one)[-1]["type"] == "task.withdrawn.v1"


def test_their_number_asks_for_no_more_statements(cast: Cast, incident: Incident) -> None:
    def statements(count: int) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as sending:
            sent = _sent(cast, *[_asked(cast, incident)] * count)
        with CaptureQueriesContext(connection) as taking:
            withdraw_tasks(tasks=sent, reason="x", by=cast.shen, at=LATER)
        return len(sending), len(taking)

    statements(1)
    assert statements(40) == statements(2)


def test_what_one_alone_would_be_refused_is_refused(cast: Cast, incident: Incident) -> None:
    with pytest.raises(OrderNeedsLine):
        _check(_asked(cast, incident, lead=cast.units["wz-trade"]))
    with pytest.raises(NotFound):
        _check(_asked(cast, incident, by=cast.ou))
    with pytest.raises(NotAllowed):
        _check(_asked(cast, None, by=cast.an))
    closed = edit_unit(unit=cast.units["baoshi-community"], active=False, by=cast.an, at=AT)
    with pytest.raises(UnitInactive):
        _check(_asked(cast, incident, lead=closed))


def test_what_one_alone_would_be_refused_to_withdraw_is_refused(
    cast: Cast, incident: Incident
) -> None:
    one, two = (send_task(**_asked(cast, incident)) for _ in range(2))
    with pytest.raises(ReasonMissing):
        withdraw_tasks(tasks=[one], reason=" ", by=cast.shen, at=LATER)
    with pytest.raises(NotFound):
        withdraw_tasks(tasks=[one], reason="x", by=cast.ou, at=LATER)
    withdraw_task(task=two, reason="x", by=cast.shen, at=LATER)
    with pytest.raises(WrongState):
        withdraw_tasks(tasks=[one, two], reason="x", by=cast.shen, at=LATER)
    assert Task.objects.get(id=one.id).state == "dispatched"


def test_none_is_sent_or_taken_back_that_cannot_be_written_down(
    cast: Cast, incident: Incident, broken_ledger: Any
) -> None:
    kept = send_task(**_asked(cast, incident))
    with broken_ledger():
        _sent(cast, _asked(cast, incident))
    with broken_ledger():
        withdraw_tasks(tasks=[kept], reason="x", by=cast.shen, at=LATER)

    assert [task.state for task in Task.objects.all()] == ["dispatched"]
    assert not Comment.objects.exists()
    assert _sent(cast) == []
