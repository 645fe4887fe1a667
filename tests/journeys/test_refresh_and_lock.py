"""A refresh keeps everything, a lock covers everything, and words that were typed are never lost."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys import seeds, steps
from tests.journeys import server as servers
from tests.journeys.pictures import shoot
from tests.journeys.seeds import PRIVATE, PRIVATE_TEXT, Seed
from tests.journeys.server import Server
from tests.journeys.steps import SOON, button, heading, said

MINUTE = 60


@pytest.fixture(scope="module")
def timed(browser: Browser, seed: Seed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product on a copy of the seeded store, with a clock that the journey moves."""
    folder = seeds.copied(seed, tmp_path_factory.mktemp("timed"))
    with servers.running(folder, app=servers.CLOCKED) as started:
        yield started


@pytest.fixture
def robin(timed: Server, seed: Seed, phone: Page) -> Page:
    return steps.come_in(phone, timed.url, seed.robin)


def test_a_refresh_comes_back_to_the_open_note(robin: Page) -> None:
    steps.to(robin, "Notes")
    steps.open_note(robin, PRIVATE)
    robin.reload()
    expect(heading(robin, PRIVATE)).to_be_visible()
    expect(robin.get_by_text(PRIVATE_TEXT)).to_be_visible()
    assert PRIVATE.split()[0].lower() not in robin.url.lower()


def test_a_refresh_in_the_middle_of_a_note_keeps_its_words(robin: Page) -> None:
    steps.open_editor(robin)
    steps.type_note(robin, "", "Half a note")
    robin.reload()
    expect(robin.get_by_label("Your note")).to_have_value("Half a note")


def test_a_refresh_and_a_lock_in_the_middle_of_an_invitation_keep_its_answers(robin: Page, seed: Seed) -> None:
    steps.to(robin, "Circle")
    button(robin, "Invite a person").click()
    name = robin.get_by_label("Your name for this person")
    name.press_sequentially("Fernanda", delay=30)
    expect(robin.locator(".saved .done")).to_contain_text("Saved", timeout=SOON)
    expect(name).to_be_focused()
    robin.reload()
    expect(name).to_have_value("Fernanda")
    button(robin, "Continue").click()
    robin.get_by_text("Notes I choose, one by one").click()
    robin.locator("#bar").get_by_role("button", name="Lock").click()
    expect(heading(robin, "Locked")).to_be_visible(timeout=SOON)
    assert "Fernanda" not in robin.content()
    steps.unlock(robin, seed.robin)
    expect(heading(robin, "What may Fernanda see?")).to_be_visible()
    expect(robin.get_by_role("radio", name="Notes I choose, one by one")).to_be_checked()
    steps.to(robin, "Circle")
    expect(robin.get_by_role("heading", name="An invitation you began, for Fernanda")).to_be_visible()
    shoot(robin, "invitation-begun")
    button(robin, "Erase").click()
    robin.get_by_role("dialog").get_by_role("button", name="Erase").click()
    expect(said(robin, "The answers are erased. Nobody was told.")).to_be_visible()
    expect(button(robin, "Invite a person")).to_be_visible()


def test_the_lock_button_covers_every_tab_and_unlocking_comes_back(robin: Page, seed: Seed, timed: Server) -> None:
    other = robin.context.new_page()
    other.goto(f"{timed.url}/notes")
    expect(other.get_by_text(PRIVATE)).to_be_visible()
    steps.to(robin, "Notes")
    steps.open_note(robin, PRIVATE)
    robin.locator("#bar").get_by_role("button", name="Lock").click()
    _is_locked(robin)
    _is_locked(other)
    shoot(robin, "locked")
    robin.reload()
    _is_locked(robin)
    steps.unlock(robin, seed.robin)
    expect(heading(robin, PRIVATE)).to_be_visible()


def _is_locked(page: Page) -> None:
    expect(heading(page, "Locked")).to_be_visible(timeout=SOON)
    expect(page.get_by_text("Robin", exact=True)).to_be_visible()
    expect(page.get_by_role("navigation", name="Notebook")).to_have_count(0)
    assert PRIVATE not in page.content()
    assert PRIVATE_TEXT not in page.content()


def test_only_the_person_who_locked_it_unlocks_it(robin: Page, seed: Seed) -> None:
    robin.locator("#bar").get_by_role("button", name="Lock").click()
    _is_locked(robin)
    robin.locator(".st-key-sign_in-passphrase input").fill(seed.sam.passphrase)
    button(robin, "Unlock").click()
    expect(robin.get_by_role("alert")).to_contain_text("These two do not match. Check both.")
    _is_locked(robin)
    button(robin, "Use another name").click()
    expect(robin.get_by_role("textbox", name="Name", exact=True)).to_have_value("")


def test_an_idle_notebook_locks_by_the_servers_clock_and_the_draft_is_intact(
    robin: Page, seed: Seed, timed: Server
) -> None:
    steps.open_editor(robin)
    steps.type_note(robin, "", "Something that took a while to say")
    timed.pass_time(9 * MINUTE + 10)
    expect(said(robin, "Locking in 1 minute.")).to_be_visible(timeout=SOON)
    shoot(robin, "last-minute")
    button(robin, "Stay").click()
    expect(said(robin, "Locking in 1 minute.")).to_be_hidden(timeout=SOON)
    timed.pass_time(10 * MINUTE + 1)
    expect(heading(robin, "Locked")).to_be_visible(timeout=SOON)
    assert "took a while" not in robin.content()
    steps.unlock(robin, seed.robin)
    expect(heading(robin, "Write a note")).to_be_visible()
    expect(robin.get_by_label("Your note")).to_have_value("Something that took a while to say")


def test_a_draft_outlives_its_tab(
    robin: Page, seed: Seed, timed: Server, new_context: Callable[..., BrowserContext]
) -> None:
    steps.open_editor(robin)
    steps.type_note(robin, "", "Typed, saved, and the tab is gone")
    robin.context.close()
    again = new_context(locale="en-GB").new_page()
    steps.come_in(again, timed.url, seed.robin)
    steps.to(again, "Notes")
    shoot(again, "notes-draft")
    draft = again.locator("[class*=st-key-card-plain-draft]").filter(has_text="Typed, saved")
    draft.get_by_role("button", name="Open").click()
    expect(again.get_by_label("Your note")).to_have_value("Typed, saved, and the tab is gone")
