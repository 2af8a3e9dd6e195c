"""The limits of this room: what starts them, what stops them, and who hears of a missed one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from unit.clocks.conftest import Works, told
from unit.oversight.conftest import AT, DAY, HOUR, Asking, picture

from tongzhou.clocks.models import Clock, State
from tongzhou.demo.cast import Cast
from tongzhou.oversight.actions.answer_finding import answer_finding
from tongzhou.oversight.actions.answer_letter import answer_letter
from tongzhou.oversight.actions.consent_burden import consent_burden
from tongzhou.oversight.actions.recheck_finding import recheck_finding
from tongzhou.oversight.actions.record_finding import record_finding
from tongzhou.oversight.actions.reply_accountability import reply_accountability
from tongzhou.oversight.actions.report_up import report_up
from tongzhou.oversight.actions.withdraw_finding import withdraw_finding
from tongzhou.oversight.actions.withdraw_request import withdraw_request
from tongzhou.oversight.models import AccountabilityEntry, AskPart, Finding, Letter
from tongzhou.oversight.queries import citing
from tongzhou.oversight.queries.citing import CitedNotMissed, CitedUnknown

TODAY = AT.date()
FIVE = AT.replace(hour=17)
VALUES = {"item_0": "1", "item_1": "2", "item_2": "3"}


def limits(rule: str) -> list[Clock]:
    """The clocks of a rule, by their start."""
    return list(Clock.objects.filter(rule=rule).order_by("started_at", "id"))


def only(rule: str) -> Clock:
    """The one clock of a rule."""
    (found,) = limits(rule)
    return found


def happened(rule: str) -> list[str]:
    """What happened to the limits of a rule, in order."""
    return [act.type.split(".")[1] for act in told() if act.data["rule"] == rule]


def units_told(rule: str, kind: str) -> set[object]:
    """The units that heard of it."""
    return {u for a in told(f"clock.{kind}") if a.data["rule"] == rule for u in a.with_units}


def test_a_finding_is_answered_and_then_looked_at(
    cast: Cast,
    works: Works,
    finding: Finding,
) -> None:
    works.at(AT + HOUR)
    assert only("finding-answer").due_at == AT + 3 * DAY
    assert only("finding-answer").owners == [finding.owner_id]

    answer_finding(finding=finding, text="Done", files=[picture()], by=cast.mei, at=AT + DAY)
    works.at(AT + DAY + HOUR)
    assert only("finding-answer").state == State.MET
    recheck = only("finding-recheck")
    assert (recheck.owners, recheck.due_at) == ([finding.supervisor_id], AT + 8 * DAY)

    recheck_finding(
        finding=finding, passed=False, text="Empty", due_at=AT + 5 * DAY, by=cast.gu,
        at=AT + 2 * DAY,
    )  # fmt: skip
    works.at(AT + 2 * DAY + HOUR)
    assert only("finding-recheck").state == State.MET
    assert [(c.state, c.due_at) for c in limits("finding-answer")][1:] == [
        (State.RUNNING, AT + 5 * DAY)
    ]


def test_a_finding_that_nobody_answers_goes_up_the_line(
    cast: Cast,
    works: Works,
    finding: Finding,
) -> None:
    works.at(AT + 20 * DAY)

    assert happened("finding-answer") == ["warned", "missed", "escalated", "escalated"]
    street, command = cast.units["beishan-street"], cast.units["xh-command"]
    assert {finding.owner_id, finding.supervisor_id, street.id} <= units_told(
        "finding-answer", "missed"
    )
    assert command.id in units_told("finding-answer", "escalated")


def test_a_withdrawn_finding_has_no_limit(
    cast: Cast,
    works: Works,
    finding: Finding,
) -> None:
    withdraw_finding(finding=finding, reason="Wrong", by=cast.gu, at=AT + HOUR)

    works.at(AT + 20 * DAY)

    assert only("finding-answer").state == State.CANCELLED
    assert told() == []


def test_a_letter_is_answered_or_goes_up(
    cast: Cast,
    works: Works,
    letter: Letter,
) -> None:
    works.at(AT + 5 * DAY + HOUR)
    assert only("letter-answer").state == State.MISSED
    answer_letter(letter=letter, answer="Here", by=cast.ye, at=AT + 6 * DAY)

    works.at(AT + 20 * DAY)

    assert only("letter-answer").late_by == DAY
    assert happened("letter-answer") == ["warned", "missed"]


def test_a_reply_that_does_not_come_is_told_to_the_supervisors_alone(
    cast: Cast,
    works: Works,
    entry: AccountabilityEntry,
) -> None:
    works.at(AT + 8 * DAY)
    assert only("accountability-reply").state == State.MISSED
    entry.refresh_from_db()
    assert entry.closed_at is None
    below = {cast.units[code].id for code in ("baoshi-community", "beishan-street")}
    assert not below & units_told("accountability-reply", "")

    reply_accountability(entry=entry, text="So it was", by=cast.mei, at=AT + 9 * DAY)
    works.at(AT + 40 * DAY)
    assert only("accountability-reply").late_by == 2 * DAY


def test_without_consent_nobody_misses_anything(
    cast: Cast,
    works: Works,
    ask: Asking,
) -> None:
    ask(50, seek_consent=True, first_on=TODAY + timedelta(2), until=TODAY + timedelta(5))

    works.at(AT + 20 * DAY)

    assert only("request-consent").state == State.ENDED
    assert limits("report-due") == []
    assert not told("clock.missed")


def test_who_consents_has_a_limit_from_then_on(
    cast: Cast,
    works: Works,
    ask: Asking,
) -> None:
    ask(50, seek_consent=True, until=TODAY + timedelta(5))
    part = AskPart.objects.get()
    consent_burden(part=part, consent=True, by=cast.mei, at=FIVE + HOUR)

    works.at(FIVE + 2 * HOUR)

    assert only("report-due").due_at == FIVE + DAY


def test_each_report_starts_the_limit_of_the_next(
    cast: Cast,
    works: Works,
    ask: Asking,
) -> None:
    ask(until=TODAY + timedelta(2))
    for day in range(3):
        works.at(AT + day * DAY + HOUR / 2)
        assert limits("report-due")[-1].due_at == FIVE + day * DAY
        at = AT + day * DAY + HOUR
        report_up(day=at.date(), values=VALUES, by=cast.mei, at=at)

    works.at(AT + 30 * DAY)

    assert [c.state for c in limits("report-due")] == [State.MET] * 3
    assert not told("clock.missed")


def test_a_day_without_a_report_is_missed_and_goes_up(
    cast: Cast,
    works: Works,
    ask: Asking,
) -> None:
    ask()
    report_up(day=TODAY, values=VALUES, by=cast.mei, at=AT + HOUR)
    late = FIVE + 2 * DAY + HOUR
    works.at(late)

    assert happened("report-due") == ["warned", "missed", "escalated"]
    assert limits("report-due")[-1].due_at == FIVE + DAY
    assert cast.units["beishan-street"].id in units_told("report-due", "escalated")

    # The gap is filled in; the limit of the next day runs.
    report_up(day=TODAY + timedelta(1), values=VALUES, by=cast.mei, at=late)
    works.at(late + HOUR)
    found = [(c.state, c.due_at) for c in limits("report-due")]
    assert found[-2:] == [(State.MISSED, FIVE + DAY), (State.RUNNING, FIVE + 3 * DAY)]


def test_an_older_day_filled_in_later_moves_no_limit(
    cast: Cast,
    works: Works,
    ask: Asking,
) -> None:
    ask()
    report_up(day=TODAY + timedelta(1), values=VALUES, by=cast.mei, at=AT + DAY)
    works.at(AT + DAY + HOUR)
    before = len(limits("report-due"))
    report_up(day=TODAY, values=VALUES, by=cast.mei, at=AT + DAY + 2 * HOUR)

    works.at(AT + DAY + 3 * HOUR)

    assert len(limits("report-due")) == before
    assert limits("report-due")[-1].due_at == FIVE + 2 * DAY


def test_a_withdrawn_request_waits_for_nothing(
    cast: Cast,
    works: Works,
    ask: Asking,
) -> None:
    sent = ask()
    withdraw_request(ask=sent, reason="Over", by=cast.tang, at=AT + HOUR)

    works.at(AT + 30 * DAY)

    assert only("report-due").state == State.CANCELLED
    assert not told("clock.missed")


@pytest.fixture
def missed(cast: Cast, works: Works, finding: Finding) -> Clock:
    """The answer to the finding is late."""
    works.at(AT + 4 * DAY)
    return only("finding-answer")


def test_a_missed_limit_is_evidence(
    cast: Cast, missed: Clock, last_act: Callable[[], object]
) -> None:
    (cited,) = citing.read(str(missed.id), visible_to=cast.gu)
    assert (cited.kind, cited.url) == ("clock", f"/clocks/{missed.id}")
    assert cast.units["baoshi-community"].name in cited.label
    assert citing.missed(visible_to=cast.gu, q="Nobody staffs") == [cited]
    assert citing.missed(visible_to=cast.gu, q="no such words") == []

    found = record_finding(
        what="Late again", owner=cast.units["baoshi-community"], due_at=AT + 9 * DAY,
        cites=[cited], by=cast.gu, at=AT + 5 * DAY,
    )  # fmt: skip
    assert found.cites[0]["id"] == str(missed.id)


def test_a_limit_that_runs_or_that_one_may_not_see_is_none(
    cast: Cast,
    works: Works,
    finding: Finding,
) -> None:
    works.at(AT + HOUR)
    running = only("finding-answer")

    with pytest.raises(CitedNotMissed):
        citing.read(str(running.id), visible_to=cast.gu)
    with pytest.raises(CitedUnknown):
        citing.read(str(running.id), visible_to=cast.ou)
    assert citing.missed(visible_to=cast.gu) == []
