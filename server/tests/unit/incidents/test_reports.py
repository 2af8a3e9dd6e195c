"""A report goes up level by level; nobody can stop it, and the time at each level is seen."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from unit.incidents.conftest import AT, HOUR

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.actions.pass_report import pass_report
from tongzhou.incidents.actions.receive_report import ReportSeen, receive_report
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.incidents.actions.reporting import ReportEnded
from tongzhou.incidents.actions.skip_level_report import (
    NotAbove,
    SkipForbidden,
    skip_level_report,
)
from tongzhou.incidents.actions.start_report import (
    NoticedInFuture,
    ReportedAlready,
    start_report,
)
from tongzhou.incidents.models import Incident, Leg, Report, Signal
from tongzhou.incidents.queries import chains, reports, signals
from tongzhou.incidents.queries.chains import UnknownChain
from tongzhou.kernel.errors import NotAllowed, NotFound, ReasonMissing
from tongzhou.ledger.models import Act

CHAIN = "regulation-2003"
LastAct = Callable[[], Act]
Failing = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def report(cast: Cast, signal: Signal) -> Report:
    """The street reports to the district, an hour after it was noticed."""
    return start_report(about=signal, chain=CHAIN, by=cast.ye, at=AT + HOUR)


def test_it_goes_from_the_street_to_the_level_above(
    cast: Cast, report: Report, last_act: LastAct
) -> None:
    assert report.holder == cast.units["xh-command"]
    act = last_act()
    assert act.type == "report.started.v1"
    assert act.outcome == "in time"
    assert act.due_at == AT + 3 * HOUR
    assert act.data["holder"] == str(cast.units["xh-command"].id)


def test_the_time_at_each_level_is_seen(cast: Cast, report: Report) -> None:
    pass_report(report=report, by=cast.lou, at=AT + 6 * HOUR)

    way = reports.way(Report.objects.get(), at=AT + 7 * HOUR)

    found = [(s.level.key, s.state, s.held, s.late) for s in way.stages]
    assert found == [
        ("unit", "passed", HOUR, None),
        ("county", "passed", 5 * HOUR, 3 * HOUR),
        ("city", "here", HOUR, None),
        ("province", "ahead", None, None),
        ("nation", "ahead", None, None),
    ]
    assert way.late


def test_it_is_held_by_the_health_department_where_there_is_one(cast: Cast, report: Report) -> None:
    passed = pass_report(report=report, by=cast.second_post, at=AT + 2 * HOUR)

    assert passed.holder == cast.units["hz-health"]


def test_a_copy_goes_to_the_government_of_the_level(
    cast: Cast, report: Report, last_act: LastAct
) -> None:
    pass_report(report=report, by=cast.second_post, at=AT + 2 * HOUR)

    assert cast.units["hz-command"].id in last_act().with_units


def test_at_the_top_it_leaves_the_platform(cast: Cast, report: Report, last_act: LastAct) -> None:
    for place, post in enumerate((cast.second_post, cast.xia, cast.tang)):
        report = pass_report(report=report, by=post, at=AT + (2 + place) * HOUR)

    assert report.holder is None
    assert report.ended_at == AT + 4 * HOUR
    assert last_act().type == "report.arrived.v1"
    with pytest.raises(ReportEnded):
        pass_report(report=report, by=cast.shen, at=AT + 5 * HOUR)


def test_who_gets_it_sees_the_signal_that_was_hidden_before(
    cast: Cast, signal: Signal, report: Report
) -> None:
    with pytest.raises(NotFound):
        signals.find(signal.ticket, visible_to=cast.xia)

    pass_report(report=report, by=cast.second_post, at=AT + 2 * HOUR)

    assert signals.find(signal.ticket, visible_to=cast.xia) == signal


def test_the_unit_above_takes_it_up_when_the_holder_sits_on_it(
    cast: Cast, report: Report, last_act: LastAct
) -> None:
    pass_report(report=report, by=cast.lou, at=AT + 9 * HOUR)

    act = last_act()
    assert act.data["taken_up"] is True
    assert act.outcome == "late"


def test_who_had_it_cannot_pass_it_on_but_can_go_past_the_holder(
    cast: Cast, report: Report, last_act: LastAct
) -> None:
    with pytest.raises(NotAllowed):
        pass_report(report=report, by=cast.ye, at=AT + 2 * HOUR)

    skip_level_report(
        report=report, to_level="city", reason="The district is silent", by=cast.ye,
        at=AT + 9 * HOUR,
    )  # fmt: skip

    act = last_act()
    assert act.type == "report.level_skipped.v1"
    assert act.data["past_holder"] is True
    assert "silent" not in str(act.data)
    assert Leg.objects.get(level="county").reason == "The district is silent"


def test_the_holder_skips_a_level_with_a_reason(cast: Cast, report: Report) -> None:
    with pytest.raises(ReasonMissing):
        skip_level_report(report=report, to_level="province", reason=" ", by=cast.second_post,
                          at=AT + 2 * HOUR)  # fmt: skip
    with pytest.raises(NotAbove):
        skip_level_report(report=report, to_level="city", reason="Now", by=cast.second_post,
                          at=AT + 2 * HOUR)  # fmt: skip

    skipped = skip_level_report(
        report=report, to_level="province", reason="Spreading fast", by=cast.second_post,
        at=AT + 2 * HOUR,
    )  # fmt: skip

    assert skipped.holder == cast.units["zj-health"]
    way = reports.way(skipped, at=AT + 2 * HOUR)
    states = {stage.level.key: stage.state for stage in way.stages}
    assert states["city"] == "left_out"


def test_a_chain_can_forbid_to_skip(cast: Cast, incident: Incident, signal: Signal) -> None:
    when = AT.replace(year=2026, month=3)
    report = start_report(
        about=signal, chain="network-2026", by=cast.ye, at=when, noticed_at=when - HOUR
    )

    assert report.ended_at == when
    with pytest.raises((SkipForbidden, ReportEnded)):
        skip_level_report(report=report, to_level="network", reason="x", by=cast.ye, at=when)


def test_receipt_is_confirmed_once(cast: Cast, report: Report, last_act: LastAct) -> None:
    receive_report(report=report, by=cast.second_post, at=AT + 2 * HOUR)

    assert last_act().type == "report.received.v1"
    assert last_act().due_at == AT + 3 * HOUR
    with pytest.raises(ReportSeen):
        receive_report(report=report, by=cast.second_post, at=AT + 2 * HOUR)


def test_only_the_holder_confirms_receipt(cast: Cast, report: Report) -> None:
    with pytest.raises(NotAllowed):
        receive_report(report=report, by=cast.lou, at=AT + 2 * HOUR)


def test_a_hospital_of_the_city_is_the_unit_that_found_it(cast: Cast, signal: Signal) -> None:
    seen = report_signal(text="Four cases", area=cast.areas["3301"], by=cast.ruan, at=AT)

    report = start_report(about=seen, chain=CHAIN, by=cast.ruan, at=AT + HOUR)

    stages = reports.way(report, at=AT + HOUR).stages
    assert [(stage.level.key, stage.state) for stage in stages] == [
        ("unit", "passed"),
        ("city", "here"),
        ("province", "ahead"),
        ("nation", "ahead"),
    ]


def test_the_same_is_not_reported_twice_in_one_chain(
    cast: Cast, signal: Signal, report: Report
) -> None:
    with pytest.raises(ReportedAlready):
        start_report(about=signal, chain=CHAIN, by=cast.lou, at=AT + HOUR)


def test_which_chain_holds_follows_from_the_day(cast: Cast, signal: Signal) -> None:
    area = signal.area
    then = [v.key for v in chains.in_force("signal", on=date(2020, 1, 23), area=area)]
    now = [v.key for v in chains.in_force("signal", on=date(2026, 6, 1), area=area)]

    assert then == [CHAIN]
    assert now == ["network-2026", "law-2025", CHAIN]
    with pytest.raises(UnknownChain):
        start_report(about=signal, chain="law-2025", by=cast.ye, at=AT + HOUR)


def test_it_refuses_what_was_noticed_after_the_report(cast: Cast, signal: Signal) -> None:
    with pytest.raises(NoticedInFuture):
        start_report(about=signal, chain=CHAIN, by=cast.ye, at=AT + HOUR, noticed_at=AT + 2 * HOUR)


def test_an_outsider_finds_neither_signal_nor_report(
    cast: Cast, signal: Signal, report: Report
) -> None:
    with pytest.raises(NotFound):
        start_report(about=signal, chain=CHAIN, by=cast.ou, at=AT + HOUR)
    with pytest.raises(NotFound):
        pass_report(report=report, by=cast.ou, at=AT + HOUR)
    with pytest.raises(NotFound):
        reports.find(report.id, visible_to=cast.ou)


def test_a_report_never_goes_down_to_a_department_of_the_reporter(
    cast: Cast, incident: Incident
) -> None:
    report = start_report(about=incident, chain=CHAIN, by=cast.shen, at=AT + HOUR)

    assert [leg.level for leg in report.legs.order_by("place")] == ["province", "nation"]


def test_who_gets_the_report_of_an_incident_sees_it(cast: Cast) -> None:
    cluster = open_incident(
        code="hz-2020", title_zh="聚集性疫情", area=cast.areas["3301"], by=cast.lou, at=AT
    )

    report = start_report(about=cluster, chain=CHAIN, by=cast.lou, at=AT + HOUR)

    assert report.holder == cast.units["zj-health"]
    assert cluster.relations_of(cast.tang) == {"area"}


def test_a_unit_that_holds_the_highest_level_reports_out_of_the_platform(
    cast: Cast, incident: Incident
) -> None:
    when = AT.replace(year=2026)
    report = start_report(about=incident, chain="law-2025", by=cast.shen, at=when)

    assert report.ended_at == when
    assert [s.state for s in reports.way(report, at=when).stages] == ["passed", "outside"]


def test_nothing_is_left_when_the_ledger_fails(
    cast: Cast, signal: Signal, broken_ledger: Failing
) -> None:
    with broken_ledger(), pytest.raises(RuntimeError):
        start_report(about=signal, chain=CHAIN, by=cast.ye, at=AT + HOUR)

    assert not Report.objects.exists()
    assert not Leg.objects.exists()
