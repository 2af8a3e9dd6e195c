"""What the template of agreements says: its clauses, and the limits of answers, signatures and
settlement. The template is ``mutual_aid/agreement`` of the library."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from tongzhou.library import queries as library
from tongzhou.library.kinds.mutual_aid import MutualAidBody
from tongzhou.places.models import Area

KEY: Final = "agreement"
#: Of an installation whose own template leaves a limit out.
_OTHERWISE: Final = {
    "answer": timedelta(hours=2), "sign": timedelta(hours=12), "reimburse": timedelta(days=30),
}  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """The clauses of an agreement as they were on a day, and its limits."""

    version: UUID
    clauses: list[dict[str, str]]
    limits: dict[str, timedelta]


def in_force(*, at: datetime, area: Area) -> Terms:
    """The template that is in force on the local day. Raises NoTemplate."""
    found = library.in_force("mutual_aid", KEY, on=timezone.localtime(at).date(), area=area)
    body = found.body
    assert isinstance(body, MutualAidBody)
    return Terms(
        version=found.id,
        clauses=[{"key": c.key, "zh": c.text.zh, "en": c.text.en} for c in body.terms],
        limits={key: body.within(key) or length for key, length in _OTHERWISE.items()},
    )
