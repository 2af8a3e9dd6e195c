import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions, signing
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import HOSPITAL_REPORT, NEED_ASK, NEED_IMPORT
from tongzhou.kernel.errors import Conflict, NotAllowed, Refusal
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import NewAct, append, append_all
from tongzhou.needs.actions.change import NeedsExercise, authority_of, next_number
from tongzhou.needs.acts import HOSPITAL_REPORTED, NEED_STATED, NEEDS_IMPORTED
from tongzhou.needs.choices import Answer, Channel, RevisionEvent
from tongzhou.needs.models import HospitalStatus, ImportFile, ImportRun
from tongzhou.needs.planning import NeedPlan, OfferPlan, PlaceElsewhere, Plan
from tongzhou.places.models import Area

_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('tongzhou needs import'))"


class NothingToTake(Conflict):
    """No unit under which what is new could stand."""

    code = "import-needs-unit"
    message = _("Say under which unit the new units stand.")


@dataclass
class Report:
    """What files gave, or would give. ``faults``: rows that are not taken; with one, nothing is
    written unless bad rows are to be left out."""

    dry_run: bool = False
    written: bool = False
    rows: int = 0
    units: int = 0
    needs: int = 0
    lines: int = 0
    revisions: int = 0
    offers: int = 0
    commitments: int = 0
    statuses: int = 0
    unchanged: int = 0
    not_asked: int = 0
    faults: list[Refusal] = field(default_factory=list)
    notes: list[Refusal] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """The numbers by name."""
        names = ("rows", "units", "needs", "lines", "revisions", "offers", "commitments",
                 "statuses", "unchanged", "not_asked")  # fmt: skip
        return {name: getattr(self, name) for name in names} | {
            "faults": len(self.faults), "notes": len(self.notes),
        }  # fmt: skip


class _Undo(Exception):
    """Takes everything back."""


def import_needs(
    *,
    plan: Plan,
    source: str,
    files: Sequence[tuple[str, bytes]],
    by: Post | None,
    at: datetime,
    under: Unit | None = None,
    dry_run: bool = False,
    skip_bad: bool = False,
) -> Report:
    """Takes a plan into the tables: a handful of statements, whatever its size. What came
    before is known by its origin and stays as it is, so that doing it twice changes nothing. New
    units stand ``under`` a unit (that of ``by``). One act tells of the whole; needs of the
    present are told one by one, so that their clocks run. Raises NotAllowed, NeedsExercise,
    NothingToTake."""
    under = under or (by.unit if by is not None else None)
    if by is not None:
        permissions.require(by=by, word=NEED_IMPORT)
        if by.exercise:
            raise NeedsExercise()
    if under is None and plan.units:
        raise NothingToTake(field="unit")
    report = Report(
        dry_run=dry_run, rows=plan.rows, not_asked=plan.not_asked, faults=plan.faults,
        notes=plan.notes, unknown_columns=plan.unknown_columns, unused=plan.unused,
    )  # fmt: skip
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_LOCK)
            _Writing(plan, report, under, by, at, cursor).write(source, files)
            if dry_run or (report.faults and not skip_bad):
                raise _Undo
            report.written = True
    except _Undo:
        pass
    return report


class _Writing:
    """One import, in its transaction."""

    def __init__(
        self, plan: Plan, report: Report, under: Unit | None, by: Post | None, at: datetime,
        cursor: Any,
    ) -> None:  # fmt: skip
        self.plan, self.report, self.under = plan, report, under
        self.by, self.at, self.cursor = by, at, cursor
        self.units: dict[str, Unit] = {}
        self.areas: dict[str, Area] = {}
        self.elsewhere = 0
        self.lines: dict[tuple[str, Any], UUID] = {}
        self.offer_lines: dict[tuple[str, int], UUID] = {}

    def write(self, source: str, files: Sequence[tuple[str, bytes]]) -> None:
        self._places()
        self._units()
        needs = self._new(self.plan.needs, "needs_need")
        offers = self._new(self.plan.offers, "needs_offer")
        if self.plan.living:
            needs = self._allowed(needs)
        statuses = self._statuses()
        run = ImportRun(id=new_id(), source=source, digest=_digest(files), post=self.by, at=self.at)
        if needs or offers or statuses or self.report.units:
            run.save(force_insert=True)
            ImportFile.objects.bulk_create(
                ImportFile(run=run, name=name[:200], content=content,
                           sha256=hashlib.sha256(content).hexdigest())
                for name, content in files
            )  # fmt: skip
        self._write_needs(needs, run)
        self._write_offers(offers, run)
        self._commitments(set(needs))
        HospitalStatus.objects.bulk_create(statuses)
        if self.elsewhere and self.under is not None:
            self.report.notes.append(
                PlaceElsewhere(count=self.elsewhere, area=self.under.area.name)
            )
        self._tell(run, needs, statuses)

    def _places(self) -> None:
        wanted = {unit.area_code for unit in self.plan.units.values()}
        wanted |= {need.area_code for need in self.plan.needs.values()}
        found = Area.objects.filter(code__in=wanted - {""}).defer("boundary", "profile")
        self.areas = {area.code: area for area in found}

    def _area(self, code: str, unit: Unit | None = None) -> Area:
        found = self.areas.get(code)
        if found is not None:
            return found
        if code:
            self.elsewhere += 1
        chosen = unit or self.under
        assert chosen is not None
        return chosen.area

    def _units(self) -> None:
        codes = {need.unit for need in self.plan.needs.values()} | set(self.plan.units)
        codes |= {offer.unit for offer in self.plan.offers.values() if offer.unit}
        codes |= {status.unit for status in self.plan.statuses}
        held = Unit.objects.filter(code__in=codes).select_related("area")
        self.units = {unit.code: unit for unit in held.defer("area__boundary", "area__profile")}
        fresh = []
        for wanted in self.plan.units.values():
            if wanted.code in self.units:
                continue
            assert self.under is not None
            id_ = new_id()
            unit = Unit(
                id=id_, code=wanted.code, name_zh=wanted.name_zh, name_en=wanted.name_en,
                sector=wanted.sector, level=wanted.level, area=self._area(wanted.area_code),
                parent=self.under, line=[*self.under.line, id_], created_at=self.at,
            )  # fmt: skip
            self.units[wanted.code] = unit
            fresh.append(unit)
        Unit.objects.bulk_create(fresh, batch_size=1000)
        self.report.units = len(fresh)

    def _new(self, planned: Mapping[str, Any], table: str) -> dict[str, Any]:
        self.cursor.execute(
            f"SELECT origin FROM {table} WHERE origin = ANY(%s)",  # noqa: S608 – one of two names
            [list(planned)],
        )
        known = {row[0] for row in self.cursor.fetchall()}
        self.report.unchanged += len(known)
        return {origin: one for origin, one in planned.items() if origin not in known}

    def _allowed(self, needs: dict[str, NeedPlan]) -> dict[str, NeedPlan]:
        """Needs of the present are asked for the unit: by whoever may ask for it."""
        if self.by is None:
            return needs
        refused = {
            need.unit
            for need in needs.values()
            if not permissions.allowed(by=self.by, word=NEED_ASK, on=self.units[need.unit])
        }
        self.report.faults += [
            NotAllowed(field="unit", permission=f"{NEED_ASK.label} ({code})")
            for code in sorted(refused)
        ]
        return {origin: need for origin, need in needs.items() if need.unit not in refused}

    def _write_needs(self, needs: Mapping[str, NeedPlan], run: ImportRun) -> None:
        numbers = next_number("need_number", count=len(needs)) if needs else []
        heads: list[tuple[Any, ...]] = []
        rows: list[tuple[Any, ...]] = []
        revisions: list[tuple[Any, ...]] = []
        post = self.by.id if self.by is not None else None
        holders: dict[UUID, UUID] = {}
        for number, (origin, need) in zip(numbers, needs.items(), strict=True):
            unit = self.units[need.unit]
            area = self._area(need.area_code, unit)
            holder = holders.setdefault(unit.id, self._holder(unit, area))
            id_ = new_id()
            confirmed = self.at if self.plan.living else need.stated_at
            heads.append(
                (id_, number, unit.id, area.id, need.place[:200], False, need.needed_by,
                 need.priority, need.reason, need.note, "", Channel.IMPORT.value, holder,
                 need.stated_at, post, need.stated_at, confirmed, "", run.id, origin)
            )  # fmt: skip
            for place, (item, line) in enumerate(need.lines.items(), start=1):
                line_id = new_id()
                self.lines[origin, item] = line_id
                rows.append(
                    (line_id, id_, place, item, line.asked, line.typed, line.note, unit.id,
                     holder, area.path, False, need.priority, need.needed_by, need.stated_at,
                     0, 0, 0)
                )  # fmt: skip
                said = line.revisions or (
                    [(need.stated_at, RevisionEvent.LISTED.value, None, line.asked)]
                    if self.plan.living
                    else []
                )
                revisions += [(line_id, *revision, post) for revision in said]
        _copy(self.cursor, "needs_need", _NEED, heads)
        _copy(self.cursor, "needs_needline", _LINE, rows)
        _copy(self.cursor, "needs_revision", _REVISION, revisions)
        self.report.needs, self.report.lines = len(heads), len(rows)
        self.report.revisions = len(revisions)

    def _holder(self, unit: Unit, area: Area) -> UUID:
        if unit.parent_id is not None:
            return unit.parent_id
        found = authority_of(area)
        return found.id if found is not None else unit.id

    def _write_offers(self, offers: Mapping[str, OfferPlan], run: ImportRun) -> None:
        numbers = next_number("offer_number", count=len(offers)) if offers else []
        heads: list[tuple[Any, ...]] = []
        rows: list[tuple[Any, ...]] = []
        donors: list[tuple[Any, ...]] = []
        post = self.by.id if self.by is not None else None
        desk = self.under.id if self.under is not None else None
        for number, (origin, offer) in zip(numbers, offers.items(), strict=True):
            unit = self.units.get(offer.unit)
            area = unit.area_id if unit is not None else self._area(offer.area_code).id
            id_ = new_id()
            heads.append(
                (id_, number, unit.id if unit else None, area, "", False, offer.at,
                 offer.conditions, Channel.IMPORT.value, False, None if unit else desk,
                 Answer.ACCEPTED.value, "", "", post, offer.at, run.id, origin)
            )  # fmt: skip
            if offer.donor:
                donors.append((id_, offer.donor[:200], ""))
            for place, line in enumerate(offer.lines, start=1):
                line_id = new_id()
                self.offer_lines[origin, place] = line_id
                item = line.item.id if line.item is not None else None
                rows.append((line_id, id_, place, item, line.words, line.quantity, "", 0))
        _copy(self.cursor, "needs_offer", _OFFER, heads)
        _copy(self.cursor, "needs_donor", ("offer_id", "name", "phone"), donors)
        _copy(self.cursor, "needs_offerline", _OFFER_LINE, rows)
        self.report.offers = len(heads)

    def _commitments(self, fresh: set[str]) -> None:
        post = self.by.id if self.by is not None else None
        rows = []
        for one in self.plan.commitments:
            line = self.lines.get((one.need, one.item))
            offer = self.offer_lines.get((one.offer, one.offer_place))
            if one.need not in fresh or line is None or offer is None:
                self.report.unchanged += 1
                continue
            received = one.quantity if one.received_at is not None else None
            rows.append(
                (new_id(), line, "offer", offer, one.quantity, "", "", post, one.at, Decimal(0),
                 one.withdrawn_at, one.reason if one.withdrawn_at else "", received,
                 one.received_at, "", one.origin)
            )  # fmt: skip
        _copy(self.cursor, "needs_commitment", _COMMITMENT, rows)
        self.report.commitments = len(rows)

    def _statuses(self) -> list[HospitalStatus]:
        held = set(
            HospitalStatus.objects.filter(
                unit__code__in={status.unit for status in self.plan.statuses}, exercise=False
            ).values_list("unit__code", "as_of")
        )
        made: dict[tuple[str, datetime], HospitalStatus] = {}
        for one in self.plan.statuses:
            key = (one.unit, one.as_of)
            if key in held or key in made:
                self.report.unchanged += 1
                continue
            unit = self.units[one.unit]
            if self.by is not None and not permissions.allowed(
                by=self.by, word=HOSPITAL_REPORT, on=unit
            ):
                self.report.faults.append(
                    NotAllowed(field="unit", row=one.row, permission=HOSPITAL_REPORT.label)
                )
                continue
            made[key] = HospitalStatus(
                unit=unit, as_of=one.as_of, at=self.at, post=self.by, channel=Channel.IMPORT,
                source=one.source, **one.figures,
            )  # fmt: skip
        self.report.statuses = len(made)
        return list(made.values())

    def _tell(
        self, run: ImportRun, needs: Mapping[str, NeedPlan], statuses: list[HospitalStatus]
    ) -> None:
        run.counts = self.report.counts()
        if run._state.adding:
            return
        run.save(update_fields=["counts"])
        signs = signing.signature(self.by)
        told = self.under.line if self.under is not None else []
        append(
            NEEDS_IMPORTED, at=self.at, about=("need_import", run.id), **signs,
            area=self.under.area.code if self.under is not None else "", audience=told,
            data={"source": str(run.source), "digest": run.digest, **run.counts},
        )  # fmt: skip
        if self.plan.living:
            append_all([*self._stated(needs, signs), *self._reported(statuses, signs)])

    def _stated(self, needs: Mapping[str, NeedPlan], signs: Mapping[str, Any]) -> Iterable[NewAct]:
        self.cursor.execute(
            "SELECT origin, id, number, holder_id FROM needs_need WHERE origin = ANY(%s)",
            [list(needs)],
        )
        for origin, id_, number, holder in self.cursor.fetchall():
            need, unit = needs[origin], self.units[needs[origin].unit]
            yield NewAct(
                NEED_STATED, at=self.at, about=("need", id_), **signs,
                with_units=[unit.id, holder], area=unit.area.code, due_at=need.needed_by,
                audience=[*unit.line, holder],
                data={
                    "number": number, "unit": str(unit.id), "holder": str(holder),
                    "priority": str(need.priority), "channel": Channel.IMPORT.value,
                },
            )  # fmt: skip

    def _reported(
        self, statuses: list[HospitalStatus], signs: Mapping[str, Any]
    ) -> Iterable[NewAct]:
        for one in statuses:
            yield NewAct(
                HOSPITAL_REPORTED, at=self.at, about=("unit", one.unit_id), **signs,
                with_units=[one.unit_id], area=one.unit.area.code, audience=one.unit.line,
                data={"status": str(one.id), "channel": Channel.IMPORT.value},
            )  # fmt: skip


_NEED: Final = (
    "id", "number", "unit_id", "area_id", "place", "exercise", "needed_by", "priority", "reason",
    "note", "call", "channel", "holder_id", "held_since", "post_id", "stated_at", "confirmed_at",
    "withdrawn_reason", "run_id", "origin",
)  # fmt: skip
_LINE: Final = (
    "id", "need_id", "place", "item_id", "asked", "typed", "note", "unit_id", "holder_id",
    "area_path", "exercise", "priority", "needed_by", "stated_at", "committed", "on_way",
    "received",
)  # fmt: skip
_REVISION: Final = ("line_id", "at", "event", "before", "after", "post_id")
_OFFER: Final = (
    "id", "number", "unit_id", "area_id", "place", "exercise", "from_at", "conditions",
    "channel", "unsolicited", "desk_id", "answer", "answer_reason", "withdrawn_reason", "post_id",
    "at", "run_id", "origin",
)  # fmt: skip
_OFFER_LINE: Final = (
    "id", "offer_id", "place", "item_id", "words", "quantity", "typed", "promised",
)  # fmt: skip
_COMMITMENT: Final = (
    "id", "line_id", "source", "offer_line_id", "quantity", "note", "over_reason", "post_id",
    "at", "on_way", "withdrawn_at", "withdrawn_reason", "received", "received_at",
    "difference_reason", "origin",
)  # fmt: skip


def _copy(cursor: Any, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in columns)
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _digest(files: Sequence[tuple[str, bytes]]) -> str:
    whole = hashlib.sha256()
    for content in sorted(hashlib.sha256(content).digest() for _name, content in files):
        whole.update(content)
    return whole.hexdigest()
