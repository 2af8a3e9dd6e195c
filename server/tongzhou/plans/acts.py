"""What can stand in the ledger about plans."""

from tongzhou.ledger.types import declare

PLAN_STOOD_UP = declare(
    "plan.stood_up.v1",
    kind="decide",
    en="{by} stood up a plan with {with_units}",
    zh="{by}启动预案，涉及{with_units}",
)
PLAN_REVERSED = declare(
    "plan.reversed.v1",
    kind="decide",
    en="{by} took back that a plan was stood up; told: {with_units}",
    zh="{by}撤回预案启动，告知{with_units}",
)
PLAN_STEPPED_DOWN = declare(
    "plan.stepped_down.v1",
    kind="decide",
    en="{by} stepped a plan down with {with_units}",
    zh="{by}终止预案响应，涉及{with_units}",
)
PLAN_LINE_FILLED = declare(
    "plan.line_filled.v1",
    kind="decide",
    en="{by} gave a part of the plan that nobody was charged with to {with_units}",
    zh="{by}将预案中无人负责的事项交给{with_units}",
)
PLAN_WINDOW_FOLLOWED = declare(
    "plan.window_followed.v1",
    kind="clarify",
    en="{by} changed the incubation period, and the expiry of a measure followed",
    zh="{by}调整潜伏期，措施有效期随之调整",
)
