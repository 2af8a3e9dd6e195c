"""What the acts on a deployment have in common."""

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import Word
from tongzhou.aid.actions.change import begin as begin_agreement
from tongzhou.aid.actions.change import counted
from tongzhou.aid.models import Deployment
from tongzhou.kernel.errors import Conflict


class NeverCame(Conflict):
    """More than are there to arrive, to be sent home, or to come home."""

    code = "aid-never-came"
    message = _("There are %(there)d of them; more cannot be confirmed.")


def begin(deployment: Deployment, *, by: Post, word: Word, side: str) -> Deployment:
    """Locks agreement and deployment, asks permission, checks the side. Raises NotFound,
    NotAllowed, AidOtherSide, AgreementNotInForce."""
    agreement = begin_agreement(deployment.agreement, by=by, word=word, sides=(side,))
    locked = Deployment.objects.select_for_update(no_key=True).get(id=deployment.id)
    locked.agreement = agreement
    return locked


def some_of(there: int, count: int | None) -> int:
    """So many of those that are there; None: all of them. Raises AidCountWrong, NeverCame."""
    if count is None and there:
        return there
    wanted = counted(1 if count is None else count, most=1_000)
    if wanted > there:
        raise NeverCame(field="count", there=there)
    return wanted
