"""From the ledger to the page: analysed in a process of its own, kept, shown."""

import subprocess
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.models import Incident
from tongzhou.insight import analysing
from tongzhou.insight.actions.ask_analysis import ask_analysis
from tongzhou.insight.analysing import AnalysisFailed, analyse
from tongzhou.insight.jobs import analyse_incident
from tongzhou.insight.models import Result
from tongzhou.insight.queries import result_for
from tongzhou.kernel.errors import NotFound
from tongzhou.kernel.ids import new_id
from tongzhou.ledger import sealing
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.send_task import send_task

AT = datetime(2020, 1, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def incident(cast: Cast, as_sealer: Any) -> Incident:
    """An incident with a task that went from the province down, sealed."""
    found = open_incident(
        code="zj-2020",
        title_zh="不明原因肺炎疫情",
        title_en="Pneumonia of unknown cause",
        area=cast.areas["33"],
        told=[cast.units["hz-command"], cast.units["hz-health"]],
        by=cast.shen,
        at=AT,
    )
    for hour in range(3):
        task = send_task(
            title="Trace contacts",
            lead=cast.units["hz-command"],
            assisting=[cast.units["hz-health"]],
            area=cast.areas["3301"],
            incident=found,
            basis="order",
            due_at=AT + timedelta(days=1),
            by=cast.shen,
            at=AT + timedelta(hours=hour),
        )
        accept_task(task=task, by=cast.lou, at=AT + timedelta(hours=hour, minutes=30))
    with as_sealer():
        sealing.seal_once(connection.connection, at=AT)
    return found


def test_an_analysis_is_kept_with_the_position_it_stands_on(incident: Incident) -> None:
    result = analyse(incident, at=AT)

    assert result.position > 0
    assert result.body is not None
    hand_overs = result.body["hand_overs"]
    assert hand_overs["n"] + hand_overs["missing"] + hand_overs["set_aside"] == result.body["acts"]
    assert result.body["ties"]["whole"]["suppressed"] is None
    assert result.body["tempo"]["days"] == ["2020-01-23"]


def test_units_that_did_nothing_count_as_isolates(incident: Incident) -> None:
    whole = analyse(incident, at=AT).body["ties"]["whole"]

    assert whole["units"] >= 3
    assert whole["isolates"] is not None


def test_a_failed_analysis_leaves_the_last_result(
    incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = analyse(incident, at=AT).body
    monkeypatch.setattr(
        analysing.subprocess,
        "run",
        lambda *_a, **_k: subprocess.CompletedProcess([], 1, b"", b"out of memory"),
    )

    with pytest.raises(AnalysisFailed, match="out of memory"):
        analyse(incident, at=AT + timedelta(hours=1))

    kept = Result.objects.get(incident=incident.id)
    assert kept.body == before
    assert kept.error == "out of memory"


def test_asking_queues_one_job_however_often(incident: Incident, cast: Cast) -> None:
    first = ask_analysis(incident=incident, by=cast.shen, at=AT)
    second = ask_analysis(incident=incident, by=cast.shen, at=AT)

    assert (first, second) == (True, False)
    assert ProcrastinateJob.objects.filter(task_name="insight.analyse").count() == 1
    later = AT + timedelta(minutes=11)
    assert result_for(incident, visible_to=cast.shen, at=AT).working
    assert not result_for(incident, visible_to=cast.shen, at=later).working, "it never came"


def test_asking_is_needless_when_nothing_happened_since(incident: Incident, cast: Cast) -> None:
    analyse(incident, at=AT)

    assert not ask_analysis(incident=incident, by=cast.shen, at=AT + timedelta(hours=1))


def test_another_organisation_sees_no_result_and_asks_for_none(
    incident: Incident, cast: Cast
) -> None:
    with pytest.raises(NotFound):
        result_for(incident, visible_to=cast.ou, at=AT)
    with pytest.raises(NotFound):
        ask_analysis(incident=incident, by=cast.ou, at=AT)

    assert not Result.objects.exists()


def test_the_job_forgets_an_incident_that_is_gone(db: None) -> None:
    analyse_incident(incident=str(new_id()))

    assert not Result.objects.exists()


@pytest.mark.parametrize("phase", ["", "watch", "no-such-phase"])
def test_the_page_shows_figures_with_n_and_definition(
    incident: Incident, cast: Cast, signed_in: Any, phase: str
) -> None:
    analyse(incident, at=AT)

    page = signed_in(cast.shen).get(f"/incidents/zj-2020/insight?phase={phase}")

    text = page.content.decode()
    assert page.status_code == 200
    assert "Who worked with whom" in text
    assert "Newman 2001" in text
    assert cast.units["hz-command"].name_en in text
    assert "heaviest ties" not in text


def test_the_page_says_what_to_do_before_the_first_analysis(
    incident: Incident, cast: Cast, signed_in: Any
) -> None:
    text = signed_in(cast.shen).get("/incidents/zj-2020/insight").content.decode()

    assert "No analysis yet" in text


def test_pressing_analyse_again_asks_and_comes_back(
    incident: Incident, cast: Cast, signed_in: Any
) -> None:
    answer = signed_in(cast.shen).post("/incidents/zj-2020/insight/refresh")

    assert answer.status_code == 302
    assert Result.objects.get(incident=incident.id).asked_at is not None


@pytest.mark.parametrize(
    ("method", "path"),
    [("get", "/incidents/zj-2020/insight"), ("post", "/incidents/zj-2020/insight/refresh")],
)
def test_another_organisation_gets_404(
    incident: Incident, cast: Cast, signed_in: Any, method: str, path: str
) -> None:
    assert getattr(signed_in(cast.ou), method)(path).status_code == 404


def test_the_api_gives_the_same_figures(incident: Incident, cast: Cast, api_client: Any) -> None:
    analyse(incident, at=AT)

    answer = api_client(cast.shen).get("/api/v1/incidents/zj-2020/insight")

    assert answer.status_code == 200
    assert answer.json()["figures"]["ties"]["whole"]["n"] > 0
    assert api_client(cast.ou).get("/api/v1/incidents/zj-2020/insight").status_code == 404
