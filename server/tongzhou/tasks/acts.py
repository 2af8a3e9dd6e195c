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
