"""An unmet need goes up by itself; an offer that nobody answers is missed."""

from datetime import datetime, timedelta

from unit.clocks.conftest import Works

from tongzhou.catalogue.models import Item
from tongzhou.clocks.models import Clock
from tongzhou.demo.cast import Cast
from tongzhou.ledger import follow
from tongzhou.ledger.models import Act
from tongzhou.needs.actions.offer import offer
from tongzhou.needs.actions.offering import Offered
from tongzhou.needs.actions.report_hospital import report_hospital
from tongzhou.needs.models import Need
from tongzhou.needs.reactions import escalate
from tongzhou.places.actions.switch_mode import switch_mode

from .conftest import AT, DAY, HOUR, Asking, Giving


def _escalate() -> None:
    while follow.advance("needs.escalation", escalate):
        pass


def test_an_unmet_need_climbs_and_a_covered_one_stays(
    cast: Cast, works: Works, ask: Asking, give: Giving
) -> None:
    urgent = ask(priority=2, reason="None left")
    covered = ask()
    give(covered, 1000)

    holders = []
    for hours in (9, 18):
        works.at(AT + hours * HOUR)
        works.seal()
        _escalate()
        holders.append(Need.objects.get(id=urgent.id).holder.code)
    escalate(list(follow.after(0)))

    assert holders == ["xh-command", "hz-command"]
    assert Need.objects.get(id=urgent.id).holder.code == "hz-command"
    assert Need.objects.get(id=covered.id).holder.code == "beishan-street"
    passed = Act.objects.filter(type="need.passed_up.v1").order_by("id")
    second = timedelta(seconds=1)
    assert [act.at for act in passed] == [
        AT + 8 * HOUR + second, AT + 16 * HOUR + 2 * second,
    ]  # fmt: skip
    assert not Act.objects.filter(type="clock.cleared.v1").exists()
    assert [act.by_post for act in passed] == [None, None]


def test_an_offer_must_be_answered_within_a_day(
    cast: Cast, works: Works, items: dict[str, Item]
) -> None:
    made = offer(lines=[Offered(items["mask-n95"], 300)], by=cast.pan, at=AT)
    own = offer(lines=[Offered(items["mask-n95"], 300)], by=cast.ye, at=AT)

    works.at(AT + DAY + HOUR)

    assert Clock.objects.get(about_id=made.id).missed_at == AT + DAY
    assert not Clock.objects.filter(about_id=own.id).exists()
    assert (own.answer, made.answer) == ("accepted", "waiting")


def test_in_an_emergency_a_hospital_reports_every_day(cast: Cast, works: Works) -> None:
    hospital = cast.units["hz-hospital"]

    def reported(at: datetime) -> None:
        report_hospital(unit=hospital, figures={"beds": 200}, by=cast.ruan, at=at)

    reported(AT)
    works.at(AT + HOUR)
    in_peace = Clock.objects.filter(rule="hospital-status").count()
    switch_mode(area=cast.areas["33"], mode="emergency", reason="Cases", until=AT + 30 * DAY,
                by=cast.shen, at=AT + HOUR)  # fmt: skip
    reported(AT + 2 * HOUR)
    reported(AT + 20 * HOUR)
    works.at(AT + 3 * DAY)

    assert in_peace == 0
    first, second = Clock.objects.filter(rule="hospital-status").order_by("started_at")
    assert (first.missed_at, second.missed_at) == (None, AT + 44 * HOUR)
