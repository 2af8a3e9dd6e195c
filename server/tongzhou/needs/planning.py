"""What files say, as one plan of units, needs, offers and commitments: pure data, before
anything is written."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from tongzhou.catalogue.models import Item
from tongzhou.kernel.errors import Invalid, Refusal
from tongzhou.needs.choices import Priority

MOST_FAULTS: Final = 500


class RowRepeated(Invalid):
    """The same record a second time."""

    code = "row-repeated"
    message = _("%(file)s: the same record stands here twice.")


class TestRecord(Invalid):
    """Somebody tried the form."""

    code = "test-record"
    message = _("%(file)s: a test, no real match.")


class ClosedBeforeMade(Invalid):
    """An end before the beginning."""

    code = "closed-before-made"
    message = _("%(file)s: closed before it was made; taken as closed at once.")


class ItemNotInCatalogue(Invalid):
    """A thing of a name that the catalogue does not know."""

    code = "import-item-unknown"
    message = _("%(file)s: nothing in the catalogue is called “%(value)s”.")


class TimeUnreadable(Invalid):
    """A time that is none, or has no zone."""

    code = "import-time-unreadable"
    message = _("%(file)s: “%(value)s” is no time with a zone.")


class ValueMissing(Invalid):
    """A cell that must not be empty."""

    code = "import-value-missing"
    message = _("%(file)s: %(column)s is empty.")


class NothingMatched(Invalid):
    """A match of nothing."""

    code = "nothing-matched"
    message = _("%(file)s: nothing was matched: the amount is %(value)s.")


class PlaceElsewhere(Invalid):
    """A place that is not among the areas here."""

    code = "place-elsewhere"
    message = _("%(count)d records lie at places that are not known here; they stand at %(area)s.")


@dataclass
class UnitPlan:
    """A unit that there may not be yet."""

    code: str
    name_zh: str
    name_en: str
    sector: str
    level: str
    area_code: str
    place: str = ""


@dataclass
class LinePlan:
    """A line of a need. ``asked`` None: the amount is not known."""

    item: Item
    asked: Decimal | None
    typed: str = ""
    note: str = ""
    revisions: list[tuple[datetime, str, Decimal | None, Decimal | None]] = field(
        default_factory=list
    )


@dataclass
class NeedPlan:
    """A need of a unit; ``origin`` finds it again."""

    origin: str
    unit: str
    stated_at: datetime
    lines: dict[Any, LinePlan] = field(default_factory=dict)
    note: str = ""
    place: str = ""
    area_code: str = ""
    needed_by: datetime | None = None
    priority: int = Priority.NORMAL
    reason: str = ""


@dataclass
class OfferLinePlan:
    """A line of an offer."""

    item: Item | None
    quantity: Decimal | None
    words: str = ""


@dataclass
class OfferPlan:
    """An offer of a unit, or of a donor without account (``donor`` is what it is called)."""

    origin: str
    at: datetime
    unit: str = ""
    donor: str = ""
    area_code: str = ""
    conditions: str = ""
    lines: list[OfferLinePlan] = field(default_factory=list)


@dataclass
class CommitmentPlan:
    """What was given to a line of a need (by origin and item) out of a line of an offer (by
    origin and place)."""

    origin: str
    need: str
    item: Any
    offer: str
    offer_place: int
    quantity: Decimal
    at: datetime
    received_at: datetime | None = None
    withdrawn_at: datetime | None = None
    reason: str = ""


@dataclass
class StatusPlan:
    """What a hospital said."""

    unit: str
    as_of: datetime
    figures: dict[str, Any]
    source: str
    row: int


@dataclass
class Plan:
    """All of it. ``faults`` are rows that are not taken, ``notes`` what is worth knowing of
    rows that are."""

    units: dict[str, UnitPlan] = field(default_factory=dict)
    needs: dict[str, NeedPlan] = field(default_factory=dict)
    offers: dict[str, OfferPlan] = field(default_factory=dict)
    commitments: list[CommitmentPlan] = field(default_factory=list)
    statuses: list[StatusPlan] = field(default_factory=list)
    faults: list[Refusal] = field(default_factory=list)
    notes: list[Refusal] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    rows: int = 0
    #: How many lines were on lists without being asked for.
    not_asked: int = 0
    #: Needs of the present: each is told in the ledger and runs under a clock.
    living: bool = False


def moment(text: str, *, file: str, row: int, column: str) -> datetime:
    """A time with a zone, as the sources write it. Raises ValueMissing, TimeUnreadable."""
    said = text.strip()
    if not said:
        raise ValueMissing(field=column, row=row, file=file, column=column)
    try:
        found = datetime.fromisoformat(said.removesuffix(" UTC") + "+00:00" * said.endswith(" UTC"))
    except ValueError as error:
        raise TimeUnreadable(field=column, row=row, file=file, value=said[:40]) from error
    if found.tzinfo is None or not 1990 < found.year < 2200:
        raise TimeUnreadable(field=column, row=row, file=file, value=said[:40])
    return found
