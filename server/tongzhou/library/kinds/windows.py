"""Lengths of time that follow from the incubation of the agent."""

from decimal import Decimal

from tongzhou.library.kinds.base import Body, Key, Text, kind, said


class Window(Body):
    """So many times the longest incubation, and what the time is for. ``used_for``: the form
    that proposes it."""

    key: Key = said("Key", "标识")
    title: Text = said("Title", "标题")
    times: Decimal = said("Times the incubation", "潜伏期倍数", gt=0, le=10)
    why: Text | None = said("Why", "理由", default=None)


@kind("windows", en="Windows from incubation", zh="潜伏期推算时窗")
class WindowsBody(Body):
    """What an incident's incubation sets. ``default_days`` stands where it is not known."""

    default_days: int = said(
        "Incubation while not known, in days", "潜伏期未知时的天数", ge=1, le=365
    )
    windows: tuple[Window, ...] = said("Windows", "时窗", min_length=1)
