"""Reading plans: which fit an incident, what one would do, how one stands."""

from tongzhou.plans.queries.ending import Ending, ending
from tongzhou.plans.queries.fitting import Fitting, fitting, plan_for
from tongzhou.plans.queries.preview import Preview, preview
from tongzhou.plans.queries.standing import Progress, progress, stand_ups, standing_for

__all__ = [
    "Ending",
    "Fitting",
    "Preview",
    "Progress",
    "ending",
    "fitting",
    "plan_for",
    "preview",
    "progress",
    "stand_ups",
    "standing_for",
]
