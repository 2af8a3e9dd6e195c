from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import MANDATE_MEANS
from tongzhou.kernel.errors import TextMissing
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append_all
from tongzhou.mandates.actions.change import (
    lock_all,
    require_in_force,
    require_means,
    short,
    told,
)
from tongzhou.mandates.acts import MEANS_RECORDED
from tongzhou.mandates.models import Charge, Means


@dataclass(frozen=True)
class Given:
    """With what a duty can be done: a kind of means, and what it is."""

    charge: Charge
    kind: str
    text: str


def record_many_means(*, given: Sequence[Given], by: Post, at: datetime) -> list[Means]:
    """``record_means`` for many charges in a few statements: all of them or none; what is
    noted already is left out. Raises NotAllowed, ChargeNotInForce, UnknownMeans, TextMissing,
    TextTooLong."""
    require_means({one.kind for one in given}, field="kind")
    texts = [short(one.text, field="text") for one in given]
    if not all(texts):
        raise TextMissing(field="text")
    with transaction.atomic():
        lock_all({one.charge.duty_id for one in given})
        held = Charge.objects.select_related("unit__area", "area", "duty").in_bulk(
            {one.charge.id for one in given}
        )
        for charge in held.values():
            permissions.require(by=by, word=MANDATE_MEANS, on=charge)
            require_in_force(charge)
        known = set(
            Means.objects.filter(charge__in=list(held), ended_at=None).values_list(
                "charge_id", "kind", "text"
            )
        )
        # In the order given, each once.
        fresh = dict.fromkeys(
            (one.charge.id, str(one.kind), text)
            for one, text in zip(given, texts, strict=True)
            if (one.charge.id, str(one.kind), text) not in known
        )
        made = [
            Means(id=new_id(), charge=held[charge], kind=kind, text=text, by_unit=by.unit, at=at)
            for charge, kind, text in fresh
        ]
        Means.objects.bulk_create(made, batch_size=1000)
        append_all(
            [
                told(
                    MEANS_RECORDED,
                    charge=means.charge,
                    by=by,
                    at=at,
                    data={"means": str(means.id), "kind": str(means.kind)},
                )
                for means in made
            ]
        )
    return made
