from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import MEASURE_START
from tongzhou.incidents.actions.change import begin, filled, record
from tongzhou.incidents.acts import MEASURE_STARTED
from tongzhou.incidents.models import Citation, Incident, Measure
from tongzhou.incidents.queries.guidance import resolve
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area

#: Two years: what is to hold for longer is a law, not a measure.
LONGEST: Final = timedelta(days=2 * 366)


class MeasureNeedsBasis(Invalid):
    """A measure without a legal basis."""

    code = "measure-needs-basis"
    message = _("A measure needs a legal basis: name the law, article or order it rests on.")


class MeasureNeedsStopRule(Invalid):
    """A measure without a rule that says when it ends."""

    code = "measure-needs-stop-rule"
    message = _("A measure needs a stop rule: say on what condition it is lifted.")


class MeasureNeedsExpiry(Invalid):
    """A measure without an expiry, or with one that has passed."""

    code = "measure-needs-expiry"
    message = _("A measure needs an expiry that lies ahead.")


class MeasureExpiresTooLate(Invalid):
    """The expiry lies more than two years ahead."""

    code = "measure-expires-too-late"
    message = _("A measure holds for two years at most, and can be put in force again then.")


class MeasureOutside(Invalid):
    """The measure would hold outside of the incident's area."""

    code = "measure-outside"
    message = _("%(area)s does not lie in the area of the incident.")


def start_measure(
    *,
    incident: Incident,
    title_zh: str,
    area: Area,
    legal_basis: str,
    stop_rule: str,
    expires_at: datetime | None,
    by: Post,
    at: datetime,
    title_en: str = "",
    guidance: Sequence[str] = (),
    id: UUID | None = None,
) -> Measure:
    """Puts a measure in force in an area, from ``at``. ``guidance``: the items of guidances in
    force that it carries out, as key/item. Raises NotFound, NotAllowed, IncidentClosed,
    TextMissing, MeasureNeedsBasis, MeasureNeedsStopRule, MeasureNeedsExpiry,
    MeasureExpiresTooLate, MeasureOutside, UnknownGuidance."""
    with transaction.atomic():
        locked = begin(incident.id, by=by, word=MEASURE_START)
        if not legal_basis.strip():
            raise MeasureNeedsBasis(field="legal_basis")
        if not stop_rule.strip():
            raise MeasureNeedsStopRule(field="stop_rule")
        if expires_at is None or expires_at <= at:
            raise MeasureNeedsExpiry(field="expires_at")
        if expires_at > at + LONGEST:
            raise MeasureExpiresTooLate(field="expires_at")
        if not locked.area.contains(area):
            raise MeasureOutside(field="area", area=area.name)
        measure = Measure(
            id=id or new_id(),
            incident=locked,
            title_zh=filled(title_zh or title_en, field="title_zh", name=_("title")),
            title_en=title_en.strip(),
            area=area,
            legal_basis=legal_basis.strip(),
            stop_rule=stop_rule.strip(),
            unit=by.unit,
            starts_at=at,
            expires_at=expires_at,
        )
        measure.save(force_insert=True)
        cited = resolve(guidance, on=timezone.localdate(at), area=area)
        Citation.objects.bulk_create(
            Citation(measure=measure, version=c.version.id, key=c.version.key, item=c.item.key)
            for c in cited
        )
        record(
            MEASURE_STARTED,
            incident=locked,
            by=by,
            at=at,
            about=("measure", measure.id),
            with_units=[locked.owner_id],
            area=area.code,
            basis="law",
            due_at=expires_at,
            evidence=measure.legal_basis,
            public=True,
            data={
                "title_zh": measure.title_zh,
                "title_en": measure.title_en,
                "stop_rule": measure.stop_rule,
                "unit": str(measure.unit_id),
                "guidance": [c.name for c in cited],
                "guidance_versions": sorted({str(c.version.id) for c in cited}),
            },
        )
    return measure
