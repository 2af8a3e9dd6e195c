"""What a served node holds before the first browser opens: the cast, an incident with everything
in it, tasks in several states, a signal. Run inside the node.

All that is typed in is Chinese, so that a Chinese page without English sentences proves that
nothing of the interface was forgotten.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tongzhou.actors.actions.invite_person import invite_person
from tongzhou.actors.vocabulary import Role
from tongzhou.demo.cast import Cast, assemble
from tongzhou.incidents.actions.assess_signal import assess_signal
from tongzhou.incidents.actions.form_group import form_group
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.actions.record_counts import CountRow, record_counts
from tongzhou.incidents.actions.record_decision import record_decision
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.incidents.actions.set_grade import set_grade
from tongzhou.incidents.actions.start_measure import start_measure
from tongzhou.incidents.models import Incident, Verdict
from tongzhou.kernel import clock
from tongzhou.ledger.models import Act
from tongzhou.mandates.actions.consent_charge import consent_charge
from tongzhou.mandates.actions.declare_duty import declare_duty
from tongzhou.mandates.actions.propose_charge import propose_charge
from tongzhou.mandates.actions.record_means import record_means
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.attach_file import attach_file
from tongzhou.tasks.actions.block_task import block_task
from tongzhou.tasks.actions.comment_task import comment_task
from tongzhou.tasks.actions.confirm_task import confirm_task
from tongzhou.tasks.actions.create_task import create_task
from tongzhou.tasks.actions.finish_task import finish_task
from tongzhou.tasks.actions.refuse_task import refuse_task
from tongzhou.tasks.actions.send_task import send_task
from tongzhou.tasks.actions.start_task import start_task
from tongzhou.tasks.models import Basis, Task

from .oversight_story import tell_oversight

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
#: Cumulative confirmed cases, a day each; Hangzhou's series falls once, as real ones do.
CURVES = {
    "33": [43, 62, 104, 128, 173, 296, 428, 537, 599, 661],
    "3301": [6, 13, 20, 32, 42, 64, 85, 110, 109, 125],
    "3303": [13, 18, 32, 60, 114, 172, 227, 241, 265, 291],
}


def incident_of(cast: Cast, at: datetime) -> Incident:
    """An incident with level, group, decisions, measures and ten days of figures."""
    incident = open_incident(
        code="zj-2020",
        title_zh="不明原因肺炎疫情",
        title_en="Pneumonia of unknown cause",
        summary_zh="多地报告不明原因肺炎病例，正在处置。",
        summary_en="Cases of pneumonia are reported from several cities; the response is running.",
        agent="未明",
        area=cast.areas["33"],
        told=[cast.units["hz-command"], cast.units["wz-command"]],
        by=cast.shen,
        at=at,
    )
    set_grade(
        incident=incident,
        grade="I",
        criterion="出现社区传播",
        legal_basis="《突发公共卫生事件应急条例》",
        expires_at=at + 20 * DAY,
        by=cast.shen,
        at=at + HOUR,
    )
    form_group(
        incident=incident,
        name_zh="医疗救治组",
        name_en="Medical treatment",
        chair=cast.units["zj-health"],
        members=[cast.units["zj-cdc"], cast.units["hz-health"]],
        by=cast.shen,
        at=at + HOUR,
    )
    for text, owner, days in (("腾出三百张床位", "hz-health", 12), ("每日公布数据", "zj-cdc", 9)):
        record_decision(
            incident=incident,
            text=text,
            owner=cast.units[owner],
            due_at=at + days * DAY,
            by=cast.shen,
            at=at + 2 * HOUR,
        )
    start_measure(
        incident=incident,
        title_zh="取消大型聚集活动",
        title_en="No large gatherings",
        area=cast.areas["3301"],
        legal_basis="《传染病防治法》第四十二条",
        stop_rule="连续十四天无新增病例",
        expires_at=at + 24 * DAY,
        by=cast.shen,
        at=at + 2 * HOUR,
    )
    first: date = (at - DAY).date()
    record_counts(
        incident=incident,
        rows=[
            CountRow(cast.areas[code], first + place * DAY, figure, figure // 12, figure // 200)
            for code, figures in CURVES.items()
            for place, figure in enumerate(figures)
        ],
        source="浙江省卫生健康委员会每日通报",
        as_of=at + 9 * DAY,
        by=cast.shen,
        at=at + 9 * DAY,
    )
    incident.refresh_from_db()
    return incident


def tasks_of(cast: Cast, incident: Incident, at: datetime) -> dict[str, int]:
    """Tasks in several states; returns their numbers."""
    lead = cast.units["beishan-street"]

    def sent(title: str, **changes: Any) -> Task:
        given = {
            "title": title,
            "body": "请逐户登记，并于每日十八时前汇总。",
            "lead": lead,
            "area": cast.areas["330106002"],
            "incident": incident,
            "due_at": at + DAY,
            "basis": Basis.ORDER,
            "basis_note": "浙指办〔2020〕三号",
            "assisting": [cast.units["baoshi-property"]],
            "informed": [cast.units["lvyuan-volunteers"]],
            "by": cast.lou,
            "at": at - 6 * HOUR,
            **changes,
        }
        return send_task(**given)

    made = {"dispatched": sent("登记发热住户")}
    made["late"] = sent("为隔离户送菜", due_at=at - HOUR, priority=2)
    accept_task(task=made["late"], by=cast.ye, at=at - 5 * HOUR)
    made["running"] = sent("设立小区检查点", priority=1)
    accept_task(task=made["running"], by=cast.ye, at=at - 5 * HOUR)
    start_task(task=made["running"], by=cast.ye, at=at - 4 * HOUR)
    comment_task(
        task=made["running"], text="南门已设好，北门缺两人。", by=cast.pan, at=at - 3 * HOUR
    )
    names = SimpleUploadedFile("名单.csv", "姓名,电话\n".encode())
    attach_file(task=made["running"], file=names, by=cast.ye, at=at - 3 * HOUR)
    made["blocked"] = sent("给独居老人量体温")
    accept_task(task=made["blocked"], by=cast.ye, at=at - 5 * HOUR)
    block_task(task=made["blocked"], reason="没有体温计", by=cast.ye, at=at - 4 * HOUR)
    made["done"] = sent("张贴告知书")
    accept_task(task=made["done"], by=cast.ye, at=at - 5 * HOUR)
    start_task(task=made["done"], by=cast.ye, at=at - 5 * HOUR)
    finish_task(task=made["done"], result="已贴四十二处", by=cast.ye, at=at - 2 * HOUR)
    made["confirmed"] = sent("统计口罩存量")
    accept_task(task=made["confirmed"], by=cast.ye, at=at - 5 * HOUR)
    finish_task(task=made["confirmed"], result="两千只", by=cast.ye, at=at - 3 * HOUR)
    confirm_task(task=made["confirmed"], by=cast.lou, at=at - 2 * HOUR)
    made["refused"] = sent("接送发热病人")
    refuse_task(
        task=made["refused"],
        reason="街道没有救护车",
        better_owner=cast.units["hz-hospital"],
        by=cast.ye,
        at=at - 3 * HOUR,
    )
    made["community"] = sent("清点独居老人", lead=cast.units["baoshi-community"], by=cast.ye)
    draft: dict[str, Any] = {
        "title": "起草通告",
        "lead": cast.units["hz-health"],
        "area": cast.areas["3301"],
        "due_at": at + DAY,
        "basis": Basis.ORDER,
        "by": cast.lou,
        "at": at,
    }
    made["draft"] = create_task(**draft)
    return {name: task.number for name, task in made.items()}


def duty_of(cast: Cast, at: datetime) -> str:
    """A duty with its accountable unit, which lacks a means, and one more that is asked; returns
    its code."""
    duty = declare_duty(
        code="trace-contacts",
        name_zh="流行病学调查",
        legal_basis="《传染病防治法》第三十九条",
        needs=["power", "people"],
        by=cast.lou,
        at=at,
    )
    for unit, part in (("hz-health", "accountable"), ("beishan-street", "responsible")):
        proposal = propose_charge(
            duty=duty, unit=cast.units[unit], part=part, area=cast.areas["3301"],
            by=cast.lou, at=at,
        )  # fmt: skip
        if unit == "hz-health":
            held = consent_charge(proposal=proposal, by=cast.xia, at=at).charge
            record_means(charge=held, kind="people", text="流调队十二人", by=cast.xia, at=at)
    return duty.code


def tell() -> dict[str, Any]:
    """Makes everything, and returns what the tests must know."""
    at = clock.now()
    cast = assemble(at=at - 12 * DAY)
    signal = report_signal(
        text="三户人家发热，都去过同一个市场",
        area=cast.areas["330106002901"],
        place="三号楼",
        contact_name="张女士",
        contact_phone="13800000000",
        at=at - 11 * DAY,
    )
    assess_signal(
        signal=signal, verdict=Verdict.WATCH, reasons="须尽快核实", by=cast.ye, at=at - 11 * DAY
    )
    incident = incident_of(cast, at - 10 * DAY)
    _invitation, key = invite_person(
        unit=cast.units["baoshi-community"], role=Role.GRID_WORKER, by=cast.mei, at=at
    )
    tasks = tasks_of(cast, incident, at)
    act = Act.objects.filter(type="task.dispatched.v1", about_kind="task")[0]
    return {
        "incident": incident.code,
        "group": str(incident.groups.get().id),
        "decision": str(incident.decisions.order_by("due_at")[0].id),
        "measure": str(incident.measures.get().id),
        "tasks": tasks,
        "ticket": signal.ticket,
        "act": str(act.id),
        "invitation": key,
        "person": str(cast.ji.person_id),
        "duty": duty_of(cast, at - HOUR),
        **tell_oversight(cast, at),
    }
