"""The suite itself: what it relies on of its own tools."""

import pytest


@pytest.mark.xdist_group("suite")
def test_what_shares_a_costly_fixture_stays_on_one_worker(
    request: pytest.FixtureRequest, worker_id: str
) -> None:
    """Else the demonstration, a site and a Spark session are made once per worker."""
    if worker_id == "master":
        pytest.skip("one process; there is nothing to keep together")
    if not request.config.option.loadgroup:
        pytest.skip("another way of sharing out the tests was asked for")

    assert request.node.nodeid.endswith("@suite")
