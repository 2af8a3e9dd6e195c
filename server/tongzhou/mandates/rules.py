"""Rules about who must not be charged or tasked with a duty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tongzhou.places.models import Level

#: Levels from the highest to the lowest.
_ORDER = {level: place for place, level in enumerate(Level.values)}


@dataclass(frozen=True)
class Rule:
    """A rule that forbids something, as it is told to people: its words, where it stands,
    and since when it is in force."""

    key: str
    text: str
    source: str
    url: str = ""
    valid_from: date | None = None

    @property
    def cited(self) -> str:
        """Source and date, as they stand behind the words of the rule."""
        if self.valid_from is None:
            return self.source
        return _("%(source)s, %(date)s") % {
            "source": self.source, "date": self.valid_from.isoformat(),
        }  # fmt: skip


def below(level: str, lowest: str) -> bool:
    """True when ``level`` lies below the lowest one that may be charged; "" is no limit."""
    return bool(lowest) and _ORDER.get(level, 0) > _ORDER[lowest]


def levels() -> Sequence[str]:
    """The levels, the highest first."""
    return list(_ORDER)
