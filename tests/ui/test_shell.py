"""The frame: who may open a page, what stands above it, and that a tick never counts as an action."""

import re
from types import SimpleNamespace

import pytest
import streamlit as st

from portal.circle import accounts, sample
from portal.circle.circles import Standing
from portal.errors import Gone
from portal.ui import frame, shell, state
from portal.ui.main import PAGES
from portal.ui.screens import more
from portal.ui.shell import Who
from tests.ui.opened import PRE, Page, Portal

INSIDE = [row.path for row in PAGES if row.who not in (Who.OUTSIDE, Who.ANYBODY)]


def links(page: Page) -> list[str]:
    return [one.proto.label for one in page.at.get("page_link")]


def state_of(page: Page) -> state.Interface:
    found = page.at.session_state["ui"]
    assert isinstance(found, state.Interface)
    return found


@pytest.mark.parametrize("path", INSIDE)
def test_every_page_inside_asks_to_sign_in(portal: Portal, path: str) -> None:
    page = portal.open(path)

    assert page.h1 == "Notebook"
    assert "sign_in.go" in page.keys


@pytest.mark.parametrize("path", ["", "start", "back-in", "look-around"])
def test_pages_outside_lead_somebody_who_is_signed_in_home(portal: Portal, path: str) -> None:
    assert portal.signed_in("Maple River").open(path).h1 == "Today"


def test_the_row_of_links_has_the_readers_own_pages(portal: Portal) -> None:
    assert links(portal.signed_in("Maple River").open("more"))[:4] == ["Today", "Notes", "Circle", "More"]


@pytest.mark.parametrize("path", ["home", "shared", "open", "what-i-see", "leave"])
def test_a_circles_pages_are_not_there_without_a_circle(portal: Portal, path: str) -> None:
    assert portal.signed_in("Maple River").open(path).h1 == "Today"


def test_every_page_has_a_screen_and_a_word() -> None:
    paths = [row.path for row in PAGES]

    assert len(paths) == len(set(paths))
    for path in paths:
        assert re.fullmatch(r"[a-z-]*", path)
    assert set(frame.OWN_LINKS + frame.CIRCLE_LINKS) <= set(paths)


def test_a_run_is_an_action_and_a_refused_page_is_one_sentence(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    portal.signed_in("Maple River")
    until = portal.signed.until
    portal.now += 60

    def gone() -> None:
        raise Gone

    monkeypatch.setattr(more, "page", gone)
    page = portal.open("more")

    assert page.h1 == "This page cannot be shown"
    assert "This is no longer here." in page.text
    assert portal.signed.until == until + 60


def test_a_tick_finds_the_session_without_lengthening_it(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    page = portal.signed_in("Maple River").open("more")
    until = portal.signed.until
    assert f'data-until="{until}"' in page.source
    monkeypatch.setattr(state, "touch", lambda: None)
    portal.now += 60

    page.run()

    assert portal.signed.until == until


def test_a_page_whose_session_ended_forgets_everything(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("settings")
    page.type("settings.away", "https://mine.example")
    state_of(page).answers["invite"] = {"label": "Fern"}
    portal.desk.end(str(portal.sid))

    page.run()

    assert page.h1 == "Notebook"
    assert "invite" not in state_of(page).answers
    assert "settings.away" not in page.at.session_state
    assert "mine.example" not in page.source


def test_both_sides_of_a_sample_can_be_seen_and_are_marked(portal: Portal) -> None:
    made = sample.sample("en", now=portal.now)
    ticket = portal.desk.issue(made.patient, PRE, page="today", sides={"patient": made.patient, "member": made.member})
    portal.sid = portal.desk.exchange(ticket, PRE)

    page = portal.open("today")
    assert "Sample data. Nothing is kept." in page.text
    assert page.h1 == "Today"
    page.at.segmented_control(key="frame.side").set_value("member").run()

    assert links(page)[:4] == ["Home", "Notes", "Library", "More"]
    assert "Circle" not in links(page)


def test_somebody_asks_to_join_above_every_own_page(portal: Portal) -> None:
    made = sample.sample("en", now=portal.now)

    page = portal.enter(made.patient).open("settings")

    assert re.search(r"\w+ asks to join", page.text)
    assert any(key.startswith("knock.") for key in page.keys)


def test_the_tab_names_the_page_and_the_notebook_only(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    titles: list[str] = []
    monkeypatch.setattr(st, "set_page_config", lambda page_title, **_: titles.append(page_title))
    page = portal.signed_in("Maple River").open("settings")
    page.type("settings.away", "ftp://x").press("settings.save")

    assert titles[0].startswith(("Sign in", "Today", "Settings"))
    assert titles[-1] == "Error: Settings · Notebook"
    assert not any("Maple" in title for title in titles)


def test_the_name_of_the_notebook_is_the_hosts(portal: Portal) -> None:
    portal.desk.host = type(portal.desk.host)(name="Garden")

    assert portal.open().h1 == "Garden"


def test_where_leave_now_goes_stands_in_the_page(portal: Portal) -> None:
    session = portal.account("Maple River")
    accounts.save_settings(session, accounts.Settings(away="https://news.example/?a=1&b"), now=portal.now)

    page = portal.enter(session).open("more")

    assert 'data-away="https://news.example/?a=1&amp;b"' in page.source


def test_a_circle_that_waits_comes_first_then_one_that_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    fronts: list[object] = []
    monkeypatch.setattr(state, "viewing", lambda: None)
    monkeypatch.setattr(state, "view", fronts.append)
    over, is_open, waits = (
        SimpleNamespace(id=name, standing=how)
        for name, how in (("over", Standing.REMOVED), ("open", Standing.OPEN), ("waits", Standing.WAITING))
    )
    for mine in ([over, is_open, waits], [over, is_open], [over], []):
        assert shell._into_circle(mine) == bool(mine)  # type: ignore[arg-type]
    assert fronts == ["waits", "open", "over", None]
