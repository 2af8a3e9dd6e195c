"""Reading duties and who is charged with them; for other rooms, ``resolve`` and ``check``."""

from tongzhou.mandates.queries.charges import DutyUnknown, listed, named
from tongzhou.mandates.queries.checking import Verdict, check, judge
from tongzhou.mandates.queries.resolving import Ask, Resolution, Why, resolve, resolve_many
from tongzhou.mandates.rules import Rule

__all__ = [
    "Ask",
    "DutyUnknown",
    "Resolution",
    "Rule",
    "Verdict",
    "Why",
    "check",
    "judge",
    "listed",
    "named",
    "resolve",
    "resolve_many",
]
