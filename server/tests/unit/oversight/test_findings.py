"""A finding from recording to re-check, and everything that must not happen to it."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from unit.oversight.conftest import AT, DAY, HOUR, picture

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound, ReasonMissing, TextMissing
from tongzhou.ledger.models import Act
from tongzhou.oversight.actions.answer_finding import ProofMissing, answer_finding
from tongzhou.oversight.actions.change import DeadlinePassed, DeadlineTooFar
from tongzhou.oversight.actions.finding_acts import FindingNotSo
from tongzhou.oversight.actions.recheck_finding import (
    NewDeadlineMissing,
    RecheckByAnswerer,
    recheck_finding,
)
from tongzhou.oversight.actions.record_finding import (
    OwnerMissing,
    UnknownSeverity,
    record_finding,
)
from tongzhou.oversight.actions.withdraw_finding import withdraw_finding
from tongzhou.oversight.models import Finding, FindingState, Proof
from tongzhou.oversight.queries import findings
from tongzhou.tasks.kept_files import FileEmpty, FileTypeRefused, TooManyFiles

LastAct = Callable[[], Act]


def test_it_is_asked_of_its_owner_by_a_deadline(
    cast: Cast, finding: Finding, last_act: LastAct
) -> None:
    act = last_act()

    assert finding.state == FindingState.OPEN
    assert (act.type, act.due_at) == ("finding.recorded.v1", AT + 3 * DAY)
    assert act.data["owner"] == str(cast.units["baoshi-community"].id)
    assert "gate" not in str(act.data)


def test_an_answer_with_proof_waits_for_another_pair_of_eyes(
    cast: Cast, answered: Finding, last_act: LastAct
) -> None:
    act = last_act()
    proof = Proof.objects.get(finding=answered)

    assert answered.state == FindingState.ANSWERED
    assert (act.type, act.outcome, act.asked_at) == ("finding.answered.v1", "in_time", AT)
    assert act.data["files"] == [{"file": str(proof.id), "sha256": proof.sha256}]
    assert (proof.name, proof.content_type) == ("gate.png", "image/png")


def test_a_late_answer_is_taken_and_counts_as_late(
    cast: Cast, finding: Finding, last_act: LastAct
) -> None:
    answer_finding(finding=finding, text="Done", files=[picture()], by=cast.mei, at=AT + 4 * DAY)

    assert last_act().outcome == "late"


def test_who_looks_again_closes_it(cast: Cast, answered: Finding) -> None:
    closed = recheck_finding(
        finding=answered, passed=True, text="Staffed", by=cast.gu, at=AT + 2 * DAY
    )

    assert (closed.state, closed.closed_at) == (FindingState.CLOSED, AT + 2 * DAY)


def test_what_is_not_put_right_goes_back_with_a_new_deadline(
    cast: Cast, answered: Finding, last_act: LastAct
) -> None:
    again = recheck_finding(
        finding=answered, passed=False, text="Empty at 3", due_at=AT + 5 * DAY,
        by=cast.gu, at=AT + 2 * DAY,
    )  # fmt: skip

    assert (again.state, again.due_at) == (FindingState.OPEN, AT + 5 * DAY)
    assert (last_act().type, last_act().due_at) == ("finding.sent_back.v1", AT + 5 * DAY)
    answer_finding(finding=again, text="Now", files=[picture()], by=cast.mei, at=AT + 3 * DAY)
    assert [answer.round for answer in findings.rounds(again)] == [2, 1]


def test_it_refuses_a_recheck_by_whoever_answered(cast: Cast) -> None:
    own = record_finding(
        what="We reported two days late", owner=cast.units["zj-command"], due_at=AT + DAY,
        by=cast.shen, at=AT,
    )  # fmt: skip
    answer_finding(finding=own, text="Rule changed", files=[picture()], by=cast.shen, at=AT + HOUR)

    with pytest.raises(RecheckByAnswerer):
        recheck_finding(finding=own, passed=True, text="Fine", by=cast.shen, at=AT + HOUR)
    recheck_finding(finding=own, passed=True, text="Fine", by=cast.gu, at=AT + HOUR)


def test_the_owner_cannot_recheck(cast: Cast, answered: Finding) -> None:
    with pytest.raises(NotAllowed):
        recheck_finding(finding=answered, passed=True, text="Fine", by=cast.ji, at=AT + 2 * DAY)


def test_a_proof_is_told_by_its_content(cast: Cast, finding: Finding) -> None:
    page = SimpleUploadedFile("gate.png", b"<html><script>alert(1)</script></html>")
    empty = SimpleUploadedFile("gate.png", b"")
    many = [picture() for _number in range(11)]

    for files, refusal in (([page], FileTypeRefused), ([empty], FileEmpty), (many, TooManyFiles)):
        with pytest.raises(refusal):
            answer_finding(finding=finding, text="Done", files=files, by=cast.mei, at=AT + DAY)
    assert not Proof.objects.exists()


def test_words_alone_are_no_proof(cast: Cast, finding: Finding) -> None:
    with pytest.raises(ProofMissing):
        answer_finding(finding=finding, text="Done", by=cast.mei, at=AT + DAY)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"owner": None}, OwnerMissing),
        ({"due_at": AT}, DeadlinePassed),
        ({"due_at": AT + 400 * DAY}, DeadlineTooFar),
        ({"what": "  "}, TextMissing),
        ({"severity": "fatal"}, UnknownSeverity),
    ],
)
def test_it_refuses_half_a_finding(
    cast: Cast, changed: dict[str, object], refusal: type[Exception]
) -> None:
    given = {
        "what": "No masks", "owner": cast.units["beishan-street"], "due_at": AT + DAY,
    } | changed  # fmt: skip

    with pytest.raises(refusal):
        record_finding(**given, by=cast.gu, at=AT)  # type: ignore[arg-type]
    assert not Finding.objects.exists()


def test_a_neighbour_cannot_be_inspected(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        record_finding(
            what="X", owner=cast.units["wz-command"], due_at=AT + DAY, by=cast.lou, at=AT
        )


def test_a_firm_is_inspected_by_whoever_answers_for_its_place(cast: Cast) -> None:
    found = record_finding(
        what="No disinfection log", owner=cast.units["baoshi-property"], due_at=AT + DAY,
        by=cast.lou, at=AT,
    )  # fmt: skip

    assert findings.find(found.number, visible_to=cast.pan) == found


def test_only_the_unit_that_recorded_it_withdraws_it(cast: Cast, finding: Finding) -> None:
    with pytest.raises(NotAllowed):
        withdraw_finding(finding=finding, reason="Wrong", by=cast.lou, at=AT + HOUR)
    with pytest.raises(ReasonMissing):
        withdraw_finding(finding=finding, reason=" ", by=cast.gu, at=AT + HOUR)
    withdrawn = withdraw_finding(finding=finding, reason="Wrong", by=cast.gu, at=AT + HOUR)
    with pytest.raises(FindingNotSo):
        answer_finding(finding=withdrawn, text="Done", files=[picture()], by=cast.mei, at=AT + DAY)


def test_it_goes_back_with_a_new_deadline_or_not_at_all(cast: Cast, answered: Finding) -> None:
    with pytest.raises(NewDeadlineMissing):
        recheck_finding(finding=answered, passed=False, text="No", by=cast.gu, at=AT + 2 * DAY)
    answered.refresh_from_db()
    assert answered.state == FindingState.ANSWERED


def test_others_do_not_find_it(cast: Cast, finding: Finding) -> None:
    for post in (cast.ou, cast.he, cast.tang):
        with pytest.raises(NotFound):
            findings.find(finding.number, visible_to=post)
    assert findings.find(finding.number, visible_to=cast.ye) == finding


def test_a_list_takes_one_query(
    cast: Cast, finding: Finding, django_assert_num_queries: Callable[[int], object]
) -> None:
    for number in range(5):
        record_finding(
            what=f"Item {number}", owner=cast.units["beishan-street"], due_at=AT + DAY,
            by=cast.gu, at=AT,
        )  # fmt: skip

    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        page = findings.listed(visible_to=cast.gu, at=AT)
        assert [row.owner.name for row in page.rows]
    assert len(page.rows) == 6
    assert findings.listed(visible_to=cast.mei, at=AT, relation="owner").rows == [finding]
    late = findings.listed(visible_to=cast.gu, at=AT + 2 * DAY, late=True)
    assert len(late.rows) == 5
    assert findings.listed(visible_to=cast.gu, at=AT, q=finding.reference).rows == [finding]
