"""Contracts that several implementations inherit."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """The marker of pytest-xdist is known where that is not installed, too: it keeps the tests of
    one session of Spark on one worker."""
    config.addinivalue_line("markers", "xdist_group(name): run in one worker")
