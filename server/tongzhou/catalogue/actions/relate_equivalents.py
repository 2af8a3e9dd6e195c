from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.catalogue import access, quantities
from tongzhou.catalogue.actions.writing import lock, write
from tongzhou.catalogue.acts import ITEMS_PARTED, ITEMS_RELATED
from tongzhou.catalogue.models import Equivalent, Item
from tongzhou.kernel.errors import Conflict, Invalid, TextMissing


class EquivalentOfItself(Invalid):
    """An item stands for itself already."""

    code = "equivalent-of-itself"
    message = _("An item cannot be its own replacement.")


class EquivalentOfAnotherSort(Invalid):
    """People do not replace goods."""

    code = "equivalent-of-another-sort"
    message = _("%(other)s cannot replace %(item)s: one lies in stores, the other does not.")


class NotEquivalent(Conflict):
    """There is no such relation."""

    code = "not-equivalent"
    message = _("%(other)s is not allowed in the place of %(item)s.")


def relate_equivalents(
    *,
    item: Item,
    other: Item,
    condition_zh: str,
    by: Post,
    at: datetime,
    condition_en: str = "",
    ratio: Decimal | int | str = 1,
) -> Equivalent:
    """Allows ``other`` to be given where ``item`` is asked for, on a condition, ``ratio`` of it
    for one. It says nothing about the other way round. Said again, the condition changes.
    Raises NotAllowed, ItemRetired, EquivalentOfItself, EquivalentOfAnotherSort, TextMissing
    and what ``quantities.read`` raises."""
    access.require_editor(by)
    if item.id == other.id:
        raise EquivalentOfItself(field="other")
    if item.stored != other.stored:
        raise EquivalentOfAnotherSort(field="other", item=item.name, other=other.name)
    if not condition_zh.strip() and not condition_en.strip():
        raise TextMissing(field="condition_zh")
    amount = quantities.read(ratio, field="ratio")
    with transaction.atomic():
        for one in sorted((item, other), key=lambda one: one.id):
            lock(one)
        related, _new = Equivalent.objects.update_or_create(
            item=item,
            other=other,
            defaults={
                "condition_zh": condition_zh.strip()[:400],
                "condition_en": condition_en.strip()[:400],
                "ratio": amount,
            },
        )
        write(
            ITEMS_RELATED, item=item, by=by, at=at,
            data={"other": str(other.id), "ratio": quantities.plain(amount)},
        )  # fmt: skip
    return related


def part_equivalents(*, item: Item, other: Item, by: Post, at: datetime) -> None:
    """Ends that ``other`` may be given for ``item``. Raises NotAllowed, NotEquivalent."""
    access.require_editor(by)
    with transaction.atomic():
        gone, _rows = Equivalent.objects.filter(item=item, other=other).delete()
        if not gone:
            raise NotEquivalent(field="other", item=item.name, other=other.name)
        write(ITEMS_PARTED, item=item, by=by, at=at, data={"other": str(other.id)})
