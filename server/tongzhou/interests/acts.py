"""What can stand in the ledger about interests: who and when, never in people's own words."""

from tongzhou.ledger.types import declare

STAKE_STATED = declare(
    "stake.stated.v1", kind="report", en="{by} said what is at stake for it", zh="{by}陈述利益诉求"
)
STAKE_RECORDED = declare(
    "stake.recorded.v1",
    kind="ask",
    en="{by} recorded what is at stake for {owner}",
    zh="{by}代{owner}登记利益诉求",
)
STAKE_CONFIRMED = declare(
    "stake.confirmed.v1",
    kind="answer",
    en="{by} confirmed what was recorded for it",
    zh="{by}确认代为登记的利益诉求",
)
STAKE_WITHDRAWN = declare(
    "stake.withdrawn.v1", kind="clarify", en="{by} withdrew a stake", zh="{by}撤回利益诉求"
)
CONFLICT_DECLARED = declare(
    "conflict.declared.v1",
    kind="report",
    en="{by} declared a conflict of interests of {sides}",
    zh="{by}提出{sides}之间的利益冲突",
)
CONFLICT_WITHDRAWN = declare(
    "conflict.withdrawn.v1", kind="clarify", en="{by} withdrew a conflict", zh="{by}撤回利益冲突"
)
CONFLICT_DECIDED = declare(
    "conflict.decided.v1",
    kind="decide",
    en="{by} decided a conflict of {sides}",
    zh="{by}裁定{sides}之间的利益冲突",
)
MEDIATION_OPENED = declare(
    "mediation.opened.v1",
    kind="ask",
    en="{by} asked {mediator} to mediate between {sides}",
    zh="{by}请{mediator}在{sides}之间调解",
)
MEDIATION_MET = declare(
    "mediation.met.v1",
    kind="deliberate",
    en="{by} noted a meeting of {sides}",
    zh="{by}登记{sides}的调解会议",
)
MEDIATION_PROPOSED = declare(
    "mediation.proposed.v1",
    kind="ask",
    en="{by} proposed terms to {sides}",
    zh="{by}向{sides}提出调解方案",
)
MEDIATION_ANSWERED = declare(
    "mediation.answered.v1",
    kind="answer",
    en="{by} answered the terms of {mediator}",
    zh="{by}答复{mediator}的调解方案",
)
MEDIATION_SETTLED = declare(
    "mediation.settled.v1",
    kind="decide",
    en="{by} closed the mediation: {sides} agreed",
    zh="{by}结束调解：{sides}达成一致",
)
MEDIATION_FAILED = declare(
    "mediation.failed.v1",
    kind="clarify",
    en="{by} closed the mediation without agreement; {decider} decides",
    zh="{by}结束调解，未达成一致，由{decider}裁定",
)
COMPENSATION_PROMISED = declare(
    "compensation.promised.v1",
    kind="pledge",
    en="{by} promised compensation to {receiver}",
    zh="{by}承诺补偿{receiver}",
)
COMPENSATION_ASKED = declare(
    "compensation.asked.v1",
    kind="ask",
    en="{by} asked a fund to pay a compensation to {receiver}",
    zh="{by}申请用资金支付对{receiver}的补偿",
)
COMPENSATION_RECEIVED = declare(
    "compensation.received.v1",
    kind="transfer",
    en="{by} received the compensation from {payer}",
    zh="{by}收到{payer}的补偿",
)
COMPENSATION_WAIVED = declare(
    "compensation.waived.v1",
    kind="clarify",
    en="{by} waived a compensation from {payer}",
    zh="{by}放弃{payer}的补偿",
)
TENSION_RECORDED = declare(
    "tension.recorded.v1",
    kind="report",
    en="{by} recorded figures of structural tension",
    zh="{by}登记结构性紧张指标",
)
