"""What is cleared away."""

from tongzhou.incidents import jobs


def test_the_jobs_take_whatever_an_older_worker_sends(db: None) -> None:
    jobs.forget_uploads(timestamp=0, unknown="x")
