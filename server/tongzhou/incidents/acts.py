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
