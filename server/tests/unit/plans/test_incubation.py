"""A changed incubation moves the windows that hang on it, and says so."""

from unit.plans.conftest import AT, DAY

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.edit_incident import edit_incident
from tongzhou.incidents.models import Incident, Measure
from tongzhou.ledger.models import Act
from tongzhou.library.queries import Version
from tongzhou.plans.actions.follow_incubation import follow_incubation
from tongzhou.plans.actions.stand_up_plan import stand_up_plan


def _edit(cast: Cast, incident: Incident, days: int, *, at: object = AT) -> None:
    edit_incident(incident=incident, reason="Known", incubation_days=days, by=cast.shen, at=at)  # type: ignore[arg-type]


def test_the_expiry_follows_and_stands_in_the_ledger(
    cast: Cast, first_level: Incident, plan: Version
) -> None:
    stand_up_plan(incident=first_level, version=plan.id, by=cast.shen, at=AT)
    _edit(cast, first_level, 7, at=AT + DAY)

    follow_incubation(incident=first_level.id, by=cast.shen, at=AT + DAY)

    assert Measure.objects.get().expires_at == AT + 14 * DAY
    act = Act.objects.get(type="plan.window_followed.v1")
    assert (act.due_at, act.data["incubation_days"]) == (AT + 14 * DAY, 7)
    assert follow_incubation(incident=first_level.id, by=cast.shen, at=AT + DAY) == []


def test_nobody_loses_a_measure_from_one_moment_to_the_next(
    cast: Cast, first_level: Incident, plan: Version
) -> None:
    stand_up_plan(incident=first_level, version=plan.id, by=cast.shen, at=AT)
    now = AT + 20 * DAY
    _edit(cast, first_level, 7, at=now)

    follow_incubation(incident=first_level.id, by=cast.shen, at=now)
    assert Measure.objects.get().expires_at == now + DAY
    assert follow_incubation(incident=first_level.id, by=cast.shen, at=now + DAY / 2) == []
