"""What requests name by code: units, areas, incidents, funds; and amounts."""

from tongzhou.actors.models import Post, Unit
from tongzhou.funds import money
from tongzhou.funds.models import Fund
from tongzhou.funds.queries import funds
from tongzhou.incidents.models import Incident
from tongzhou.incidents.queries import lists, names
from tongzhou.kernel.errors import NotFound
from tongzhou.places import queries as places
from tongzhou.places.models import Area


def unit(code: str | None, *, field: str) -> Unit | None:
    """Raises UnitUnknown."""
    return names.unit(code, field=field) if code else None


def area(code: str | None) -> Area | None:
    """Raises NotFound."""
    return places.find(code) if code else None


def incident(code: str | None, *, visible_to: Post) -> Incident | None:
    """Raises NotFound, ExerciseOnly, RealOnly."""
    return lists.find(code, visible_to=visible_to) if code else None


def amount(text: str | None, *, field: str = "amount") -> int | None:
    """Raises what ``money.read`` does."""
    return money.read(text, field=field) if text is not None else None


def open_fund(code: str) -> Fund:
    """A fund that takes gifts, for anybody. Raises NotFound."""
    found = next((fund for fund in funds.taking_gifts() if fund.code == code), None)
    if found is None:
        raise NotFound(field="fund")
    return found
