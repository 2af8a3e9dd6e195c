"""What acts of this room are about, for lines of the ledger in any room."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.sentences import Subject, subjects
from tongzhou.incidents.models import Decision, Incident, Measure, WorkingGroup
from tongzhou.ledger.queries import Line


@subjects("incident")
def _incidents(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Incident.objects.filter(id__in={line.act.about_id for line in lines})
    return {
        incident.id: Subject(incident.title, reverse("incident", args=[incident.code]))
        for incident in found
    }


@subjects("signal")
def _signals(lines: Sequence[Line]) -> dict[UUID, Subject]:
    # The ticket is the reporter's key: it names nothing in the ledger.
    return {line.act.about_id: Subject(str(_("early signal"))) for line in lines}


@subjects("group")
def _groups(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = WorkingGroup.objects.filter(id__in={line.act.about_id for line in lines})
    return _in_tab(lines, {group.id: group.name for group in found}, "incident-people", "")


@subjects("decision")
def _decisions(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Decision.objects.filter(id__in={line.act.about_id for line in lines})
    texts = {decision.id: _short(decision.text) for decision in found}
    return _in_tab(lines, texts, "incident-decisions", "decision")


@subjects("measure")
def _measures(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Measure.objects.filter(id__in={line.act.about_id for line in lines})
    titles = {measure.id: measure.title for measure in found}
    return _in_tab(lines, titles, "incident-decisions", "measure")


def _in_tab(
    lines: Sequence[Line], labels: dict[UUID, str], name: str, anchor: str
) -> dict[UUID, Subject]:
    """Objects that stand on a tab of their incident."""
    found = {}
    for line in lines:
        about, code = line.act.about_id, line.act.data.get("code")
        if about in labels and isinstance(code, str):
            url = reverse(name, args=[code]) + (f"#{anchor}-{about}" if anchor else "")
            found[about] = Subject(labels[about], url)
    return found


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
