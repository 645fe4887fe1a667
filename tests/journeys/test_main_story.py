"""A patient and a family member, each in their own browser, on a large screen and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.journeys import story
from tests.journeys.pictures import DESKTOP
from tests.journeys.server import Server
from tests.journeys.story import Told


@pytest.mark.parametrize("size", [DESKTOP], indirect=True, ids=["desktop"])
def test_a_note_is_written_read_and_taken_away(server: Server, new_context: Callable[..., BrowserContext]) -> None:
    patient, member = (new_context(locale="en-GB").new_page() for _ in range(2))
    assert story.tell(patient, member, server).ended


def test_a_note_is_written_read_and_taken_away_on_phones(told: Told) -> None:
    assert told.ended
