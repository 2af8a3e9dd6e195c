"""What the acts on goods have in common: the store as it is now, and the line in the ledger.
The acts themselves are in the files beside this one, one each."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import Word
from tongzhou.catalogue.models import Item
from tongzhou.kernel.errors import Conflict, Invalid, ReasonMissing
from tongzhou.ledger.append import Json, NewAct
from tongzhou.ledger.types import ActType
from tongzhou.stock.models import Site

#: More lines are an import.
MOST_LINES = 200
REASON_LIMIT = 1_000


class SiteClosed(Conflict):
    """Nothing goes into or out of a store that is closed."""

    code = "site-closed"
    message = _("The store “%(site)s” is closed.")


class NotStored(Invalid):
    """People and teams do not lie in stores."""

    code = "item-not-stored"
    message = _("%(item)s does not lie in a store. Register people and teams as resources.")


class LinesMissing(Invalid):
    """A movement of nothing."""

    code = "lines-missing"
    message = _("Please name at least one item and its amount.")


class LinesTooMany(Invalid):
    """More lines than one paper has."""

    code = "lines-too-many"
    message = _("At most %(limit)s lines fit into one movement. Import a file for more.")


class StockTextTooLong(Invalid):
    """More words than anybody reads."""

    code = "stock-text-too-long"
    message = _("This is longer than %(limit)s characters.")


def begin(site: UUID, *, by: Post, word: Word) -> Site:
    """The store with its unit and area; it cannot be closed before the act is done, while
    others go on moving goods. Raises NotFound, NotAllowed, SiteClosed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM stock_site WHERE id = %s FOR SHARE", [site])
    held = Site.objects.select_related("unit", "area").get(id=site)
    permissions.require(by=by, word=word, on=held)
    if not held.is_open:
        raise SiteClosed(site=held.name)
    return held


def require_stored(item: Item) -> None:
    """Raises NotStored."""
    if not item.stored:
        raise NotStored(field="item", item=item.name)


def require_lines(lines: int) -> None:
    """Raises LinesMissing, LinesTooMany."""
    if not lines:
        raise LinesMissing(field="lines")
    if lines > MOST_LINES:
        raise LinesTooMany(field="lines", limit=MOST_LINES)


def reason_given(reason: str) -> str:
    """The reason without blanks around it. Raises ReasonMissing, StockTextTooLong."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return short(reason, field="reason", limit=REASON_LIMIT)


def short(text: str, *, field: str, limit: int) -> str:
    """The text without blanks around it. Raises StockTextTooLong."""
    if len(text.strip()) > limit:
        raise StockTextTooLong(field=field, limit=limit)
    return text.strip()


def line(
    type: ActType,
    *,
    site: Site,
    by: Post | None,
    at: datetime,
    with_units: Iterable[UUID] = (),
    audience: Iterable[UUID] = (),
    incident: UUID | None = None,
    due_at: datetime | None = None,
    basis: str = "",
    data: Mapping[str, Json],
) -> NewAct:
    """An act about a store, for ``append_all``. Its unit and those above it are told."""
    signs = by.signs() if by is not None else {}
    return NewAct(
        type,
        at=at,
        about=("site", site.id),
        **signs,
        with_units={site.unit_id, *with_units},
        area=site.area.code,
        incident=incident,
        basis=basis or ("order" if by is not None and by.unit_id in site.unit.above else ""),
        due_at=due_at,
        audience={*site.unit.line, *audience, *([by.unit_id] if by is not None else [])},
        data={"site": str(site.id), "exercise": site.exercise, **data},
    )
