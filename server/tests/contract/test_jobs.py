"""The worker finds every job by the name with which it was queued."""

from procrastinate.contrib.django import app

JOBS = {"insight.analyse"}


def test_the_jobs_of_all_rooms_are_known_without_importing_any() -> None:
    assert set(app.tasks) >= JOBS


def test_every_room_that_has_jobs_has_them_found() -> None:
    rooms = {task.func.__module__ for task in app.tasks.values()}

    assert {
        "tongzhou.incidents.jobs",
        "tongzhou.insight.jobs",
    } <= rooms
