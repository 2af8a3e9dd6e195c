"""The analysis as a job, so that no page waits for it."""

from uuid import UUID

from procrastinate.contrib.django import app

from tongzhou.incidents.models import Incident
from tongzhou.insight.analysing import analyse
from tongzhou.kernel import clock


@app.task(name="insight.analyse")
def analyse_incident(*, incident: str, **_: object) -> None:
    """Analyses one incident; forgets it when it is gone."""
    found = Incident.objects.filter(id=UUID(incident)).first()
    if found is not None:
        analyse(found, at=clock.now())
