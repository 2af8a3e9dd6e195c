from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import MANDATE_PROPOSE
from tongzhou.kernel.errors import Invalid, NotAllowed
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append
from tongzhou.library.kinds.mandates import MandatesBody
from tongzhou.library.versions import Version
from tongzhou.mandates import access
from tongzhou.mandates.actions.declare_duty import write
from tongzhou.mandates.actions.layout import Layout, plan, under
from tongzhou.mandates.actions.many_charges import Wanted, propose_many
from tongzhou.mandates.actions.proposing import ANSWER_WITHIN
from tongzhou.mandates.acts import CHARGE_LAID_OUT, DUTY_DECLARED
from tongzhou.mandates.models import Duty


class NotADutyList(Invalid):
    """A template of another kind, or one that holds rules alone."""

    code = "not-a-duty-list"
    message = _("“%(title)s” holds no duties.")


def preview_duties(*, version: Version, top: Unit, by: Post) -> Layout:
    """What ``lay_out_duties`` would propose and what it could not resolve; changes nothing.
    Raises NotAllowed, NotADutyList."""
    _require(version, top, by)
    return plan(version.body, under(top))


def lay_out_duties(*, version: Version, top: Unit, by: Post, at: datetime) -> Layout:
    """Declares the duties of a template and proposes to every unit below ``top`` what the
    template sees for its sector and level; each unit is asked for its consent. What is there
    already stays, so that doing it twice changes nothing. Raises NotAllowed, NotADutyList."""
    _require(version, top, by)
    with transaction.atomic():
        made = plan(version.body, under(top))
        duties = _declare(made, version, by=by, at=at)
        wanted = [
            Wanted(duties[line.duty], line.unit, line.unit.area, line.part, line.cells)
            for line in made.lines
        ]
        within = version.body.answer_within or ANSWER_WITHIN
        propose_many(wanted, by=by, at=at, due_at=at + within)
        if made.lines or made.new:
            units = {line.unit.id: line.unit for line in made.lines}
            append(
                CHARGE_LAID_OUT,
                at=at,
                about=("template", version.template),
                **by.signs(),
                with_units=units,
                area=top.area.code,
                basis=access.authority(by, units.values()),
                audience=access.audience(units.values()) | {by.unit_id},
                data={
                    "version": str(version.id),
                    "top": str(top.id),
                    "declared": len(made.new),
                    "proposed": len(made.lines),
                    "unresolved": len(made.unresolved),
                },
            )
    return made


def _require(version: Version, top: Unit, by: Post) -> None:
    access.require_declarer(by)
    permissions.require(by=by, word=MANDATE_PROPOSE)
    if by.unit_id not in top.line:
        raise NotAllowed(permission=MANDATE_PROPOSE.label)
    if not isinstance(version.body, MandatesBody) or not version.body.duties:
        raise NotADutyList(field="version", title=str(version.title))


def _declare(made: Layout, version: Version, *, by: Post, at: datetime) -> dict[str, Duty]:
    """The duties of the layout by code, those that were not there yet declared."""
    fresh = [
        Duty(
            id=new_id(),
            code=line.code,
            name_zh=line.name.zh,
            name_en=line.name.en,
            side=line.side,
            legal_basis=line.basis,
            source=version.source.text[:1000],
            confidence=version.confidence,
            needs=list(line.needs),
            lowest=line.lowest,
            autonomous=line.autonomous,
            version=version.id,
            unit=by.unit,
            declared_at=at,
        )
        for line in made.new
    ]
    Duty.objects.bulk_create(fresh)
    for duty in fresh:
        write(DUTY_DECLARED, duty=duty, by=by, at=at)
    # The whole list is locked, in one order, as a single proposal would lock its duty.
    codes = {line.duty for line in made.lines}
    locked = Duty.objects.select_for_update(of=("self",), no_key=True).order_by("id")
    return {duty.code: duty for duty in locked.filter(code__in=codes)}
