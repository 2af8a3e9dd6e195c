"""Nobody is judged unheard, nobody opens an entry alone, and who reports is protected."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.oversight.conftest import AT, DAY, HOUR

from tongzhou.demo.cast import Cast, assemble
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.incidents.models import Signal
from tongzhou.kernel.errors import NotAllowed, NotFound, Refusal
from tongzhou.ledger.models import Act
from tongzhou.oversight.actions.change import DeadlinePassed
from tongzhou.oversight.actions.close_accountability import (
    NoReplyYet,
    UnknownOutcome,
    close_accountability,
)
from tongzhou.oversight.actions.drop_accountability import drop_accountability
from tongzhou.oversight.actions.entry_acts import EntryNotSo, ProtectedMistake, ProtectedReport
from tongzhou.oversight.actions.open_accountability import (
    AboutOneself,
    EvidenceMissing,
    ReplyTimeTooShort,
    open_accountability,
)
from tongzhou.oversight.actions.record_finding import record_finding
from tongzhou.oversight.actions.reply_accountability import NotTheirReply, reply_accountability
from tongzhou.oversight.actions.second_accountability import (
    SecondMustBeAnother,
    second_accountability,
)
from tongzhou.oversight.models import AccountabilityEntry, EntryState, Finding
from tongzhou.oversight.queries import entries
from tongzhou.oversight.queries.citing import Cited


@pytest.fixture
def signal(cast: Cast) -> Signal:
    """The community's lead reported early, and it came to nothing."""
    return report_signal(
        text="Four with fever", area=cast.areas["330106002901"], by=cast.mei, at=AT - DAY
    )


def _open(cast: Cast, finding: Finding, **changed: object) -> AccountabilityEntry:
    given: dict[str, object] = {
        "post": cast.mei, "ground": "late_report", "what": "A day late",
        "cites": [Cited("finding", str(finding.id), str(finding))],
        "due_at": AT + 7 * DAY, "by": cast.gu, "at": AT,
    }  # fmt: skip
    return open_accountability(**(given | changed))  # type: ignore[arg-type]


def test_it_cannot_be_closed_without_the_reply(cast: Cast, entry: AccountabilityEntry) -> None:
    with pytest.raises(NoReplyYet):
        close_accountability(
            entry=entry, outcome="talk", decision="Enough", by=cast.gu, at=AT + 100 * DAY
        )

    entry.refresh_from_db()
    assert entry.state == EntryState.OPEN


def test_it_is_closed_after_the_reply(cast: Cast, entry: AccountabilityEntry) -> None:
    reply_accountability(entry=entry, text="I asked for people", by=cast.mei, at=AT + DAY)

    closed = close_accountability(
        entry=entry, outcome="good_faith", decision="True: no means", by=cast.gu, at=AT + 2 * DAY
    )

    assert (closed.state, closed.outcome) == (EntryState.CLOSED, "good_faith")
    with pytest.raises(EntryNotSo):
        reply_accountability(entry=entry, text="More", by=cast.mei, at=AT + 3 * DAY)


def test_the_database_holds_the_right_of_reply_too(entry: AccountabilityEntry) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountabilityEntry.objects.filter(id=entry.id).update(state="closed")


def test_nobody_else_replies(cast: Cast, entry: AccountabilityEntry) -> None:
    with pytest.raises(NotTheirReply):
        reply_accountability(entry=entry, text="For her", by=cast.gu, at=AT + DAY)
    with pytest.raises(NotFound):
        reply_accountability(entry=entry, text="For her", by=cast.ji, at=AT + DAY)


def test_nobody_opens_one_alone(cast: Cast, proposed: AccountabilityEntry) -> None:
    with pytest.raises(SecondMustBeAnother):
        second_accountability(entry=proposed, by=cast.gu, at=AT + HOUR)
    with pytest.raises(NotFound):
        reply_accountability(entry=proposed, text="What?", by=cast.mei, at=AT + HOUR)
    with pytest.raises(NotFound):
        entries.find(proposed.number, visible_to=cast.mei)


def test_the_second_gives_the_full_time_to_reply(cast: Cast, proposed: AccountabilityEntry) -> None:
    opened = second_accountability(entry=proposed, by=cast.shen, at=AT + 6 * DAY)

    assert opened.due_at == AT + 9 * DAY


def test_a_proposal_can_be_dropped_and_an_open_entry_cannot(
    cast: Cast, finding: Finding, entry: AccountabilityEntry
) -> None:
    proposed = _open(cast, finding)

    drop_accountability(entry=proposed, reason="No ground", by=cast.shen, at=AT + HOUR)

    with pytest.raises(EntryNotSo):
        drop_accountability(entry=entry, reason="Quietly", by=cast.gu, at=AT + HOUR)


def test_what_was_reported_in_good_faith_is_no_ground(
    cast: Cast, finding: Finding, signal: Signal
) -> None:
    with pytest.raises(ProtectedReport):
        _open(cast, finding, signal=signal, by=cast.shen)
    assert not AccountabilityEntry.objects.exists()


def test_concealment_is_a_ground_even_so(cast: Cast, finding: Finding, signal: Signal) -> None:
    opened = _open(cast, finding, signal=signal, ground="concealment", by=cast.shen)

    assert opened.state == EntryState.PROPOSED


def test_a_mistake_that_a_unit_reported_itself_is_no_ground(cast: Cast) -> None:
    own = record_finding(
        what="We found that we counted twice", owner=cast.units["hz-command"],
        due_at=AT + DAY, by=cast.lou, at=AT,
    )  # fmt: skip

    with pytest.raises(ProtectedMistake):
        _open(cast, own, post=cast.lou)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"cites": []}, EvidenceMissing),
        ({"due_at": AT}, DeadlinePassed),
        ({"due_at": AT + DAY}, ReplyTimeTooShort),
    ],
)
def test_it_refuses_half_an_entry(
    cast: Cast, finding: Finding, changed: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        _open(cast, finding, **changed)


def test_it_refuses_oneself_and_those_beside_the_line(cast: Cast, finding: Finding) -> None:
    with pytest.raises(AboutOneself):
        _open(cast, finding, post=cast.gu)
    with pytest.raises(NotAllowed):
        _open(cast, finding, post=cast.he, by=cast.lou)
    with pytest.raises(NotAllowed):
        _open(cast, finding, by=cast.ye)


def test_an_outcome_comes_from_the_list(cast: Cast, entry: AccountabilityEntry) -> None:
    reply_accountability(entry=entry, text="So it was", by=cast.mei, at=AT + DAY)

    with pytest.raises(UnknownOutcome):
        close_accountability(
            entry=entry, outcome="dismissal", decision="Out", by=cast.gu, at=AT + DAY
        )


def test_who_reads_an_entry(cast: Cast, entry: AccountabilityEntry) -> None:
    for post in (cast.mei, cast.gu, cast.shen):
        assert entries.find(entry.number, visible_to=post) == entry
    for post in (cast.ji, cast.ye, cast.lou, cast.an, cast.tang, cast.ou):
        with pytest.raises(NotFound):
            entries.find(entry.number, visible_to=post)


def test_the_list_and_the_entry_agree_on_who_reads_it(
    cast: Cast, entry: AccountabilityEntry, finding: Finding
) -> None:
    _open(cast, finding, post=cast.ji)

    for post in cast.posts.values():
        listed = {row.id for row in entries.listed(visible_to=post).rows}
        alone = {e.id for e in AccountabilityEntry.objects.all() if e.relations_of(post)}
        assert listed == alone, post


def test_the_ledger_does_not_say_about_whom(cast: Cast, entry: AccountabilityEntry) -> None:
    reply_accountability(entry=entry, text="I asked for people", by=cast.mei, at=AT + DAY)

    acts = Act.objects.filter(about_id=entry.id)
    assert acts.count() == 3
    for act in acts:
        assert act.by_unit == cast.units["zj-command"].id
        assert not act.audience
        assert not act.with_units
        told = f"{act.by_post} {act.data} {act.area}"
        for word in (cast.mei.id, cast.mei.person_id, cast.units["baoshi-community"].id):
            assert str(word) not in told


STEPS = ("second-gu", "second-shen", "reply-mei", "reply-shen", "close-gu", "close-shen", "drop")


@pytest.mark.django_db
def test_no_sequence_of_acts_closes_an_entry_unheard(db: None) -> None:
    cast = assemble(at=AT - DAY)
    finding = record_finding(
        what="X", owner=cast.units["baoshi-community"], due_at=AT + DAY, by=cast.gu, at=AT
    )
    acts: dict[str, Callable[[AccountabilityEntry], object]] = {
        "second-gu": lambda e: second_accountability(entry=e, by=cast.gu, at=AT),
        "second-shen": lambda e: second_accountability(entry=e, by=cast.shen, at=AT),
        "reply-mei": lambda e: reply_accountability(entry=e, text="No", by=cast.mei, at=AT),
        "reply-shen": lambda e: reply_accountability(entry=e, text="No", by=cast.shen, at=AT),
        "close-gu": lambda e: close_accountability(
            entry=e, outcome="talk", decision="So", by=cast.gu, at=AT
        ),
        "close-shen": lambda e: close_accountability(
            entry=e, outcome="talk", decision="So", by=cast.shen, at=AT
        ),
        "drop": lambda e: drop_accountability(entry=e, reason="No", by=cast.shen, at=AT),
    }

    @settings(derandomize=True, max_examples=60, deadline=None)
    @given(st.lists(st.sampled_from(STEPS), max_size=8))
    def lives(steps: list[str]) -> None:
        point = transaction.savepoint()
        entry, heard, two = _open(cast, finding), False, False
        for step in steps:
            try:
                acts[step](entry)
            except Refusal:
                continue
            heard |= step == "reply-mei"
            two |= step == "second-shen"
            entry.refresh_from_db()
            assert entry.state != EntryState.CLOSED or heard
            assert not entry.in_effect or two
        transaction.savepoint_rollback(point)

    lives()
