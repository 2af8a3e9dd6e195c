"""What hospitals say of themselves."""

import pytest

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound, Refusal
from tongzhou.ledger.models import Act
from tongzhou.needs.actions.report_hospital import (
    FigureAbsurd,
    MoreFreeThanThere,
    NotAHospital,
    NothingSaid,
    ReportedAlready,
    UnknownWord,
    report_hospital,
)
from tongzhou.needs.models import HospitalStatus
from tongzhou.needs.queries import hospitals

from .conftest import AT, DAY, HOUR

FIGURES = {"beds": 200, "beds_free": "12", "icu_free": 0, "staff": "short", "oxygen": ""}


def test_the_last_word_counts_and_the_others_stay(cast: Cast) -> None:
    unit = cast.units["hz-hospital"]
    report_hospital(unit=unit, figures=FIGURES, by=cast.ruan, at=AT)
    report_hospital(unit=unit, figures=FIGURES | {"beds_free": 3}, by=cast.ruan, at=AT + HOUR)

    (standing,) = hospitals.standings(visible_to=cast.shen, at=AT + 2 * DAY)

    assert standing.status is not None
    assert (standing.status.beds_free, standing.status.icu_free) == (3, 0)
    assert (standing.status.dialysis_free, standing.old) == (None, True)
    assert len(hospitals.history(unit.id, visible_to=cast.shen)) == 2
    assert Act.objects.latest("id").type == "hospital.reported.v1"


@pytest.mark.parametrize(
    ("figures", "refusal"),
    [
        ({}, NothingSaid),
        ({"beds": -1}, FigureAbsurd),
        ({"beds": "2e14"}, FigureAbsurd),
        ({"beds": 5, "beds_free": 6}, MoreFreeThanThere),
        ({"staff": "tired"}, UnknownWord),
    ],
)
def test_figures_that_cannot_be_are_refused(
    cast: Cast, figures: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        report_hospital(unit=cast.units["hz-hospital"], figures=figures, by=cast.ruan, at=AT)

    assert not HospitalStatus.objects.exists()


def test_only_a_hospital_and_those_above_it_report(cast: Cast, broken_ledger: object) -> None:
    unit = cast.units["hz-hospital"]

    with pytest.raises(NotAllowed):
        report_hospital(unit=unit, figures=FIGURES, by=cast.mei, at=AT)
    with pytest.raises(NotAHospital):
        report_hospital(unit=cast.units["zj-cdc"], figures=FIGURES, by=cast.shen, at=AT)
    with broken_ledger():  # type: ignore[operator]
        report_hospital(unit=unit, figures=FIGURES, by=cast.ruan, at=AT)
    report_hospital(unit=unit, figures=FIGURES, by=cast.shen, at=AT)
    with pytest.raises(ReportedAlready):
        report_hospital(unit=unit, figures=FIGURES, by=cast.shen, at=AT)

    with pytest.raises(NotFound):
        hospitals.find("hz-hospital", visible_to=cast.ou)
    assert HospitalStatus.objects.count() == 1
