"""Enter, "Go" on a phone: does what the primary button does where a page asks something, once, and shares nothing."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.seeds import Seed
from tests.journeys.server import Server
from tests.journeys.steps import SLOW, button, heading

COUNT = "() => { window.presses = 0; addEventListener('click', () => { window.presses += 1; }, true); }"


def _first_page(phone: Page, circle: Server, path: str = "") -> None:
    phone.goto(f"{circle.url}/{path}")
    expect(phone.get_by_role("heading", level=1)).to_have_count(1)


def test_enter_in_the_passphrase_signs_in_and_unlocks(phone: Page, circle: Server, seed: Seed) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    _first_page(phone, circle)
    phone.get_by_role("textbox", name="Name", exact=True).fill(seed.robin.name)
    field = phone.locator(".st-key-sign_in-passphrase input")
    field.press_sequentially(seed.robin.passphrase)
    expect(field).to_have_attribute("enterkeyhint", "go")
    for _ in range(2):
        phone.keyboard.press("Enter")
    expect(phone.get_by_role("navigation", name="Notebook")).to_be_visible(timeout=SLOW)
    assert asked.count(f"{circle.url}/s/open") == 1
    phone.locator("#bar").get_by_role("button", name="Lock").click()
    expect(heading(phone, "Locked")).to_be_visible()
    field.press_sequentially(seed.robin.passphrase)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("navigation", name="Notebook")).to_be_visible(timeout=SLOW)


def test_a_double_enter_goes_one_step_and_a_wrong_key_is_said(phone: Page, circle: Server) -> None:
    _first_page(phone, circle, "start")
    phone.get_by_role("textbox", name="Name", exact=True).press_sequentially(" by the sea")
    phone.evaluate(COUNT)
    for _ in range(2):
        phone.keyboard.press("Enter")
    expect(heading(phone, "Choose a passphrase")).to_be_visible()
    assert phone.evaluate("presses") == 1
    button(phone, "Continue").click()
    groups = steps.group_of(phone)
    button(phone, "Continue").click()
    phone.get_by_label("Group 3", exact=True).fill(groups[2])
    phone.get_by_label("Group 7", exact=True).press_sequentially("AAAA")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("alert")).to_contain_text("One character looks wrong.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ABCD", "A code has 24 characters; this has 4."),
        ("http://127.0.0.1:8501/#J=0000-0000-0000-0000-0000-0000", "This code opens nothing. Ask for a new one."),
    ],
)
def test_enter_sends_a_code_and_a_whole_link(phone: Page, circle: Server, typed: str, said: str) -> None:
    _first_page(phone, circle, "join")
    phone.get_by_label("Invitation code").fill(typed)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("alert")).to_contain_text(said)


def test_enter_shares_no_note_and_sends_no_search(phone: Page, circle: Server, seed: Seed) -> None:
    _first_page(phone, circle)
    steps.sign_in(phone, seed.robin)
    steps.open_editor(phone)
    steps.choose(phone, "Fern")
    steps.type_note(phone, "", "Not yet for anybody")
    phone.get_by_label("Title (optional)").press_sequentially("Wait")
    phone.keyboard.press("Enter")
    steps.is_saved(phone)
    expect(heading(phone, "Write a note")).to_be_visible()
    steps.to(phone, "Notes")
    expect(phone.locator("[class*=st-key-card-plain-draft]").filter(has_text="Not yet for anybody")).to_be_visible()
    steps.to(phone, "Circle")
    phone.get_by_text("Add a group", exact=True).click()
    phone.get_by_label("Name of the group").fill("Neighbours")
    phone.keyboard.press("Enter")
    expect(phone.get_by_label("Name of the group")).to_have_value("Neighbours")
    expect(heading(phone, "Circle")).to_be_visible()
