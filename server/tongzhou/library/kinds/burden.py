"""How much may be asked of a unit: fields, forms, meetings and inspections, by its level."""

from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, Field, model_validator

from tongzhou.library.kinds.base import Body, kind, said, unfit

LevelCode = Literal["province", "city", "district", "street", "community", "grid"]


def _not_negative(value: int) -> int:
    if value < 0:
        raise unfit("quota-negative", _("A quota cannot be negative."))
    if value > 10_000:
        raise unfit("quota-too-large", _("A quota above 10,000 limits nothing."))
    return value


Count = Annotated[int, AfterValidator(_not_negative)]


class Quota(Body):
    """What one unit of these levels may be asked. Left out: no limit."""

    levels: tuple[LevelCode, ...] = said("Levels", "层级", min_length=1)
    fields_day: Count | None = said("Fields a day", "每日字段数", default=None)
    forms_day: Count | None = said("Forms a day", "每日报表数", default=None)
    forms_week: Count | None = said("Forms a week", "每周报表数", default=None)
    meetings_week: Count | None = said("Meetings a week", "每周会议数", default=None)
    inspections_week: Count | None = said("Inspections a week", "每周检查数", default=None)


class Minutes(Body):
    """What things cost whoever does them, for the estimate while a request is written."""

    form: Count = said("Opening and sending a form", "打开并报送一张表")
    meeting: Count = said("A meeting", "一次会议")
    inspection: Count = said("Receiving an inspection", "迎接一次检查")


@kind("burden", en="Burden quotas", zh="负担限额")
class BurdenBody(Body):
    """Quotas by level, and the share of duplicates that is not to be passed."""

    quotas: tuple[Quota, ...] = said("Quotas", "限额", min_length=1)
    duplicate_percent: Annotated[int, Field(ge=0, le=100)] = said(
        "Duplicates below, in percent", "重复填报率低于（%）"
    )
    minutes: Minutes = said("Minutes", "耗时（分钟）")

    @model_validator(mode="after")
    def _each_level_once(self) -> "BurdenBody":
        levels: list[Any] = [level for quota in self.quotas for level in quota.levels]
        for level in levels:
            if levels.count(level) > 1:
                raise unfit("level-twice", _("Two quotas are for “%(level)s”."), level=level)
        return self

    def quota_of(self, level: str) -> Quota | None:
        """The quota for units of a level; None: nothing is limited."""
        return next((quota for quota in self.quotas if level in quota.levels), None)
