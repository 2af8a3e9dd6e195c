"""Guidance: what an authority above says should be done; measures cite its items."""

from django.utils.translation import gettext_lazy as _
from pydantic import model_validator

from tongzhou.library.kinds.base import Body, Key, Text, kind, said, unfit


class GuidanceItem(Body):
    """An item that a measure can cite."""

    key: Key = said("Key", "标识")
    title: Text = said("Title", "标题")
    text: Text = said("What it says", "内容")
    legal_basis: Text | None = said("Legal basis", "法律依据", default=None)


@kind("guidance", en="Guidance", zh="工作指引")
class GuidanceBody(Body):
    """A guidance with its items. A later version of the same key takes its place; measures
    that cite an item of the earlier one are listed there."""

    issuer: Text = said("Issued by", "发布机构")
    number: str | None = said("Number of the document", "文号", default=None, max_length=120)
    items: tuple[GuidanceItem, ...] = said("Items", "条目", min_length=1)

    @model_validator(mode="after")
    def _once_each(self) -> "GuidanceBody":
        keys = [item.key for item in self.items]
        if len(keys) != len(set(keys)):
            raise unfit("item-twice", _("Two items have the same key."))
        return self

    def item(self, key: str) -> GuidanceItem:
        """The item of this key. Raises KeyError."""
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(key)
