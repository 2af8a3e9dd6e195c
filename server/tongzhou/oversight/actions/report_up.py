"""One entry, many uses: a unit fills in each field once, and all requests that ask for it are
answered."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import BURDEN_ANSWER
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.oversight.actions.ask_acts import record
from tongzhou.oversight.acts import (
    REQUEST_ANSWERED,
    REQUEST_COMPLETED,
    REQUEST_CONTINUED,
    REQUEST_CORRECTED,
)
from tongzhou.oversight.models import AskAnswer, Fact, Field, Rhythm, ValueType
from tongzhou.oversight.queries.filling import Occasion, Sheet, Slot, key_of, sheet

_WHOLE: Final = re.compile(r"^-?\d{1,12}$")
_BACK: Final = timedelta(days=14)


class ValueMalformed(Invalid):
    """A value that is not of the field's type."""

    code = "value-malformed"
    message = _("“%(value)s” is no %(type)s: %(name)s.")


class FieldNotAsked(Invalid):
    """A value for a field that nobody asks of the unit on that day."""

    code = "field-not-asked"
    message = _("Nobody asks you for “%(key)s” on this day.")


class DayOutside(Invalid):
    """A day that lies ahead or too far back."""

    code = "report-day"
    message = _("Report for today or one of the last %(days)d days.")


class NothingReported(Conflict):
    """Nothing was filled in that differs from what stands."""

    code = "nothing-reported"
    message = _("Nothing new was filled in.")


def report_up(*, day: date, values: Mapping[str, str], by: Post, at: datetime) -> list[Occasion]:
    """Enters facts of the unit's area for a day and answers every request whose fields are
    complete with them; what was entered before, by whomever in the area, counts. A value that
    differs is a new revision, and corrects the answers that rest on it. ``values``: by field
    code (``code@number`` for one that a request asks anew); an empty one is left out.

    Returns the occasions that were answered or corrected. Raises NotFound, NotAllowed,
    DayOutside, FieldNotAsked, ValueMalformed, NothingReported; nothing is written then.
    """
    today = timezone.localtime(at).date()
    if not today - _BACK <= day <= today:
        raise DayOutside(field="day", days=_BACK.days)
    with transaction.atomic():
        permissions.require(by=by, word=BURDEN_ANSWER)
        # Units of one area that report at once stand in line.
        list(
            Unit.objects.select_for_update(no_key=True).filter(area=by.unit.area_id).order_by("id")
        )
        found = sheet(visible_to=by, day=day)
        slots = {slot.key: slot for slot in found.slots}
        changed = _enter(found, slots, values, by=by, at=at)
        facts = {key: slot.fact for key, slot in slots.items()} | changed
        done = [
            occasion
            for occasion in found.occasions
            if _settle(occasion, found, facts, changed, by=by, at=at)
        ]
        if not changed and not done:
            raise NothingReported()
    return done


def _enter(
    found: Sheet,
    slots: Mapping[str, Slot],
    values: Mapping[str, str],
    *,
    by: Post,
    at: datetime,
) -> dict[str, Fact]:
    changed: dict[str, Fact] = {}
    for key, given in values.items():
        if not given.strip():
            continue
        slot = slots.get(key)
        if slot is None:
            raise FieldNotAsked(field=key[:80], key=key[:80])
        value = read_value(slot.field, given, key=key)
        before = slot.fact
        if before is not None and before.value == value:
            continue
        if before is not None:
            Fact.objects.filter(id=before.id).update(current=False)
        fact = Fact(
            field=slot.field,
            area=found.unit.area,
            day=found.day,
            scope_id=slot.scope,
            revision=before.revision + 1 if before is not None else 1,
            value=value,
            unit=found.unit,
            post=by,
            at=at,
        )
        fact.save(force_insert=True)
        changed[key] = fact
    return changed


def _settle(
    occasion: Occasion,
    found: Sheet,
    facts: Mapping[str, Fact | None],
    changed: Mapping[str, Fact],
    *,
    by: Post,
    at: datetime,
) -> bool:
    """Answers or corrects one occasion; False where nothing changed or something is missing."""
    keys = [key_of(row, occasion.ask) for row in occasion.fields]
    if any(facts.get(key) is None for key in keys):
        return False
    answer, touched = occasion.answer, [key for key in keys if key in changed]
    if answer is not None and not touched:
        return False
    due_at = occasion.due_at
    if answer is None:
        answer = AskAnswer(
            part=occasion.part,
            day=occasion.day,
            facts_day=found.day,
            reused=len(keys) - len(touched),
            late=at > due_at,
            post=by,
            at=at,
        )
        answer.save(force_insert=True)
    else:
        answer.revision += 1
        answer.save(update_fields=["revision"])
    first = answer.revision == 1
    occasion.part.unit = found.unit
    record(
        REQUEST_ANSWERED if first else REQUEST_CORRECTED,
        occasion.part,
        ask=occasion.ask,
        by=by,
        at=at,
        asked_at=occasion.ask.created_at if first else None,
        due_at=due_at if first else None,
        outcome=("late" if answer.late else "in_time") if first else "corrected",
        data={
            "day": occasion.day.isoformat(),
            "revision": answer.revision,
            "fields": len(keys),
            "entered": len(touched),
        },
    )
    if first and occasion.ask.rhythm != Rhythm.ONCE:
        _await_next(occasion, by=by, at=at)
    return True


def _await_next(occasion: Occasion, *, by: Post, at: datetime) -> None:
    """After a report, the next one that is not there yet is waited for. An older day that is
    filled in later moves nothing."""
    part, ask = occasion.part, occasion.ask
    if part.awaited is not None and occasion.day < part.awaited:
        return
    given = set(part.answers.filter(day__gt=occasion.day).values_list("day", flat=True))
    ahead = ask.occasions(occasion.day + timedelta(1), ask.until)
    day = next((day for day in ahead if day not in given and ask.due_on(day) > at), None)
    part.awaited = day or ask.until + timedelta(1)
    part.save(update_fields=["awaited"])
    record(
        REQUEST_CONTINUED if day else REQUEST_COMPLETED,
        part,
        ask=ask,
        by=by,
        at=at,
        due_at=ask.due_on(day) if day else None,
        data={"day": day.isoformat()} if day else {},
    )


def read_value(field: Field, given: str, *, key: str) -> str:
    """The value as it is kept. Raises ValueMalformed."""
    text = given.strip()
    try:
        match field.type:
            case ValueType.WHOLE if _WHOLE.match(text):
                return str(int(text))
            case ValueType.NUMBER if len(text) <= 30:
                number = Decimal(text)
                if number.is_finite() and abs(number) < Decimal("1e15"):
                    return format(number.normalize(), "f")
            case ValueType.YES_NO if text in ("yes", "no"):
                return text
            case ValueType.DAY:
                return date.fromisoformat(text).isoformat()
            case ValueType.TEXT if len(text) <= 1000:
                return text
    except (InvalidOperation, ValueError):
        pass
    kind = ValueType(field.type).label
    raise ValueMalformed(field=key, value=text[:60], type=kind, name=field.name)
