"""Wrong, empty, too much, twice, or hostile: one clear sentence each, what was typed stays, and nothing runs."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.journeys import steps
from tests.journeys.pictures import shoot
from tests.journeys.seeds import Seed
from tests.journeys.server import Server
from tests.journeys.steps import SLOW, button, heading, said

LONG = "slow " * 20_000
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)></svg>",
    "<iframe src='https://example.org/'></iframe>",
    "</p></div><style>*{display:none}</style>",
    "[a link](javascript:alert(1))",
    "[a link](  JaVaScRiPt:alert(1))",
    "[a link](data:text/html,<script>alert(1)</script>)",
    "<javascript:alert(1)>",
    "![a picture](https://example.org/pixel.png)",
    "![a picture][1]\n\n[1]: https://example.org/pixel.png",
    "<a href='javascript:alert(1)'>a link</a>",
    "<form action='https://example.org/'><button>Continue</button></form>",
    "`<b onmouseover=alert(1)>`",
    ":red[word] :smile: $x^2$ -> <- :material/lock:",
)
ACTING = "script, iframe, object, embed, style, [onerror], [onload], [onclick], [onmouseover]"
ONE_LINE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def page(phone: Page, circle: Server) -> Iterator[Page]:
    """A phone on the first page. Whatever happens: no dialog opens, and every request goes to our own server."""
    opened: list[str] = []
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        opened.append(dialog.message)
        dialog.dismiss()

    phone.on("dialog", answer)
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(circle.url)
    yield phone
    assert opened == []
    assert [url for url in asked if not url.startswith((f"{circle.url}/", "data:"))] == []


@pytest.fixture
def robin(page: Page, seed: Seed) -> Page:
    steps.sign_in(page, seed.robin)
    return page


def refusal(page: Page, sentence: str) -> None:
    """The page names the problem in its box, once more at the field, and has the focus there."""
    box = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(box).to_contain_text(sentence, timeout=SLOW)
    expect(box).to_be_focused()
    expect(page).to_have_title(f"Error: {page.title().removeprefix('Error: ')}")


def test_a_wrong_passphrase_empties_only_the_passphrase(page: Page) -> None:
    for name in ("Robin", "Nobody of this name"):
        page.get_by_role("textbox", name="Name", exact=True).fill(name)
        page.locator(".st-key-sign_in-passphrase input").fill("not what it is at all")
        button(page, "Sign in").click()
        refusal(page, "These two do not match. Check both.")
        expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value(name)
        expect(page.locator(".st-key-sign_in-passphrase input")).to_have_value("")
    shoot(page, "sign-in-refused")


def test_a_name_that_points_to_somebody(page: Page) -> None:
    page.get_by_role("link", name="Start my notebook").click()
    expect(heading(page, "Pick a name")).to_be_visible()
    for name in ("june@example.org", "+1 555 010 9999"):
        page.get_by_role("textbox", name="Name", exact=True).fill(name)
        button(page, "Continue").click()
        refusal(page, "This looks like an e-mail or phone. Pick a name that hides you.")
        expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value(name)
    shoot(page, "start-refused")


def test_codes_that_open_nothing(page: Page) -> None:
    page.get_by_role("link", name="I have an invitation").click()
    shoot(page, "join-code")
    field = page.get_by_label("Invitation code")
    for typed, sentence in (
        ("ABCD-EFGH", "A code has 24 characters; this has 8."),
        ("<script>alert(1)</script>", "A code has 24 characters; this has 25."),
        ("0000-0000-0000-0000-0000-0000", "This code opens nothing. Ask for a new one."),
    ):
        field.fill(typed)
        button(page, "Continue").click()
        refusal(page, sentence)
        expect(field).to_have_value(typed)


def test_a_code_works_once_and_one_wrong_character_is_told(robin: Page, seed: Seed, circle: Server) -> None:
    link = steps.invite(robin, "Joe", seed.robin)
    code = link.partition("#J=")[2]
    _signs_out(robin, circle)
    steps.sign_in(robin, seed.sam)
    robin.goto(f"{circle.url}/join")
    wrong = code[:-6] + ("2" if code[-6] != "2" else "3") + code[-5:]
    _types(robin, wrong)
    refusal(robin, "One character looks wrong. Compare group by group.")
    _types(robin, f" {code.lower().replace('-', ' ')} ")
    button(robin, "Ask to join").click()
    expect(heading(robin, "Waiting for Robin")).to_be_visible()
    robin.goto(f"{circle.url}/join")
    _types(robin, code)
    refusal(robin, "This code opens nothing. Ask for a new one.")


def _types(page: Page, code: str) -> None:
    page.get_by_label("Invitation code").fill(code)
    button(page, "Continue").click()


def _signs_out(page: Page, circle: Server) -> None:
    page.goto(f"{circle.url}/settings")
    button(page, "Sign out").click()
    expect(button(page, "Sign in")).to_be_visible()


def test_an_empty_note_and_a_note_for_nobody(robin: Page) -> None:
    steps.open_editor(robin)
    steps.choose(robin, "Fern")
    button(robin, "Share note").click()
    refusal(robin, "Write a few words first.")
    shoot(robin, "write-refused")
    robin.reload()
    steps.type_note(robin, "", "Words for nobody yet")
    button(robin, "Share note").click()
    refusal(robin, "Choose who can read this, or keep it as a draft.")
    expect(robin.get_by_label("Your note")).to_have_value("Words for nobody yet")


def test_a_note_of_100_000_characters_is_refused_and_kept(robin: Page) -> None:
    steps.open_editor(robin)
    robin.get_by_label("Your note").fill(LONG)
    refusal(robin, "characters too many. Shorten it; nothing is lost while this page stays open.")
    steps.choose(robin, "Only me")
    button(robin, "Keep for me").click()
    refusal(robin, "characters too many. Shorten it; nothing is lost while this page stays open.")
    expect(robin.get_by_label("Your note")).to_have_value(LONG)


def test_a_double_click_shares_once(robin: Page) -> None:
    steps.open_editor(robin)
    steps.type_note(robin, "Shared once", "Pressed twice")
    steps.choose(robin, "Fern")
    expect(said(robin, "Fern will read it.")).to_be_visible()
    button(robin, "Share note").dblclick()
    expect(said(robin, "Fern can read it.")).to_be_visible()
    robin.reload()
    expect(robin.get_by_role("heading", name="Shared once", exact=True)).to_have_count(1)


def test_hostile_text_is_text(robin: Page, seed: Seed, circle: Server) -> None:
    steps.open_editor(robin)
    steps.type_note(robin, ONE_LINE, "\n\n".join(HOSTILE))
    steps.choose(robin, "Fern")
    button(robin, "Share note").click()
    expect(said(robin, "Fern can read it.")).to_be_visible()
    _is_inert(robin)
    steps.open_note(robin, ONE_LINE)
    expect(robin.locator(".prose")).to_contain_text("<script>alert(1)</script>")
    shoot(robin, "note-hostile")
    _is_inert(robin)
    _signs_out(robin, circle)
    steps.sign_in(robin, seed.fern)
    robin.goto(f"{circle.url}/shared")
    steps.open_note(robin, ONE_LINE)
    expect(robin.locator(".prose")).to_contain_text("<script>alert(1)</script>")
    _is_inert(robin)


def test_hostile_names_are_names(robin: Page, circle: Server) -> None:
    steps.to(robin, "Circle")
    robin.get_by_text("Add a group").click()
    robin.get_by_label("Name of the group").fill("<b onclick=alert(1)>")
    button(robin, "Add group").click()
    expect(said(robin, "The group <b onclick=alert(1)> is there.")).to_be_visible()
    _is_inert(robin)
    button(robin, "Change").first.click()
    robin.get_by_text("Your name for this person").click()
    robin.get_by_label("Name", exact=True).fill("<svg onload=alert(1)>")
    button(robin, "Save name").click()
    expect(heading(robin, "<svg onload=alert(1)>")).to_be_visible()
    _is_inert(robin)
    for path in ("circle", "notes", "write", "today"):
        robin.goto(f"{circle.url}/{path}")
        expect(robin.get_by_role("heading", level=1)).to_have_count(1)
        _is_inert(robin)
    robin.goto(f"{circle.url}/person")
    robin.get_by_text("Your name for this person").click()
    robin.get_by_label("Name", exact=True).fill("Fern")
    button(robin, "Save name").click()
    expect(heading(robin, "Fern")).to_be_visible()


def _is_inert(page: Page) -> None:
    """Nothing that people wrote became an element that acts, fetches or leads to a script."""
    main = page.get_by_test_id("stMain")
    expect(main.locator(ACTING)).to_have_count(0)
    expect(main.locator("img:not([src^='data:'])")).to_have_count(0)
    links = main.locator("a[href]").evaluate_all("all => all.map(a => a.protocol)")
    assert set(links) <= {"http:", "https:", "tel:", "sms:"}
    expect(main.locator("form:not([action^='/s/'])")).to_have_count(0)
