"""Figures as jobs, so that no page waits for them."""

from procrastinate.contrib.django import app

from tongzhou.interests import reckoning


@app.task(name=reckoning.JOB)
def reckon(*, digest: str, **_: object) -> None:
    """Works out one question; forgets it when it is gone."""
    reckoning.work_out(digest)
