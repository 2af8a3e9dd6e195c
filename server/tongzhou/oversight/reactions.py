"""What acts of this room are about, for lines of the ledger in any room."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.sentences import Subject, subjects
from tongzhou.ledger.follow import Sealed, follower
from tongzhou.ledger.queries import Line
from tongzhou.oversight.models import AskPart, Field, Finding, Letter
from tongzhou.oversight.queries import tallies


@subjects("finding")
def _findings(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Finding.objects.filter(id__in={line.act.about_id for line in lines})
    return {f.id: Subject(str(f)[:90], reverse("finding", args=[f.number])) for f in found}


@subjects("letter")
def _letters(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Letter.objects.filter(id__in={line.act.about_id for line in lines})
    return {
        letter.id: Subject(str(letter)[:90], reverse("letter", args=[letter.id]))
        for letter in found
    }


@subjects("accountability")
def _entries(lines: Sequence[Line]) -> dict[UUID, Subject]:
    # Neither name nor address: the ledger does not say about whom.
    return {line.act.about_id: Subject(str(_("accountability entry"))) for line in lines}


@subjects("ask")
def _asks(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = AskPart.objects.filter(id__in={line.act.about_id for line in lines})
    return {
        part.id: Subject(str(part.ask)[:90], reverse("request", args=[part.ask.number]))
        for part in found.select_related("ask")
    }


@subjects("field")
def _fields(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Field.objects.filter(id__in={line.act.about_id for line in lines})
    address = reverse("burden") + "?tab=catalogue&q="
    return {field.id: Subject(field.name, address + field.code) for field in found}


@follower("oversight.tallies", title=_("Counts for burden and administrative ecology"))
def _tally(acts: Sequence[Sealed]) -> None:
    """Counts the acts that burden and administrative ecology are made of."""
    tallies.add(acts)
