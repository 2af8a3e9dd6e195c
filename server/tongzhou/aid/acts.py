"""What can stand in the ledger about mutual aid: counts, sums and ids, never anybody's words.
``EDXL_RM`` names the message of EDXL Resource Messaging 1.0 (OASIS, 2008) that says the same."""

from collections.abc import Mapping
from typing import Final

from tongzhou.ledger.types import declare

PACKAGE_PUBLISHED = declare(
    "aid.package_published.v1", kind="share", en="{by} published a mission package",
    zh="{by}发布支援任务包",
)  # fmt: skip
PACKAGE_RETIRED = declare(
    "aid.package_retired.v1", en="{by} retired a mission package", zh="{by}停用支援任务包"
)
HOSTING_SET = declare(
    "aid.hosting_set.v1", kind="report",
    en="{by} said how many people from outside it can lodge", zh="{by}登记可接待外援人数",
)  # fmt: skip
REQUESTED = declare(
    "aid.requested.v1", kind="ask", en="{by} called for aid from other regions",
    zh="{by}请求跨区支援",
)  # fmt: skip
ASKED = declare(
    "aid.asked.v1", kind="ask", en="{by} asked {asked} for aid", zh="{by}向{asked}请求支援"
)
ANSWERED = declare(
    "aid.answered.v1", kind="answer", en="{by} answered a call for aid", zh="{by}答复支援请求"
)
SPARED = declare(
    "aid.spared.v1", en="{asked} need not answer a call for aid any more",
    zh="{asked}不再需要答复支援请求",
)  # fmt: skip
PROLONGED = declare(
    "aid.prolonged.v1", kind="decide", en="{by} prolonged a call for aid",
    zh="{by}延长支援请求期限",
)  # fmt: skip
CLOSED = declare(
    "aid.closed.v1", kind="clarify", en="{by} closed a call for aid", zh="{by}结束支援请求"
)
ENDED = declare(
    "aid.ended.v1", en="A call for aid of {asker} ended by its day",
    zh="{asker}的支援请求到期终止",
)  # fmt: skip
OFFERED = declare(
    "aid.offered.v1", kind="pledge", en="{by} offered aid to {asker}", zh="{by}向{asker}提出支援"
)
OFFER_WITHDRAWN = declare(
    "aid.offer_withdrawn.v1", kind="clarify", en="{by} withdrew an offer of aid",
    zh="{by}撤回支援提议",
)  # fmt: skip
OFFER_DECLINED = declare(
    "aid.offer_declined.v1", kind="answer", en="{by} did not take aid offered by {offerer}",
    zh="{by}未采纳{offerer}的支援提议",
)  # fmt: skip
DRAFTED = declare(
    "aid.drafted.v1", kind="decide", en="{by} took aid of {offerer}; the agreement is to be signed",
    zh="{by}采纳{offerer}的支援，协议待签",
)  # fmt: skip
AMENDED = declare(
    "aid.amended.v1", kind="deliberate", en="{by} put a changed agreement on aid to be signed",
    zh="{by}提出变更支援协议，待双方签署",
)  # fmt: skip
SIGNED = declare(
    "aid.signed.v1", kind="pledge", en="{by} signed an agreement on aid", zh="{by}签署支援协议"
)
IN_FORCE = declare(
    "aid.in_force.v1", kind="decide",
    en="The agreement on aid between {asker} and {offerer} is in force",
    zh="{asker}与{offerer}的支援协议生效",
)  # fmt: skip
AGREEMENT_CANCELLED = declare(
    "aid.agreement_cancelled.v1", kind="clarify", en="{by} cancelled an agreement on aid",
    zh="{by}取消支援协议",
)  # fmt: skip
LEFT = declare(
    "aid.left.v1", kind="joint_action", en="{by} set off to help {asker}", zh="{by}出发支援{asker}"
)
ARRIVED = declare(
    "aid.arrived.v1", kind="joint_action", en="{by} took in people and goods from {offerer}",
    zh="{by}确认{offerer}支援力量到达",
)  # fmt: skip
STAY_SET = declare(
    "aid.stay_set.v1", en="The day on which aid goes home to {offerer} is set",
    zh="支援力量返回{offerer}的日期已定",
)  # fmt: skip
RELEASED = declare(
    "aid.released.v1", kind="transfer", en="{by} sent people and goods home to {offerer}",
    zh="{by}安排支援力量返回{offerer}",
)  # fmt: skip
HOME = declare(
    "aid.home.v1", kind="report", en="{by} has its people and goods home again",
    zh="{by}确认支援力量归建",
)  # fmt: skip
COST_CLAIMED = declare(
    "aid.cost_claimed.v1", kind="ask", en="{by} claimed the cost of aid from {asker}",
    zh="{by}向{asker}申报支援费用",
)  # fmt: skip
COST_REFUSED = declare(
    "aid.cost_refused.v1", kind="answer", en="{by} refused the cost of aid of {offerer}",
    zh="{by}未认可{offerer}的支援费用",
)  # fmt: skip
COST_ACCEPTED = declare(
    "aid.cost_accepted.v1", kind="answer", en="{by} asked a fund to pay the aid of {offerer}",
    zh="{by}申请支付{offerer}的支援费用",
)  # fmt: skip
COST_GIVEN = declare(
    "aid.cost_given.v1", kind="transfer", en="{by} gave its aid to {asker} as a gift",
    zh="{by}将支援无偿给予{asker}",
)  # fmt: skip
REIMBURSED = declare(
    "aid.reimbursed.v1", kind="transfer", en="The cost of aid was paid to {offerer}",
    zh="{offerer}的支援费用已支付",
)  # fmt: skip

EDXL_RM: Final[Mapping[str, str]] = {
    ASKED.name: "RequestResource",
    ANSWERED.name: "ResponseToRequestResource",
    OFFERED.name: "ResponseToRequestQuote",
    DRAFTED.name: "RequisitionResource",
    IN_FORCE.name: "CommitResource",
    AMENDED.name: "RequestExtendedDeploymentDuration",
    SIGNED.name: "ResponseToRequestExtendedDeploymentDuration",
    LEFT.name: "ReportResourceDeploymentStatus",
    ARRIVED.name: "ReportResourceDeploymentStatus",
    RELEASED.name: "ReleaseResource",
    HOME.name: "ReportResourceDeploymentStatus",
}
