"""Profiles for property tests, and who runs what where several processes share the tests."""

import os

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=100)  # the same examples on every run
settings.register_profile("dev", deadline=None, max_examples=50)  # fresh ones while developing
settings.load_profile("ci" if os.environ.get("CI") else "dev")


class _ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """A file stays in one process, and all journeys do: two browsers at once would only wait for each other."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "journeys" if "/journeys/" in file else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Give the tests out by file."""
    return _ByFile(config, log)
