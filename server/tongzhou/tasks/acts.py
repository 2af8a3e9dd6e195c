"""What can stand in the ledger about a task."""

from tongzhou.ledger.types import declare

TASK_CREATED = declare("task.created.v1", en="{by} drafted the task", zh="{by}起草了任务")
TASK_DISPATCHED = declare(
    "task.dispatched.v1",
    kind="dispatch",
    en="{by} dispatched the task to {lead}[; to assist: {assisting}]",
    zh="{by}向{lead}派发任务[，由{assisting}协办]",
)
TASK_SEEN = declare("task.seen.v1", en="{by} saw the task", zh="{by}签阅任务")
TASK_ACCEPTED = declare(
    "task.accepted.v1", kind="answer", en="{by} accepted the task", zh="{by}接受任务"
)
TASK_REFUSED = declare(
    "task.refused.v1",
    kind="answer",
    en="{by} refused the task and named a better owner",
    zh="{by}拒收任务并指明更合适的单位",
)
TASK_RETURNED = declare(
    "task.returned.v1", kind="answer", en="{by} returned the task", zh="{by}退回任务"
)
TASK_FORWARDED = declare(
    "task.forwarded.v1",
    kind="dispatch",
    en="{by} forwarded the task to {lead}[; to assist: {assisting}]",
    zh="{by}将任务转办给{lead}[，由{assisting}协办]",
)
TASK_TAKEN = declare("task.taken.v1", en="A handler of {by} took the task", zh="{by}有人认领任务")
TASK_RELEASED = declare(
    "task.released.v1",
    en="The task is with the whole unit again, not with one handler",
    zh="任务由专人办理改为单位待认领",
)
# Beginning is no collaboration yet; what was done counts when it is done.
TASK_STARTED = declare("task.started.v1", en="{by} started work", zh="{by}开始办理")
TASK_BLOCKED = declare(
    "task.blocked.v1", kind="ask", en="{by} reported a blockage", zh="{by}报告办理受阻"
)
TASK_RESUMED = declare("task.resumed.v1", kind="clarify", en="{by} resumed work", zh="{by}恢复办理")
TASK_FINISHED = declare(
    "task.finished.v1", kind="serve", en="{by} reported the task as done", zh="{by}报告任务办结"
)
TASK_CONFIRMED = declare(
    "task.confirmed.v1", kind="answer", en="{by} confirmed the result", zh="{by}确认办结"
)
TASK_REOPENED = declare(
    "task.reopened.v1", kind="ask", en="{by} reopened the task", zh="{by}要求重新办理"
)
# Each part is dispatched by an act of its own.
TASK_SPLIT = declare("task.split.v1", en="{by} split the task", zh="{by}拆分任务")
TASK_MERGED = declare(
    "task.merged.v1", en="{by} merged the task into another", zh="{by}将任务并入重复任务"
)
TASK_WITHDRAWN = declare(
    "task.withdrawn.v1", kind="clarify", en="{by} withdrew the task", zh="{by}撤回任务"
)
TASK_EDITED = declare(
    "task.edited.v1", kind="clarify", en="{by} changed the task", zh="{by}调整任务"
)
TASK_COMMENTED = declare("task.commented.v1", kind="clarify", en="{by} commented", zh="{by}留言")
TASK_ATTACHED = declare(
    "task.attached.v1", kind="share", en="{by} attached a file", zh="{by}上传附件"
)
TASK_URGED = declare("task.urged.v1", kind="supervise", en="{by} urged the task", zh="{by}督办任务")
# No longer written: a limit that is missed is an act of its clock (clock.missed.v1). What stands
# in ledgers keeps its sentence.
TASK_OVERDUE = declare(
    "task.overdue.v1", kind="supervise", en="The task passed its due time", zh="任务已超过时限"
)
# Whose a ticket or a whistle is, when units see it differently.
TASK_OBJECTED = declare(
    "task.objected.v1",
    kind="answer",
    en="{by} objected to the dispatch",
    zh="{by}对派单提出异议",
)
TASK_OBJECTION_UPHELD = declare(
    "task.objection_upheld.v1",
    kind="decide",
    en="{by} upheld the objection; {lead} leads now",
    zh="{by}采纳异议，改由{lead}承办",
)
TASK_OBJECTION_REJECTED = declare(
    "task.objection_rejected.v1",
    kind="decide",
    en="{by} rejected the objection; {lead} leads, and this is binding",
    zh="{by}驳回异议，由{lead}承办，不得再退",
)
TASK_OWNER_DECIDED = declare(
    "task.owner_decided.v1",
    kind="decide",
    en="{by} decided that {lead} leads; this is binding",
    zh="{by}裁定由{lead}承办，不得再退",
)
# From outside: who asked holds the number, and is nobody in the ledger.
TICKET_REGISTERED = declare(
    "ticket.registered.v1", kind="report", en="{by} registered a ticket", zh="{by}登记工单"
)
TICKET_REOPENED = declare(
    "ticket.reopened.v1",
    kind="ask",
    en="The person who asked says that it is not solved",
    zh="诉求人表示问题未解决，要求重新办理",
)
TICKET_RECLASSIFIED = declare(
    "ticket.reclassified.v1",
    kind="clarify",
    en="{by} gave the ticket another class",
    zh="{by}调整工单类别",
)
TICKET_CALLED_BACK = declare(
    "ticket.called_back.v1",
    kind="clarify",
    en="{by} called the person who asked",
    zh="{by}回访诉求人",
)
TICKET_EVALUATED = declare(
    "ticket.evaluated.v1",
    kind="clarify",
    en="The person who asked evaluated the answer",
    zh="诉求人评价办理结果",
)
TICKET_CONTACT_READ = declare(
    "ticket.contact_read.v1",
    en="{by} looked up how to reach the person who asked",
    zh="{by}查看诉求人联系方式",
)
WHISTLE_BLOWN = declare(
    "whistle.blown.v1",
    kind="convene",
    en="{by} blew the whistle to {with_units}",
    zh="{by}向{with_units}吹哨",
)
# One for each department called; due_at is when it must be there.
WHISTLE_CALLED = declare(
    "whistle.called.v1", kind="ask", en="{by} called {lead} to the place", zh="{by}呼叫{lead}到场"
)
WHISTLE_ARRIVED = declare(
    "whistle.arrived.v1", kind="joint_action", en="{by} arrived at the place", zh="{by}到场报到"
)
WHISTLE_EVALUATED = declare(
    "whistle.evaluated.v1",
    kind="clarify",
    en="{by} evaluated the help of {lead}",
    zh="{by}评价{lead}的报到办理情况",
)
