"""What acts of this room are about, for lines of the ledger in any room."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.sentences import Subject, subjects
from tongzhou.funds.models import Claim, Fund, Gift, Spending, Transfer
from tongzhou.ledger.queries import Line


@subjects("fund")
def _funds(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Fund.objects.filter(id__in={line.act.about_id for line in lines})
    return {fund.id: Subject(fund.name[:90], reverse("fund", args=[fund.code])) for fund in found}


@subjects("spending")
def _spendings(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Spending.objects.filter(id__in={line.act.about_id for line in lines})
    return {s.id: Subject(str(s)[:90], reverse("spending", args=[s.number])) for s in found}


@subjects("transfer")
def _transfers(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Transfer.objects.filter(id__in={line.act.about_id for line in lines})
    return {t.id: Subject(t.reference, reverse("transfer", args=[t.number])) for t in found}


@subjects("gift")
def _gifts(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Gift.objects.filter(id__in={line.act.about_id for line in lines})
    return {g.id: Subject(g.reference, reverse("fund-gift", args=[g.number])) for g in found}


@subjects("claim")
def _claims(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Claim.objects.filter(id__in={line.act.about_id for line in lines})
    return {c.id: Subject(str(c)[:90], reverse("claim", args=[c.number])) for c in found}


@subjects("planned")
def _planned(lines: Sequence[Line]) -> dict[UUID, Subject]:
    address = reverse("fund-gap")
    return {line.act.about_id: Subject(str(_("planned spending")), address) for line in lines}
