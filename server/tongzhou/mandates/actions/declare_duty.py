import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Conflict, Invalid, TextMissing
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import Json, append
from tongzhou.ledger.types import ActType
from tongzhou.mandates import access
from tongzhou.mandates.actions.change import require_means, short
from tongzhou.mandates.acts import DUTY_DECLARED
from tongzhou.mandates.models import Duty
from tongzhou.mandates.parts import MeansKind, Side
from tongzhou.places.models import Level

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_CODE = 60
#: What stands in addresses in the place of a code.
_TAKEN = frozenset({"new", "problems", "proposals", "lay-out", "import", "export", "tile"})
NAME_LIMIT = 200


class DutyCodeMalformed(Invalid):
    """A code that could not stand in an address."""

    code = "duty-code-malformed"
    message = _("“%(value)s” is not a code: small letters, digits and single hyphens, up to 60.")


class DutyCodeTaken(Conflict):
    """Another duty has this code."""

    code = "duty-code-taken"
    message = _("There is a duty with the code %(value)s already.")


class UnknownSide(Invalid):
    """A side that is none of the seven."""

    code = "duty-side-unknown"
    message = _("“%(value)s” is not one of the seven sides. There are: %(known)s.")


class UnknownLowest(Invalid):
    """A level that is none of those there are."""

    code = "duty-level-unknown"
    message = _("“%(value)s” is not a level. There are: %(known)s.")


def declare_duty(
    *,
    code: str,
    name_zh: str,
    by: Post,
    at: datetime,
    name_en: str = "",
    side: str = Side.GOVERNMENT,
    legal_basis: str = "",
    source: str = "",
    needs: Sequence[str] = tuple(MeansKind.values),
    lowest: str = "",
    autonomous: bool = False,
    id: UUID | None = None,
) -> Duty:
    """Declares that something is owed; nobody is charged with it yet. ``needs``: the means
    without which it cannot be done; ``lowest``: the lowest level that may be charged with it
    ("" for any); ``autonomous``: it stands on the list that communities decide alone.

    Raises NotAllowed, DutyCodeMalformed, DutyCodeTaken, TextMissing, TextTooLong,
    UnknownSide, UnknownMeans, UnknownLowest.
    """
    if not _CODE.fullmatch(code) or len(code) > _LONGEST_CODE:
        raise DutyCodeMalformed(field="code", value=code)
    if code in _TAKEN:
        raise DutyCodeTaken(field="code", value=code)
    duty = Duty(
        id=id or new_id(),
        code=code,
        name_zh=name_zh,
        name_en=name_en,
        side=side,
        legal_basis=legal_basis,
        source=source,
        needs=list(needs),
        lowest=lowest,
        autonomous=autonomous,
        unit=by.unit,
        declared_at=at,
    )
    check_words(duty)
    with transaction.atomic():
        access.require_declarer(by)
        try:
            with transaction.atomic():
                duty.save(force_insert=True)
        except IntegrityError as error:
            raise DutyCodeTaken(field="code", value=code) from error
        write(DUTY_DECLARED, duty=duty, by=by, at=at)
    return duty


def check_words(duty: Duty) -> None:
    """Trims the words of the duty. Raises TextMissing, TextTooLong, UnknownSide,
    UnknownMeans, UnknownLowest."""
    for name in ("name_zh", "name_en"):
        setattr(duty, name, short(getattr(duty, name), field=name, limit=NAME_LIMIT))
    for name in ("legal_basis", "source"):
        setattr(duty, name, short(getattr(duty, name), field=name))
    if not duty.name_zh and not duty.name_en:
        raise TextMissing(field="name_zh")
    if duty.side not in Side.values:
        raise UnknownSide(field="side", value=duty.side, known=", ".join(Side.values))
    require_means(duty.needs, field="needs")
    if duty.lowest and duty.lowest not in Level.values:
        raise UnknownLowest(field="lowest", value=duty.lowest, known=", ".join(Level.values))


def facts(duty: Duty) -> dict[str, Json]:
    """What the ledger must know of a duty so that its state can be told from acts."""
    return {
        "code": duty.code,
        "side": str(duty.side),
        "needs": [str(kind) for kind in duty.needs],
        "lowest": str(duty.lowest),
        "autonomous": duty.autonomous,
    }


def write(type: ActType, *, duty: Duty, by: Post, at: datetime) -> None:
    """Writes an act about a duty."""
    append(
        type,
        at=at,
        about=("duty", duty.id),
        **by.signs(),
        area=by.unit.area.code,
        audience=by.unit.line,
        data=facts(duty),
    )
