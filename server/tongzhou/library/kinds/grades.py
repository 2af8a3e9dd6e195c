"""Response levels: when each applies, who leads it, who may start it."""

from typing import Literal

from django.utils.translation import gettext_lazy as _
from pydantic import model_validator

from tongzhou.library.kinds.base import Body, Key, Text, kind, said, unfit

GradeCode = Literal["I", "II", "III", "IV"]
LevelCode = Literal["nation", "province", "city", "district", "street", "community", "grid"]


class Criterion(Body):
    """One criterion; each of them alone is enough."""

    key: Key = said("Key", "标识")
    text: Text = said("Criterion", "标准")


class GradeLevel(Body):
    """A level. ``leader_level``: the level of area whose authority is competent to start it."""

    grade: GradeCode = said("Level", "级别")
    leader_level: LevelCode = said("Competent level", "有权级别")
    leader: Text = said("Who leads", "领导机构")
    criteria: tuple[Criterion, ...] = said("Criteria", "分级标准", default=())


@kind("grades", en="Response levels and who leads", zh="响应分级与领导")
class GradesBody(Body):
    """All four levels, from the highest."""

    rule: Text = said("Rule", "规则")
    levels: tuple[GradeLevel, ...] = said("Levels", "级别", min_length=4, max_length=4)

    @model_validator(mode="after")
    def _all_four(self) -> "GradesBody":
        if tuple(level.grade for level in self.levels) != ("I", "II", "III", "IV"):
            raise unfit("grades-incomplete", _("The levels I, II, III, IV, in this order."))
        keys = [criterion.key for level in self.levels for criterion in level.criteria]
        if len(keys) != len(set(keys)):
            raise unfit("criterion-twice", _("Two criteria have the same key."))
        return self

    def level(self, grade: str) -> GradeLevel:
        """The level of this code. Raises KeyError."""
        for level in self.levels:
            if level.grade == grade:
                return level
        raise KeyError(grade)
