"""Kinds of values that requests and answers about tasks share."""

from typing import Annotated, Literal

from pydantic import Field

from tongzhou.kernel.api.values import Code

StateName = Literal[
    "draft", "dispatched", "seen", "accepted", "in_progress", "blocked", "done", "confirmed",
    "refused", "returned", "objected", "withdrawn", "merged",
]  # fmt: skip
FormName = Literal["task", "ticket", "whistle"]
AnyForm = Literal["", "task", "ticket", "whistle"]
BasisName = Literal["order", "agreement", "voluntary", "law"]
WorkName = Literal[
    "serve", "report", "share", "transfer", "joint_action", "convene", "deliberate",
    "supervise", "clarify",
]  # fmt: skip
RelationName = Literal["asker", "lead", "assisting", "informed", "line"]
# In an address "" is as if not there. Written out: of two joined, a refusal names neither.
AnyRelation = Literal["", "asker", "lead", "assisting", "informed", "line", "direct"]
AnyBasis = Literal["", "order", "agreement", "voluntary", "law"]
AnyWork = Literal[
    "", "serve", "report", "share", "transfer", "joint_action", "convene", "deliberate",
    "supervise", "clarify",
]  # fmt: skip
PriorityLevel = Literal[0, 1, 2]
#: The number of a task, as in ``T-1024``.
Number = Annotated[int, Field(ge=1, le=9_223_372_036_854_775_807)]
Units = Annotated[list[Code], Field(max_length=200)]
