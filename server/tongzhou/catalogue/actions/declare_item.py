import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.catalogue import access, quantities
from tongzhou.catalogue.actions.writing import name, write
from tongzhou.catalogue.acts import ITEM_DECLARED
from tongzhou.catalogue.choices import Category, ItemKind, Measure
from tongzhou.catalogue.folding import LONGEST_NAME
from tongzhou.catalogue.models import Item, Pack
from tongzhou.kernel.errors import Conflict, Invalid, TextMissing
from tongzhou.kernel.ids import new_id

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAKEN = frozenset({"new", "lay-out", "resources", "export", "search"})


class ItemCodeMalformed(Invalid):
    """A code that could not stand in an address."""

    code = "item-code-malformed"
    message = _("“%(value)s” is not a code: small letters, digits and single hyphens, up to 60.")


class ItemCodeTaken(Conflict):
    """Another item has this code."""

    code = "item-code-taken"
    message = _("There is an item with the code %(value)s already.")


class ItemChoiceUnknown(Invalid):
    """A kind, measure or category that there is not."""

    code = "item-choice-unknown"
    message = _("“%(value)s” is not among: %(known)s.")


class ItemTextTooLong(Invalid):
    """More words than anybody reads."""

    code = "item-text-too-long"
    message = _("This is longer than %(limit)s characters.")


class DecimalsUnfit(Invalid):
    """An item is counted with nought to three decimals."""

    code = "item-decimals-unfit"
    message = _("An item is counted with 0 to 3 decimals, not %(value)s.")


def declare_item(
    *,
    code: str,
    name_zh: str,
    by: Post,
    at: datetime,
    name_en: str = "",
    kind: str = ItemKind.SUPPLY,
    category: str = Category.OTHER,
    measure: str = Measure.PIECE,
    decimals: int = 0,
    shelf_life_days: int | None = None,
    cold_chain: bool = False,
    spec_zh: str = "",
    spec_en: str = "",
    names: Sequence[str] = (),
    packs: Sequence[tuple[str, Decimal | int | str]] = (),
    id: UUID | None = None,
) -> Item:
    """Adds an item to the catalogue, with its names and packs (name, so many).

    Raises NotAllowed, ItemCodeMalformed, ItemCodeTaken, ItemChoiceUnknown, DecimalsUnfit,
    TextMissing, ItemTextTooLong, NameMalformed, NameTaken and what ``quantities.read`` raises.
    """
    access.require_editor(by)
    if not _CODE.fullmatch(code) or len(code) > 60:
        raise ItemCodeMalformed(field="code", value=code[:80])
    if code in _TAKEN:
        raise ItemCodeTaken(field="code", value=code)
    for field, value, known in (
        ("kind", kind, ItemKind.values),
        ("category", category, Category.values),
        ("measure", measure, Measure.values),
    ):
        if value not in known:
            raise ItemChoiceUnknown(field=field, value=value[:40], known=", ".join(known))
    if not 0 <= decimals <= quantities.PLACES:
        raise DecimalsUnfit(field="decimals", value=decimals)
    item = Item(
        id=id or new_id(),
        code=code,
        name_zh=_short(name_zh, "name_zh", LONGEST_NAME),
        name_en=_short(name_en, "name_en", LONGEST_NAME),
        kind=kind,
        category=category,
        measure=measure,
        decimals=decimals,
        shelf_life_days=shelf_life_days,
        cold_chain=cold_chain,
        spec_zh=_short(spec_zh, "spec_zh", 400),
        spec_en=_short(spec_en, "spec_en", 400),
        declared_at=at,
    )
    if not item.name_zh and not item.name_en:
        raise TextMissing(field="name_zh")
    held = [
        Pack(
            item=item,
            name_zh=_short(text, "packs", 40),
            quantity=quantities.read(amount, decimals=decimals, item=item.name, field="packs"),
        )
        for text, amount in packs[:20]
    ]
    with transaction.atomic():
        try:
            with transaction.atomic():
                item.save(force_insert=True)
        except IntegrityError as error:
            raise ItemCodeTaken(field="code", value=code) from error
        name(item, [item.name_zh, item.name_en, code, *names[:60]], field="names")
        Pack.objects.bulk_create(held)
        write(
            ITEM_DECLARED, item=item, by=by, at=at,
            data={"kind": kind, "measure": measure, "decimals": decimals},
        )  # fmt: skip
    return item


def _short(text: str, field: str, limit: int) -> str:
    if len(text.strip()) > limit:
        raise ItemTextTooLong(field=field, limit=limit)
    return text.strip()
