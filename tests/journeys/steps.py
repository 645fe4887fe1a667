"""What people do in the product, one step a function: each ends when the page says that it is done.

Found by role and label, or by the key of a widget; never by a class that Streamlit makes up.
"""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.journeys.pictures import shoot

SOON = 10_000  # ms: what the product promises for an open page
SLOW = 20_000  # ms: where a passphrase is stretched
expect.set_options(timeout=SOON)  # the test computer may be busy; nothing waits longer than it must


@dataclass(frozen=True)
class Account:
    """What a person keeps: on paper, or in the head."""

    name: str
    passphrase: str
    spare_key: str


def button(page: Page, name: str) -> Locator:
    """Return the button of the page called `name`."""
    return page.get_by_test_id("stMain").get_by_role("button", name=name, exact=True)


def heading(page: Page, name: str) -> Locator:
    """Return the one heading that names the page."""
    return page.get_by_role("heading", level=1, name=name, exact=True)


def said(page: Page, sentence: str) -> Locator:
    """Return the place where the page says `sentence` aloud."""
    return page.get_by_role("status").filter(has_text=sentence)


def to(page: Page, name: str, title: str = "") -> None:
    """Follow a link of the row of pages, to a page headed by the same word or by `title`."""
    page.get_by_role("navigation", name="Notebook").get_by_role("link", name=name, exact=True).click()
    expect(heading(page, title or name)).to_be_visible()


def group_of(page: Page) -> list[str]:
    """Return the code that the page shows, in its groups."""
    shown = page.get_by_test_id("stMain").locator("ol.code")
    expect(shown).to_be_visible()
    return shown.locator("li").all_inner_texts()


# Accounts


def sign_up(page: Page, name: str = "", own: str = "") -> Account:
    """Go through the four steps of "Start my notebook". What is not given is taken as it is offered."""
    expect(heading(page, "Pick a name")).to_be_visible()
    field = page.get_by_role("textbox", name="Name", exact=True)
    expect(field).not_to_have_value("")
    if name:
        field.fill(name)
    name = field.input_value()
    shoot(page, "start-1-name")
    button(page, "Continue").click()
    expect(heading(page, "Choose a passphrase")).to_be_visible()
    words = _own_words(page, own) if own else page.locator("p.words").inner_text()
    shoot(page, "start-2-passphrase")
    button(page, "Continue").click()
    expect(heading(page, "Keep your spare key")).to_be_visible()
    groups = group_of(page)
    shoot(page, "start-3-spare-key")
    button(page, "Continue").click()
    asked_back(page, groups, "Type two groups of your spare key")
    return Account(name, words, "".join(groups))


def _own_words(page: Page, words: str) -> str:
    page.get_by_role("radio", name="My own").click()
    page.locator(".st-key-start-own input").fill(words)
    expect(said(page, "Strength:")).to_be_visible()
    return words


def asked_back(page: Page, groups: list[str], title: str) -> None:
    """Type groups 3 and 7 of the spare key and open the notebook."""
    expect(heading(page, title)).to_be_visible()
    shoot(page, "spare-key-asked-back")
    for number in (3, 7):
        page.get_by_label(f"Group {number}", exact=True).fill(groups[number - 1])
    button(page, "Open my notebook").click()


def sign_in(page: Page, who: Account) -> None:
    """Fill the first page and wait until a page of one's own stands there."""
    name = page.get_by_role("textbox", name="Name", exact=True)
    name.fill(who.name)
    unlock(page, who, "Sign in")


def come_in(page: Page, url: str, who: Account) -> Page:
    """Open the first page and sign in there."""
    page.goto(url)
    sign_in(page, who)
    return page


def unlock(page: Page, who: Account, verb: str = "Unlock") -> None:
    """Enter the passphrase and wait until a page of one's own stands there."""
    page.locator(".st-key-sign_in-passphrase input").fill(who.passphrase)
    button(page, verb).click()
    expect(page.get_by_role("navigation", name="Notebook")).to_be_visible(timeout=SLOW)


# Notes


def open_editor(page: Page) -> None:
    """Open an empty editor from the list of notes."""
    to(page, "Notes")
    button(page, "Write a note").click()
    expect(heading(page, "Write a note")).to_be_visible()


def type_note(page: Page, title: str, text: str) -> None:
    """Type title and text and wait until the page says that they are saved."""
    if title:
        page.get_by_label("Title (optional)").fill(title)
    page.get_by_label("Your note").fill(text)
    is_saved(page)
    expect(page.get_by_label("Your note")).to_have_value(text)


def is_saved(page: Page) -> None:
    """Wait until the page says that what stands in the editor is saved."""
    expect(page.locator(".saved .done")).to_contain_text("Saved at")
    expect(page.locator(".saved .done")).to_be_visible(timeout=SOON)


def choose(page: Page, *readers: str) -> None:
    """Choose who can read it."""
    for reader in readers:
        pill = page.get_by_role("toolbar", name="Who can read this?").get_by_role("button", name=reader, exact=True)
        pill.click()
        expect(pill).to_have_attribute("aria-pressed", "true")


def open_note(page: Page, title: str) -> None:
    """Open the note with this title from the list in front."""
    entry(page, title).get_by_role("button", name="Open", exact=True).click()
    expect(heading(page, title)).to_be_visible()


def entry(page: Page, title: str) -> Locator:
    """Return the card with this title on the list in front."""
    return page.locator(".entry").filter(has=page.get_by_role("heading", name=title, exact=True))


# The circle


def invite(page: Page, label: str, account: Account, group: str = "") -> str:
    """Answer the six steps: one by one or a new group, everything so far. Return the link on the finished page."""
    to(page, "Circle")
    shoot(page, "circle-alone")
    button(page, "Invite a person").click()
    _answer(page, "Who is it?", "invite-1-who")
    page.get_by_label("Your name for this person").fill(label)
    _go_on(page)
    _answer(page, f"What may {label} see?", "invite-2-what")
    page.get_by_text("Notes for a group" if group else "Notes I choose, one by one").click()
    if group:
        page.get_by_label("Or a new group (optional)").fill(group)
    page.get_by_role("radio", name="Everything so far").click()
    _go_on(page)
    _answer(page, "Until when?", "invite-3-until")
    page.get_by_role("radio", name="90 days").click()
    _go_on(page)
    _answer(page, "What is it for?", "invite-4-why")
    page.get_by_role("button", name="To support me at home").click()
    _go_on(page)
    _answer(page, "Read it through", "invite-5-read")
    _go_on(page)
    _answer(page, "Sign", "invite-6-sign")
    page.get_by_label("Your passphrase").fill(account.passphrase)
    page.get_by_label(f"Type your name here: {account.name}").fill(account.name)
    button(page, "Make invitation").click()
    expect(heading(page, f"Give this to {label}")).to_be_visible(timeout=SLOW)
    shoot(page, "invitation")
    return page.locator("dd", has_text="/#J=").inner_text()


def _answer(page: Page, title: str, picture: str) -> None:
    expect(heading(page, title)).to_be_visible()
    shoot(page, picture)


def _go_on(page: Page) -> None:
    button(page, "Continue").click()
