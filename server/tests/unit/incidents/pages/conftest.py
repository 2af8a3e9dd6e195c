"""An incident with everything in it, as the pages show it."""

import pytest
from unit.incidents.conftest import AT, DAY, HOUR, LAW

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.assess_signal import assess_signal
from tongzhou.incidents.actions.change_phase import change_phase
from tongzhou.incidents.actions.record_counts import CountRow, record_counts
from tongzhou.incidents.actions.set_grade import set_grade
from tongzhou.incidents.models import Decision, Incident, Measure, Signal, WorkingGroup
from tongzhou.kernel import clock


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages are looked at three days after the incident was opened."""
    monkeypatch.setattr(clock, "now", lambda: AT + 3 * DAY)


@pytest.fixture
def full(
    cast: Cast,
    incident: Incident,
    group: WorkingGroup,
    decision: Decision,
    measure: Measure,
    signal: Signal,
    at: None,
) -> Incident:
    """Level, two phases, figures of two cities with a fall, an assessed signal."""
    for grade, hours in (("II", 1), ("I", 3)):
        set_grade(
            incident=incident, grade=grade, criterion="Spreading", legal_basis=LAW,
            expires_at=AT + 20 * DAY, by=cast.shen, at=AT + hours * HOUR,
        )  # fmt: skip
    change_phase(incident=incident, phase="respond", reason="Cases", by=cast.shen, at=AT + 4 * HOUR)
    rows = [
        CountRow(cast.areas[code], AT.date() + day * DAY, figure, day, 0)
        for code, figures in {"3301": (5, 9, 8), "3303": (2, 4, 7)}.items()
        for day, figure in enumerate(figures)
    ]
    record_counts(
        incident=incident, rows=rows, source="CDC", as_of=AT, by=cast.shen, at=AT + 2 * DAY
    )
    assess_signal(signal=signal, verdict="watch", reasons="Unclear", by=cast.qiu, at=AT + DAY)
    return Incident.objects.get(id=incident.id)
