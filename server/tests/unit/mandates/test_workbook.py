"""The matrix as a workbook, both ways."""

import io
from collections.abc import Sequence

import openpyxl
import pytest
from unit.mandates.conftest import AT, DAY, HOUR

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed
from tongzhou.mandates.actions.consent_charge import consent_charge
from tongzhou.mandates.actions.delegate_duty import delegate_duty
from tongzhou.mandates.actions.import_matrix import Report
from tongzhou.mandates.actions.propose_charge import propose_charge
from tongzhou.mandates.actions.record_means import record_means
from tongzhou.mandates.exporting import workbook
from tongzhou.mandates.importing import (
    ColumnMissing,
    NotASpreadsheet,
    SheetMissing,
    import_file,
)
from tongzhou.mandates.models import Charge, Duty, Means, Proposal

LATER = AT + DAY
HEAD = ["duty", "name", "phases", "grades"]


def book(rows: Sequence[Sequence[str]], means: Sequence[Sequence[str]] = ()) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "matrix"
    for row in rows:
        sheet.append(list(row))
    if means:
        other = made.create_sheet("means")
        for row in means:
            other.append(list(row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def take(content: bytes, cast: Cast, *, dry_run: bool = False) -> Report:
    return import_file(content, by=cast.lou, at=LATER, dry_run=dry_run)


def faults(report: Report) -> list[tuple[int | None, str, str]]:
    return [(fault.row, fault.field, fault.code) for fault in report.faults]


def test_what_is_exported_and_imported_again_changes_nothing(cast: Cast, charge: Charge) -> None:
    record_means(charge=charge, kind="people", text="12 people", by=cast.xia, at=LATER)
    record_means(charge=charge, kind="people", text="=1+1", by=cast.xia, at=LATER + HOUR)

    report = take(workbook(visible_to=cast.lou), cast)

    assert faults(report) == []
    assert (report.proposed, report.ends, report.means) == (0, 0, 0)
    assert report.unchanged == 2


def test_a_duty_held_twice_over_by_delegation_comes_back_as_it_is(
    cast: Cast, door: Duty, charge: Charge
) -> None:
    """The health commission is accountable for what the command passed on to it as well: two
    lines for one unit in one area, each with means of its own."""
    del charge
    asked = propose_charge(
        duty=door, unit=cast.units["hz-health"], part="accountable",
        area=cast.areas["3301"], by=cast.lou, at=AT,
    )  # fmt: skip
    own = consent_charge(proposal=asked, by=cast.xia, at=AT + HOUR).charge
    record_means(charge=own, kind="people", text="12 people", by=cast.xia, at=AT + HOUR)
    joint = propose_charge(
        duty=door, unit=cast.units["hz-command"], part="responsible",
        area=cast.areas["3301"], by=cast.lou, at=AT,
    )  # fmt: skip
    passed = delegate_duty(
        charge=joint.charge, to=cast.units["hz-health"], until=LATER + 30 * DAY,
        means={"people": "30 cadres", "money": "CNY 20,000"}, by=cast.lou, at=AT + HOUR,
    )  # fmt: skip
    consent_charge(proposal=passed.to.proposals.get(), by=cast.xia, at=AT + 2 * HOUR)

    report = take(workbook(visible_to=cast.lou), cast)

    assert faults(report) == []
    assert (report.proposed, report.ends, report.means) == (0, 0, 0)


def test_a_line_that_stands_twice_is_taken_once(cast: Cast, charge: Charge) -> None:
    line = ["trace-contacts", "hz-health", "12 people"]

    assert take(book([HEAD], [["duty", "unit", "people"], line, line]), cast).means == 1

    assert Means.objects.get(charge=charge).text == "12 people"


def test_what_stands_is_no_fault_whatever_forbids_it_today(cast: Cast, charge: Charge) -> None:
    """Nor is what another command than the reader's answers for."""
    record_means(charge=charge, kind="people", text="12 people", by=cast.xia, at=LATER)
    Duty.objects.filter(id=charge.duty_id).update(lowest="nation")
    content = workbook(visible_to=cast.lou)

    for reader in (cast.lou, cast.he):
        report = import_file(content, by=reader, at=LATER)
        assert faults(report) == []
        assert (report.proposed, report.ends, report.means) == (0, 0, 0)


def test_new_letters_become_proposals_and_consent_is_still_asked(
    cast: Cast, charge: Charge, door: Duty
) -> None:
    content = book(
        [
            [*HEAD, "hz-health", "hz-hospital", "beishan-street@330106002"],
            ["# names", "", "", "", "Health", "Hospital", "Street"],
            ["trace-contacts", "", "respond", "I, -", "", "R"],
            ["knock-on-doors", "", "", "", "C", "i", "A"],
        ]
    )

    tried = take(content, cast, dry_run=True)
    assert (tried.proposed, tried.faults) == (4, [])
    assert Proposal.objects.filter(state="open").count() == 0
    done = take(content, cast)
    again = take(content, cast)

    assert done.proposed == 4
    assert (again.proposed, again.unchanged) == (0, 4)
    assert Proposal.objects.filter(state="open").count() == 4
    hospital = Charge.objects.get(unit=cast.units["hz-hospital"], part="responsible")
    assert hospital.state == "proposed"


def test_a_minus_proposes_to_take_away(cast: Cast, charge: Charge) -> None:
    content = book([[*HEAD, "hz-health"], ["trace-contacts", "", "", "", "-"]])

    assert take(content, cast).ends == 1
    assert take(content, cast).ends == 0
    charge.refresh_from_db()
    assert charge.state == "in_force"


def test_means_are_recorded_once(cast: Cast, charge: Charge) -> None:
    content = book(
        [HEAD],
        [["duty", "unit", "people"], ["trace-contacts", "hz-health", "12 people"]],
    )

    assert take(content, cast).means == 1
    assert take(content, cast).means == 0
    assert Means.objects.get().text == "12 people"


def test_each_fault_names_line_column_and_code_and_nothing_is_written(
    cast: Cast, charge: Charge, door: Duty
) -> None:
    content = book(
        [
            [*HEAD, "hz-command", "hz-hospital", "hz-hospital@3301", "nobody", "baoshi-community"],
            ["no-such-duty", "", "", "", "A"],
            ["knock-on-doors", "", "later", "V", "R"],
            ["knock-on-doors", "", "", "", "X"],
            ["knock-on-doors", "", "", "", "A", "A"],
            ["trace-contacts", "", "", "", "A", "", "", "", "R"],
        ]
    )

    report = take(content, cast)

    assert set(faults(report)) >= {
        (1, "nobody", "column-unknown"),
        (2, "duty", "duty-unknown"),
        (3, "phases", "mandate-phase-unknown"),
        (4, "hz-command", "letter-unknown"),
        (5, "hz-hospital", "two-accountable"),
        (6, "hz-command", "second-accountable"),
        (6, "baoshi-community", "charge-forbidden"),
    }
    assert Charge.objects.count() == 1


def test_what_is_no_workbook_is_named(cast: Cast) -> None:
    for content, error in (
        (b"not a zip", NotASpreadsheet),
        (b"PK\x03\x04broken", NotASpreadsheet),
        (book([["phases"]]), ColumnMissing),
    ):
        with pytest.raises(error):
            take(content, cast)
    empty = openpyxl.Workbook()
    out = io.BytesIO()
    empty.save(out)
    with pytest.raises(SheetMissing):
        take(out.getvalue(), cast)


def test_only_who_may_propose_imports(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        import_file(book([HEAD]), by=cast.ji, at=LATER)
