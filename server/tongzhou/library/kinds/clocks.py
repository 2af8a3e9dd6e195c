"""Time limits as data: which act starts a clock, which stops it, how long it runs, who is told
when, and what follows when it is missed."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from tongzhou.ledger import types
from tongzhou.library.kinds.base import Body, Key, Length, Text, kind, said, unfit

#: Acts of the clocks themselves: none of them may move a clock, or one could wind itself up.
OWN = "clock."
PhaseCode = Literal["prepare", "watch", "respond", "sustain", "recover"]
ModeCode = Literal["peace", "emergency"]
#: Who is told. "superior": the unit next above the owner that was not told yet; each time it
#: stands in a rule, the news goes one unit further up the line. "top": the head of the line.
To = Literal["owner", "watchers", "superior", "top"]


def _declared(name: str) -> str:
    if name not in types.known():
        raise unfit("unknown-act-type", _("no act is called “%(name)s”"), name=name[:80])
    if name.startswith(OWN):
        raise unfit(
            "clock-winds-itself",
            _("an act of the clocks cannot move a clock: “%(name)s”"),
            name=name[:80],
        )
    return name


ActName = Annotated[str, Field(max_length=80), AfterValidator(_declared)]


class When(Body):
    """An act that matters. ``where``: only if its data say one of these."""

    act: ActName = said("Act", "行为")
    where: dict[Key, tuple[str | int | bool, ...]] = said(
        "Only where its data say", "限定", default={}
    )


def _written_short(value: object) -> object:
    """A type alone stands for an act without conditions."""
    return {"act": value} if isinstance(value, str) else value


Acts = tuple[Annotated[When, BeforeValidator(_written_short)], ...]


class Warning(Body):  # noqa: A001 – a warning before the end of a clock, not Python's
    """So long before the end these are told."""

    before: Length = said("Before the end", "到期前")
    to: tuple[To, ...] = said("Who is told", "提醒对象", default=("owner",))


class Step(Body):
    """So long after the end these are told, if the clock still runs."""

    after: Length = said("After the end", "到期后")
    to: tuple[To, ...] = said("Who is told", "告知对象", default=("superior",))


class ClockRule(Body):
    """One limit. ``owner`` and ``watchers`` name where the start act says whose limit it is and
    who waits: ``by_unit``, ``with_units``, or the key of its data that holds one or more units.
    """

    key: Key = said("Key", "标识")
    title: Text = said("Limit", "时限")
    starts: Acts = said("Started by", "起算行为", default=())
    stops: Acts = said("Stopped by", "办结行为", default=())
    restarts: Acts = said("Stopped and started anew by", "重新起算行为", default=())
    cancels: Acts = said("Cancelled by", "取消行为", default=())
    length: Length | None = said("Length", "时长", default=None)
    until: Literal["due_at"] | None = said(
        "Runs until the due time of the act", "至行为所定时限", default=None
    )
    calendar: Key = said("Calendar", "日历", default="always")
    owner: Key = said("Whose limit", "责任单位来源", default="with_units")
    watchers: Key | None = said("Who waits", "等待单位来源", default="by_unit")
    warn: tuple[Warning, ...] = said("Warnings", "提醒", default=())
    end: Literal["missed", "over"] = said("Meaning of the end", "到期含义", default="missed")
    tells: tuple[To, ...] = said(
        "Who is told of the end", "到期告知对象", default=("owner", "watchers", "superior")
    )
    then: tuple[Step, ...] = said("What follows", "逐级上报", default=())
    phases: tuple[PhaseCode, ...] = said("Only in these phases", "限定阶段", default=())
    modes: tuple[ModeCode, ...] = said(
        "Only in peacetime, or in an emergency", "限定平时或战时", default=()
    )

    @model_validator(mode="after")
    def _whole(self) -> "ClockRule":
        if not (self.starts or self.restarts):
            raise unfit("rule-without-start", _("a limit needs an act that starts it"))
        if (self.length is None) == (self.until is None):
            raise unfit("rule-without-length", _("a limit has either a length, or “until: due_at”"))
        if self.end == "missed" and not (self.stops or self.restarts):
            raise unfit(
                "rule-without-stop", _("a limit that can be missed needs an act that stops it")
            )
        if self.until is not None and self.calendar != "always":
            raise unfit(
                "calendar-without-length", _("a due time is a moment; a calendar needs a length")
            )
        self._require_distinct()
        self._require_order()
        return self

    def _require_distinct(self) -> None:
        """The same act cannot both start and stop."""
        begins = {(when.act, str(when.where)) for when in (*self.starts, *self.restarts)}
        for when in (*self.stops, *self.cancels):
            if (when.act, str(when.where)) in begins:
                raise unfit(
                    "stop-is-start", _("“%(act)s” cannot both start and stop a limit"), act=when.act
                )

    def _require_order(self) -> None:
        longest = self.length
        if longest is not None and any(warning.before >= longest for warning in self.warn):
            raise unfit("warning-before-start", _("a warning would come before the limit begins"))
        if not _rising([step.after for step in self.then]):
            raise unfit("steps-out-of-order", _("each step must come later than the one before"))

    def acts(self) -> Iterable[str]:
        """The types of all acts that matter to it."""
        for whens in (self.starts, self.stops, self.restarts, self.cancels):
            yield from (when.act for when in whens)


def _rising(lengths: Sequence[timedelta]) -> bool:
    return all(one < other for one, other in pairwise(lengths))


@kind("clocks", en="Time limits", zh="时限规则")
class ClocksBody(Body):
    """Limits that come from one source."""

    rules: tuple[ClockRule, ...] = said("Limits", "时限", min_length=1, max_length=60)

    @model_validator(mode="after")
    def _each_once(self) -> "ClocksBody":
        keys: list[Any] = [rule.key for rule in self.rules]
        for key in keys:
            if keys.count(key) > 1:
                raise unfit("rule-twice", _("two limits are called “%(key)s”"), key=key)
        return self
