"""Command systems: sections, span of control, period, forms."""

from tongzhou.library.kinds.base import Body, Key, Length, Text, kind, said


class Section(Body):
    """A function, and what it does."""

    key: Key = said("Key", "标识")
    title: Text = said("Function", "职能")
    does: Text = said("Does", "职责")


class Form(Body):
    """A form and what takes its place here: nothing is filled in twice."""

    key: Key = said("Number", "编号")
    title: Text = said("Form", "表单")
    here: Text | None = said("Here it is", "在本平台", default=None)


@kind("command_system", en="Command system", zh="指挥体系")
class CommandSystemBody(Body):
    """How command is organised, and for how long a plan of action holds."""

    sections: tuple[Section, ...] = said("Functions", "职能", min_length=1)
    span_min: int = said("Leads at least", "管理幅度下限", ge=1, le=50)
    span_max: int = said("Leads at most", "管理幅度上限", ge=1, le=50)
    period: Length = said("Operational period", "行动周期")
    rules: tuple[Text, ...] = said("Rules", "规则", default=())
    forms: tuple[Form, ...] = said("Forms", "表单", default=())
