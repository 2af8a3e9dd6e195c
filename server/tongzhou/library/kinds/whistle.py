"""The whistle: for what a street may call departments, and how soon they must be there."""

from typing import Annotated

from pydantic import Field

from tongzhou.library.kinds.base import Body, Key, Length, Text, kind, said


class WhistleKind(Body):
    """A kind of whistle: by when departments arrive, and by when the matter is done."""

    code: Key = said("Code", "代码")
    title: Text = said("Title", "名称")
    hint: Text = said("What belongs here", "适用情形")
    arrive_within: Length = said("On site within", "到场时限")
    done_within: Length = said("Done within", "办结时限")


class Ground(Body):
    """Why the street cannot do it alone."""

    code: Key = said("Code", "代码")
    title: Text = said("Title", "名称")


@kind("whistle", en="Whistle and report-in", zh="吹哨报到")
class WhistleRules(Body):
    """Who may call whom, for what, and how a call ends."""

    kinds: Annotated[tuple[WhistleKind, ...], Field(min_length=1, max_length=10)] = said(
        "Kinds", "哨声类别"
    )
    grounds: Annotated[tuple[Ground, ...], Field(min_length=1, max_length=20)] = said(
        "Grounds", "吹哨事由"
    )
    bounces: Annotated[int, Field(ge=0, le=10)] = said(
        "So often a call may be passed on before the unit above decides", "退单次数上限"
    )
    most_called: Annotated[int, Field(ge=1, le=50)] = said(
        "Departments called at once, at most", "一次可吹哨部门数上限"
    )
    ends: Text = said("How a whistle ends", "销哨规则")

    def kind_of(self, code: str) -> WhistleKind | None:
        """The kind of this code."""
        return next((one for one in self.kinds if one.code == code), None)

    def ground_of(self, code: str) -> Ground | None:
        """The ground of this code."""
        return next((one for one in self.grounds if one.code == code), None)
