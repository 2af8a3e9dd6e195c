"""A shipment's page: what comes next as one big button, what goes along, what differs."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import SHIPMENT_EXPLAIN
from tongzhou.clocks import queries as clocks
from tongzhou.kernel import clock
from tongzhou.ledger import queries as ledger
from tongzhou.oversight.pages.rendering import part
from tongzhou.shipments import purposes
from tongzhou.shipments.choices import State
from tongzhou.shipments.models import Shipment
from tongzhou.shipments.pages import steps
from tongzhou.shipments.queries import shipments
from tongzhou.tasks.downloads import as_download


@require_safe
@signed_in
def shipment(request: PostRequest, number: int) -> HttpResponse:
    """One shipment."""
    found = shipments.find(number, visible_to=request.holder)
    template = "_shipment.html" if part(request, "shipment") else "shipment.html"
    return render(request, f"shipments/{template}", context(found, request.holder))


@require_safe
@signed_in
def shipment_file(request: PostRequest, id: UUID) -> HttpResponseBase:
    """Downloads a picture; 404 for whoever may not see its shipment."""
    return as_download(shipments.file(id, visible_to=request.holder))  # type: ignore[arg-type]


def context(found: Shipment, post: Post) -> dict[str, Any]:
    """All that the page shows."""
    at = clock.now()
    lines = shipments.lines(found)
    wanted = {(line.for_kind, line.for_id) for line in lines if line.for_id is not None}
    known = purposes.found(wanted, post)
    for line in lines:
        line.purpose = known.get((line.for_kind, line.for_id))  # type: ignore[attr-defined,arg-type]
    differences = [each for line in lines for each in line.differences.all()]
    return {
        "shipment": found,
        "lines": lines,
        "differences": differences,
        "unexplained": [each for each in differences if each.explained_at is None],
        "may_explain": permissions.allowed(by=post, word=SHIPMENT_EXPLAIN, on=found),
        "at": at,
        "late": found.arrived_at is None and found.under_way and found.due_at < at,
        "way": _way(found),
        "files": list(found.files.order_by("at", "id")),
        "clocks": clocks.of("shipment", [found.id], visible_to=post),
        "acts": sentences.tell(ledger.about("shipment", found.id), with_subjects=False),
        **steps.context(found, post),
    }


def _way(found: Shipment) -> list[tuple[str, Any, bool]]:
    """The stations of the way: state, when it was reached, and whether it is the present one."""
    stations = [
        (State.PLANNED, found.planned_at),
        (State.PICKED, found.picked_at),
        (State.LOADED, found.loaded_at),
        (State.ON_THE_WAY, found.left_at),
        (State.ARRIVED, found.arrived_at),
        (State.RECEIVED, found.received_at),
    ]
    ends = [
        (State.CANCELLED, found.cancelled_at),
        (State.RETURNING, found.turned_back_at),
        (State.LOST, found.lost_at),
        (State.RETURNED, found.taken_back_at),
    ]
    happened = [end for end in ends if end[1] is not None]
    if happened:
        stations = [station for station in stations if station[1] is not None] + happened
    return [(str(state.label), at, state == found.state) for state, at in stations]
