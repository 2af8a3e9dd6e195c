from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import STOCK_KEEP
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item, KitLine
from tongzhou.kernel.errors import Invalid
from tongzhou.ledger.append import append_all
from tongzhou.stock import accounts
from tongzhou.stock.actions import outgoing
from tongzhou.stock.actions.outgoing import Outgoing
from tongzhou.stock.actions.recording import begin, line
from tongzhou.stock.acts import GOODS_CONVERTED
from tongzhou.stock.batches import Making, batches_of
from tongzhou.stock.choices import AccountKind, MovementKind
from tongzhou.stock.models import Batch, Movement, Site
from tongzhou.stock.posting import move_lines, post, told


class NotAKit(Invalid):
    """An item that is made of nothing else."""

    code = "not-a-kit"
    message = _("%(item)s is not a kit: the catalogue does not say what it is made of.")


def make_kits(
    *,
    site: Site,
    kit: Item,
    quantity: Decimal | int | str,
    by: Post,
    at: datetime,
    id: UUID | None = None,
) -> Movement:
    """Puts so many kits together from what lies in the store. A kit expires with the first of
    its parts. Raises NotFound, NotAllowed, SiteClosed, NotAKit, NotEnough and what
    ``quantities.read`` raises."""
    amount = catalogue.read_amount(kit, quantity)
    parts = _parts(kit)
    with transaction.atomic():
        held = begin(site.id, by=by, word=STOCK_KEEP)
        wanted = [Outgoing(part.part, part.quantity * amount) for part in parts]
        taken = outgoing.batches(held, wanted, [line.quantity * amount for line in parts], at=at)
        first = min((batch.expires_on for batch, _part in taken if batch.expires_on), default=None)
        [made] = batches_of([Making(kit, code="", expires_on=first)])
        return _book(held, taken, [(made, amount)], by=by, at=at, id=id)


def open_kits(
    *,
    site: Site,
    kit: Item,
    quantity: Decimal | int | str,
    by: Post,
    at: datetime,
    id: UUID | None = None,
) -> Movement:
    """Takes so many kits apart; the parts keep the kits' dates, the strictest that is known.
    Raises as ``make_kits`` does."""
    amount = catalogue.read_amount(kit, quantity)
    parts = _parts(kit)
    with transaction.atomic():
        held = begin(site.id, by=by, word=STOCK_KEEP)
        taken = outgoing.batches(held, [Outgoing(kit, amount)], [amount], at=at)
        makings: list[tuple[Item, date | None, Decimal]] = [
            (line.part, batch.expires_on, line.quantity * part)
            for batch, part in taken
            for line in parts
        ]
        batches = batches_of([Making(item, expires_on=day) for item, day, _part in makings])
        given = [(batch, part) for batch, (_item, _day, part) in zip(batches, makings, strict=True)]
        return _book(held, taken, given, by=by, at=at, id=id)


def _parts(kit: Item) -> list[KitLine]:
    parts = list(KitLine.objects.select_related("part").filter(kit=kit).order_by("part__code"))
    if not parts:
        raise NotAKit(field="item", item=kit.name)
    return parts


def _book(
    site: Site,
    taken: list[tuple[Batch, Decimal]],
    given: list[tuple[Batch, Decimal]],
    *,
    by: Post,
    at: datetime,
    id: UUID | None,
) -> Movement:
    """Both halves against the account of conversions: kits stand there where parts went."""
    store, between = outgoing.source_of(site), accounts.outside(AccountKind.CONVERSION)
    movement = post(
        MovementKind.CONVERT,
        [
            *move_lines(taken, source=store, to=between),
            *move_lines(given, source=between, to=store),
        ],
        by=by,
        at=at,
        id=id,
    )
    append_all(
        [
            line(
                GOODS_CONVERTED,
                site=site,
                by=by,
                at=at,
                data={
                    "movement": str(movement.id),
                    "lines": told(taken),
                    "made": told(given),
                },
            )
        ]
    )
    return movement
