"""Early signals: taken from anybody, kept as they came, assessed twice, answered."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from unit.incidents.conftest import AT, DAY, HOUR

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.answer_signal import AnswerMissing, NotAssessed, answer_signal
from tongzhou.incidents.actions.assess_signal import (
    AssessedAlready,
    AssessedByTwo,
    SignalAnswered,
    UnknownVerdict,
    assess_signal,
)
from tongzhou.incidents.actions.change import ReasonMissing
from tongzhou.incidents.actions.read_contact import NoContact, read_contact
from tongzhou.incidents.actions.report_signal import (
    ALPHABET,
    SignalEmpty,
    SignalTooLong,
    UnknownChannel,
    report_signal,
)
from tongzhou.incidents.models import Incident, Signal, SignalContact
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.ledger.models import Act

Last = Callable[[], Act]


def test_anyone_reports_without_an_account(cast: Cast, last_act: Last) -> None:
    signal = report_signal(text=" Fever in two rooms ", area=cast.areas["330106"], at=AT)

    act = last_act()
    assert (signal.text, signal.state, signal.reporter) == ("Fever in two rooms", "received", None)
    assert (act.by_unit, act.by_post, act.basis, act.kind) == (None, None, "voluntary", "report")
    assert (act.visibility, act.area) == ("parties", "330106")


def test_the_ticket_can_be_read_out_and_not_be_guessed(cast: Cast) -> None:
    tickets = {
        report_signal(text="Fever", area=cast.areas["3301"], at=AT).ticket for _time in range(20)
    }

    assert len(tickets) == 20
    for ticket in tickets:
        start, first, second = ticket.split("-")
        assert (start, len(first), len(second)) == ("TZ", 4, 4)
        assert set(first + second) <= set(ALPHABET)


def test_every_authority_above_hears_of_it_at_once_and_the_nearest_is_asked(
    cast: Cast, last_act: Last
) -> None:
    report_signal(text="Fever", area=cast.areas["330106002901"], at=AT)

    act = last_act()
    codes = {unit.id: code for code, unit in cast.units.items()}
    assert {codes[unit] for unit in act.audience} == {
        "beishan-street", "hz-command", "zj-command", "zj-cdc",
    }  # fmt: skip
    assert [codes[unit] for unit in act.with_units] == ["beishan-street"]


def test_how_to_reach_the_reporter_never_stands_in_the_ledger(
    signal: Signal, last_act: Last
) -> None:
    act = last_act()

    assert SignalContact.objects.get(signal=signal).phone == "13800000000"
    assert "13800000000" not in str(vars(act))
    assert "Zhang" not in str(vars(act))
    assert signal.text not in str(vars(act))


def test_what_was_reported_cannot_be_changed_by_any_programme(signal: Signal) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Signal.objects.filter(id=signal.id).update(text="Nothing happened")
    with pytest.raises(IntegrityError), transaction.atomic():
        Signal.objects.filter(id=signal.id).delete()

    assert Signal.objects.get(id=signal.id).text == signal.text


def test_a_signed_in_reporter_is_named_and_keeps_sight(cast: Cast, last_act: Last) -> None:
    signal = report_signal(text="Fever", area=cast.areas["3303"], by=cast.ren, at=AT)

    assert last_act().by_post == cast.ren.id
    assert signal.relations_of(cast.ren) == {"reporter"}
    assert signal.relations_of(cast.mei) == frozenset()


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"text": "  "}, SignalEmpty),
        ({"text": "x" * 4001}, SignalTooLong),
        ({"text": "x", "contact_name": "y" * 201}, SignalTooLong),
        ({"text": "x", "channel": "pigeon"}, UnknownChannel),
    ],
)
def test_it_refuses_what_is_no_report(
    cast: Cast, fields: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        report_signal(area=cast.areas["3301"], at=AT, **fields)

    assert not Signal.objects.exists()


def test_a_token_without_the_scope_cannot_report(cast: Cast) -> None:
    cast.ren.scopes = frozenset({"task.see"})

    with pytest.raises(NotAllowed):
        report_signal(text="Fever", area=cast.areas["3301"], by=cast.ren, at=AT)


def test_two_assess_each_once_and_both_reasons_are_kept(cast: Cast, signal: Signal) -> None:
    assess_signal(
        signal=signal, verdict="incident", reasons="Linked to Wuhan", serious=True, spread=True,
        by=cast.qiu, at=AT + HOUR,
    )  # fmt: skip
    assess_signal(signal=signal, verdict="watch", reasons="No test yet", by=cast.ye, at=AT + DAY)

    first, second = signal.assessments.order_by("at")
    assert (first.reasons, first.notifiable) == ("Linked to Wuhan", True)
    assert (second.reasons, second.notifiable) == ("No test yet", False)
    with pytest.raises(AssessedAlready):
        assess_signal(signal=signal, verdict="watch", reasons="Hm", by=cast.qiu, at=AT + DAY)
    with pytest.raises(AssessedByTwo):
        assess_signal(signal=signal, verdict="watch", reasons="Hm", by=cast.lou, at=AT + DAY)


def test_an_assessment_needs_a_known_verdict_and_reasons(cast: Cast, signal: Signal) -> None:
    with pytest.raises(UnknownVerdict):
        assess_signal(signal=signal, verdict="maybe", reasons="Hm", by=cast.qiu, at=AT)
    with pytest.raises(ReasonMissing):
        assess_signal(signal=signal, verdict="watch", reasons=" ", by=cast.qiu, at=AT)


def test_an_answer_rests_on_an_assessment(cast: Cast, signal: Signal) -> None:
    with pytest.raises(NotAssessed):
        answer_signal(signal=signal, answer="Thank you", by=cast.qiu, at=AT)


def test_the_answer_closes_the_signal_and_names_the_incident(
    cast: Cast, signal: Signal, incident: Incident, last_act: Last
) -> None:
    assess_signal(signal=signal, verdict="incident", reasons="Cluster", by=cast.qiu, at=AT)

    answered = answer_signal(
        signal=signal, answer="You were right.", incident=incident, by=cast.shen, at=AT + DAY
    )

    assert (answered.state, answered.incident_id) == ("answered", incident.id)
    assert (last_act().incident, last_act().asked_at) == (incident.id, AT)
    with pytest.raises(SignalAnswered):
        assess_signal(signal=signal, verdict="watch", reasons="Late", by=cast.lou, at=AT + DAY)


def test_a_second_answer_corrects_the_first_and_both_are_kept(
    cast: Cast, signal: Signal, last_act: Last
) -> None:
    assess_signal(signal=signal, verdict="watch", reasons="Unclear", by=cast.qiu, at=AT)
    answer_signal(signal=signal, answer="Nothing found", by=cast.qiu, at=AT + HOUR)

    corrected = answer_signal(signal=signal, answer="Two cases", by=cast.qiu, at=AT + DAY)

    assert corrected.answer == "Two cases"
    assert list(signal.answers.order_by("at").values_list("text", flat=True)) == [
        "Nothing found", "Two cases",
    ]  # fmt: skip
    assert last_act().outcome == "corrected"


def test_an_answer_cannot_be_empty_nor_name_an_unseen_incident(
    cast: Cast, signal: Signal, incident: Incident
) -> None:
    assess_signal(signal=signal, verdict="watch", reasons="Unclear", by=cast.qiu, at=AT)

    with pytest.raises(AnswerMissing):
        answer_signal(signal=signal, answer=" ", by=cast.qiu, at=AT)
    with pytest.raises(NotFound):
        answer_signal(signal=signal, answer="Yes", incident=incident, by=cast.ye, at=AT)


def test_a_firm_of_the_town_does_not_read_signals(cast: Cast) -> None:
    signal = report_signal(text="Fever", area=cast.areas["3303"], at=AT)

    assert signal.relations_of(cast.ou) == frozenset()
    assert signal.relations_of(cast.he) == {"area"}


def test_reading_the_contact_is_an_act(cast: Cast, signal: Signal, last_act: Last) -> None:
    contact = read_contact(signal=signal, by=cast.ye, at=AT)

    assert contact.name == "Zhang"
    assert (last_act().type, last_act().by_unit) == ("signal.contact_read.v1", cast.ye.unit_id)


def test_without_contact_there_is_nothing_to_read(cast: Cast) -> None:
    signal = report_signal(text="Fever", area=cast.areas["3301"], at=AT)

    with pytest.raises(NoContact):
        read_contact(signal=signal, by=cast.lou, at=AT)
