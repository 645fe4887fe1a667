"""Pages opened without a browser: the true script, a store in memory, a clock that stands still.

def test_a_page(portal):
    page = portal.signed_in("robin").open("settings")
    page.press("settings.save")
    assert "Your settings are saved." in page.text
"""

import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea, TextInput

from portal import clock
from portal.circle import accounts
from portal.circle.accounts import Session, Store
from portal.ui import state
from portal.ui.web import desk
from portal.ui.web.desk import Desk
from portal.ui.web.signed import Signed

MAIN = Path(__file__).parents[2] / "portal" / "ui" / "main.py"
NOW = 1_793_714_700  # Tue 3 Nov 2026, 14:05 UTC
PRE = "p" * 32
PASSPHRASE = "seven quiet herons cross the lake"
BLOCKS = ("html", "title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success")


class Page:
    """One open tab."""

    def __init__(self, at: AppTest) -> None:
        self.at = at

    @property
    def source(self) -> str:
        """Everything drawn, as it was written."""
        blocks = [self.at.get(kind) for kind in BLOCKS]
        return "\n".join(str(getattr(one.proto, "body", "")) for several in blocks for one in several)

    @property
    def text(self) -> str:
        """The words drawn, without tags, with the labels of buttons, fields and links."""
        labels = [one.label for several in (self.at.button, self.at.text_input, self.at.text_area) for one in several]
        links = [one.proto.label for one in self.at.get("page_link")]
        return unescape(re.sub(r"<[^>]+>", " ", self.source)) + "\n" + "\n".join([*labels, *links])

    @property
    def h1(self) -> str:
        """The only h1. Fails when there is another one, or none."""
        found = re.findall(r"<h1[^>]*>(.*?)</h1>", self.source)
        assert len(found) == 1, found
        return unescape(found[0])

    def press(self, key: str) -> "Page":
        """Press a button by its key."""
        self.at.button(key=key).click().run()
        return self._sound()

    def type(self, key: str, words: str) -> "Page":
        """Fill a field by its key and leave it."""
        self._field(key).set_value(words)
        return self

    def put(self, key: str, value: object) -> "Page":
        """Choose with a widget that has no test double."""
        self.at.session_state[key] = value
        return self

    def run(self) -> "Page":
        """Take over what was typed."""
        self.at.run()
        return self._sound()

    def turn_to(self, path: str) -> "Page":
        """Follow a link to another page."""
        self.at.session_state["ui"].to = path
        return self.run()

    def value(self, key: str) -> str:
        """What stands in a field."""
        return str(self._field(key).value)

    def _field(self, key: str) -> TextInput | TextArea:
        return next(one for several in (self.at.text_input, self.at.text_area) for one in several if one.key == key)

    @property
    def keys(self) -> set[str]:
        """The keys of all buttons."""
        return {one.key for one in self.at.button if one.key}

    def _sound(self) -> "Page":
        assert not self.at.exception, [one.value for one in self.at.exception]
        return self


def press_entry(at: AppTest, press: str) -> AppTest:
    """Press a button of a list, "open:0a1b", as the browser hands it over. Fails when the list does not draw it."""
    name, item = press.split(":")
    drawn = "".join(str(one.proto.body) for one in at.get("html"))
    assert f'data-press="{press}"' in drawn or re.search(f'data-more="{item}" data-choices="[^"]*\\b{name}\\b', drawn)
    return hear(at, f"{press}:{at.session_state['ui'].heard + 1}")


def hear(at: AppTest, pressed: str) -> AppTest:
    """Put anything at all into the field that hears the buttons of a list."""
    at.text_input(key="press").set_value(pressed)
    return at


@dataclass
class Portal:
    """A server without a network: one store, one browser."""

    store: Store
    desk: Desk
    now: int = NOW
    sid: str | None = None
    sessions: dict[str, Session] = field(default_factory=dict)

    def account(self, name: str) -> Session:
        """An account, made on first use."""
        if name not in self.sessions:
            key = accounts.new_spare_key()
            self.sessions[name] = accounts.sign_up(self.store, name, PASSPHRASE, key, now=self.now)
        return self.sessions[name]

    def signed_in(self, name: str) -> "Portal":
        """Sign `name` in in this browser."""
        return self.enter(self.account(name))

    def enter(self, session: Session) -> "Portal":
        """Sign a session in in this browser."""
        self.sid = self.desk.exchange(self.desk.issue(session, PRE), PRE)
        return self

    @property
    def signed(self) -> Signed:
        """Who is signed in."""
        found = self.desk.person(self.sid)
        assert found is not None
        return found

    def open(self, path: str = "", **spot: bytes | str) -> Page:
        """Open a page in a new tab; `spot` is what is open there, by page."""
        for page, item in spot.items():
            self.signed.spot[f"open.{page.replace('_', '-')}"] = item
        at = AppTest.from_file(str(MAIN), default_timeout=20)
        at.session_state["ui"] = state.Interface(to=path)
        return Page(at).run()


def portal_for(monkeypatch: pytest.MonkeyPatch) -> Portal:
    """Build a portal and put it where the pages look for it."""
    store = accounts.open_memory(now=NOW)
    made = Portal(store, Desk(store))
    monkeypatch.setattr(clock, "now", lambda: made.now)
    monkeypatch.setattr(state, "current_sid", lambda: made.sid)
    monkeypatch.setattr(state, "current_pre", lambda: PRE)
    monkeypatch.setattr(desk, "_now", [made.desk])
    return made
