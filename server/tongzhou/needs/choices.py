"""Words of this room that stand in tables and addresses."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """How a need or an offer came in."""

    WEB = "web", _("web")
    PHONE = "phone", _("phone desk")
    PAPER = "paper", _("paper")
    FREE_TEXT = "free_text", _("read from a text")
    IMPORT = "import", _("import")
    API = "api", _("programme")


class Priority(models.IntegerChoices):
    """How much hangs on it, the stated reason beside it."""

    LIFE = 1, _("life at risk")
    URGENT = 2, pgettext_lazy("of a need", "urgent")
    NORMAL = 3, pgettext_lazy("of a need", "normal")
    WAITS = 4, _("can wait")


#: Who jumps the queue says why.
NEEDS_REASON: Final = frozenset({Priority.LIFE, Priority.URGENT})


class LineState(models.TextChoices):
    """Where a line of a need stands. Computed by the database from the commitments to it, never
    written by anybody."""

    OPEN = "open", pgettext_lazy("of a need", "open")
    STALE = "stale", _("to be confirmed anew")
    PARTLY_COMMITTED = "partly_committed", _("partly committed")
    COMMITTED = "committed", _("committed")
    IN_TRANSIT = "in_transit", _("on the way")
    PARTLY_MET = "partly_met", _("partly met")
    MET = "met", _("met")
    WITHDRAWN = "withdrawn", pgettext_lazy("of a need", "withdrawn")


#: From the least to the most done, to tell the state of a whole need from its lines.
RANKS: Final = {state.value: place for place, state in enumerate(LineState)}


class Source(models.TextChoices):
    """What stands behind a commitment."""

    OFFER = "offer", _("an offer")
    RESERVATION = "reservation", _("reserved stock")
    WORD = "word", _("the unit's own word")


class Answer(models.TextChoices):
    """What became of an offer that nobody had asked for."""

    WAITING = "waiting", _("waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("of an offer", "accepted")
    DECLINED = "declined", pgettext_lazy("of an offer", "declined")


class RevisionEvent(models.TextChoices):
    """What happened to the amount that is asked."""

    LISTED = "listed", _("asked for")
    CHANGED = "changed", _("amount changed")
    REMOVED = "removed", _("taken off the list")
    REPUBLISHED = "republished", _("list published anew")


class Supply(models.TextChoices):
    """How a hospital is supplied; the words in brackets are those of EDXL-HAVE."""

    ADEQUATE = "adequate", _("adequate")
    SHORT = "short", _("short")
    OUT = "out", _("used up")


class Emergency(models.TextChoices):
    """The emergency department, as EDXL-HAVE tells ambulances."""

    NORMAL = "normal", pgettext_lazy("of an emergency department", "open")
    ADVISORY = "advisory", _("restricted")
    CLOSED = "closed", pgettext_lazy("of an emergency department", "closed")


class ImportSource(models.TextChoices):
    """Shapes of files that can be brought in."""

    TABLE = "table", _("table of needs")
    WUHAN2020 = "wuhan2020", "wuhan2020"
    GETUSPPE = "getusppe", "GetUsPPE"
    HOSPITALS = "hospitals", _("status of hospitals")
