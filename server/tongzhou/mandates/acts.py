"""What can stand in the ledger about duties and who is charged with them."""

from tongzhou.ledger.types import declare

DUTY_DECLARED = declare(
    "duty.declared.v1", kind="decide", en="{by} declared a duty", zh="{by}设立一项职责"
)
DUTY_EDITED = declare("duty.edited.v1", kind="clarify", en="{by} changed a duty", zh="{by}修改职责")
DUTY_RETIRED = declare(
    "duty.retired.v1", kind="decide", en="{by} retired a duty", zh="{by}撤销职责"
)

CHARGE_PROPOSED = declare(
    "charge.proposed.v1",
    kind="ask",
    en="{by} asked {with_units} to consent that {unit} takes on a duty",
    zh="{by}请{with_units}同意由{unit}承担职责",
)
CHARGE_END_PROPOSED = declare(
    "charge.end_proposed.v1",
    kind="ask",
    en="{by} asked {with_units} to consent that {unit} gives up a duty",
    zh="{by}请{with_units}同意{unit}不再承担职责",
)
CHARGE_CONSENTED = declare(
    "charge.consented.v1",
    kind="answer",
    en="{by} consented; others are still asked",
    zh="{by}表示同意，尚待其他单位答复",
)
# The last consent: from here on the change is in force.
CHARGE_AGREED = declare(
    "charge.agreed.v1",
    kind="pledge",
    en="With the consent of {by} the change of who is charged is in force",
    zh="经{by}同意，职责调整生效",
)
CHARGE_DECLINED = declare(
    "charge.declined.v1",
    kind="answer",
    en="{by} declined a change of who is charged",
    zh="{by}不同意职责调整",
)
CHARGE_WITHDRAWN = declare(
    "charge.withdrawn.v1",
    kind="clarify",
    en="{by} withdrew a proposal on who is charged",
    zh="{by}撤回职责调整提议",
)
CHARGE_HANDED_OVER = declare(
    "charge.handed_over.v1",
    kind="transfer",
    en="A duty passed from {unit} to {to}",
    zh="职责由{unit}移交{to}",
)
CHARGE_LAID_OUT = declare(
    "charge.laid_out.v1",
    kind="ask",
    en="{by} laid out duties and asked {with_units} for their consent",
    zh="{by}批量拟定职责分工，请{with_units}答复",
)

MEANS_RECORDED = declare(
    "means.recorded.v1",
    kind="share",
    en="{by} recorded a means for a duty of {unit}",
    zh="{by}登记{unit}的履职保障",
)
MEANS_ENDED = declare(
    "means.ended.v1",
    kind="clarify",
    en="{by} noted that a means of {unit} is no longer there",
    zh="{by}注销{unit}的一项履职保障",
)

DUTY_DELEGATED = declare(
    "charge.delegated.v1",
    kind="transfer",
    en="{by} passed a duty on to {unit}",
    zh="{by}将职责下放给{unit}",
)
DELEGATION_RECALLED = declare(
    "charge.recalled.v1",
    kind="decide",
    en="{by} recalled a duty from {unit}",
    zh="{by}收回下放给{unit}的职责",
)
DELEGATION_EXPIRED = declare(
    "charge.expired.v1",
    kind="supervise",
    en="The term of a delegation to {unit} has ended",
    zh="下放给{unit}的职责期限已到",
)
