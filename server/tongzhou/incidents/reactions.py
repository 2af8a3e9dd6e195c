"""What acts of this room are about, for lines of the ledger in any room."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.sentences import Subject, subjects
from tongzhou.incidents.actions.note_superseded import note_superseded
from tongzhou.incidents.models import (
    Decision,
    Incident,
    Measure,
    Report,
    Shift,
    Signal,
    WorkingGroup,
)
from tongzhou.incidents.queries import guidance
from tongzhou.kernel import clock
from tongzhou.ledger.follow import Sealed, follower
from tongzhou.ledger.queries import Line
from tongzhou.library.acts import TEMPLATE_PUBLISHED
from tongzhou.library.resting import Resting, Rests, rests_on_templates
from tongzhou.ui import moments


@subjects("incident")
def _incidents(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Incident.objects.filter(id__in={line.act.about_id for line in lines})
    return {
        incident.id: Subject(incident.title, reverse("incident", args=[incident.code]))
        for incident in found
    }


@subjects("signal")
def _signals(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Signal.objects.filter(id__in={line.act.about_id for line in lines})
    return {signal.id: Subject(_signal_named(signal)) for signal in found.select_related("area")}


def _signal_named(signal: Signal) -> str:
    # The ticket is the reporter's key: it names nothing in the ledger. When and where do.
    when = moments.local_text(signal.reported_at, "short")
    return str(_("early signal, %(area)s, %(when)s")) % {"area": signal.area.name, "when": when}


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


@follower("incidents.guidance", title=_("Measures that rest on a superseded guidance"))
def _superseded(acts: Sequence[Sealed]) -> None:
    """A later version of a guidance was published: whoever's measures rest on the earlier
    one is told."""
    for act in acts:
        replaced = act.data.get("replaces")
        if act.type == TEMPLATE_PUBLISHED.name and act.data.get("kind") == "guidance" and replaced:
            note_superseded(
                versions=[UUID(str(replaced))],
                by_version=UUID(str(act.data["version"])),
                at=act.at,
            )


@rests_on_templates
def _measures_resting(versions: Sequence[UUID], post: Post) -> Rests | None:
    """The measures in force that carry out an item of a guidance."""
    citations, total = guidance.resting_on(versions, visible_to=post, at=clock.now())
    rows = [
        Resting(
            label=citation.measure.title,
            url=_measure_url(citation.measure, post),
            version=citation.version,
            item=citation.item,
            note=citation.measure.unit.name,
        )
        for citation in citations
    ]
    return Rests(str(_("Measures in force")), rows, total)


def _measure_url(measure: Measure, post: Post) -> str:
    incident = measure.incident
    if incident.relations_of(post):
        return reverse("incident-decisions", args=[incident.code]) + f"#measure-{measure.id}"
    return reverse("public-incident", args=[incident.code])


@subjects("report")
def _reports(lines: Sequence[Line]) -> dict[UUID, Subject]:
    # Of a signal's report no more is told than of the signal itself.
    found = Report.objects.filter(id__in={line.act.about_id for line in lines})
    return {
        report.id: Subject(_report_named(report), reverse("report", args=[report.id]))
        for report in found.select_related("incident", "signal__area")
    }


def _report_named(report: Report) -> str:
    if report.incident is not None:
        return report.incident.title
    return _signal_named(report.signal) if report.signal is not None else str(_("early signal"))


@subjects("shift")
def _shifts(lines: Sequence[Line]) -> dict[UUID, Subject]:
    # Unit and begin are in the ledger; the gate or the route is not.
    found = Shift.objects.filter(id__in={line.act.about_id for line in lines})
    return {
        shift.id: Subject(
            str(_("field shift, %(unit)s, %(when)s"))
            % {"unit": shift.unit.name, "when": moments.local_text(shift.started_at, "short")},
            reverse("shift", args=[shift.id]),
        )
        for shift in found.select_related("unit")
    }


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
