from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FUND_APPROVE
from tongzhou.funds import posting
from tongzhou.funds.actions.change import require_other_eyes, require_running
from tongzhou.funds.actions.transfer_acts import begin, tell
from tongzhou.funds.acts import TRANSFER_DONE
from tongzhou.funds.choices import Books, Kind, TransferState
from tongzhou.funds.models import Transfer


def approve_transfer(*, transfer: Transfer, by: Post, at: datetime) -> Transfer:
    """The giving side approves, and the money moves at once; gifts in it stay gifts. Never by
    the person who asked. Raises NotFound, NotAllowed, TransferNotSo, OwnRequest, FundShort,
    FundNotRunning."""
    with transaction.atomic():
        locked = begin(transfer, by=by, word=FUND_APPROVE)
        require_other_eyes(locked.post, by=by)
        require_running(locked.source, at=at)
        giving, taking = posting.locked(locked.source, locked.target)
        giving.require(locked.amount)
        made = posting.write(
            Kind.TRANSFER,
            entries=[
                (giving.accounts[Books.FREE], -locked.amount),
                (taking.accounts[Books.FREE], locked.amount),
            ],
            by=by,
            at=at,
            about=("transfer", locked.id),
        )
        taken = posting.went_out(locked.source, made, amount=locked.amount)
        posting.carried(taking, made, taken, locked.amount)
        locked.state = TransferState.DONE
        locked.decided_at = at
        locked.save(update_fields=["state", "decided_at"])
        tell(TRANSFER_DONE, transfer=locked, by=by, at=at, data={"posting": str(made.id)})
    return locked
