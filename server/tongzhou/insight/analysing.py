"""From the ledger to a stored result: export, analyse in a process of its own, keep."""

import csv
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from uuid import UUID

import orjson
from django.conf import settings
from django.db import connection

from tongzhou.actors.models import Unit
from tongzhou.incidents.models import Incident
from tongzhou.insight.models import Result
from tongzhou.ledger import follow
from tongzhou.ledger.export import export_csv

_LIMIT = 600  # seconds that one analysis may take


class AnalysisFailed(RuntimeError):
    """The analysis process ended with an error; what it said is the message."""


def analyse(incident: Incident, *, at: datetime) -> Result:
    """Analyses the sealed acts of an incident and keeps the result, with the ledger position
    that it stands on. Raises AnalysisFailed; the result before then stays."""
    position = follow.head()
    with tempfile.TemporaryDirectory(prefix="tongzhou-insight-") as folder:
        acts, units = Path(folder) / "acts.csv", Path(folder) / "units.csv"
        connection.ensure_connection()
        export_csv(connection.connection, acts, incident=str(incident.id))
        _write_units(units, incident.id)
        done = subprocess.run(  # noqa: S603 – our own module, files of our own making
            [sys.executable, "-m", "tongzhou.insight.engine", acts, units, settings.TIME_ZONE],
            capture_output=True,
            timeout=_LIMIT,
            check=False,
        )
    result, _ = Result.objects.get_or_create(incident=incident.id)
    result.made_at = at
    if done.returncode:
        result.error = done.stderr.decode(errors="replace").strip()[-2000:]
        result.save(update_fields=["made_at", "error"])
        raise AnalysisFailed(result.error)
    result.position = position
    result.error = ""
    result.body = orjson.loads(done.stdout)
    result.save()
    return result


def _write_units(target: Path, incident: UUID) -> None:
    """The units that have to do with the incident, as the analysis reads actors: also those
    that did nothing, since they count."""
    units = Unit.objects.filter(incidentparty__incident_id=incident).select_related("area")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["unit", "name_zh", "name_en", "sector", "level", "area"])
        for unit in units.order_by("code"):
            writer.writerow(
                [unit.id, unit.name_zh, unit.name_en, unit.sector, unit.level, unit.area.code]
            )
