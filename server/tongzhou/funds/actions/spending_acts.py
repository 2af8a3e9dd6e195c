"""What the acts on a request for money have in common: lock, permission, state, and the line
in the ledger."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import Word
from tongzhou.funds.actions import change
from tongzhou.funds.choices import SpendingState
from tongzhou.funds.models import Spending
from tongzhou.kernel.errors import Conflict
from tongzhou.ledger.append import Json
from tongzhou.ledger.types import ActType


class SpendingNotSo(Conflict):
    """The request is in another state."""

    code = "spending-state"
    message = _("%(reference)s is “%(state)s”; this cannot be done with it now.")


class AlreadyPaid(Conflict):
    """A request that was paid is paid once."""

    code = "already-paid"
    message = _("%(reference)s was paid already.")


def begin(
    spending: Spending, *, by: Post, word: Word, states: tuple[SpendingState, ...]
) -> Spending:
    """Locks the request, asks permission, checks its state. Raises NotFound, NotAllowed,
    SpendingNotSo, AlreadyPaid."""
    locked = (
        Spending.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "fund__owner__area", "fund__incident", "fund__area", "asker", "payee", "area",
            "incident", "post",
        )
        .get(id=spending.id)
    )  # fmt: skip
    permissions.require(by=by, word=word, on=locked)
    if locked.state in states:
        return locked
    if locked.state == SpendingState.PAID:
        raise AlreadyPaid(reference=locked.reference)
    raise SpendingNotSo(reference=locked.reference, state=locked.get_state_display())


def tell(
    type: ActType,
    *,
    spending: Spending,
    by: Post,
    at: datetime,
    due_at: datetime | None = None,
    asked_at: datetime | None = None,
    outcome: str = "",
    evidence: str = "",
    basis: str = "",
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes an act about the request; the fund's keeper, the asker and the payee are told."""
    change.record(
        type,
        about=("spending", spending.id),
        by=by,
        at=at,
        units=[spending.fund.owner_id, spending.asker_id, spending.payee_id],
        incident=spending.incident,
        area=spending.area,
        due_at=due_at,
        asked_at=asked_at,
        outcome=outcome,
        evidence=evidence,
        basis=basis,
        data={
            "number": spending.number,
            "fund": str(spending.fund_id),
            "keeper": str(spending.fund.owner_id),
            "asker": str(spending.asker_id),
            "payee": str(spending.payee_id),
            "purpose": str(spending.purpose),
            **({"for": spending.for_kind} if spending.for_kind else {}),
            **(data or {}),
        },
    )
