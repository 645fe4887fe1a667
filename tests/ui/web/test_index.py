"""The page that stands before the app: neutral, complete, in the reader's language."""

import base64
import hashlib
import re

import pytest
from starlette.testclient import TestClient

from portal.ui import words
from portal.ui.web import desk, headers, index
from portal.ui.web.language import choose
from portal.ui.web.settings import TELLING, Host


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_page_tells_nothing(lang: str) -> None:
    own = re.sub(r'"/static/[^"]*"', "", index.page(lang, Host()).decode()).casefold()
    assert [stem for stem in (*TELLING, "agent") if stem in own] == []


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_bar_stands_first_in_its_order(lang: str) -> None:
    page = index.page(lang, Host()).decode()
    places = [
        page.index(mark) for mark in ('class="skip"', 'class="leave"', 'class="help"', 'class="lock"', 'id="root"')
    ]
    assert places == sorted(places)
    assert f'<html lang="{lang}">' in page
    assert words.text(lang, "bar.leave") in page


def test_our_script_runs_before_streamlits() -> None:
    page = index.page("en", Host()).decode()
    assert page.index("/s/portal.js") < page.index('type="module"')


def test_the_host_names_it_and_cannot_break_out() -> None:
    page = index.page("en", Host(name='"><b>', away="https://news.example/?a=1&b=2")).decode()
    assert "<title>&quot;&gt;&lt;b&gt;</title>" in page
    assert 'href="https://news.example/?a=1&amp;b=2"' in page


def test_no_inline_script_or_style_of_ours() -> None:
    page = index.page("en", Host()).decode()
    assert len(re.findall(r"<script(?![^>]*\bsrc=)", page)) == 1
    assert "<style" not in page
    assert not re.search(r"\son\w+=", page)


def test_the_policy_allows_exactly_the_inline_script_of_the_page_we_send() -> None:
    inline = re.findall(r"<script>(.*?)</script>", index.page("en", Host()).decode(), re.DOTALL)
    allowed = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
    policy = headers.policy(index.SOURCE)
    assert len(inline) == 1
    assert re.findall(r"script-src ([^;]*)", policy) == [f"'self' 'sha256-{allowed}'"]
    assert "unsafe-eval" not in policy
    assert re.findall(r"(\S+) 'unsafe-inline'", policy) == ["style-src-attr"]


def test_a_page_of_another_streamlit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "SOURCE", index.SOURCE.replace("<title>Streamlit</title>", "<title>Other</title>"))
    with pytest.raises(ValueError, match="changed"):
        index.page("en", Host())
    with pytest.raises(ValueError, match="changed"):
        headers.policy(index.SOURCE + "<script>1</script>")


def test_the_first_page_gives_the_browser_its_cookie_once(client: TestClient, here: desk.Desk) -> None:
    first = client.get("/").headers["set-cookie"]
    assert first.startswith(f"{here.cookies.pre}=")
    assert {"HttpOnly", "Path=/", "SameSite=strict"} <= set(first.split("; "))
    assert "set-cookie" not in client.get("/notes").headers
    client.cookies.clear()
    client.cookies.set(here.cookies.pre, "short")
    assert "set-cookie" in client.get("/").headers


@pytest.mark.parametrize(
    ("cookie", "accepted", "lang"),
    [
        (None, None, "en"),
        (None, "es-MX,es;q=0.9,en;q=0.8", "es"),
        (None, "de, en;q=0.5, es;q=0.7", "es"),
        (None, "de;q=x, *, ;;;", "en"),
        ("en", "es", "en"),
        ("fr", "es", "es"),
    ],
)
def test_the_language(cookie: str | None, accepted: str | None, lang: str) -> None:
    assert choose(cookie, accepted) == lang


def test_the_page_comes_in_the_language_asked_for(client: TestClient) -> None:
    assert '<html lang="es">' in client.get("/", headers={"accept-language": "es"}).text


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_bar_can_say_that_the_connection_is_lost(lang: str) -> None:
    said = f'<p id="lost" role="status" data-said="{words.text(lang, "bar.lost")}"></p>'
    assert said in index.page(lang, Host()).decode()


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_bar_carries_the_name_of_a_dialogs_close_button(lang: str) -> None:
    assert f' data-close="{words.text(lang, "bar.close")}"' in index.page(lang, Host()).decode()
