from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import NEED_COMMIT
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item
from tongzhou.kernel.ids import new_id
from tongzhou.needs.actions.change import begin
from tongzhou.needs.actions.commit import KIND, commit
from tongzhou.needs.models import Commitment, NeedLine
from tongzhou.stock.actions.reserve import reserve
from tongzhou.stock.models import Site


def give_from_store(
    *,
    line: NeedLine,
    site: Site,
    quantity: Decimal | int | str,
    by: Post,
    at: datetime,
    unit: str = "",
    item: Item | None = None,
    due_at: datetime | None = None,
    note: str = "",
    over_reason: str = "",
) -> Commitment:
    """Keeps goods of a store for a line and commits them, both or neither. Raises as ``reserve``
    and ``commit``."""
    given = item or line.item
    amount = catalogue.to_base(given, quantity, unit)
    made = new_id()
    with transaction.atomic():
        # The need before the goods, as every act locks them.
        need = begin(line.need, by=by, word=NEED_COMMIT)
        kept = reserve(
            site=site, item=given, quantity=amount, for_kind=KIND, for_id=made, by=by, at=at,
            incident=need.incident_id,
        )  # fmt: skip
        return commit(
            line=line, quantity=amount, reservation=kept.id, item=item, giver=site.unit,
            due_at=due_at, note=note, over_reason=over_reason, id=made, by=by, at=at,
        )  # fmt: skip
