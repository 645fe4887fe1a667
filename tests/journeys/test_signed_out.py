"""A session that ended by itself is said, once; one that somebody ended is not."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import seeds, steps
from tests.journeys import server as servers
from tests.journeys.pictures import shoot
from tests.journeys.seeds import Seed
from tests.journeys.steps import SLOW, button, heading, said

OVER = "You are signed out. Sign in; drafts are kept."


def test_a_server_that_started_again_says_so_once_and_leads_back(seed: Seed, tmp_path: Path, phone: Page) -> None:
    folder, port = seeds.copied(seed, tmp_path), servers.free_port()
    with servers.running(folder, port=port) as first:
        phone.goto(first.url)
        steps.sign_in(phone, seed.robin)
        steps.open_editor(phone)
        steps.type_note(phone, "", "Half a note")
    with servers.running(folder, port=port):
        expect(said(phone, OVER)).to_be_visible(timeout=SLOW)
        shoot(phone, "signed-out")
        phone.reload()
        expect(button(phone, "Sign in")).to_be_visible()
        expect(said(phone, OVER)).to_have_count(0)
        steps.sign_in(phone, seed.robin)
        expect(heading(phone, "Write a note")).to_be_visible()


def test_who_reloads_first_is_told_too_in_their_language(
    seed: Seed, tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(locale="es-ES").new_page()
    folder, port = seeds.copied(seed, tmp_path), servers.free_port()
    with servers.running(folder, port=port) as first:
        page.goto(first.url)
        page.get_by_role("textbox", name="Nombre", exact=True).fill(seed.robin.name)
        page.locator(".st-key-sign_in-passphrase input").fill(seed.robin.passphrase)
        button(page, "Entrar").click()
        expect(page.get_by_role("navigation", name="Cuaderno")).to_be_visible(timeout=SLOW)
        page.goto("about:blank")
    with servers.running(folder, port=port) as second:
        page.goto(second.url)
        expect(said(page, "La sesión terminó. Entra; los borradores siguen aquí.")).to_be_visible()
