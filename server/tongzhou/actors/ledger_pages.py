"""The ledger itself as pages: the state of the chain, one act with everything in it, and its
proof to take away."""

from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import LEDGER_VERIFY
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound
from tongzhou.ledger import queries
from tongzhou.ledger.prove import prove
from tongzhou.ledger.queries import Line

#: Lag from which the page says that the sealer is behind, in seconds.
_BEHIND = 5.0


def visible(line: Line, *, to: Post) -> bool:
    """Whether a post may read an act: it is public, its unit's own or told to its unit, or
    the post checks the ledger."""
    act, unit = line.act, to.unit_id
    if act.visibility == "public" or unit == act.by_unit or unit in act.audience:
        return True
    return permissions.holds(to, LEDGER_VERIFY)


def _found(act_id: UUID, *, visible_to: Post) -> Line:
    line = queries.find(act_id)
    if line is None or not visible(line, to=visible_to):
        raise NotFound()
    return line


@require_safe
@signed_in
def ledger(request: PostRequest) -> HttpResponse:
    """The state of the chain: how many acts, the last blocks, what waits to be sealed."""
    wanted = request.GET.get("act", "").strip()
    if wanted:
        return _look_up(request, wanted)
    at = clock.now()
    since = queries.waiting_since()
    lag = max(0.0, (at - since).total_seconds()) if since is not None else 0.0
    context = {
        "state": queries.state(),
        "blocks": queries.blocks(),
        "lag": lag,
        "behind": lag > _BEHIND,
        "may_verify": permissions.holds(request.holder, LEDGER_VERIFY),
    }
    fragment = request.headers.get("HX-Target") == "ledger-state"
    return render(request, f"actors/{'_' if fragment else ''}ledger.html", context)


def _look_up(request: PostRequest, wanted: str) -> HttpResponse:
    act_id = _id_of(wanted)
    line = queries.find(act_id) if act_id is not None else None
    if line is None or not visible(line, to=request.holder):
        context: dict[str, Any] = {"state": queries.state(), "blocks": queries.blocks()}
        return render(request, "actors/ledger.html", context | {"not_found": wanted}, status=404)
    return redirect("act", line.act.id)


def _id_of(wanted: str) -> UUID | None:
    """The id that a position or a written id names."""
    number = wanted.lstrip("#").replace(",", "")
    if number.isdecimal() and len(number) <= 18:
        return queries.at_position(int(number))
    try:
        return UUID(wanted)
    except ValueError:
        return None


@require_safe
@signed_in
def act(request: PostRequest, id: UUID) -> HttpResponse:
    """One act with everything in it."""
    line = _found(id, visible_to=request.holder)
    (told,) = sentences.tell([line])
    partners = sentences.units_of(line)
    context = {
        "told": told,
        "act": line.act,
        "partners": partners,
        "signature": sentences.signature(line, visible_to=request.holder),
        # Not "block": inside a block tag that name is taken.
        "sealed_in": queries.block_of(line.position) if line.position is not None else None,
        "data": orjson.dumps(line.act.data, option=orjson.OPT_INDENT_2).decode(),
    }
    return render(request, "actors/act.html", context)


@require_safe
@signed_in
def proof(request: HttpRequest, id: UUID) -> HttpResponse:
    """The inclusion proof as a JSON file; 404 until the act is sealed."""
    _found(id, visible_to=request.holder)  # type: ignore[attr-defined]
    connection.ensure_connection()
    content = orjson.dumps(prove(connection.connection, id), option=orjson.OPT_INDENT_2)
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="tongzhou-proof-{id}.json"'
    return response
