from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.catalogue import access
from tongzhou.catalogue.acts import CATALOGUE_LAID
from tongzhou.catalogue.folding import fold
from tongzhou.catalogue.models import Equivalent, Item, ItemName, KitLine, Pack
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import named_id
from tongzhou.ledger.append import append
from tongzhou.library import queries as library
from tongzhou.library.kinds.catalogue import CatalogueBody, ItemLine
from tongzhou.library.versions import Version

#: Two that lay at the same moment would meet in the names: one waits.
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('tongzhou catalogue'))"


class NotACatalogue(Invalid):
    """A template of another kind."""

    code = "not-a-catalogue"
    message = _("“%(title)s” is not a catalogue of items.")


@dataclass
class Laid:
    """What came of it: codes of items that are new, names that belong to another item
    already (name, item that has it), and codes of the template that are nowhere."""

    new: list[str] = field(default_factory=list)
    names: int = 0
    taken: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def lay_out_catalogue(*, by: Post, at: datetime, versions: Iterable[Version] | None = None) -> Laid:
    """Takes the items of catalogues of the library (all in force on that day, unless given)
    into the tables: in a handful of statements, whatever their number. What is there
    already stays as it is and gets what it lacks, so that doing it twice changes nothing.
    Raises NotAllowed, NotACatalogue."""
    access.require_editor(by)
    if versions is None:
        versions = library.all_in_force("catalogue", on=at.date(), area=by.unit.area)
    chosen = list(versions)
    for version in chosen:
        if not isinstance(version.body, CatalogueBody):
            raise NotACatalogue(field="version", title=str(version.title))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_LOCK)
        laid = _Laying(at).lay(chosen)
        if laid.new or laid.names:
            append(
                CATALOGUE_LAID,
                at=at,
                about=("template", chosen[0].template),
                **by.signs(),
                area=by.unit.area.code,
                audience=by.unit.line,
                data={
                    "versions": [str(version.id) for version in chosen],
                    "items": len(laid.new),
                    "names": laid.names,
                },
            )
    return laid


class _Laying:
    def __init__(self, at: datetime) -> None:
        self.at = at
        self.laid = Laid()

    def lay(self, versions: list[Version]) -> Laid:
        lines = [(line, version) for version in versions for line in version.body.items]
        known = dict(Item.objects.values_list("code", "id"))
        fresh: dict[str, Item] = {}
        for line, version in lines:
            if line.code not in known and line.code not in fresh:
                fresh[line.code] = _item(line, version, self.at)
        Item.objects.bulk_create(fresh.values())
        self.laid.new = list(fresh)
        known |= {code: item.id for code, item in fresh.items()}
        self._names([line for line, _version in lines], known)
        self._parts([line for line, _version in lines], known)
        return self.laid

    def _names(self, lines: list[ItemLine], known: dict[str, UUID]) -> None:
        holders = dict(ItemName.objects.values_list("folded", "item__code"))
        fresh: list[ItemName] = []
        for line in lines:
            for text, folded in _spellings(line):
                holder = holders.setdefault(folded, "")
                if holder and holder != line.code:
                    self.laid.taken.append((text, holder))
                elif not holder:
                    holders[folded] = line.code
                    fresh.append(ItemName(item_id=known[line.code], text=text, folded=folded))
        ItemName.objects.bulk_create(fresh)
        self.laid.names = len(fresh)

    def _parts(self, lines: list[ItemLine], known: dict[str, UUID]) -> None:
        packs, equivalents, kits = [], [], []
        for line in lines:
            item = known[line.code]
            for pack in line.packs:
                packs.append(
                    Pack(
                        id=named_id("pack", line.code, pack.name.zh),
                        item_id=item,
                        name_zh=pack.name.zh,
                        name_en=pack.name.en,
                        quantity=pack.quantity,
                    )
                )
            for other in line.stand_ins:
                if other.item not in known:
                    self.laid.missing.append(other.item)
                    continue
                equivalents.append(
                    Equivalent(
                        item_id=item,
                        other_id=known[other.item],
                        condition_zh=other.condition.zh,
                        condition_en=other.condition.en,
                        ratio=other.ratio,
                    )
                )
            for part in line.kit:
                if part.item not in known:
                    self.laid.missing.append(part.item)
                    continue
                kits.append(KitLine(kit_id=item, part_id=known[part.item], quantity=part.quantity))
        Pack.objects.bulk_create(packs, ignore_conflicts=True)
        Equivalent.objects.bulk_create(equivalents, ignore_conflicts=True)
        KitLine.objects.bulk_create(kits, ignore_conflicts=True)


def _item(line: ItemLine, version: Version, at: datetime) -> Item:
    return Item(
        id=named_id("item", line.code),
        code=line.code,
        name_zh=line.name.zh,
        name_en=line.name.en,
        kind=line.kind,
        category=line.category,
        measure=line.measure,
        decimals=line.decimals,
        shelf_life_days=line.shelf_life_days,
        cold_chain=line.cold_chain,
        spec_zh=line.spec.zh if line.spec else "",
        spec_en=line.spec.en if line.spec else "",
        version=version.id,
        declared_at=at,
    )


def _spellings(line: ItemLine) -> Iterator[tuple[str, str]]:
    for text in (line.name.zh, line.name.en, line.code, *line.names):
        if folded := fold(text):
            yield text[:120], folded
