"""What a person wants otherwise than the plan, as the preview page sends it: for each line that
was changed ``out:LINE``, ``unit:LINE``, ``put:LINE`` and ``why:LINE``."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Unit
from tongzhou.actors.queries import UnitUnknown
from tongzhou.kernel.errors import Invalid
from tongzhou.plans.outline import Overrule

#: What stands between name and code of a unit that was chosen from the list.
BETWEEN: Final = " · "
_LONGEST_REASON: Final = 1000
_MOST: Final = 1000


class ReasonTooLong(Invalid):
    """A reason that no page could show."""

    code = "overrule-too-long"
    message = _("The reason is longer than %(limit)s characters.")


def read(sent: Mapping[str, Any]) -> list[Overrule]:
    """The overrules, one per line; leaving out wins. Raises UnitUnknown, ReasonTooLong, each
    with the line as field."""
    fields = dict(list(sent.items())[: 4 * _MOST])
    units = _units(fields)
    found = []
    for line in dict.fromkeys(name.partition(":")[2] for name in fields if ":" in name):
        reason = fields.get(f"why:{line}", "").strip()
        if len(reason) > _LONGEST_REASON:
            raise ReasonTooLong(field=line, limit=_LONGEST_REASON)
        typed = fields.get(f"unit:{line}", "").strip()
        if fields.get(f"out:{line}"):
            found.append(Overrule(line, "leave_out", reason))
        elif typed:
            if _code(typed) not in units:
                raise UnitUnknown(field=line, code=_code(typed))
            found.append(Overrule(line, "assign", reason, units[_code(typed)]))
        elif fields.get(f"put:{line}"):
            found.append(Overrule(line, "include", reason))
    return found


def unit_named(typed: str, *, field: str) -> Unit:
    """The unit that was typed or chosen. Raises UnitUnknown."""
    found = Unit.objects.select_related("area").filter(code=_code(typed)).first()
    if found is None:
        raise UnitUnknown(field=field, code=_code(typed))
    return found


def _units(fields: dict[str, str]) -> dict[str, Unit]:
    codes = {_code(value) for name, value in fields.items() if name.startswith("unit:") and value}
    return {u.code: u for u in Unit.objects.select_related("area").filter(code__in=codes)}


def _code(typed: str) -> str:
    return typed.rpartition(BETWEEN)[2].strip()[:80]
