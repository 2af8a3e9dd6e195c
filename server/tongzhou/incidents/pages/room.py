"""The other tabs of an incident's room: people, decisions and measures, acts."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.models import Post, Sector
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import DECISION_COMPLETE, DECISION_SEE
from tongzhou.incidents.models import Decision
from tongzhou.incidents.pages import steps
from tongzhou.incidents.queries import guidance, lists, room
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import decode, encode

_PAGE: Final = 40
#: So many rows are shown even when they are over.
_OVER: Final = 5


def _part(request: PostRequest, target: str, part: str, page: str) -> str:
    return part if request.headers.get("HX-Target") == target else page


@require_safe
@signed_in
def people(request: PostRequest, code: str) -> HttpResponse:
    """Working groups, and the units that have to do with the incident, by sector."""
    found = lists.find(code, visible_to=request.holder)
    by_sector: dict[str, list[room.Party]] = {}
    parties = room.parties(found)
    for party in parties:
        by_sector.setdefault(party.unit.sector, []).append(party)
    labels = dict(Sector.choices)
    context = {
        "incident": found,
        "tab": "people",
        "can": steps.allowed(found, request.holder),
        "groups": room.groups(found),
        "dissolved": room.groups(found, dissolved=True),
        "sectors": [(sector, labels[sector], rows) for sector, rows in by_sector.items()],
        "unit_count": len(parties),
    }
    template = _part(request, "people", "incidents/_people.html", "incidents/people.html")
    return render(request, template, context)


@require_safe
@signed_in
def decisions(request: PostRequest, code: str) -> HttpResponse:
    """Decisions with owner and date; measures with legal basis, stop rule and expiry."""
    post, at = request.holder, clock.now()
    found = lists.find(code, visible_to=post)
    state = request.GET.get("state", "")
    commands = steps.allowed(found, post)
    completes = found.is_open and permissions.holds(post, DECISION_COMPLETE)
    sees = permissions.holds(post, DECISION_SEE)
    made = [
        (d, not d.completed_at and _may_complete(d, post, commands, holds=completes))
        for d in room.decisions(found, state=state, at=at)
    ]
    taken = [
        (m, m.in_force(at), guidance.of_citations(m.citations.all()))
        for m in room.measures(found, at=at)
    ]
    # What is over is folded away below, unless nothing else is there.
    shown = max(sum(d.completed_at is None for d, _mine in made), _OVER)
    running = max(sum(in_force for _measure, in_force, _cited in taken), _OVER)
    context = {
        "incident": found,
        "tab": "decisions",
        "at": at,
        "can": commands,
        "unseen": {
            d.id for d, _mine in made if all(s.unit_id != post.unit_id for s in d.seen.all())
        }
        if sees
        else set(),
        "state": state,
        "decisions": made[:shown],
        "done": made[shown:],
        "decision_count": len(made),
        "measures": taken[:running],
        "ended": taken[running:],
        "measure_count": len(taken),
        "states": [("open", _("open")), ("late", _("late")), ("done", _("carried out"))],
    }
    template = _part(request, "decisions", "incidents/_decisions.html", "incidents/decisions.html")
    return render(request, template, context)


def _may_complete(decision: Decision, post: Post, commands: frozenset[str], *, holds: bool) -> bool:
    """Whoever may complete decisions of the incident, and the unit that carries this one
    out."""
    return "decision_complete" in commands or (holds and decision.owner_id == post.unit_id)


@require_safe
@signed_in
def acts(request: PostRequest, code: str) -> HttpResponse:
    """The ledger of the incident, latest first, a page at a time, by kind and authority."""
    post = request.holder
    found = lists.find(code, visible_to=post)
    kind = request.GET.get("kind", "")
    kind = kind if kind in sentences.KINDS else ""
    basis = request.GET.get("basis", "")
    basis = basis if basis in sentences.BASES else ""
    cursor = request.GET.get("cursor", "")[:600]
    before: UUID | None = decode(cursor, [UUID])[0] if cursor else None
    lines = room.acts(
        found, visible_to=post, kind=kind, basis=basis, before=before, limit=_PAGE + 1
    )
    more = len(lines) > _PAGE
    lines = lines[:_PAGE]
    query = {name: value for name, value in (("kind", kind), ("basis", basis)) if value}
    if more:
        query["cursor"] = encode([lines[-1].act.id])
    context = {
        "incident": found,
        "tab": "acts",
        "acts": sentences.tell(lines),
        "kind": kind or basis,
        "bases": list(sentences.BASES.items()),
        "kinds": [(key, label) for key, (label, _icon) in sentences.KINDS.items() if key],
        "first": before is None,
        "next_url": (f"{reverse('incident-acts', args=[code])}?{urlencode(query)}" if more else ""),
    }
    template = _part(request, "acts", "incidents/_act_list.html", "incidents/acts.html")
    return render(request, template, context)
