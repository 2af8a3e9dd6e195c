from datetime import datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tongzhou.actors.models import Post
from tongzhou.incidents.models import Incident
from tongzhou.insight.models import Result
from tongzhou.insight.queries import result_for

_FRESH = timedelta(minutes=1)


def ask_analysis(*, incident: Incident, by: Post, at: datetime) -> bool:
    """Asks the worker for a fresh analysis, unless nothing has happened since the last one,
    one was made within the last minute, or one is on its way. Returns whether it asked.

    It changes nothing that is governed, so it leaves no act. Raises NotFound.
    """
    shown = result_for(incident, visible_to=by, at=at)
    made = shown.result.made_at
    if shown.behind == 0 or (made is not None and at - made < _FRESH):
        return False
    name = f"insight-{incident.id}"
    job = app.configure_task("insight.analyse", lock=name, queueing_lock=name)
    try:
        with transaction.atomic():
            job.defer(incident=str(incident.id))
            Result.objects.update_or_create(incident=incident.id, defaults={"asked_at": at})
    except AlreadyEnqueued:
        return False
    return True
