"""Mutual aid between regions: the way of a request, and what the agreement settles."""

from datetime import timedelta

from tongzhou.library.kinds.base import Body, Key, Length, Text, kind, said


class AidStep(Body):
    """A step and who takes it."""

    key: Key = said("Key", "标识")
    title: Text = said("Step", "步骤")
    by: Text = said("By", "由谁")
    what: Text = said("What is done", "做法")
    within: Length | None = said("Within", "时限", default=None)


class AidClause(Body):
    """What the agreement says on one matter."""

    key: Key = said("Key", "标识")
    text: Text = said("Text", "条文")


@kind("mutual_aid", en="Mutual aid", zh="互助协议")
class MutualAidBody(Body):
    """Steps, typed packages that can be offered, and clauses."""

    steps: tuple[AidStep, ...] = said("Steps", "步骤", min_length=1)
    package: tuple[Text, ...] = said("A ready package says", "预案包内容", default=())
    clauses: tuple[Text, ...] = said("The agreement settles", "协议条款", min_length=1)
    terms: tuple[AidClause, ...] = said("Text of the agreement", "协议文本", default=())

    def within(self, key: str) -> timedelta | None:
        """The limit of a step, None where it has none."""
        return next((step.within for step in self.steps if step.key == key), None)
