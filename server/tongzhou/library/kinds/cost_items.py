"""What may be claimed as extra cost: items with their rates, how soon a claim is answered and
paid, and how soon a receipt is due."""

from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from tongzhou.library.kinds.base import Body, Key, Length, Text, kind, said, unfit

#: Written as text, so that no fraction of a cent comes in by the way.
Rate = Annotated[str, Field(pattern=r"^\d{1,9}(\.\d{1,3})?$")]


class CostItem(Body):
    """One kind of cost. ``most``: no more than this of it in one claim."""

    code: Key = said("Code", "代码")
    title: Text = said("Item", "项目")
    measure: Text = said("Unit of measure", "计量单位")
    rate: Rate = said("Rate for one", "单价")
    most: Annotated[int, Field(ge=1, le=1_000_000)] = said("At most in one claim", "单次申报上限")
    hours: bool = said("Counts hours of work", "按工时计", default=False)
    evidence: bool = said("Needs evidence", "须附凭证", default=True)

    @property
    def price(self) -> Decimal:
        """The rate as a number."""
        return Decimal(self.rate)


@kind("cost_items", en="Cost items", zh="费用项目")
class CostItems(Body):
    """Kinds of extra cost with their rates, and the limits of claims and receipts."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = said("Currency", "币种")
    items: Annotated[tuple[CostItem, ...], Field(min_length=1, max_length=60)] = said(
        "Items", "项目"
    )
    answer_within: Length = said("A claim is answered within", "申报答复时限")
    receipt_within: Length = said("A receipt is handed in within", "票据提交时限")

    @model_validator(mode="after")
    def _each_once(self) -> "CostItems":
        codes = [item.code for item in self.items]
        for code in codes:
            if codes.count(code) > 1:
                raise unfit("cost-item-twice", _("two items have the code “%(code)s”"), code=code)
        if any(item.price <= 0 for item in self.items):
            raise unfit("rate-not-positive", _("a rate must be more than zero"))
        return self

    def item(self, code: str) -> CostItem | None:
        """The item of this code."""
        return next((item for item in self.items if item.code == code), None)
