"""Conflicts: matrix and list, a new one, one with its mediation and compensation."""

from dataclasses import dataclass
from typing import Any, Final

from django.forms import Form
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import CONFLICT_DECLARE
from tongzhou.clocks import queries as clocks
from tongzhou.funds.pages.step import opened, taken
from tongzhou.incidents.queries import lists
from tongzhou.interests import exporting
from tongzhou.interests.actions.declare_conflict import declare_conflict
from tongzhou.interests.choices import Clash
from tongzhou.interests.forms.conflicts import ConflictForm
from tongzhou.interests.models import Conflict, Stake
from tongzhou.interests.pages.conflict_steps import COMPENSATION_STEPS, STEPS
from tongzhou.interests.pages.files import csv_answer
from tongzhou.interests.queries import conflicts as queries
from tongzhou.interests.queries import stakes
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger import queries as ledger
from tongzhou.oversight.pages.rendering import done, part, tried

LIST: Final = "conflicts-list"


def _filters(request: PostRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "")[:80] for name in ("clash", "incident", "unit")}


@require_safe
@signed_in
def conflict_list(request: PostRequest) -> HttpResponse:
    """Who clashes with whom: matrix and list; the filters stand in the address."""
    post, filters = request.holder, _filters(request)
    show = request.GET.get("show", "")[:20]
    page = queries.listed(
        visible_to=post,
        show=show,
        clash=filters["clash"],
        incident=filters["incident"],
        unit=filters["unit"],
        cursor=request.GET.get("cursor", "")[:600],
    )
    context: dict[str, Any] = {
        "tab": "conflicts",
        "at": clock.now(),
        "rows": page.rows,
        "next": page.next,
        "matrix": queries.matrix(visible_to=post, **filters),
        "settlement": queries.settlement(visible_to=post),
        "filtered": bool(show or any(filters.values())),
        "clashes": Clash.choices,
        "incidents": [(one.code, one.title) for one in lists.codes(visible_to=post)],
        "shows": [("ours", _("ours")), ("ended", _("ended")), ("all", _("all"))],
        "to_confirm": stakes.to_confirm(visible_to=post),
        "may_declare": permissions.holds(post, CONFLICT_DECLARE),
    }
    template = "interests/_conflicts.html" if part(request, LIST) else "interests/conflicts.html"
    return render(request, template, context)


@require_safe
@signed_in
def conflict_list_csv(request: PostRequest) -> StreamingHttpResponse:
    """The list as a file: the first thousand rows of the filters."""
    show = request.GET.get("show", "")[:20]
    filters = _filters(request)
    page = queries.listed(
        visible_to=request.holder, show=show, clash=filters["clash"],
        incident=filters["incident"], unit=filters["unit"], limit=1000,
    )  # fmt: skip
    return csv_answer(exporting.conflicts(page.rows), "conflicts.csv")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def conflict_new(request: PostRequest) -> HttpResponse:
    """The form of a conflict."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, CONFLICT_DECLARE):
        raise NotAllowed(permission=CONFLICT_DECLARE.label)
    data = (request.POST,) if request.method == "POST" else ()
    initial = {name: request.GET[name][:20] for name in ("one", "other") if name in request.GET}
    form = ConflictForm(*data, post=post, at=at, initial=initial)
    if data and (made := tried(form, lambda: declare_conflict(**form.arguments(), by=post, at=at))):
        return done(request, _("Declared. Ask a third unit to mediate."), "conflict", made.number)
    context = {"form": form}
    return render(request, "interests/conflict_new.html", context, status=422 if data else 200)


@require_safe
@signed_in
def conflict(request: PostRequest, number: int) -> HttpResponse:
    """One conflict."""
    return _show(request, queries.find(number, visible_to=request.holder))


@require_POST
@signed_in
def conflict_step(request: PostRequest, number: int, step: str) -> HttpResponse:
    """Something is done with a conflict."""
    post = request.holder
    found = queries.find(number, visible_to=post)
    form = taken(request, STEPS, step, found, post=post, given="conflict")
    if form is None:
        return done(request, STEPS[step].said, "conflict", number)
    return _show(request, found, (step, form))


@require_POST
@signed_in
def compensation_step(request: PostRequest, number: int, step: str) -> HttpResponse:
    """Something is done with a compensation; it stands on the page of its conflict."""
    post = request.holder
    found = queries.compensation(number, visible_to=post)
    form = taken(request, COMPENSATION_STEPS, step, found, post=post, given="compensation")
    if form is None:
        return done(request, COMPENSATION_STEPS[step].said, "conflict", found.conflict.number)
    about = queries.find(found.conflict.number, visible_to=post)
    return _show(request, about, paying=(number, step, form))


@dataclass(frozen=True)
class Side:
    """A side as this reader sees it: whether its words are shown, and whether its page opens."""

    stake: Stake
    read: bool
    opens: bool


def _side(stake: Stake, post: Post, *, near: bool) -> Side:
    opens = bool(stake.relations_of(post))
    return Side(stake, read=opens or (near and stake.is_confirmed), opens=opens)


def _show(
    request: PostRequest,
    found: Conflict,
    failed: tuple[str, Form] | None = None,
    paying: tuple[int, str, Form] | None = None,
) -> HttpResponse:
    post = request.holder
    near = found.near(post.unit_id)
    paid = [
        (
            one,
            opened(
                COMPENSATION_STEPS,
                one.compensation,
                post=post,
                failed=paying[1:] if paying and paying[0] == one.compensation.number else None,
            ),
        )
        for one in queries.compensations(found)
    ]
    mediations = queries.mediations(found)
    context: dict[str, Any] = {
        "conflict": found,
        "at": clock.now(),
        "near": bool(near),
        "sides": [_side(stake, post, near=bool(near)) for stake in (found.one, found.other)],
        "mediations": mediations,
        "compensations": paid,
        "steps": opened(STEPS, found, post=post, failed=failed),
        "step_url": "conflict-step",
        "number": found.number,
        "clocks": clocks.of("conflict", [found.id], visible_to=post),
        "acts": sentences.tell(ledger.about("conflict", found.id), with_subjects=False),
    }
    whole = not part(request, "conflict")
    template = "interests/conflict.html" if whole else "interests/_conflict.html"
    return render(request, template, context, status=422 if failed or paying else 200)
