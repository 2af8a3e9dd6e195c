"""Amounts that may be nothing, as requests write them."""

from tongzhou.funds import money
from tongzhou.interests.actions.change import CostNegative


def cost(text: str, *, field: str) -> int:
    """In the smallest unit of the currency; "0" is nothing. Raises CostNegative, and what
    ``money.read`` does."""
    plain = text.strip()
    if plain.startswith(("-", "−")):
        raise CostNegative(field=field)
    nothing = bool(plain) and not plain.strip("0.") and plain.count(".") < 2
    return 0 if nothing else money.read(plain, field=field)
