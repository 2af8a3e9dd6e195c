"""Acts as sentences: the names of the units filled in. For every page that shows the ledger
of something."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tongzhou.actors import queries
from tongzhou.actors.models import Post, Unit
from tongzhou.ledger.queries import Line


@dataclass(frozen=True)
class Told:
    """One act: the line of the ledger, its sentence in the active language, and the units
    that it names (``by`` is None where the installation itself acted)."""

    line: Line
    sentence: str
    by: Unit | None
    with_units: list[Unit]


def tell(lines: Sequence[Line], *, visible_to: Post | None) -> list[Told]:
    """The sentences of acts, for whoever may see them; units are known to everybody.
    Two queries at most, however many acts there are."""
    ids = {unit for line in lines for unit in (line.act.by_unit, *line.act.with_units) if unit}
    known = queries.units(ids)
    return [_told(line, known) for line in lines]


def _told(line: Line, known: dict[UUID, Unit]) -> Told:
    by = known.get(line.act.by_unit) if line.act.by_unit else None
    partners = [known[unit] for unit in line.act.with_units if unit in known]
    comma = "、" if (get_language() or "").startswith("zh") else ", "
    by_name = by.name if by else _("The installation")
    names = comma.join(unit.name for unit in partners)
    sentence = line.type.sentence(by=by_name, with_units=names) if line.type else line.act.type
    return Told(line=line, sentence=sentence, by=by, with_units=partners)
