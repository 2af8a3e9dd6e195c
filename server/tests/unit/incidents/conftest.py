"""An incident of Zhejiang, owned by the province, with what is in it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.form_group import form_group
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.actions.record_counts import CountRow
from tongzhou.incidents.actions.record_decision import record_decision
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.incidents.actions.start_measure import start_measure
from tongzhou.incidents.models import Decision, Incident, Measure, Signal, WorkingGroup
from tongzhou.ledger.models import Act

AT = datetime(2020, 1, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LAW = "Emergency Response Law, article 49"


@pytest.fixture
def signal(cast: Cast) -> Signal:
    """Somebody without an account noticed something in Baoshi community."""
    return report_signal(
        text="Four neighbours with fever came back from Wuhan",
        area=cast.areas["330106002901"],
        contact_name="Zhang",
        contact_phone="13800000000",
        at=AT,
    )


@pytest.fixture
def incident(cast: Cast) -> Incident:
    """Opened by the province's commander; Hangzhou's command was told, Wenzhou's not."""
    return open_incident(
        code="zj-2020",
        title_zh="不明原因肺炎疫情",
        title_en="Pneumonia of unknown cause",
        area=cast.areas["33"],
        told=[cast.units["hz-command"]],
        by=cast.shen,
        at=AT,
    )


@pytest.fixture
def group(cast: Cast, incident: Incident) -> WorkingGroup:
    """Chaired by the health commission, with the CDC."""
    return form_group(
        incident=incident,
        name_zh="医疗救治组",
        name_en="Medical treatment",
        chair=cast.units["zj-health"],
        members=[cast.units["zj-cdc"]],
        by=cast.shen,
        at=AT + HOUR,
    )


@pytest.fixture
def decision(cast: Cast, incident: Incident) -> Decision:
    """For the city's health commission to carry out within two days."""
    return record_decision(
        incident=incident,
        text="Prepare 300 beds",
        owner=cast.units["hz-health"],
        due_at=AT + 2 * DAY,
        by=cast.shen,
        at=AT + HOUR,
    )


@pytest.fixture
def measure(cast: Cast, incident: Incident) -> Measure:
    """In Hangzhou, for two weeks."""
    return start_measure(
        incident=incident,
        title_zh="取消大型聚集活动",
        title_en="No large gatherings",
        area=cast.areas["3301"],
        legal_basis=LAW,
        stop_rule="No new case for 14 days",
        expires_at=AT + 14 * DAY,
        by=cast.shen,
        at=AT + HOUR,
    )


@pytest.fixture
def hangzhou(cast: Cast) -> Callable[..., list[CountRow]]:
    """Cumulative confirmed cases of Hangzhou, one per day from 23 January on."""

    def rows(*confirmed: int) -> list[CountRow]:
        return [
            CountRow(
                area=cast.areas["3301"],
                date=date(2020, 1, 23) + place * DAY,
                confirmed=value,
                cured=0,
                dead=0,
            )
            for place, value in enumerate(confirmed)
        ]

    return rows


@pytest.fixture
def last_act(db: None) -> Callable[[], Act]:
    """The act that was written last."""
    return lambda: Act.objects.order_by("-id")[0]
