"""Early-warning products: what is sent to whom, and what comes back."""

from typing import Literal

from tongzhou.library.kinds.base import Body, Key, Length, Text, kind, said


class Product(Body):
    """A product. ``answer_within``: until when who received it acknowledges."""

    key: Key = said("Key", "标识")
    title: Text = said("Product", "产品")
    audience: Text = said("Goes to", "发送对象")
    content: Text = said("What it says", "内容")
    answer_within: Length | None = said("Acknowledged within", "应答时限", default=None)


class Colour(Body):
    """A colour of public warnings."""

    colour: Literal["red", "orange", "yellow", "blue"] = said("Colour", "颜色")
    meaning: Text = said("Meaning", "含义")
    issuer: Text = said("Issued by", "发布主体")
    actions: Text = said("What follows", "应对措施")


@kind("early_warning", en="Early warning", zh="预警产品")
class EarlyWarningBody(Body):
    """Products and their life, or colours of public warnings, or both."""

    products: tuple[Product, ...] = said("Products", "预警产品", default=())
    steps: tuple[Text, ...] = said("Life of a product", "全流程", default=())
    colours: tuple[Colour, ...] = said("Colours", "预警颜色", default=())
    rules: tuple[Text, ...] = said("Rules", "规则", default=())
