"""The measures that rules may ask for, by name."""

from collections.abc import Mapping

from actscope.diagnose import shares
from actscope.diagnose.crossing import CROSSING
from actscope.diagnose.shares import Measure

MEASURES: Mapping[str, Measure] = {
    **CROSSING,
    "answered_share": shares.answered_share,
    "blocked_case_share": shares.blocked_case_share,
    "deliberate_share": shares.deliberate_share,
    "joint_share": shares.joint_share,
    "one_way_share": shares.one_way_share,
    "order_share": shares.order_share,
    "redispatched_share": shares.redispatched_share,
    "refused_share": shares.refused_share,
    "returned_case_share": shares.returned_case_share,
    "silent_plan_share": shares.silent_plan_share,
    "social_share": shares.social_share,
    "supervise_share": shares.supervise_share,
    "top_command_share": shares.top_command_share,
}
