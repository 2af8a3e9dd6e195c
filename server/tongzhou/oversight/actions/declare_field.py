import re
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import BURDEN_ASK
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append
from tongzhou.oversight.actions.change import text_bounded, text_given
from tongzhou.oversight.acts import FIELD_DECLARED
from tongzhou.oversight.models import Field, ValueType
from tongzhou.oversight.queries import catalogue

_CODE: Final = re.compile(r"^[a-z][a-z0-9_]{1,58}[a-z0-9]$")


class FieldCodeMalformed(Invalid):
    """A code that is none."""

    code = "field-code-malformed"
    message = _("A code has 3 to 60 small letters, digits or underscores and begins with a letter.")


class FieldCodeTaken(Invalid):
    """The code names a field already."""

    code = "field-code-taken"
    message = _("“%(code)s” is in the catalogue already: “%(name)s”.")


class FieldStandsAlready(Invalid):
    """A field of nearly the same name is in the catalogue."""

    code = "field-stands-already"
    message = _(
        "The catalogue holds “%(name)s” (%(code)s), kept by %(owner)s. Use it, or say why it is "
        "another thing."
    )


class UnknownValueType(Invalid):
    """A type of value that is not among the known ones."""

    code = "unknown-value-type"
    message = _("Unknown type “%(type)s”.")


def declare_field(
    *,
    code: str,
    name_zh: str,
    by: Post,
    at: datetime,
    name_en: str = "",
    type: str = ValueType.WHOLE,
    measure: str = "",
    owner: Unit | None = None,
    kept_in: str = "",
    seconds: int = 60,
    reason: str = "",
    id: UUID | None = None,
) -> Field:
    """Enters a field into the catalogue. ``kept_in`` says where the fact stands already;
    ``reason`` why it is another thing than a field of a similar name. Raises NotAllowed,
    FieldCodeMalformed, FieldCodeTaken, FieldStandsAlready, UnknownValueType, TextMissing,
    TextTooLong."""
    with transaction.atomic():
        permissions.require(by=by, word=BURDEN_ASK)
        if not _CODE.match(code):
            raise FieldCodeMalformed(field="code")
        if type not in ValueType.values:
            raise UnknownValueType(field="type", type=type)
        zh = text_bounded(name_zh, field="name_zh", limit=120)
        en = text_bounded(name_en, field="name_en", limit=120)
        text_given(zh or en, field="name_zh")
        reason = text_bounded(reason, field="reason", limit=500)
        taken = Field.objects.filter(code=code).first()
        if taken is not None:
            raise FieldCodeTaken(field="code", code=code, name=taken.name)
        like = catalogue.alike(zh, en, limit=1)
        if like and not reason:
            other = like[0].field
            raise FieldStandsAlready(
                field="name_zh", name=other.name, code=other.code, owner=other.owner.name
            )
        field = Field(
            id=id or new_id(),
            code=code,
            name_zh=zh,
            name_en=en,
            type=type,
            measure=text_bounded(measure, field="measure", limit=30),
            owner=owner or by.unit,
            kept_in=text_bounded(kept_in, field="kept_in", limit=200),
            seconds=min(max(seconds, 1), 3600),
            reason=reason,
            post=by,
            created_at=at,
        )
        try:
            with transaction.atomic():
                field.save(force_insert=True)
        except IntegrityError as clash:
            raise FieldCodeTaken(field="code", code=code, name=code) from clash
        append(
            FIELD_DECLARED,
            at=at,
            about=("field", field.id),
            **by.signs(),
            area=by.unit.area.code,
            audience=[field.owner_id],
            data={"code": code, "type": str(type), "similar": like[0].field.code if like else None},
        )
    return field
