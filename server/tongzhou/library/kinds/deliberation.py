"""Deliberation: forms and steps of hearing those concerned."""

from tongzhou.library.kinds.base import Body, Key, Length, Text, kind, said


class Form(Body):
    """A form of deliberation and what it is for."""

    key: Key = said("Key", "标识")
    title: Text = said("Form", "形式")
    use: Text | None = said("Used for", "适用", default=None)


class Step(Body):
    """A step; none may be left out."""

    key: Key = said("Key", "标识")
    title: Text = said("Step", "步骤")
    what: Text | None = said("What is done", "做法", default=None)
    within: Length | None = said("Within", "时限", default=None)


@kind("deliberation", en="Deliberation", zh="民主协商")
class DeliberationBody(Body):
    """Forms, steps and the list of matters."""

    forms: tuple[Form, ...] = said("Forms", "形式", min_length=1)
    steps: tuple[Step, ...] = said("Steps", "步骤", min_length=1)
    matters: tuple[Text, ...] = said("Matters", "议事清单", default=())
    pitfalls: tuple[Text, ...] = said("Known problems", "已知问题", default=())
