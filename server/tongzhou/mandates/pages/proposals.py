"""Proposals that wait: for one's own unit, and those that it made."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound
from tongzhou.mandates.actions.consent_many import consent_many
from tongzhou.mandates.cells import spans
from tongzhou.mandates.models import Proposal
from tongzhou.mandates.pages import steps
from tongzhou.mandates.pages.matrix import bar
from tongzhou.mandates.parts import LETTERS
from tongzhou.mandates.queries import charges
from tongzhou.mandates.queries.snapshot import snapshot

#: So many are consented to in one step.
MOST = 200


@require_safe
@signed_in
def proposals(request: PostRequest) -> HttpResponse:
    """What waits for the consent of my unit, and what my unit asked of others."""
    post, at = request.holder, clock.now()
    found = charges.open_proposals(visible_to=post)

    def rows(wanted: list[Proposal]) -> list[dict[str, object]]:
        return [
            {
                "proposal": one,
                "letter": LETTERS[one.charge.part],
                "spans": spans(one.cells),
                "can": steps.on_proposal(one, post),
                "late": charges.late(one, at=at),
            }
            for one in wanted
        ]

    context = {
        "tab": "proposals",
        "to_answer": rows(found.to_answer),
        "made": rows(found.made),
        "at": at,
        **bar(snapshot(visible_to=post), post),
    }
    part = request.headers.get("HX-Target") == "duty-proposals"
    template = "mandates/_proposals.html" if part else "mandates/proposals.html"
    return render(request, template, context)


@require_POST
@signed_in
def consent(request: PostRequest) -> HttpResponse:
    """Consents to those that were chosen."""
    post = request.holder
    wanted = []
    for text in request.POST.getlist("proposal")[:MOST]:
        try:
            wanted.append(charges.proposal(UUID(text), visible_to=post))
        except ValueError:
            raise NotFound(field="proposal") from None
    report = consent_many(proposals=wanted, by=post, at=clock.now())
    if report.done:
        said = ngettext(
            "Your unit has consented to %(n)d proposal.",
            "Your unit has consented to %(n)d proposals.",
            len(report.done),
        )
        messages.success(request, said % {"n": len(report.done)})
    for proposal, refusal in report.refused[:5]:
        messages.error(request, f"{proposal.charge.duty.name}: {refusal}")
    if not wanted:
        messages.info(request, _("Nothing was chosen."))
    return redirect("duty-proposals")
