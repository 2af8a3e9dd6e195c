from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Invalid
from tongzhou.ledger.append import append
from tongzhou.places.actions.create_area import check_figures, check_level, check_names
from tongzhou.places.acts import AREA_EDITED
from tongzhou.places.models import Area
from tongzhou.places.names import search_text
from tongzhou.places.permissions import Editor, require_edit, signature

FIELDS: Final = ("name_zh", "name_en", "level", "population", "lon", "lat", "source")


class FieldFixed(Invalid):
    """A field that an area keeps for good, or that it does not have."""

    code = "field-fixed"
    message = _("“%(name)s” cannot be changed here. What can: %(known)s.")


def edit_area(*, area: Area, changes: Mapping[str, Any], by: Editor | None, at: datetime) -> Area:
    """Changes the given fields of an area (see ``FIELDS``); code and parent stay, because
    acts and paths name them. Raises NotAllowed, FieldFixed, and what ``create_area`` raises
    about names, levels and figures."""
    for name in changes:
        if name not in FIELDS:
            raise FieldFixed(field=name, name=name, known=", ".join(FIELDS))
    with transaction.atomic():
        require_edit(by=by, inside=area)
        found = Area.objects.select_for_update().get(id=area.id)
        changed = [name for name, value in changes.items() if getattr(found, name) != value]
        for name in changed:
            value = changes[name]
            setattr(found, name, value.strip() if isinstance(value, str) else value)
        check_names(found.name_zh)
        check_level(found.level)
        check_figures(population=found.population, lon=found.lon, lat=found.lat)
        if changed:
            found.search = search_text(found.name_zh, found.name_en)
            found.save(update_fields=[*changed, "search"])
            append(
                AREA_EDITED,
                at=at,
                about=("area", found.id),
                area=found.code,
                **signature(by),
                data={"code": found.code, "changed": [*sorted(changed)]},
            )
    return found
