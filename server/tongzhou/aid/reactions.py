"""What this room does when money is paid, and what its acts are about, for lines of the ledger
in any room."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.sentences import Subject, subjects
from tongzhou.aid.actions.take_payment import take_payment
from tongzhou.aid.models import Agreement, AidOffer, AidRequest, Asked, Cost, Deployment, Package
from tongzhou.funds.choices import Work
from tongzhou.funds.works import when_paid
from tongzhou.ledger.queries import Line


@when_paid(Work.AID)
def _paid(cost: UUID, spending: UUID, total: int, by: Post, at: datetime) -> None:
    take_payment(cost=cost, spending=spending, total=total, by=by, at=at)


def _ids(lines: Sequence[Line]) -> set[UUID]:
    return {line.act.about_id for line in lines}


@subjects("aid_package")
def _packages(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Package.objects.filter(id__in=_ids(lines))
    return {p.id: Subject(p.name[:90], reverse("aid-package", args=[p.code])) for p in found}


@subjects("aid_hosting")
def _hosting(lines: Sequence[Line]) -> dict[UUID, Subject]:
    return dict.fromkeys(_ids(lines), Subject(str(_("lodging for aid")), reverse("aid-hosting")))


@subjects("aid_request")
def _requests(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = AidRequest.objects.filter(id__in=_ids(lines))
    return {r.id: Subject(str(r)[:90], reverse("aid-request", args=[r.number])) for r in found}


@subjects("aid_asked")
def _asked(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Asked.objects.filter(id__in=_ids(lines)).select_related("request")
    return {
        a.id: Subject(str(a.request)[:90], reverse("aid-request", args=[a.request.number]))
        for a in found
    }


@subjects("aid_offer")
def _offers(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = AidOffer.objects.filter(id__in=_ids(lines)).select_related("request")
    return {
        o.id: Subject(o.reference, reverse("aid-request", args=[o.request.number])) for o in found
    }


@subjects("aid_agreement")
def _agreements(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Agreement.objects.filter(id__in=_ids(lines))
    return {a.id: Subject(a.reference, reverse("aid-agreement", args=[a.number])) for a in found}


@subjects("aid_deployment")
def _deployments(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Deployment.objects.filter(id__in=_ids(lines)).select_related("agreement")
    return {
        d.id: Subject(
            f"{d.agreement.reference} · {d.position}",
            reverse("aid-agreement", args=[d.agreement.number]),
        )
        for d in found
    }


@subjects("aid_cost")
def _costs(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Cost.objects.filter(id__in=_ids(lines)).select_related("agreement")
    return {
        c.id: Subject(c.reference, reverse("aid-agreement", args=[c.agreement.number]))
        for c in found
    }
