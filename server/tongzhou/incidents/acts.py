"""What can stand in the ledger about signals and incidents."""

from tongzhou.ledger.types import declare

SIGNAL_REPORTED = declare(
    "signal.reported.v1",
    kind="report",
    en="{by} reported an early signal",
    zh="{by}报告早期信号",
)
SIGNAL_ASSESSED = declare(
    "signal.assessed.v1", kind="deliberate", en="{by} assessed the signal", zh="{by}研判信号"
)
SIGNAL_ANSWERED = declare(
    "signal.answered.v1", kind="answer", en="{by} answered the reporter", zh="{by}答复报告人"
)
SIGNAL_JOINED = declare(
    "signal.joined.v1",
    en="{by} opened an incident from the signal",
    zh="{by}据该信号立案事件",
)
SIGNAL_CONTACT_READ = declare(
    "signal.contact_read.v1",
    en="{by} looked at how to reach the reporter",
    zh="{by}查看报告人联系方式",
)

INCIDENT_OPENED = declare(
    "incident.opened.v1",
    kind="decide",
    en="{by} opened the incident and told {with_units}",
    zh="{by}立案事件并告知{with_units}",
)
INCIDENT_EDITED = declare(
    "incident.edited.v1",
    kind="clarify",
    en="{by} changed the incident profile",
    zh="{by}修改事件档案",
)
INCIDENT_TOLD = declare(
    "incident.told.v1",
    kind="share",
    en="{by} let {with_units} see the incident",
    zh="{by}向{with_units}开放事件",
)
INCIDENT_GRADED = declare(
    "incident.graded.v1", kind="decide", en="{by} set the response level", zh="{by}确定响应级别"
)
INCIDENT_PHASE_CHANGED = declare(
    "incident.phase_changed.v1", kind="decide", en="{by} changed the phase", zh="{by}变更阶段"
)
INCIDENT_CLOSED = declare(
    "incident.closed.v1", kind="decide", en="{by} closed the incident", zh="{by}结束事件"
)
INCIDENT_REOPENED = declare(
    "incident.reopened.v1",
    kind="decide",
    en="{by} opened the incident again",
    zh="{by}重新启动事件",
)
# No longer written, like measure.expired.v1: clocks tell of what ends (clock.warned.v1,
# clock.missed.v1, clock.ended.v1). What stands in ledgers keeps its sentence.
GRADE_EXPIRING = declare(
    "grade.expiring.v1",
    kind="supervise",
    en="The response level is about to expire; {with_units} must renew or change it",
    zh="响应级别即将到期，请{with_units}续期或调整",
)

GROUP_FORMED = declare(
    "group.formed.v1",
    kind="convene",
    en="{by} formed a working group with {with_units}",
    zh="{by}与{with_units}组建工作专班",
)
GROUP_CHANGED = declare(
    "group.changed.v1",
    kind="convene",
    en="{by} changed a working group; its members are {with_units}",
    zh="{by}调整工作专班，成员为{with_units}",
)
GROUP_DISSOLVED = declare(
    "group.dissolved.v1",
    kind="decide",
    en="{by} dissolved a working group",
    zh="{by}撤销工作专班",
)
GROUP_CONVENED = declare(
    "group.convened.v1",
    kind="convene",
    en="{by} held a meeting with {with_units}",
    zh="{by}召集{with_units}开会",
)

DECISION_RECORDED = declare(
    "decision.recorded.v1",
    kind="decide",
    en="{by} recorded a decision for {with_units} to carry out",
    zh="{by}记录决定，由{with_units}执行",
)
DECISION_COMPLETED = declare(
    "decision.completed.v1",
    kind="answer",
    en="{by} carried out a decision",
    zh="{by}已执行决定",
)

MEASURE_STARTED = declare(
    "measure.started.v1", kind="decide", en="{by} put a measure in force", zh="{by}实施措施"
)
MEASURE_LIFTED = declare(
    "measure.lifted.v1", kind="decide", en="{by} lifted a measure", zh="{by}解除措施"
)
MEASURE_EXPIRED = declare(
    "measure.expired.v1",
    kind="supervise",
    en="A measure reached its expiry and is no longer in force",
    zh="措施已到期失效",
)

COUNTS_RECORDED = declare(
    "counts.recorded.v1", kind="report", en="{by} recorded daily counts", zh="{by}登记每日数据"
)

REPORT_STARTED = declare(
    "report.started.v1",
    kind="report",
    en="{by} reported upwards to {with_units}",
    zh="{by}向{with_units}上报",
)
REPORT_PASSED = declare(
    "report.passed.v1",
    kind="report",
    en="{by} passed the report on to {with_units}",
    zh="{by}将报告上报至{with_units}",
)
REPORT_LEVEL_SKIPPED = declare(
    "report.level_skipped.v1",
    kind="report",
    en="{by} reported past a level, to {with_units}",
    zh="{by}越级上报至{with_units}",
)
REPORT_RECEIVED = declare(
    "report.received.v1",
    kind="answer",
    en="{by} confirmed receipt of the report",
    zh="{by}签收报告",
)
REPORT_ARRIVED = declare(
    "report.arrived.v1",
    kind="report",
    en="{by} brought the report to the end of its way",
    zh="{by}完成全部上报",
)

MILESTONE_RECORDED = declare(
    "milestone.recorded.v1",
    kind="clarify",
    en="{by} recorded a date of the 7-1-7 target",
    zh="{by}登记7-1-7时间节点",
)
EVENT_DETECTED = declare(
    "event.detected.v1",
    kind="report",
    en="{by} recorded when the event was detected",
    zh="{by}登记事件发现时间",
)
EVENT_NOTIFIED = declare(
    "event.notified.v1",
    kind="report",
    en="{by} recorded when the event was notified",
    zh="{by}登记事件报告时间",
)
RESPONSE_COMPLETED = declare(
    "response.completed.v1",
    kind="report",
    en="{by} recorded the last early response action",
    zh="{by}登记最后一项早期响应行动",
)
RESPONSE_REOPENED = declare(
    "response.reopened.v1",
    kind="clarify",
    en="{by} took back that the early response was complete",
    zh="{by}更正：早期响应尚未完成",
)
TIMELINESS_NOTED = declare(
    "timeliness.noted.v1",
    kind="clarify",
    en="{by} noted what slowed the response down or sped it up",
    zh="{by}登记影响时效的因素",
)

SHIFT_STARTED = declare(
    "shift.started.v1",
    kind="serve",
    en="{by} sent staff into the field",
    zh="{by}派出现场人员",
)
SHIFT_CHECKED_IN = declare(
    "shift.checked_in.v1", kind="report", en="{by} checked in from the field", zh="{by}现场报平安"
)
SHIFT_HELP_ASKED = declare(
    "shift.help_asked.v1",
    kind="ask",
    en="{by} asked for help in the field",
    zh="{by}现场请求支援",
)
SHIFT_ENDED = declare(
    "shift.ended.v1", kind="report", en="{by} ended a shift in the field", zh="{by}结束现场值守"
)

DECISION_SEEN = declare(
    "decision.seen.v1", kind="answer", en="{by} has seen the decision", zh="{by}签阅决定"
)
MEASURE_GUIDANCE_SUPERSEDED = declare(
    "measure.guidance_superseded.v1",
    kind="supervise",
    en="A guidance that a measure of {with_units} rests on was superseded",
    zh="{with_units}的措施所依据的指引已被替代",
)
