"""What can stand in the ledger about needs, offers and what came of them."""

from tongzhou.ledger.types import declare

NEED_STATED = declare(
    "need.stated.v1", kind="ask", en="{by} asked for supplies or help[ of {holder}]",
    zh="{by}提出需求[，由{holder}协调]",
)  # fmt: skip
NEED_CHANGED = declare(
    "need.changed.v1", kind="ask", en="{by} changed what it needs", zh="{by}调整需求"
)
NEED_WITHDRAWN = declare(
    "need.withdrawn.v1", kind="clarify", en="{by} withdrew a need", zh="{by}撤回需求"
)
NEED_CONFIRMED = declare(
    "need.confirmed.v1", kind="clarify", en="{by} confirmed that a need still holds",
    zh="{by}确认需求仍然有效",
)  # fmt: skip
NEED_DOUBTED = declare(
    "need.doubted.v1", kind="ask", en="{unit} is asked whether its need still holds",
    zh="请{unit}确认需求是否仍然有效",
)  # fmt: skip
NEED_MERGED = declare(
    "need.merged.v1", kind="clarify", en="{by} merged a repeated need into another",
    zh="{by}合并重复需求",
)  # fmt: skip
NEED_PASSED_UP = declare(
    "need.passed_up.v1", kind="report", en="An unmet need of {unit} went up to {holder}",
    zh="{unit}的需求未满足，上报{holder}协调",
)  # fmt: skip
NEED_COVERED = declare(
    "need.covered.v1", en="All that {unit} asked for is committed", zh="{unit}的需求已全部落实"
)
NEED_UNCOVERED = declare(
    "need.uncovered.v1", en="A need of {unit} is open again", zh="{unit}的需求重新出现缺口"
)
NEEDS_IMPORTED = declare(
    "needs.imported.v1", kind="share", en="{by} brought in needs and offers from a file",
    zh="{by}从文件导入需求和供给",
)  # fmt: skip

COMMITMENT_MADE = declare(
    "commitment.made.v1", kind="pledge", en="{by} committed supplies or help to {unit}",
    zh="{by}向{unit}承诺供给",
)  # fmt: skip
COMMITMENT_WITHDRAWN = declare(
    "commitment.withdrawn.v1", kind="clarify", en="{by} took back a commitment to {unit}",
    zh="{by}撤回对{unit}的供给承诺",
)  # fmt: skip
COMMITMENT_RECEIVED = declare(
    "commitment.received.v1", kind="transfer", en="{by} received what was committed to it",
    zh="{by}收到供给",
)  # fmt: skip

OFFER_MADE = declare(
    "offer.made.v1", kind="pledge", en="Supplies or help were offered[ to {desk}]",
    zh="收到供给意向[，由{desk}答复]",
)  # fmt: skip
OFFER_ACCEPTED = declare(
    "offer.accepted.v1", kind="answer", en="{by} accepted an offer", zh="{by}接受供给意向"
)
OFFER_DECLINED = declare(
    "offer.declined.v1", kind="answer", en="{by} declined an offer", zh="{by}婉拒供给意向"
)
OFFER_WITHDRAWN = declare(
    "offer.withdrawn.v1", kind="clarify", en="{by} withdrew an offer", zh="{by}撤回供给意向"
)

HOSPITAL_REPORTED = declare(
    "hospital.reported.v1", kind="report", en="{by} reported its beds, staff and supplies",
    zh="{by}报告床位、人员和物资情况",
)  # fmt: skip
