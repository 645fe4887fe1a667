"""The main job, end to end, with two browsers: a note is written, read, seen to be read, and taken away again."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.pictures import shoot
from tests.journeys.server import Server
from tests.journeys.steps import SLOW, SOON, button, heading, said

FERN = "Fernanda"
FIRST, FIRST_TEXT = "A better evening", "We cooked together. **Nobody** was in a hurry."
SECOND, SECOND_TEXT = "Thursday walk", "The walk was short. It was good."
GROUP = "Kitchen table"
ENTRIES = "navigation.entries().map(entry => entry.url)"
REMOVED = "You can no longer open this circle."


@dataclass
class Told:
    """A story, and what was seen of it from outside: addresses that were asked for, titles, the page before sign-in."""

    patient: Page
    member: Page
    server: Server
    urls: list[str] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    before: str = ""
    ended: bool = False
    secrets: dict[str, str] = field(
        default_factory=lambda: {
            "pet name": FERN,
            "title": FIRST,
            "note": "We cooked together",
            "second title": SECOND,
            "second note": "The walk was short",
            "group": GROUP,
        }
    )


def tell(patient: Page, member: Page, server: Server) -> Told:
    """Live through the story; fails where the product does not keep its word."""
    told = Told(patient, member, server)
    for page in (patient, member):
        page.on("request", lambda asked: told.urls.append(asked.url.partition("#")[0]))  # a fragment is not sent
        page.on("websocket", lambda opened: told.urls.append(opened.url))
    link = _start_and_invite(told)
    _ask_to_join(told, link)
    _let_in(told)
    _read(told)
    _read_another(told)
    _remove(told)
    told.urls += [*patient.evaluate(ENTRIES), *member.evaluate(ENTRIES)]
    told.ended = True
    return told


def _title(told: Told) -> None:
    """Take note of the titles as they stand."""
    told.titles |= {title for page in (told.patient, told.member) if (title := page.title())}


def _start_and_invite(told: Told) -> str:
    patient = told.patient
    patient.goto(told.server.url)
    expect(button(patient, "Sign in")).to_be_visible()
    shoot(patient, "sign-in")
    told.before = patient.content()
    _title(told)
    patient.get_by_role("link", name="Start my notebook").click()
    account = steps.sign_up(patient)
    told.secrets |= {"name": account.name, "passphrase": account.passphrase, "spare key": account.spare_key}
    expect(heading(patient, "Today")).to_be_visible(timeout=SLOW)
    shoot(patient, "today-first")
    _title(told)
    _write_for_nobody_else(told)
    return _invite(told, account)


def _write_for_nobody_else(told: Told) -> None:
    patient = told.patient
    steps.open_editor(patient)
    shoot(patient, "write-empty")
    steps.type_note(patient, FIRST, FIRST_TEXT)
    steps.choose(patient, "Only me")
    expect(said(patient, "Only you will read it.")).to_be_visible()
    shoot(patient, "write-only-me")
    button(patient, "Keep for me").click()
    expect(said(patient, "The note is kept. Only you can read it.")).to_be_visible()
    _title(told)


def _invite(told: Told, account: steps.Account) -> str:
    link = steps.invite(told.patient, FERN, account, group=GROUP)
    code = link.partition("#J=")[2]
    told.secrets |= {"code": code, "code without dashes": code.replace("-", "")}
    _title(told)
    return link


def _ask_to_join(told: Told, link: str) -> None:
    member = told.member
    member.goto(link)
    expect(member.get_by_role("heading", level=1, name=re.compile("invites you$"))).to_be_visible()
    _no_code_in_history(told)
    shoot(member, "join-offer")
    button(member, "Ask to join").click()
    expect(heading(member, "One more step")).to_be_visible()
    shoot(member, "join-way-in")
    member.get_by_role("link", name="Start my notebook").click()
    account = steps.sign_up(member)
    told.secrets |= {"member's name": account.name, "member's passphrase": account.passphrase}
    expect(member.get_by_role("heading", level=1, name=re.compile("^Waiting for "))).to_be_visible(timeout=SLOW)
    _no_code_in_history(told)
    shoot(member, "home-waiting")
    _title(told)


def _no_code_in_history(told: Told) -> None:
    kept = [told.member.url, *told.member.evaluate(ENTRIES)]
    assert not [url for url in kept if "#" in url or told.secrets["code"][:9] in url]


def _let_in(told: Told) -> None:
    patient, member = told.patient, told.member
    knock = patient.locator(".st-key-knock").get_by_role("status").filter(has_text=f"{FERN} asks to join")
    expect(knock).to_be_visible(timeout=SOON)
    shoot(patient, "knock")
    button(patient, "Look").click()
    expect(heading(patient, f"Is it really {FERN}?")).to_be_visible()
    shoot(patient, "compare")
    number = steps.group_of(patient)
    assert re.fullmatch("[0-9]{30}", "".join(number))
    assert number == steps.group_of(member)
    _title(told)
    button(patient, f"They match, let {FERN} in").click()
    expect(said(patient, f"{FERN} is in your circle.")).to_be_visible()
    shoot(patient, "circle-one")
    expect(said(member, "The notebook is open now.")).to_be_visible(timeout=SOON)
    button(member, "Show").click()
    expect(member.get_by_text("Nothing to read yet.")).to_be_visible()
    shoot(member, "home-empty")
    _title(told)


def _read(told: Told) -> None:
    patient, member = told.patient, told.member
    steps.to(patient, "Notes")
    steps.open_note(patient, FIRST)
    expect(patient.get_by_text("Only you can read this.")).to_be_visible()
    button(patient, "Share this note").click()
    steps.choose(patient, FERN)
    expect(said(patient, f"{FERN} will read it.")).to_be_visible()
    shoot(patient, "note-sharing")
    button(patient, "Share note").click()
    expect(said(patient, f"{FERN} can read it.")).to_be_visible()
    _appears(told, FIRST, "home-empty-news")
    steps.open_note(member, FIRST)
    expect(member.locator(".prose strong")).to_have_text("Nobody")
    shoot(member, "member-note")
    _title(told)
    _is_read(patient)


def _appears(told: Told, title: str, picture: str) -> None:
    """The member's open page says that there is something; only the press opens it, and counts."""
    patient, member = told.patient, told.member
    expect(said(member, "1 new note.")).to_be_visible(timeout=SOON)
    shoot(member, picture)
    expect(member.get_by_text(title)).to_have_count(0)
    patient.reload()
    expect(patient.get_by_text("not shown yet")).to_be_visible()
    button(member, "Show").click()
    expect(member.get_by_role("heading", name=title, exact=True)).to_be_visible()


def _is_read(patient: Page) -> None:
    patient.reload()
    expect(patient.get_by_text("read today")).to_be_visible()
    expect(patient.get_by_text("not shown yet")).to_have_count(0)
    shoot(patient, "note-read")


def _read_another(told: Told) -> None:
    patient, member = told.patient, told.member
    member.locator(".st-key-back").get_by_role("link", name="Home").click()
    expect(member.get_by_role("heading", level=1, name=re.compile("notebook$"))).to_be_visible()
    steps.open_editor(patient)
    steps.type_note(patient, SECOND, SECOND_TEXT)
    steps.choose(patient, FERN)
    button(patient, "Share note").click()
    expect(said(patient, f"{FERN} can read it.")).to_be_visible()
    shoot(patient, "notes-shared")
    steps.open_note(patient, SECOND)
    _appears(told, SECOND, "home-news")
    shoot(member, "home-new")
    _title(told)
    _is_read(patient)


def _remove(told: Told) -> None:
    patient, member = told.patient, told.member
    steps.to(patient, "Circle")
    button(patient, "Change").click()
    expect(heading(patient, FERN)).to_be_visible()
    shoot(patient, "person")
    _title(told)
    button(patient, f"Remove {FERN}").click()
    _goes_blank(member, "Sharing is paused.")
    dialog = patient.get_by_role("dialog", name=f"Remove {FERN}?")
    shoot(patient, "remove-dialog")
    dialog.get_by_role("button", name=f"Remove {FERN}").click()
    expect(said(patient, f"{FERN} opens nothing from now on.")).to_be_visible()
    _goes_blank(member, REMOVED)
    shoot(member, "home-removed")
    member.reload()
    _goes_blank(member, REMOVED)
    _title(told)


def _goes_blank(member: Page, sentence: str) -> None:
    expect(member.get_by_text(sentence)).to_be_visible(timeout=SOON)
    for text in (FIRST, SECOND, "cooked", "The walk"):
        expect(member.get_by_text(text)).to_have_count(0)
    assert "cooked" not in member.content()
