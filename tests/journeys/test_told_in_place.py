"""What an open page is told without being drawn anew, and a question that is closed: said, with the way back."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from portal.circle import accounts, inviting
from portal.circle.consent import Signing, Terms
from portal.circle.kinds import Kind
from tests.journeys import seeds, steps
from tests.journeys import server as servers
from tests.journeys.seeds import SHARED, Seed
from tests.journeys.server import Server
from tests.journeys.steps import SOON, Account, button, heading, said

Contexts = Callable[..., BrowserContext]
EMPTY = "Nothing needs you now."


@dataclass(frozen=True)
class Quiet:
    """A server with Wren, who has written nothing and has one invitation open, and Kim."""

    server: Server
    wren: Account
    kim: Account
    code: str


@pytest.fixture(scope="module")
def quiet(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quiet]:
    folder, now = tmp_path_factory.mktemp("quiet"), int(time.time())
    wren, kim, code = _plant(folder, now)
    with servers.running(folder) as started:
        yield Quiet(started, wren, kim, code)


def _plant(folder: Path, now: int) -> tuple[Account, Account, str]:
    for name in ("data", "keys"):
        (folder / name).mkdir(mode=0o700)
    people = [Account(name, f"{name} keeps six quiet words here", accounts.new_spare_key()) for name in ("Wren", "Kim")]
    store = accounts.open_store(folder / "data", folder / "keys", now=now)
    try:
        wren, _ = (accounts.sign_up(store, one.name, one.passphrase, one.spare_key, now=now) for one in people)
        terms = Terms(
            label="Kim",
            relation="",
            kinds=frozenset({int(Kind.NOTE)}),
            lists=frozenset(),
            everything=True,
            purposes=("support",),
            ends=now + seeds.LASTS,
        )
        signing = Signing(passphrase=people[0].passphrase, signature="Wren", text="As read.", lang="en", zone="UTC")
        code = inviting.invite(wren, terms, signing, now=now).code
    finally:
        store.close()
    return people[0], people[1], code


def _opened(new_context: Contexts, url: str, account: Account) -> Page:
    page = new_context(locale="en-GB").new_page()
    page.goto(url)
    steps.sign_in(page, account)
    return page


def test_an_empty_day_does_not_say_that_nothing_waits_beside_a_knock(new_context: Contexts, quiet: Quiet) -> None:
    wren = _opened(new_context, quiet.server.url, quiet.wren)
    expect(wren.get_by_text(EMPTY)).to_be_visible()
    button(wren, "Hide").focus()

    kim = _opened(new_context, quiet.server.url, quiet.kim)
    kim.goto(f"{quiet.server.url}/#J={quiet.code}")
    button(kim, "Ask to join").click()
    expect(heading(kim, "Waiting for Wren")).to_be_visible(timeout=steps.SLOW)

    expect(said(wren, "Kim asks to join")).to_be_visible(timeout=SOON)
    expect(wren.get_by_text(EMPTY)).to_be_hidden()
    expect(button(wren, "Hide")).to_be_focused()


def test_closing_the_question_before_removing_says_that_it_paused(
    new_context: Contexts, circle: Server, seed: Seed
) -> None:
    robin = _opened(new_context, circle.url, seed.robin)
    steps.to(robin, "Circle")
    button(robin, "Change").click()
    button(robin, "Remove Fern").click()
    expect(robin.get_by_role("dialog")).to_be_visible()

    robin.keyboard.press("Escape")

    expect(said(robin, "Fern is still in your circle, paused.")).to_be_visible()
    expect(robin.get_by_role("dialog")).to_have_count(0)
    button(robin, "Undo").click()
    expect(said(robin, "Fern can read again as before.")).to_be_visible()


def test_a_note_withdrawn_while_it_is_read_leaves_the_page_at_once(
    new_context: Contexts, circle: Server, seed: Seed
) -> None:
    fern = _opened(new_context, circle.url, seed.fern)
    button(fern, "Open").click()
    expect(heading(fern, SHARED)).to_be_visible()
    robin = _opened(new_context, circle.url, seed.robin)
    steps.to(robin, "Notes")
    steps.open_note(robin, SHARED)
    button(robin, "Withdraw").click()
    expect(said(robin, "Only you can read it now.")).to_be_visible()
    expect(robin.get_by_text("read today · cannot read it now")).to_be_visible()

    expect(heading(fern, "This is no longer shared.")).to_be_visible(timeout=SOON)
    expect(fern.get_by_text(seeds.SHARED_TEXT)).to_have_count(0)
