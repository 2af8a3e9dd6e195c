"""Working calendars: which days count."""

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, Field, model_validator

from tongzhou.library.kinds.base import Body, Text, kind, said, unfit


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise unfit("unknown-time-zone", _("no time zone is called “%(name)s”"), name=name[:60])
    return name


class DayOff(Body):
    """A day on which no time counts; ``to`` where it is the first of several."""

    day: date = said("Day", "日期")
    to: date | None = said("Until", "至", default=None)
    name: Text = said("Name", "名称")

    @model_validator(mode="after")
    def _in_order(self) -> "DayOff":
        if self.to is not None and not 0 <= (self.to - self.day).days <= 60:
            raise unfit(
                "days-off-out-of-order", _("the last day lies before the first, or months after it")
            )
        return self


@kind("calendar", en="Working calendar", zh="工作日历")
class CalendarBody(Body):
    """Days off of the week (1 is Monday), holidays, and days worked in their place."""

    zone: Annotated[str, AfterValidator(_zone)] = said("Time zone", "时区")
    weekend: tuple[Annotated[int, Field(ge=1, le=7)], ...] = said("Weekend", "周末", default=(6, 7))
    holidays: tuple[DayOff, ...] = said("Holidays", "节假日", default=())
    worked: tuple[date, ...] = said("Days worked all the same", "调休上班日", default=())
    #: Years for which the list of holidays is known; of others only the weekend is.
    years: tuple[int, ...] = said("Years listed", "已列年份", default=())

    @model_validator(mode="after")
    def _some_day_counts(self) -> "CalendarBody":
        if len(set(self.weekend)) == 7:
            raise unfit("no-working-day", _("a week needs at least one working day"))
        return self

    @property
    def tz(self) -> ZoneInfo:
        """The zone in which its days begin."""
        return ZoneInfo(self.zone)
