"""Ways on which a report goes up, level by level."""

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from tongzhou.library.kinds.base import Body, Key, Length, Text, kind, said


class Holder(Body):
    """Who stands at a level: units of these sectors at this level of the tree of areas. Of
    several, one whose name holds a word of ``named``; else the one that stands highest."""

    level: Literal["nation", "province", "city", "district", "street", "community"] = said(
        "Level of the area", "区域层级"
    )
    sectors: tuple[str, ...] = said("Sectors", "单位类型", min_length=1)
    named: tuple[str, ...] = said("Words in its name", "名称包含", default=())


class ChainLevel(Body):
    """A level of the chain. ``holder`` is empty for the unit that reports, whichever it is.
    A level ``outside``: where no unit of the platform holds it, the report leaves the platform
    there; elsewhere a level without a unit is passed over. ``within``: how long it may
    keep the report before it passes it on; ``at_once``: the law says at once, ``within`` is
    then when somebody looks after it."""

    key: Key = said("Key", "标识")
    title: Text = said("Title", "标题")
    holder: Holder | None = said("Who stands there", "承担单位", default=None)
    outside: bool = said("Outside of the platform", "平台之外", default=False)
    within: Length | None = said("Passes on within", "上报时限", default=None)
    at_once: bool = said("At once", "立即", default=False)
    copy_to: Holder | None = said("A copy goes to", "同时抄报", default=None)


@kind("report_chain", en="Report chain", zh="报告链条")
class ReportChainBody(Body):
    """A chain from the unit that reports to its end. ``skip``: whether a level may be
    jumped, always with a reason."""

    about: tuple[Literal["signal", "incident"], ...] = said("What is reported", "报告对象")
    skip: Literal["where_needed", "never"] = said("Skip-level report", "越级上报")
    forbids: Text | None = said("What is forbidden", "禁止事项", default=None)
    levels: tuple[ChainLevel, ...] = said("Levels", "层级", min_length=2)

    @model_validator(mode="after")
    def _a_way(self) -> "ReportChainBody":
        keys = [level.key for level in self.levels]
        if len(set(keys)) != len(keys):
            raise PydanticCustomError("level-twice", "a level stands twice in the chain")
        if self.levels[0].outside or self.levels[0].holder is not None:
            raise PydanticCustomError(
                "chain-begins-nowhere", "the first level is the unit that reports: no holder"
            )
        for level in self.levels[1:]:
            if level.holder is None and not level.outside:
                raise PydanticCustomError(
                    "level-without-holder",
                    "level {key} needs a holder, or lies outside",
                    {"key": level.key},
                )
        for level in self.levels[:-1]:
            if level.within is None:
                raise PydanticCustomError(
                    "level-without-limit", "level {key} needs a limit", {"key": level.key}
                )
        return self

    def place(self, key: str) -> int:
        """The place of a level in the chain. Raises KeyError."""
        for place, level in enumerate(self.levels):
            if level.key == key:
                return place
        raise KeyError(key)
