"""What programs are answered: the shapes that the API describes, and what stands in them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pydantic import TypeAdapter
from unit.plans.conftest import AT, DAY

from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Incident
from tongzhou.kernel import clock
from tongzhou.library.queries import Version
from tongzhou.plans.schemas import modes as mode_shapes
from tongzhou.plans.schemas import plans as shapes

Program = Callable[..., Client]


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def _ask(client: Client, path: str, shape: Any, body: dict[str, Any] | None = None) -> Any:
    """The answer, checked against its shape: no field more, none less."""
    address = f"/api/v1/{path}"
    if body is None:
        answer = client.get(address)
    else:
        answer = client.post(address, body, content_type="application/json")
    assert answer.status_code in (200, 201), answer.content
    TypeAdapter(shape).validate_json(answer.content, extra="forbid")
    return answer.json()


def test_a_plan_is_found_looked_at_stood_up_filled_and_stepped_down(
    cast: Cast, first_level: Incident, plan: Version, api_client: Program
) -> None:
    client = api_client(cast.shen)
    incident = f"incidents/{first_level.code}/plans"

    fitting = _ask(client, f"{incident}/fitting", list[shapes.FittingOut])
    chosen = next(row for row in fitting if row["now"])
    assert (chosen["version"], chosen["rule"]) == (str(plan.id), "met")
    seen = _ask(client, f"{incident}/{chosen['version']}", shapes.PreviewOut)
    lines = {line["name"]: line for line in seen["lines"]}
    assert lines["measure:gatherings"]["rule"] == [
        {"fact": "population", "value": 64567588, "at_least": 1000000, "at_most": None}
    ]
    assert lines["task:nobody"]["why"] == "nobody-charged"
    stood = _ask(
        client, f"{incident}/{chosen['version']}", shapes.StandUpOut,
        {"seen": seen["digest"], "overrules": [
            {"line": "task:beds", "act": "leave_out", "reason": "Enough"},
        ]},
    )  # fmt: skip
    assert {line["key"]: line["outcome"] for line in stood["lines"]}["beds"] == "left_out"
    open_line = next(line["id"] for line in stood["lines"] if line["key"] == "nobody")
    filled = _ask(
        client, f"plans/lines/{open_line}/fill", shapes.PlanLineOut,
        {"unit": "hz-health", "reason": "Near"},
    )  # fmt: skip
    assert filled["outcome"] == "made"
    for unit, told in (
        ("hz-health", (409, "plan-line-not-open")),
        ("no-such", (422, "unit-unknown")),
    ):
        again = client.post(
            f"/api/v1/plans/lines/{open_line}/fill",
            {"unit": unit, "reason": "Near"},
            content_type="application/json",
        )
        assert (again.status_code, again.json()["code"]) == told
    foreseen = _ask(client, f"plans/{stood['id']}/step-down", shapes.EndingOut)
    assert (foreseen["may"], foreseen["authority"]["code"]) == (True, "zj-command")
    report = _ask(
        client, f"plans/{stood['id']}/step-down", shapes.StandUpReportOut, {"reason": "Over"}
    )
    assert report["taken"] == foreseen["taken"]
    assert client.get(f"/api/v1/plans/{stood['id']}/reverse").json()["code"] == "plan-not-standing"
    (listed,) = _ask(client, incident, list[shapes.StandUpOut])
    assert listed["state"] == "stepped_down"


def test_a_stand_up_of_what_changed_meanwhile_is_refused(
    cast: Cast, first_level: Incident, plan: Version, api_client: Program
) -> None:
    answer = api_client(cast.shen).post(
        f"/api/v1/incidents/{first_level.code}/plans/{plan.id}",
        {"seen": "yesterday"},
        content_type="application/json",
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "preview-changed")


def test_an_area_is_switched_and_its_parts_follow(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.shen)
    until = (AT + 30 * DAY).isoformat()
    body = {"mode": "emergency", "reason": "Cases", "until": until}

    _ask(client, "areas/33/mode", mode_shapes.ModeOut, body)
    street = _ask(client, "areas/330106002/mode", mode_shapes.ModeOut)
    assert (street["mode"], street["by"]["area"], street["by"]["reason"]) == (
        "emergency", "33", "Cases",
    )  # fmt: skip
    held = api_client(cast.lou).post(
        "/api/v1/areas/3301/mode", {"mode": "peace", "reason": "x"},
        content_type="application/json",
    )  # fmt: skip
    assert (held.status_code, held.json()["code"]) == (409, "mode-held-above")
    after = _ask(client, "areas/33/mode", mode_shapes.ModeOut, {"mode": "peace", "reason": "Over"})
    assert (after["mode"], after["by"]) == ("peace", None)
    assert [row["mode"] for row in after["history"]] == ["peace", "emergency"]


def test_who_may_not_switch_is_refused(cast: Cast, api_client: Program) -> None:
    answer = api_client(cast.mei).post(
        "/api/v1/areas/33/mode", {"mode": "peace", "reason": "x"}, content_type="application/json"
    )

    assert answer.status_code == 403
