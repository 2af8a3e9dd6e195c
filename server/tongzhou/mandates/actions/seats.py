"""The seat of the accountable unit: one per duty, area, phase and grade. Moving it is one
statement, so that nobody ever finds it empty or taken twice."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Conflict
from tongzhou.mandates import cells
from tongzhou.mandates.actions.change import record
from tongzhou.mandates.actions.passed_on import end_passed_on
from tongzhou.mandates.acts import CHARGE_HANDED_OVER
from tongzhou.mandates.models import Charge, ChargeState
from tongzhou.mandates.parts import Part

_TAKE = """
INSERT INTO mandates_seat (duty_id, area_id, phase, grade, charge_id)
SELECT %(duty)s, %(area)s, phase, grade, %(charge)s
FROM unnest(%(phases)s::text[], %(grades)s::text[]) AS cell (phase, grade)
ON CONFLICT (duty_id, area_id, phase, grade) DO UPDATE SET charge_id = excluded.charge_id
WHERE mandates_seat.charge_id = ANY(%(losers)s)
"""

_TAKE_EMPTY = """
INSERT INTO mandates_seat (duty_id, area_id, phase, grade, charge_id)
SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::uuid[])
"""


class SecondAccountable(Conflict):
    """A duty has exactly one accountable unit for an area, a phase and a grade."""

    code = "second-accountable"
    message = _(
        "%(holder)s is accountable for this here already. Propose to take it over from them: "
        "once all units concerned have consented, it passes from one to the other in one step."
    )


def holders(charge: Charge) -> list[Charge]:
    """The charges of other units that are accountable in cells of this one, now."""
    found = Charge.objects.filter(
        duty_id=charge.duty_id,
        area_id=charge.area_id,
        part=Part.ACCOUNTABLE,
        state=ChargeState.IN_FORCE,
    ).exclude(unit_id=charge.unit_id)
    joined = found.select_related("unit__area", "area", "duty").order_by("id")
    return [held for held in joined if held.cells & charge.cells]


def held_already(charge: Charge) -> int:
    """The cells that the unit holds with the same part there."""
    covered = 0
    for held in Charge.objects.filter(
        duty_id=charge.duty_id,
        area_id=charge.area_id,
        unit_id=charge.unit_id,
        part=charge.part,
        state=ChargeState.IN_FORCE,
    ):
        covered |= held.cells
    return covered


def take_seats(charge: Charge, *, over: Sequence[Charge], by: Post | None, at: datetime) -> None:
    """Makes the charge the accountable one in its cells; those in ``over`` lose them. Raises
    SecondAccountable where somebody else sits there."""
    wanted = cells.named(charge.cells)
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKE,
            {
                "duty": charge.duty_id,
                "area": charge.area_id,
                "charge": charge.id,
                "phases": [phase for phase, _grade in wanted],
                "grades": [grade for _phase, grade in wanted],
                "losers": [loser.id for loser in over],
            },
        )
        taken = cursor.rowcount
    if taken < len(wanted):
        raise SecondAccountable(field="unit", holder=holders(charge)[0].unit.name)
    for loser in over:
        _lose(loser, to=charge, by=by, at=at)


def take_empty_seats(charges: Sequence[Charge]) -> None:
    """Makes each charge the accountable one in its cells, in which nobody is: the caller has
    locked the duties and looked."""
    rows = [
        (charge.duty_id, charge.area_id, phase, grade, charge.id)
        for charge in charges
        for phase, grade in cells.named(charge.cells)
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_TAKE_EMPTY, [list(column) for column in zip(*rows, strict=True)])


def leave_seats(charge: Charge) -> None:
    """Nobody is accountable there any more: the explicit end of a charge."""
    charge.seats.all().delete()


def _lose(loser: Charge, *, to: Charge, by: Post | None, at: datetime) -> None:
    loser.cells &= ~to.cells
    if not loser.cells:
        loser.state = ChargeState.ENDED
        loser.ended_at = at
        end_passed_on(loser, by=by, at=at)
    loser.save(update_fields=["cells", "state", "ended_at"])
    record(
        CHARGE_HANDED_OVER,
        charge=loser,
        by=by,
        at=at,
        with_units=[to.unit],
        data={"to": str(to.unit_id), "to_charge": str(to.id), "state": str(loser.state)},
    )
