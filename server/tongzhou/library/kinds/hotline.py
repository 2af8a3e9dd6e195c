"""The hotline: classes of tickets with their limits, the three rates, how often a ticket may be
passed on, and which numbers to call instead."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tongzhou.library.kinds.base import Body, Key, Length, Text, kind, said

Percent = Annotated[int, Field(ge=0, le=100)]


class TicketClass(Body):
    """A class of tickets: how soon there must be an answer."""

    code: Key = said("Code", "代码")
    title: Text = said("Title", "名称")
    hint: Text = said("What belongs here", "适用情形")
    feedback: Length = said("Answer within", "反馈时限")


class Redirect(Body):
    """A matter that must not wait for a ticket."""

    number: str = said("Number", "号码", min_length=2, max_length=20)
    text: Text = said("For", "情形")


class Weights(Body):
    """What the three rates weigh in the sum, in percent."""

    answered: Percent = said("Answered in time", "响应率")
    solved: Percent = said("Solved", "解决率")
    satisfied: Percent = said("Satisfied", "满意率")

    @model_validator(mode="after")
    def _whole(self) -> "Weights":
        if self.answered + self.solved + self.satisfied != 100:
            raise PydanticCustomError("weights-not-whole", "the three weights must make 100")
        return self


@kind("hotline", en="Hotline", zh="热线")
class Hotline(Body):
    """How a hotline takes matters in, passes them on and judges the answers."""

    number: str = said("Number", "号码", min_length=2, max_length=20)
    hours: Text = said("Hours", "服务时间")
    accept_within: Length = said("Accepted within", "受理时限")
    classes: Annotated[tuple[TicketClass, ...], Field(min_length=1, max_length=20)] = said(
        "Classes", "诉求类别"
    )
    default_class: Key = said("Class unless one is chosen", "默认类别")
    weights: Weights = said("Weights of the three rates", "三率权重")
    bounces: Annotated[int, Field(ge=0, le=10)] = said(
        "So often a ticket may be passed on before the unit above decides", "退单次数上限"
    )
    call_back_percent: Percent = said("Closed tickets to call back, in percent", "回访比例")
    desks: Annotated[tuple[str, ...], Field(min_length=1)] = said(
        "Levels whose desk takes in what comes without an account, first to last", "受理层级"
    )
    redirects: tuple[Redirect, ...] = said("Call instead", "紧急情况请拨打", default=())
    answer_note: Text | None = said("How soon the telephone is answered", "接听要求", default=None)

    @model_validator(mode="after")
    def _known(self) -> "Hotline":
        codes = [one.code for one in self.classes]
        if len(set(codes)) < len(codes):
            raise PydanticCustomError("class-twice", "two classes have the same code")
        if self.default_class not in codes:
            raise PydanticCustomError("class-unknown", "the default class is none of the classes")
        return self

    def ticket_class(self, code: str) -> TicketClass | None:
        """The class of this code."""
        return next((one for one in self.classes if one.code == code), None)
