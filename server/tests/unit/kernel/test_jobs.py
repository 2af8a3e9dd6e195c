"""What the clock clears away."""

from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job

from tongzhou.kernel.jobs import forget_jobs


def ended(name: str, status: str, *, days: int) -> None:
    """A job that came to its end so many days ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', %s) "
            "RETURNING id",
            [name],
        )
        job = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job])
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job])
        cursor.execute(
            "UPDATE procrastinate_events SET at = clock_timestamp() - %s * interval '1 day' "
            "WHERE job_id = %s",
            [days, job],
        )


def test_jobs_that_ended_a_week_ago_are_removed(db: None) -> None:
    ended("old-success", "succeeded", days=8)
    ended("old-failure", "failed", days=8)
    ended("fresh", "succeeded", days=6)
    app.configure_task("kernel.forget").defer()
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="own")
    context = JobContext(app=app, job=job, start_timestamp=0, abort_reason=lambda: None)

    async_to_sync(forget_jobs.func)(context)

    left = set(ProcrastinateJob.objects.values_list("task_name", flat=True))
    assert left == {"fresh", "kernel.forget"}
