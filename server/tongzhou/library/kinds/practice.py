"""Practices: what somebody did somewhere, with its numbers and where they come from."""

from tongzhou.library.kinds.base import Body, Key, Text, kind, said


class Value(Body):
    """A number of the practice; others may choose their own."""

    key: Key = said("Key", "标识")
    title: Text = said("What", "指标")
    value: str = said("Value", "数值", min_length=1, max_length=60)
    unit: Text | None = said("Unit", "单位", default=None)
    place: Text | None = said("Where", "地点", default=None)


class Section(Body):
    """A part of the practice."""

    key: Key = said("Key", "标识")
    title: Text = said("Part", "部分")
    points: tuple[Text, ...] = said("Points", "要点", min_length=1)


@kind("practice", en="Practice", zh="做法")
class PracticeBody(Body):
    """A practice in parts, with its context: what worked in one place may fail in another."""

    context: Text = said("Context", "背景")
    sections: tuple[Section, ...] = said("Parts", "内容", default=())
    values: tuple[Value, ...] = said("Numbers", "数值", default=())
    cautions: tuple[Text, ...] = said("Take care", "注意", default=())
