"""The permission vocabulary: every word that can be asked for, and the roles that hold it.

A word names an act; ``relations`` say how the unit of the post must stand to the object
(any one of them; empty: whoever may see it). The matrix test runs every row as allowed and
as refused, and ``docs/reference/permissions.md`` is made from here.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The twelve roles of the first 72 hours, and the one that keeps the accounts."""

    COMMANDER = "commander", _("incident commander")
    EPIDEMIOLOGIST = "epidemiologist", _("CDC epidemiologist")
    HOSPITAL_LIAISON = "hospital_liaison", _("hospital liaison")
    DEPARTMENT_LIAISON = "department_liaison", _("department liaison")
    STREET_COORDINATOR = "street_coordinator", _("street coordinator")
    COMMUNITY_LEAD = "community_lead", _("community lead")
    GRID_WORKER = "grid_worker", _("grid worker")
    PROPERTY_MANAGER = "property_manager", _("property manager")
    VOLUNTEER_LEADER = "volunteer_leader", _("social organisation or volunteer leader")
    RESIDENT = "resident", _("resident")
    INFORMATION_OFFICER = "information_officer", _("information officer")
    SUPERVISOR = "supervisor", _("supervisor or researcher")
    ADMINISTRATOR = "administrator", _("administrator")


@dataclass(frozen=True)
class Word:
    """One permission: its name, what it allows in both languages, and the relations."""

    name: str
    en: str
    zh: str
    relations: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """What it allows, in the active language."""
        return self.zh if (get_language() or "").startswith("zh") else self.en


_WORDS: dict[str, Word] = {}


def word(name: str, en: str, zh: str, *relations: str) -> Word:
    """Declares a word. Raises ValueError when it is declared twice."""
    if name in _WORDS:
        raise ValueError(f"permission {name!r} is declared twice")
    _WORDS[name] = Word(name, en, zh, frozenset(relations))
    return _WORDS[name]


def words() -> dict[str, Word]:
    """All words by name."""
    return dict(_WORDS)


def find_word(name: str) -> Word:
    """The word of this name. Raises KeyError where none is declared."""
    return _WORDS[name]


# Relations to an area: "inside" – the area lies in the area of the post's unit.
# Relations to a unit: "own", "line" (above it), "inside".
# Relations to a signal: "area" (the unit answers for the area), "reporter".
# Relations to an incident: "owner", "line", "member", "tasked", "area".
# Relations to a task: "asker", "lead", "assisting", "informed", "line"; "requester" is whoever
# holds the number of a ticket, never a post.
# Relations to a report: "holder" (whose turn it is), "earlier" (passed it on), "line", "known".
# Relations to a shift: "own", "line".
# Relations to a clock: "owner" (whose limit it is), "watcher" (who waits for it), "line".
# Relations to a store: "own", "line", "area" (its authority).
# Relations to a resource: "own", "line", "known".
# Relations to a shipment: "giver", "carrier", "receiver", "line" (above the giver), "above" (above
# one of the others).
# Relations to a duty or a charge: "charged", "proposer", "line", "known".
# Relations to a need: "own", "line" (above it), "holder" (whose turn it is), "area", "giver".
# Relations to an offer: "own", "line", "desk" (who answers it), "known".

AREA_EDIT = word("area.edit", "Import and edit areas", "导入和编辑区域", "inside")
UNIT_CREATE = word("unit.create", "Create a unit", "新建单位", "own", "line", "inside")
UNIT_EDIT = word("unit.edit", "Edit a unit", "编辑单位", "own", "line", "inside")
PERSON_INVITE = word(
    "person.invite", "Invite a person to a post", "邀请人员任职", "own", "line", "inside"
)
PERSON_DEACTIVATE = word(
    "person.deactivate", "End posts and deactivate a person", "结束任职、停用人员",
    "own", "line", "inside",
)  # fmt: skip
TOKEN_ISSUE = word("token.issue", "Issue an API token for the own post", "为本岗位签发接口令牌")
LEDGER_VERIFY = word("ledger.verify", "Verify and export the ledger", "校验和导出账本")
BACKGROUND_SEE = word(
    "background.see", "See how it is with the background work", "查看后台运行情况"
)

SIGNAL_REPORT = word("signal.report", "Report an early signal", "报告早期信号")
SIGNAL_ASSESS = word("signal.assess", "Assess a signal", "研判信号", "area")
SIGNAL_ANSWER = word("signal.answer", "Answer a signal", "答复信号", "area")
INCIDENT_OPEN = word("incident.open", "Open an incident", "立案事件", "inside")
INCIDENT_EDIT = word("incident.edit", "Edit the incident profile", "编辑事件档案", "owner", "line")
INCIDENT_GRADE = word("incident.grade", "Set the response level", "确定响应级别", "owner", "line")
INCIDENT_PHASE = word("incident.phase", "Change the phase", "变更阶段", "owner", "line")
INCIDENT_CLOSE = word("incident.close", "Close an incident", "结束事件", "owner", "line")
GROUP_FORM = word("group.form", "Form and change working groups", "组建和调整工作专班",
                  "owner", "line")  # fmt: skip
GROUP_CONVENE = word("group.convene", "Convene a working group", "召集工作专班会议",
                     "owner", "line", "member")  # fmt: skip
DECISION_RECORD = word(
    "decision.record", "Record a decision", "记录决定", "owner", "line", "member"
)
DECISION_COMPLETE = word(
    "decision.complete", "Mark a decision as carried out", "确认决定已执行",
    "owner", "line", "member",
)  # fmt: skip
MEASURE_START = word("measure.start", "Put a measure in force", "实施措施",
                     "owner", "line", "member")  # fmt: skip
MEASURE_LIFT = word("measure.lift", "Lift a measure", "解除措施",
                    "owner", "line", "member")  # fmt: skip
COUNTS_RECORD = word("counts.record", "Record daily counts", "登记每日数据",
                     "owner", "line", "member")  # fmt: skip

TASK_CREATE = word("task.create", "Create a task", "新建任务")
TASK_DISPATCH = word("task.dispatch", "Dispatch a task", "派发任务", "asker")
TASK_SEE = word("task.see", "Mark a task as seen", "签阅任务", "lead", "assisting", "informed")
TASK_ACCEPT = word("task.accept", "Accept a task", "接受任务", "lead")
TASK_REFUSE = word("task.refuse", "Refuse a task and name a better owner", "拒收并指明更合适单位",
                   "lead")  # fmt: skip
TASK_RETURN = word("task.return", "Return a task to the asker", "退回任务", "lead")
TASK_TAKE = word("task.take", "Take a task as its handler", "认领任务", "lead")
TASK_WORK = word("task.work", "Start, block and resume work", "开始、受阻和恢复办理",
                 "lead", "assisting")  # fmt: skip
TASK_FINISH = word("task.finish", "Report a task as done", "办结任务", "lead")
TASK_CONFIRM = word("task.confirm", "Confirm a finished task", "确认办结", "asker")
TASK_REOPEN = word("task.reopen", "Reopen a finished task", "重新办理",
                   "asker", "assisting", "informed", "lead", "line", "requester")  # fmt: skip
TASK_FORWARD = word("task.forward", "Forward a task to another unit", "转办任务", "asker", "lead")
TASK_SPLIT = word("task.split", "Split a task", "拆分任务", "asker", "lead")
TASK_MERGE = word("task.merge", "Merge repeated tasks", "合并重复任务", "asker", "lead")
TASK_WITHDRAW = word("task.withdraw", "Withdraw a task", "撤回任务", "asker")
TASK_EDIT = word("task.edit", "Change due time and participants", "调整时限和参与单位", "asker")
TASK_COMMENT = word("task.comment", "Comment on a task", "任务留言",
                    "asker", "lead", "assisting", "informed", "line")  # fmt: skip
TASK_ATTACH = word("task.attach", "Attach a file to a task", "上传附件",
                   "asker", "lead", "assisting")  # fmt: skip
TASK_URGE = word("task.urge", "Supervise and urge a task", "督办任务", "asker", "line")

LIBRARY_EDIT = word("library.edit", "Publish a version of a template", "发布模板版本", "inside")
PROFILE_CHOOSE = word("library.profile", "Switch the country profile", "切换国家方案", "inside")

CLOCK_EXTEND = word("clock.extend", "Extend a time limit", "延长时限", "watcher", "line")
SHIFT_START = word("shift.start", "Send field staff out with check-ins", "派出现场人员并约定报平安",
                   "own", "line")  # fmt: skip
SHIFT_CHECK_IN = word("shift.check_in", "Check in from the field", "现场报平安", "own")

DUTY_DECLARE = word("duty.declare", "Declare a duty", "设立职责")
DUTY_EDIT = word("duty.edit", "Change and retire a duty", "修改和撤销职责", "proposer")
MANDATE_PROPOSE = word("mandate.propose", "Propose who is charged with a duty", "拟定职责分工")
MANDATE_CONSENT = word(
    "mandate.consent", "Consent to a charge or decline it", "同意或不同意承担职责", "charged"
)
MANDATE_MEANS = word(
    "mandate.means", "Record the means of a duty", "登记履职保障", "charged", "line"
)
MANDATE_DELEGATE = word("mandate.delegate", "Delegate a duty and recall it", "下放和收回职责",
                        "charged")  # fmt: skip

REPORT_START = word("report.start", "Report a signal or an incident upwards", "发起上报",
                    "area", "reporter", "owner", "line", "member", "tasked")  # fmt: skip
REPORT_PASS = word("report.pass", "Pass a report up the chain", "逐级上报", "holder", "line")
REPORT_SKIP = word("report.skip", "Report past a level, with a reason", "越级上报",
                   "holder", "earlier", "line")  # fmt: skip
DECISION_SEE = word("decision.see", "Mark a decision as seen", "签阅决定",
                    "owner", "line", "member", "tasked", "area")  # fmt: skip
MILESTONE_RECORD = word("milestone.record", "Record 7-1-7 milestones", "登记7-1-7时间节点",
                        "owner", "line", "member")  # fmt: skip
PLAN_STAND_UP = word("plan.stand_up", "Stand up a plan and step it down", "启动和终止预案",
                     "owner", "line")  # fmt: skip
MODE_SWITCH = word("mode.switch", "Switch between peacetime and emergency", "平急转换", "inside")

WHISTLE_BLOW = word("whistle.blow", "Blow the whistle to departments", "向部门吹哨")
TICKET_REGISTER = word("ticket.register", "Register a hotline ticket", "登记热线工单")
TICKET_CONTACT = word(
    "ticket.contact", "Read how to reach whoever asked a ticket", "查看诉求人联系方式",
    "asker", "lead", "assisting",
)  # fmt: skip
TICKET_GATEWAY = word(
    "ticket.gateway", "Hand in text messages as a gateway", "以短信网关身份转交短信"
)
TASK_OBJECT = word("task.object", "Object to a dispatch", "对派单提出异议", "lead")
TASK_REVIEW = word("task.review", "Review an objection to a dispatch", "复核派单异议",
                   "asker", "line")  # fmt: skip
TICKET_CLOSE = word(
    "ticket.close", "Close a ticket, call back and evaluate", "结案、回访和评价工单",
    "asker", "requester",
)  # fmt: skip

FINDING_RECORD = word("finding.record", "Record and re-check findings", "登记和复查督查问题",
                      "own", "line", "inside")  # fmt: skip
FINDING_ANSWER = word("finding.answer", "Answer a finding with proof", "整改并提交佐证", "owner")
LETTER_SEND = word(
    "letter.send", "Send a supervision letter", "发出督办函", "own", "line", "inside"
)
ACCOUNTABILITY_OPEN = word("accountability.open", "Open and close accountability entries",
                           "发起和办结问责事项", "own", "line", "inside")  # fmt: skip
BURDEN_ASK = word("burden.ask", "Ask units for forms, meetings and inspections",
                  "向单位布置报表、会议和检查", "own", "line", "inside")  # fmt: skip
BURDEN_CONSENT = word("burden.consent", "Consent to a request past the quota",
                      "同意超额布置", "charged")  # fmt: skip
BURDEN_ANSWER = word("burden.answer", "Answer requests: report up once", "一次填报",
                     "charged")  # fmt: skip

CATALOGUE_EDIT = word("catalogue.edit", "Change the catalogue of items", "维护物资目录")
RESOURCE_REGISTER = word(
    "resource.register", "Register people and teams that others may ask for",
    "登记可供调派的人员和队伍", "own", "line",
)  # fmt: skip
SITE_OPEN = word("site.open", "Open and close a store", "设立和撤销库点", "own", "line")
STOCK_KEEP = word("stock.keep", "Receive, issue, move and count goods",
                  "物资出入库、移库和盘点", "own", "line")  # fmt: skip
STOCK_RESERVE = word(
    "stock.reserve", "Reserve goods and release them", "预留和释放物资", "own", "line"
)
SHIPMENT_SEND = word("shipment.send", "Plan, pick, load and cancel shipments",
                     "计划、拣货、装车和取消发运", "giver", "line")  # fmt: skip
SHIPMENT_CARRY = word("shipment.carry", "Set off with a shipment, say where it is, arrive",
                      "起运、报告位置和送达", "giver", "carrier", "receiver")  # fmt: skip
SHIPMENT_RECEIVE = word("shipment.receive", "Receive a shipment, turn it back, take it back",
                        "签收、退回和收回物资", "giver", "receiver")  # fmt: skip
SHIPMENT_EXPLAIN = word(
    "shipment.explain", "Explain what did not come as it was loaded", "说明到货差异和失联物资"
)
NEED_SEE = word("need.see", "See the needs and offers of one's area", "查看本区域的需求和供给")
NEED_ASK = word("need.ask", "Ask for supplies and help", "提出和调整需求", "own", "line")
NEED_RECEIVE = word("need.receive", "Confirm what was received", "确认收到供给", "own")
NEED_COMMIT = word("need.commit", "Commit supplies or help to a need", "承诺供给",
                   "own", "line", "holder", "area", "giver")  # fmt: skip
NEED_MERGE = word("need.merge", "Merge repeated needs", "合并重复需求", "own", "line", "holder")
NEED_PASS = word("need.pass", "Pass an unmet need up the line", "上报未满足的需求",
                 "own", "line", "holder")  # fmt: skip
NEED_IMPORT = word("need.import", "Bring in needs and offers from files", "导入需求和供给")
OFFER_MAKE = word("offer.make", "Offer supplies or help", "提供物资或帮助", "own", "line")
OFFER_ANSWER = word("offer.answer", "Answer offers", "答复供给意向", "desk")
HOSPITAL_REPORT = word("hospital.report", "Report the status of a hospital", "报告医院情况",
                       "own", "line")  # fmt: skip

# Relations to a fund: "own" (keeps it), "line" (above its owner), "below" (under its owner),
# "inside" (of its owner's area, where the fund is open to it), "giver", "donor".
# Relations to money asked for: "own", "line" (of the fund), "asker", "payee", "over".
# Relations to a claim: "own", "answerer", "line".
FUND_OPEN = word("fund.open", "Open a fund", "设立资金", "own", "line")
FUND_KEEP = word("fund.keep", "Keep a fund: receive, pay, transfer", "管理资金：收款、支付、划拨",
                 "own", "line")  # fmt: skip
FUND_APPROVE = word("fund.approve", "Approve spending and transfers", "审批支出和划拨",
                    "own", "line")  # fmt: skip
FUND_SEE = word("fund.see", "Read the statement of a fund", "查看资金明细", "own", "line")
FUND_ASK = word("fund.ask", "Ask for money from a fund", "申请使用资金",
                "own", "line", "below", "inside", "asker")  # fmt: skip
FUND_RECEIPT = word("fund.receipt", "Hand in receipts", "提交票据", "own", "asker", "payee")
GIFT_PROMISE = word("gift.promise", "Promise a gift", "承诺捐赠")
CLAIM_MAKE = word("claim.make", "Claim cost and withdraw a claim", "申报和撤回费用", "own")
CLAIM_ANSWER = word("claim.answer", "Answer a claim of cost", "答复费用申报", "answerer", "line")
SPENDING_PLAN = word("spending.plan", "Plan spending by purpose and week", "编制支出计划",
                     "own", "line")  # fmt: skip

# Relations to an allocation: "own", "line" (above its unit), "giver" (one of its stores gives).
ALLOCATION_DRAFT = word("allocation.draft", "Draft, compute, change and cancel allocations",
                        "起草、计算、调整和取消物资分配方案", "own", "line")  # fmt: skip
ALLOCATION_APPROVE = word("allocation.approve", "Approve allocations", "批准物资分配方案",
                          "own", "line")  # fmt: skip

# Relations to a stake: "own", "line", "party" (of its matter).
# Relations to a conflict: "party", "line" (above a side), "mediator", "decider", "known".
# Relations to a compensation: "payer", "receiver", "line", "known".
STAKE_STATE = word("stake.state", "Say what is at stake for the own unit", "陈述本单位利益诉求",
                   "own")  # fmt: skip
STAKE_RECORD = word("stake.record", "Record what is at stake for a unit below",
                    "代下级单位登记利益诉求", "line")  # fmt: skip
CONFLICT_DECLARE = word("conflict.declare", "Declare and withdraw a conflict of interests",
                        "提出和撤回利益冲突", "own", "line", "party")  # fmt: skip
MEDIATION_OPEN = word("mediation.open", "Ask a third unit to mediate", "提请第三方调解",
                      "party", "line")  # fmt: skip
MEDIATION_LEAD = word("mediation.lead", "Lead a mediation", "主持调解", "mediator")
MEDIATION_ANSWER = word("mediation.answer", "Answer proposed terms", "答复调解方案", "party")
CONFLICT_DECIDE = word("conflict.decide", "Decide a conflict that mediation did not settle",
                       "裁定调解未成的冲突", "decider")  # fmt: skip
COMPENSATION_PROMISE = word("compensation.promise", "Promise compensation and have it paid",
                            "承诺并支付补偿", "party", "line", "payer")  # fmt: skip
COMPENSATION_RECEIVE = word("compensation.receive", "Confirm or waive compensation",
                            "确认或放弃补偿", "receiver")  # fmt: skip
TENSION_RECORD = word("tension.record", "Record figures of structural tension",
                      "登记结构性紧张指标", "inside")  # fmt: skip

#: What changes things that there is only one of, for real work and for exercises: nobody who is in
#: an exercise may do it, or the exercise would change the real world.
ONLY_REAL = frozenset({
    AREA_EDIT, MODE_SWITCH, UNIT_CREATE, UNIT_EDIT, PERSON_INVITE, PERSON_DEACTIVATE,
    LIBRARY_EDIT, PROFILE_CHOOSE, CATALOGUE_EDIT, DUTY_DECLARE, DUTY_EDIT, MANDATE_PROPOSE,
    MANDATE_CONSENT, MANDATE_MEANS, MANDATE_DELEGATE, TENSION_RECORD,
})  # fmt: skip

#: Whoever works can say what is at stake, and settle it.
_INTERESTS = {
    STAKE_STATE, CONFLICT_DECLARE, MEDIATION_OPEN, MEDIATION_LEAD, MEDIATION_ANSWER,
    COMPENSATION_PROMISE, COMPENSATION_RECEIVE,
}  # fmt: skip
#: Who answers for others records and decides for them.
_DECIDING = {STAKE_RECORD, CONFLICT_DECIDE, TENSION_RECORD}

# Relations to a call for aid: "asker", "asker_line" (above the asker), "asked", "asked_line"; to an
# offer also "offerer", "offerer_line"; to an agreement and what follows from it "asker",
# "asker_line", "offerer", "offerer_line". Which of its sides may do a thing, the act says.
AID_PREPARE = word("aid.prepare", "Publish mission packages", "发布支援任务包", "own", "line")
AID_ASK = word("aid.ask", "Call for aid, prolong and close the call",
               "请求跨区支援、延长和结束请求", "own", "asker")  # fmt: skip
AID_OFFER = word("aid.offer", "Answer a call: offer aid, decline, withdraw",
                 "答复支援请求：提议、谢绝、撤回", "asked", "offerer")  # fmt: skip
AID_AGREE = word("aid.agree", "Take an offer of aid, change and cancel agreements",
                 "采纳支援提议、变更和取消协议", "asker", "offerer")  # fmt: skip
AID_SIGN = word("aid.sign", "Sign agreements on aid", "签署支援协议",
                "asker", "asker_line", "offerer", "offerer_line")  # fmt: skip
AID_SEND = word("aid.send", "Send people and goods to another region, confirm them home",
                "派出支援力量、确认归建", "offerer")  # fmt: skip
AID_HOST = word("aid.host", "Take in people from outside, send them home",
                "接待外援、安排返回", "own", "line", "asker")  # fmt: skip
AID_SETTLE = word("aid.settle", "Claim, accept and refuse the cost of aid", "申报和答复支援费用",
                  "asker", "offerer")  # fmt: skip
#: All of aid but the signature, which binds a region.
_AID = {AID_PREPARE, AID_ASK, AID_OFFER, AID_AGREE, AID_SEND, AID_HOST, AID_SETTLE}

#: Who keeps money and allows its use.
_MONEY = {FUND_OPEN, FUND_KEEP, FUND_APPROVE, FUND_SEE, CLAIM_ANSWER, SPENDING_PLAN}
#: Who shares out what lies in stores.
_SHARING = {ALLOCATION_DRAFT, ALLOCATION_APPROVE}
#: Whoever works for a firm, a community or a team may ask for money and claim cost.
_CLAIMING = {FUND_ASK, FUND_RECEIPT, GIFT_PROMISE, CLAIM_MAKE}

_DOING = {
    SIGNAL_REPORT, TASK_CREATE, TASK_DISPATCH, TASK_SEE, TASK_ACCEPT, TASK_REFUSE, TASK_RETURN,
    TASK_TAKE, TASK_WORK, TASK_FINISH, TASK_CONFIRM, TASK_REOPEN, TASK_FORWARD, TASK_SPLIT,
    TASK_MERGE, TASK_WITHDRAW, TASK_EDIT, TASK_COMMENT, TASK_ATTACH, TASK_URGE, TOKEN_ISSUE,
    DECISION_COMPLETE, DECISION_SEE, MANDATE_CONSENT, MANDATE_MEANS, CLOCK_EXTEND, REPORT_START,
    REPORT_PASS, REPORT_SKIP, SHIFT_START,
    SHIFT_CHECK_IN, TASK_OBJECT, TASK_REVIEW, FINDING_ANSWER, BURDEN_CONSENT, BURDEN_ASK,
    WHISTLE_BLOW, TICKET_REGISTER, TICKET_CLOSE, TICKET_CONTACT, TICKET_GATEWAY, MANDATE_DELEGATE,
    RESOURCE_REGISTER, SITE_OPEN, STOCK_KEEP, STOCK_RESERVE,
    SHIPMENT_SEND, SHIPMENT_CARRY, SHIPMENT_RECEIVE, SHIPMENT_EXPLAIN,
    BURDEN_ANSWER, NEED_SEE, NEED_ASK, NEED_RECEIVE, NEED_COMMIT, NEED_MERGE, NEED_PASS,
    OFFER_MAKE, OFFER_ANSWER,
}  # fmt: skip
_INCIDENT = {
    GROUP_CONVENE, DECISION_RECORD, MEASURE_START, MEASURE_LIFT, COUNTS_RECORD, SIGNAL_ASSESS,
    SIGNAL_ANSWER,
}  # fmt: skip
_COMMAND = {
    INCIDENT_OPEN, INCIDENT_EDIT, INCIDENT_GRADE, INCIDENT_PHASE, INCIDENT_CLOSE, GROUP_FORM,
    PLAN_STAND_UP, MODE_SWITCH, LIBRARY_EDIT, PROFILE_CHOOSE,
}  # fmt: skip
#: Who shapes what units owe: powers and duties.
_MANDATES = {DUTY_DECLARE, DUTY_EDIT, MANDATE_PROPOSE}
_CATALOGUE = {CATALOGUE_EDIT}
#: Who brings in files about other units.
_SUPPLIES = {NEED_IMPORT, HOSPITAL_REPORT}
_OVERSIGHT = {FINDING_RECORD, LETTER_SEND, ACCOUNTABILITY_OPEN}
_PEOPLE = {UNIT_CREATE, UNIT_EDIT, PERSON_INVITE, PERSON_DEACTIVATE}
_FRONT_LINE = {
    SIGNAL_REPORT, TASK_SEE, TASK_ACCEPT, TASK_REFUSE, TASK_RETURN, TASK_TAKE, TASK_WORK,
    TASK_FINISH, TASK_REOPEN, TASK_COMMENT, TASK_ATTACH, TASK_CREATE, TASK_DISPATCH,
    TASK_CONFIRM, TASK_WITHDRAW, SHIFT_CHECK_IN, TASK_OBJECT, MANDATE_CONSENT, BURDEN_CONSENT,
    FINDING_ANSWER, DECISION_SEE, REPORT_START, REPORT_PASS,
    REPORT_SKIP, TICKET_CONTACT,
    RESOURCE_REGISTER, SITE_OPEN, STOCK_KEEP, STOCK_RESERVE,
    SHIPMENT_SEND, SHIPMENT_CARRY, SHIPMENT_RECEIVE, SHIPMENT_EXPLAIN,
    BURDEN_ANSWER, NEED_SEE, NEED_ASK, NEED_RECEIVE, NEED_COMMIT, OFFER_MAKE,
}  # fmt: skip

ROLES: dict[Role, frozenset[Word]] = {
    Role.COMMANDER: frozenset(
        _DOING
        | _INCIDENT
        | _COMMAND
        | _PEOPLE
        | _MANDATES
        | _OVERSIGHT
        | _CATALOGUE
        | _SUPPLIES
        | _MONEY
        | _SHARING
        | _CLAIMING
        | _INTERESTS
        | _DECIDING
        | _AID
        | {AID_SIGN, LEDGER_VERIFY, BACKGROUND_SEE, MILESTONE_RECORD}
    ),
    Role.EPIDEMIOLOGIST: frozenset(
        _DOING | _INCIDENT | _CLAIMING | _INTERESTS | {INCIDENT_EDIT, MILESTONE_RECORD}
    ),
    Role.HOSPITAL_LIAISON: frozenset(
        _DOING | _CLAIMING | _INTERESTS | {COUNTS_RECORD, HOSPITAL_REPORT}
    ),
    Role.DEPARTMENT_LIAISON: frozenset(
        _DOING
        | _MANDATES
        | _CATALOGUE
        | _SUPPLIES
        | _MONEY
        | _CLAIMING
        | _INTERESTS
        | _DECIDING
        | _AID
        | {GROUP_CONVENE, DECISION_RECORD, MEASURE_START, MEASURE_LIFT, ALLOCATION_DRAFT}
    ),
    Role.STREET_COORDINATOR: frozenset(
        _DOING
        | _MONEY
        | _SHARING
        | _CLAIMING
        | _MANDATES
        | _INTERESTS
        | _DECIDING
        | _AID
        | {SIGNAL_ASSESS, SIGNAL_ANSWER, PERSON_INVITE}
    ),
    Role.COMMUNITY_LEAD: frozenset(
        _DOING | _CLAIMING | _INTERESTS | {STAKE_RECORD, CLAIM_ANSWER, FUND_SEE, PERSON_INVITE}
    ),
    Role.GRID_WORKER: frozenset(_FRONT_LINE | _INTERESTS),
    # Firms and volunteers stand in nobody's line: who but they could say with what they do it?
    Role.PROPERTY_MANAGER: frozenset(_FRONT_LINE | _CLAIMING | _INTERESTS | {MANDATE_MEANS}),
    Role.VOLUNTEER_LEADER: frozenset(
        _FRONT_LINE | _CLAIMING | _INTERESTS | {MANDATE_MEANS, PERSON_INVITE, TOKEN_ISSUE}
    ),
    Role.RESIDENT: frozenset({SIGNAL_REPORT, TASK_SEE, TASK_COMMENT, TASK_REOPEN}),
    Role.INFORMATION_OFFICER: frozenset(
        _DOING | _INTERESTS | {SIGNAL_ANSWER, MEASURE_START, TENSION_RECORD}
    ),
    Role.SUPERVISOR: frozenset(
        {SIGNAL_REPORT, TASK_COMMENT, TASK_URGE, TASK_REOPEN, NEED_SEE}
        | {LEDGER_VERIFY, TOKEN_ISSUE, BACKGROUND_SEE, FUND_SEE}
        | _OVERSIGHT
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            AREA_EDIT,
            TENSION_RECORD,
            TOKEN_ISSUE,
            LEDGER_VERIFY,
            BACKGROUND_SEE,
            LIBRARY_EDIT,
            PROFILE_CHOOSE,
            CATALOGUE_EDIT,
            *_PEOPLE,
        }
    ),
}


def held_words(role: str) -> list[Word]:
    """The words that a role holds, by name."""
    return sorted(ROLES[Role(role)], key=lambda word: word.name)
