"""Targets for how fast an event is detected, notified and answered."""

from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from tongzhou.library.kinds.base import Body, Key, Length, Text, kind, said


class EarlyAction(Body):
    """An early response action."""

    key: Key = said("Key", "标识")
    title: Text = said("Title", "标题")


@kind("timeliness", en="Timeliness targets", zh="时效目标")
class TimelinessBody(Body):
    """Detection, notification and early response, each with its target. The response is
    complete with the latest of the actions that apply."""

    detect: Length = said("From emergence to detection", "从发生到发现")
    notify: Length = said("From detection to notification", "从发现到报告")
    respond: Length = said("From notification to completion", "从报告到完成早期响应")
    first_action: Length | None = said("First action within", "首项行动时限", default=None)
    actions: tuple[EarlyAction, ...] = said("Early response actions", "早期响应行动", min_length=1)

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        keys = [action.key for action in self.actions]
        if len(set(keys)) != len(keys):
            raise PydanticCustomError("action-twice", "an action stands twice in the list")
        return self
