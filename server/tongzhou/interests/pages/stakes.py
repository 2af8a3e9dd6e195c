"""Stakes: the list, a new one, one with its versions."""

from typing import Any, Final

from django.forms import Form
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import CONFLICT_DECLARE, STAKE_RECORD, STAKE_STATE
from tongzhou.clocks import queries as clocks
from tongzhou.funds import money
from tongzhou.funds.pages.step import Step, opened, taken
from tongzhou.incidents.queries import lists
from tongzhou.interests import exporting
from tongzhou.interests.actions.confirm_stake import confirm_stake
from tongzhou.interests.actions.revise_stake import revise_stake
from tongzhou.interests.actions.state_stake import state_stake
from tongzhou.interests.actions.withdraw_stake import withdraw_stake
from tongzhou.interests.forms.stakes import ReviseForm, StakeForm
from tongzhou.interests.models import Stake
from tongzhou.interests.pages.files import csv_answer
from tongzhou.interests.queries import stakes as queries
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger import queries as ledger
from tongzhou.oversight.pages.rendering import done, part, tried

LIST: Final = "stakes-list"


def _given(stake: Stake) -> dict[str, Any]:
    return {"stake": stake}


STEPS: Final = {
    "confirm": Step(
        STAKE_STATE, confirm_stake, gettext_lazy("Confirm it as ours"),
        gettext_lazy("Confirmed. The parties of the matter can read it now."),
        lambda found: not found.is_confirmed and found.withdrawn_at is None,
    ),
    "revise": Step(
        STAKE_STATE, revise_stake, gettext_lazy("Say it anew"),
        gettext_lazy("Said anew; what was said before stays readable."),
        lambda found: found.withdrawn_at is None, ReviseForm, icon="edit", more=_given,
        folded=True,
    ),
    "record": Step(
        STAKE_RECORD, revise_stake, gettext_lazy("Record it anew for them"),
        gettext_lazy("Recorded; they are asked to confirm it."),
        lambda found: not found.is_confirmed and found.withdrawn_at is None, ReviseForm,
        icon="edit", more=_given, folded=True,
    ),
    "withdraw": Step(
        STAKE_STATE, withdraw_stake, gettext_lazy("Withdraw this stake"),
        gettext_lazy("Withdrawn."), lambda found: found.withdrawn_at is None, tone="danger",
        icon="trash", folded=True,
    ),
}  # fmt: skip


@require_safe
@signed_in
def stake_list(request: PostRequest) -> HttpResponse:
    """The register; the filters stand in the address."""
    post, given = request.holder, request.GET
    page = queries.listed(
        visible_to=post, q=given.get("q", "")[:100], incident=given.get("incident", "")[:60],
        show=given.get("show", "")[:20], cursor=given.get("cursor", "")[:600],
    )  # fmt: skip
    context: dict[str, Any] = {
        "tab": "stakes",
        "rows": page.rows,
        "next": page.next,
        "filtered": any(given.get(name) for name in ("q", "incident", "show")),
        "incidents": [(one.code, one.title) for one in lists.codes(visible_to=post)],
        "shows": [("own", _("ours")), ("confirm", _("for us to confirm")),
                  ("withdrawn", _("withdrawn"))],
        "to_confirm": queries.to_confirm(visible_to=post),
        "may_state": permissions.holds(post, STAKE_STATE),
    }  # fmt: skip
    template = "interests/_stakes.html" if part(request, LIST) else "interests/stakes.html"
    return render(request, template, context)


@require_safe
@signed_in
def stake_list_csv(request: PostRequest) -> StreamingHttpResponse:
    """The register as a file: the first thousand rows of the filters."""
    given = request.GET
    page = queries.listed(
        visible_to=request.holder, q=given.get("q", "")[:100],
        incident=given.get("incident", "")[:60], show=given.get("show", "")[:20], limit=1000,
    )  # fmt: skip
    return csv_answer(exporting.stakes(page.rows), "stakes.csv")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def stake_new(request: PostRequest) -> HttpResponse:
    """The form of a stake."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, STAKE_STATE):
        raise NotAllowed(permission=STAKE_STATE.label)
    data = (request.POST,) if request.method == "POST" else ()
    initial = {name: request.GET[name][:80] for name in ("matter", "area") if name in request.GET}
    form = StakeForm(*data, post=post, at=at, initial=initial)
    if data and (made := tried(form, lambda: state_stake(**form.arguments(), by=post, at=at))):
        return done(request, _("Said. The parties of the matter can read it."), "stake",
                    made.number)  # fmt: skip
    context = {"form": form, "currency": money.currency()}
    return render(request, "interests/stake_new.html", context, status=422 if data else 200)


@require_safe
@signed_in
def stake(request: PostRequest, number: int) -> HttpResponse:
    """One stake with its versions."""
    return _show(request, queries.find(number, visible_to=request.holder))


@require_POST
@signed_in
def stake_step(request: PostRequest, number: int, step: str) -> HttpResponse:
    """Something is done with a stake."""
    post = request.holder
    found = queries.find(number, visible_to=post)
    form = taken(request, STEPS, step, found, post=post, given="stake")
    if form is None:
        return done(request, STEPS[step].said, "stake", number)
    return _show(request, found, (step, form))


def _show(
    request: PostRequest, found: Stake, failed: tuple[str, Form] | None = None
) -> HttpResponse:
    post = request.holder
    relations = found.relations_of(post)
    context: dict[str, Any] = {
        "stake": found,
        "at": clock.now(),
        "near": bool(relations & {"own", "line"}),
        "versions": queries.versions(found),
        "may_declare": found.withdrawn_at is None
        and permissions.allowed(by=post, word=CONFLICT_DECLARE, on=found),
        "steps": opened(STEPS, found, post=post, failed=failed),
        "step_url": "stake-step",
        "number": found.number,
        "clocks": clocks.of("stake", [found.id], visible_to=post),
        "acts": sentences.tell(ledger.about("stake", found.id), with_subjects=False),
    }
    template = "interests/_stake.html" if part(request, "stake") else "interests/stake.html"
    return render(request, template, context, status=422 if failed else 200)
