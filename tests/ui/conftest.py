"""The pages of the product, opened without a browser."""

from collections.abc import Iterator

import pytest

from tests.ui.opened import Portal, portal_for


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """A server without a network and one browser in front of it."""
    made = portal_for(monkeypatch)
    yield made
    made.desk.close()
