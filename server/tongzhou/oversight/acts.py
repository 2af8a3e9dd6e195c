"""What can stand in the ledger about oversight. Of an accountability entry it says what was
done, never about whom."""

from tongzhou.ledger.types import declare

FINDING_RECORDED = declare(
    "finding.recorded.v1",
    kind="supervise",
    en="{by} recorded a finding for {owner} to put right",
    zh="{by}登记督查问题，由{owner}整改",
)
FINDING_ANSWERED = declare(
    "finding.answered.v1",
    kind="answer",
    en="{by} answered a finding with proof",
    zh="{by}答复督查问题并提交佐证",
)
FINDING_SENT_BACK = declare(
    "finding.sent_back.v1",
    kind="supervise",
    en="{by} looked again and sent the finding back to {owner}",
    zh="{by}复查未通过，退回{owner}继续整改",
)
FINDING_CLOSED = declare(
    "finding.closed.v1",
    kind="supervise",
    en="{by} looked again and closed the finding",
    zh="{by}复查通过，问题销号",
)
FINDING_WITHDRAWN = declare(
    "finding.withdrawn.v1",
    kind="clarify",
    en="{by} withdrew a finding",
    zh="{by}撤销督查问题",
)

LETTER_SENT = declare(
    "letter.sent.v1",
    kind="supervise",
    en="{by} sent a supervision letter to {owner}",
    zh="{by}向{owner}发出督办函",
)
LETTER_ANSWERED = declare(
    "letter.answered.v1",
    kind="answer",
    en="{by} answered a supervision letter in writing",
    zh="{by}书面答复督办函",
)
LETTER_WITHDRAWN = declare(
    "letter.withdrawn.v1",
    kind="clarify",
    en="{by} withdrew a supervision letter",
    zh="{by}撤回督办函",
)

ENTRY_PROPOSED = declare(
    "accountability.proposed.v1", en="{by} proposed an accountability entry", zh="{by}提出问责事项"
)
ENTRY_OPENED = declare(
    "accountability.opened.v1",
    en="{by} agreed as the second supervisor; the accountability entry is open",
    zh="{by}作为第二督查人同意，问责事项成立",
)
ENTRY_REPLIED = declare(
    "accountability.replied.v1",
    en="{by} replied to an accountability entry",
    zh="{by}对问责事项作出申辩",
)
ENTRY_CLOSED = declare(
    "accountability.closed.v1",
    en="{by} closed an accountability entry after the reply",
    zh="{by}听取申辩后办结问责事项",
)
ENTRY_DROPPED = declare(
    "accountability.dropped.v1",
    en="{by} dropped an accountability entry before it took effect",
    zh="{by}在问责事项成立前予以撤销",
)

FIELD_DECLARED = declare(
    "field.declared.v1",
    kind="clarify",
    en="{by} entered a field into the catalogue",
    zh="{by}将字段纳入数据目录",
)
REQUEST_SENT = declare(
    "request.sent.v1",
    kind="ask",
    en="{by} asked {with_units} for a form, a meeting or an inspection",
    zh="{by}向{with_units}布置报表、会议或检查",
)
REQUEST_PROPOSED = declare(
    "request.proposed.v1",
    kind="ask",
    en="{by} asked {with_units} to consent to a request past the quota",
    zh="{by}就超额布置征求{with_units}同意",
)
REQUEST_CONSENTED = declare(
    "request.consented.v1",
    kind="answer",
    en="{by} consented to a request past the quota",
    zh="{by}同意超额布置",
)
REQUEST_DECLINED = declare(
    "request.declined.v1",
    kind="answer",
    en="{by} declined a request past the quota",
    zh="{by}不同意超额布置",
)
REQUEST_WITHDRAWN = declare(
    "request.withdrawn.v1",
    kind="clarify",
    en="{by} withdrew a request to {with_units}",
    zh="{by}撤回向{with_units}的布置",
)
REQUEST_ANSWERED = declare(
    "request.answered.v1",
    kind="report",
    en="{by} answered a request of {with_units}",
    zh="{by}完成{with_units}布置的填报",
)
REQUEST_CORRECTED = declare(
    "request.corrected.v1",
    kind="clarify",
    en="{by} corrected an answer to {with_units}",
    zh="{by}更正向{with_units}的填报",
)
# Both follow an answer and tell of no work of their own: they move the limit of the next report.
REQUEST_CONTINUED = declare(
    "request.continued.v1",
    en="The next report of {unit} to {sender} is awaited",
    zh="等待{unit}向{sender}的下一次填报",
)
REQUEST_COMPLETED = declare(
    "request.completed.v1",
    en="{unit} gave {sender} its last report",
    zh="{unit}向{sender}完成最后一次填报",
)
