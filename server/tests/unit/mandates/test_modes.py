"""Without an incident, the mode of the area says which duties hold: in peacetime those of
preparing, in an emergency those of responding."""

from tongzhou.demo.cast import Cast
from tongzhou.mandates import queries as mandates
from tongzhou.mandates.actions.consent_charge import consent_charge
from tongzhou.mandates.actions.propose_charge import propose_charge
from tongzhou.mandates.models import Duty
from tongzhou.places.actions.switch_mode import switch_mode
from tongzhou.tasks.actions.send_task import send_task

from .conftest import AT, DAY, HOUR


def _charged(cast: Cast, duty: Duty, unit: str, phase: str) -> None:
    proposal = propose_charge(
        duty=duty, unit=cast.units[unit], part="accountable", area=cast.areas["3301"],
        phases=[phase], by=cast.lou, at=AT,
    )  # fmt: skip
    if proposal.waiting:
        consent_charge(proposal=proposal, by=cast.xia, at=AT)


def test_duties_follow_the_mode_and_nothing_stored_changes(cast: Cast, door: Duty) -> None:
    _charged(cast, door, "hz-command", "prepare")
    _charged(cast, door, "hz-health", "respond")
    switch_mode(
        area=cast.areas["33"], mode="emergency", reason="Cases", until=AT + 9 * DAY, by=cast.shen,
        at=AT + DAY,
    )  # fmt: skip

    def holder(day: int, *, phase: str = "") -> str:
        found = mandates.resolve(
            door.code, area=cast.areas["3301"], phase=phase, grade="", at=AT + day * DAY + HOUR
        )
        return found.accountable.code if found.accountable else ""

    assert [holder(day) for day in (0, 1, 9)] == ["hz-command", "hz-health", "hz-command"]
    # An incident says its own phase, whatever the mode.
    assert holder(1, phase="prepare") == "hz-command"


def test_a_task_without_an_incident_rests_on_the_duty_of_the_mode(cast: Cast, door: Duty) -> None:
    _charged(cast, door, "hz-health", "respond")
    given = {"title": "Call", "lead": cast.units["hz-health"], "area": cast.areas["3301"],
             "due_at": AT + 9 * DAY, "basis": "order", "duty": door, "by": cast.lou}  # fmt: skip

    before = send_task(**given, at=AT)  # type: ignore[arg-type]
    switch_mode(
        area=cast.areas["3301"], mode="emergency", reason="Cases", until=AT + 9 * DAY,
        by=cast.lou, at=AT + HOUR,
    )  # fmt: skip
    during = send_task(**given, at=AT + 2 * HOUR)  # type: ignore[arg-type]

    assert before.mandate == "emergent"
    assert during.mandate.startswith("cell:")
