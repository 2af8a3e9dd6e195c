"""What a dispatch asks the matrix of powers and duties, and what it notes of the answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import translation

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.ledger.models import Act
from tongzhou.mandates.actions.declare_duty import declare_duty
from tongzhou.mandates.actions.propose_charge import propose_charge
from tongzhou.mandates.actions.retire_duty import retire_duty
from tongzhou.mandates.models import Charge, Duty
from tongzhou.tasks.actions.bulk_act import bulk_act
from tongzhou.tasks.actions.create_task import create_task
from tongzhou.tasks.actions.forward_task import forward_task
from tongzhou.tasks.actions.mandate import DutyForbidden, DutyRetired, JustificationMissing
from tongzhou.tasks.actions.send_task import send_task
from tongzhou.tasks.actions.split_task import Part, split_task
from tongzhou.tasks.models import Task
from tongzhou.tasks.queries.ties import emergent_ties

AT = datetime(2020, 1, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
DUE = AT + timedelta(days=3)


@pytest.fixture
def duty(cast: Cast) -> Duty:
    """It lies with districts and above."""
    return declare_duty(
        code="trace", name_zh="流调", name_en="Trace", lowest="district", by=cast.lou, at=AT
    )


@pytest.fixture
def charge(cast: Cast, duty: Duty) -> Charge:
    """Hangzhou's command charges itself."""
    return propose_charge(
        duty=duty,
        unit=cast.units["hz-command"],
        part="accountable",
        area=cast.areas["3301"],
        by=cast.lou,
        at=AT,
    ).charge


def send(cast: Cast, duty: Duty | None, lead: str, **given: Any) -> Task:
    asked = {
        "title": "Trace them",
        "lead": cast.units[lead],
        "area": cast.areas["330106"],
        "due_at": DUE,
        "basis": "agreement",
        "duty": duty,
        "by": cast.shen,
        "at": AT,
    }
    return send_task(**(asked | given))


def test_the_charge_that_allowed_it_is_noted(cast: Cast, duty: Duty, charge: Charge) -> None:
    task = send(cast, duty, "hz-command")

    assert task.mandate == f"cell:{charge.id}"
    assert task.mandate_kind == "cell"
    act = Act.objects.get(type="task.dispatched.v1")
    assert act.data["mandate"] == task.mandate
    assert act.data["duty"] == str(duty.id)


def test_another_unit_may_be_asked_and_that_is_noted(
    cast: Cast, duty: Duty, charge: Charge
) -> None:
    task = send(cast, duty, "zj-cdc")

    assert task.mandate == f"emergent:{charge.id}"
    ties = emergent_ties(visible_to=cast.shen)
    assert [(t.asker.code, t.lead.code, t.duty.code, t.count) for t in ties] == [
        ("zj-command", "zj-cdc", "trace", 1)
    ]
    assert emergent_ties(visible_to=cast.ou) == []


def test_where_nobody_is_charged_it_is_emergent(cast: Cast, duty: Duty) -> None:
    assert send(cast, duty, "hz-command").mandate == "emergent"
    assert send(cast, None, "hz-command").mandate == ""


def test_a_departments_duty_is_not_pushed_to_the_grass_roots(
    cast: Cast, duty: Duty, charge: Charge
) -> None:
    for lead in ("beishan-street", "baoshi-community", "baoshi-property"):
        with pytest.raises(DutyForbidden) as refused:
            send(cast, duty, lead)

        assert ", 2018-01-01)" in str(refused.value)
    with translation.override("zh-hans"), pytest.raises(DutyForbidden) as refused:
        send(cast, duty, "beishan-street")
    with translation.override("zh-hans"):
        assert "，2018-01-01）" in str(refused.value)
    assert Task.objects.count() == 0


def test_forward_split_and_bulk_ask_as_well(cast: Cast, duty: Duty, charge: Charge) -> None:
    task = send(cast, duty, "zj-cdc")

    moved = forward_task(
        task=task, to=cast.units["hz-command"], reason="Theirs", by=cast.qiu, at=AT
    )
    assert moved.mandate == f"cell:{charge.id}"
    with pytest.raises(DutyForbidden):
        forward_task(task=task, to=cast.units["beishan-street"], reason="Down", by=cast.lou, at=AT)
    with pytest.raises(DutyForbidden) as refused:
        split_task(
            task=task,
            parts=[Part(title="x", lead=cast.units["beishan-street"], due_at=DUE)],
            by=cast.lou,
            at=AT,
        )
    assert refused.value.row == 1
    draft = create_task(
        title="Trace",
        lead=cast.units["beishan-street"],
        area=cast.areas["330106"],
        due_at=DUE,
        basis="agreement",
        duty=duty,
        by=cast.shen,
        at=AT,
    )
    report = bulk_act(verb="dispatch", tasks=[draft], by=cast.shen, at=AT)
    assert [one.code for one in report.refused] == ["duty-forbidden"]


def test_an_order_on_what_communities_decide_needs_a_justification(cast: Cast) -> None:
    alone = declare_duty(code="compact", name_zh="公约", autonomous=True, by=cast.shen, at=AT)

    with pytest.raises(JustificationMissing):
        send(cast, alone, "baoshi-community", basis="order")

    assert send(cast, alone, "baoshi-community", basis="order", basis_note="Decree 4").number
    assert send(cast, alone, "baoshi-community").number


def test_a_retired_duty_cannot_be_named(cast: Cast, duty: Duty) -> None:
    gone = retire_duty(duty=duty, reason="Over", by=cast.lou, at=AT)

    with pytest.raises(DutyRetired):
        send(cast, gone, "hz-command")


def test_the_form_proposes_the_right_unit_and_warns_on_a_wrong_one(
    cast: Cast, duty: Duty, charge: Charge, signed_in: Callable[[Post], Client]
) -> None:
    browser = signed_in(cast.shen)

    def said(**given: str) -> str:
        return browser.get("/tasks/mandate", given).content.decode()

    assert said() == ""
    assert "data-pick-lead" in said(duty="trace", area="330106")
    assert "is accountable for" in said(duty="trace", area="330106", lead="hz-command")
    assert "outside of every mandate" in said(duty="trace", area="330106", lead="zj-cdc")
    assert "cannot be given to" in said(duty="trace", area="330106", lead="beishan-street")
    assert "Nobody is charged" in said(duty="trace", area="3303", lead="wz-command")


def test_a_task_is_sent_for_a_duty_by_form_and_by_api(
    cast: Cast,
    duty: Duty,
    charge: Charge,
    signed_in: Callable[[Post], Client],
    api_client: Callable[..., Client],
) -> None:
    answer = signed_in(cast.shen).post(
        "/tasks/new",
        {
            "title": "Trace", "duty": "trace", "lead": "hz-command", "due": "tomorrow",
            "basis": "agreement", "work": "serve", "priority": "0",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    page = signed_in(cast.shen).get(answer.headers["Location"]).content.decode()
    assert "is charged with it" in page

    program = api_client(cast.shen)
    made = program.post(
        "/api/v1/tasks",
        {
            "title": "Trace", "duty": "trace", "lead": "hz-command", "basis": "agreement",
            "due_at": "2035-01-01T00:00:00Z",
        },
        content_type="application/json",
    )  # fmt: skip
    shown = program.get(f"/api/v1/tasks/{made.json()['number']}").json()
    assert (shown["duty"], shown["mandate"]) == ("trace", f"cell:{charge.id}")
    wrong = program.post(
        "/api/v1/tasks",
        {
            "title": "Trace", "duty": "none-such", "lead": "hz-command", "basis": "agreement",
            "due_at": "2035-01-01T00:00:00Z",
        },
        content_type="application/json",
    )  # fmt: skip
    assert wrong.json()["code"] == "duty-unknown"
