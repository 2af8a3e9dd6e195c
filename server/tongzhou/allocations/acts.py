"""What can stand in the ledger about allocations."""

from tongzhou.ledger.types import declare

ALLOCATION_DRAFTED = declare(
    "allocation.drafted.v1", kind="deliberate", en="{by} drafted an allocation of supplies",
    zh="{by}起草物资分配方案",
)  # fmt: skip
ALLOCATION_ASKED = declare(
    "allocation.asked.v1", en="{by} had an allocation computed", zh="{by}发起物资分配计算"
)
ALLOCATION_COMPUTED = declare(
    "allocation.computed.v1", en="An allocation asked for by {unit} was computed",
    zh="{unit}的物资分配方案计算完成",
)  # fmt: skip
ALLOCATION_FAILED = declare(
    "allocation.failed.v1", en="An allocation asked for by {unit} could not be computed",
    zh="{unit}的物资分配方案计算失败",
)  # fmt: skip
ALLOCATION_CHANGED = declare(
    "allocation.changed.v1", kind="deliberate", en="{by} changed a line of an allocation",
    zh="{by}调整物资分配方案",
)  # fmt: skip
ALLOCATION_APPROVED = declare(
    "allocation.approved.v1", kind="decide", en="{by} approved an allocation of supplies",
    zh="{by}批准物资分配方案",
)  # fmt: skip
ALLOCATION_CANCELLED = declare(
    "allocation.cancelled.v1", kind="clarify", en="{by} cancelled an allocation",
    zh="{by}取消物资分配方案",
)  # fmt: skip
