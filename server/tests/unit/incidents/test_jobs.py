"""Clocks: each expiry is told once."""

from unit.incidents.conftest import AT, DAY, HOUR, LAW

from tongzhou.demo.cast import Cast
from tongzhou.incidents import jobs
from tongzhou.incidents.actions.close_incident import close_incident
from tongzhou.incidents.actions.lift_measure import lift_measure
from tongzhou.incidents.actions.note_expiry import note_expired_measures, note_expiring_grades
from tongzhou.incidents.actions.set_grade import set_grade
from tongzhou.incidents.models import Incident, Measure
from tongzhou.ledger.models import Act


def graded(cast: Cast, incident: Incident, *, days: int) -> None:
    """A level that holds so many days."""
    set_grade(
        incident=incident, grade="I", criterion="c", legal_basis=LAW, expires_at=AT + days * DAY,
        by=cast.shen, at=AT,
    )  # fmt: skip


def test_a_level_is_told_of_once_a_day_before_it_expires(cast: Cast, incident: Incident) -> None:
    graded(cast, incident, days=14)

    told = [note_expiring_grades(at=AT + days * DAY) for days in (12, 13, 13, 14, 20)]

    assert told == [0, 1, 0, 0, 0]
    act = Act.objects.get(type="grade.expiring.v1")
    assert (act.by_post, act.by_unit, act.due_at) == (None, None, AT + 14 * DAY)
    assert act.with_units == [cast.shen.unit_id]


def test_a_level_that_was_extended_is_told_of_again(cast: Cast, incident: Incident) -> None:
    graded(cast, incident, days=14)
    note_expiring_grades(at=AT + 13 * DAY)

    graded(cast, incident, days=28)

    assert note_expiring_grades(at=AT + 14 * DAY) == 0
    assert note_expiring_grades(at=AT + 27 * DAY) == 1


def test_an_expired_measure_is_told_of_once(cast: Cast, measure: Measure) -> None:
    told = [note_expired_measures(at=AT + days * DAY) for days in (13, 14, 15)]

    assert told == [0, 1, 0]
    act = Act.objects.get(type="measure.expired.v1")
    assert (act.about_id, act.outcome, act.visibility) == (measure.id, "expired", "public")


def test_what_was_lifted_or_closed_expires_silently(
    cast: Cast, incident: Incident, measure: Measure
) -> None:
    graded(cast, incident, days=3)
    lift_measure(measure=measure, reason="Calm", by=cast.shen, at=AT + 2 * HOUR)
    close_incident(incident=incident, reason="Over", by=cast.shen, at=AT + DAY)

    assert note_expired_measures(at=AT + 30 * DAY) == 0
    assert note_expiring_grades(at=AT + 30 * DAY) == 0


def test_the_jobs_take_whatever_an_older_worker_sends(cast: Cast, measure: Measure) -> None:
    jobs.note_expiry(timestamp=0, unknown="x")
    jobs.forget_uploads(timestamp=0)

    assert Act.objects.filter(type="measure.expired.v1").count() == 1
