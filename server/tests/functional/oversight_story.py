"""What oversight holds before the first browser opens: a finding in each state, letters, an
entry, fields and requests; a ticket at the desk, a whistle. Run inside the node."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from tongzhou.demo.cast import Cast
from tongzhou.oversight.actions.answer_finding import answer_finding
from tongzhou.oversight.actions.answer_letter import answer_letter
from tongzhou.oversight.actions.ask_units import Wanted, ask_units
from tongzhou.oversight.actions.declare_field import declare_field
from tongzhou.oversight.actions.open_accountability import open_accountability
from tongzhou.oversight.actions.recheck_finding import recheck_finding
from tongzhou.oversight.actions.record_finding import record_finding
from tongzhou.oversight.actions.second_accountability import second_accountability
from tongzhou.oversight.actions.send_letter import send_letter
from tongzhou.oversight.models import Ask, Field, Finding
from tongzhou.oversight.queries.citing import Cited
from tongzhou.tasks.actions.blow_whistle import blow_whistle
from tongzhou.tasks.actions.register_ticket import register_ticket
from tongzhou.tasks.models import Channel

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
#: code, Chinese name, English name
FIELDS = (
    ("fever_found", "发热人数", "People with fever"),
    ("doors_visited", "上门户数", "Households visited"),
    ("gates_staffed", "值守卡口数", "Gates staffed"),
)


def tell_oversight(cast: Cast, at: datetime) -> dict[str, Any]:
    """Makes it, and returns what the tests must know."""
    findings = _findings(cast, at)
    given = {"due_at": at + 5 * DAY, "by": cast.gu, "at": at - DAY}
    about = [Cited("finding", str(findings[0].id), str(findings[0]))]
    letter = send_letter(
        recipient=cast.units["beishan-street"], subject="小区卡口夜间值守", cites=about,
        body="请核查辖区各卡口夜间值守情况并书面报告。", **given,
    )  # fmt: skip
    answer_letter(letter=letter, answer="已逐一核查，全部补齐。", by=cast.ye, at=at - HOUR)
    entries = [
        open_accountability(
            post=cast.ye, ground="finding_unmet", what="督查问题逾期未整改", cites=about, **given
        )
        for _each in ("looked at", "en", "zh-hans")
    ]
    for entry in entries:
        second_accountability(entry=entry, by=cast.shen, at=at - HOUR)
    fields = [
        declare_field(code=code, name_zh=zh, name_en=en, type="whole", by=cast.tang, at=at - DAY)
        for code, zh, en in FIELDS
    ]
    report, extra = (_ask(cast, fields, title, at, consent) for title, consent in ASKED)
    return {
        "finding": findings[0].number,
        "finding_closed": findings[1].number,
        "letter": str(letter.id),
        "entry": entries[0].number,
        "entries": {"en": entries[1].number, "zh-hans": entries[2].number},
        "asked_on": str(report.first_on),
        "request": report.number,
        "request_waiting": extra.number,
        **_hotline(cast, at),
    }


#: What is asked of the community daily: within its quota, and past it.
ASKED = (("社区日报", False), ("加报一次", True))


def _findings(cast: Cast, at: datetime) -> tuple[Finding, Finding]:
    given = {"owner": cast.units["baoshi-community"], "due_at": at + 3 * DAY, "by": cast.gu}
    running, closed = (
        record_finding(what=what, item="值守", rule="方案第四条", at=at - DAY, **given)
        for what in ("北门夜间无人值守", "消毒记录不全")
    )
    answer_finding(
        finding=closed, text="已补齐记录", by=cast.mei, at=at - HOUR,
        cites=[Cited("finding", str(running.id), str(running))],
    )  # fmt: skip
    recheck_finding(finding=closed, passed=True, text="抽查属实", by=cast.gu, at=at)
    return running, closed


def _ask(cast: Cast, fields: list[Field], title: str, at: datetime, consent: bool) -> Ask:
    """A daily form; one that asks for consent is preceded by as many as the quota bears."""
    today: date = timezone.localtime(at).date()
    given: dict[str, Any] = {
        "kind": "form", "units": [cast.units["baoshi-community"]], "rhythm": "daily",
        "first_on": today + DAY, "until": today + 6 * DAY, "purpose": "掌握辖区情况",
        "legal_basis": "突发公共卫生事件应急条例第四十条", "by": cast.tang, "at": at,
        "wanted": [Wanted(field) for field in fields],
    }  # fmt: skip
    if consent:
        for number in ("二", "三"):
            ask_units(title=f"社区日报之{number}", **given)
    return ask_units(title=title, seek_consent=consent, **given)


def _hotline(cast: Cast, at: datetime) -> dict[str, Any]:
    ticket = register_ticket(
        text="电梯停运两天，老人下不了楼", area=cast.areas["330106002"], channel=Channel.PHONE,
        contact_phone="13900000000", lead=cast.units["beishan-street"], by=cast.lou, at=at,
    )  # fmt: skip
    whistle = blow_whistle(
        kind="emergency", ground="beyond-power", text="市场活禽交易聚集", place="市场北门",
        units=[cast.units["zj-health"]], area=cast.areas["330106002"], by=cast.ye, at=at,
    )  # fmt: skip
    call = whistle.calls.get().task
    return {
        "hotline_ticket": ticket.task.number,
        "hotline_number": ticket.number,
        "whistle": whistle.number,
        "call": call.number,
    }
