"""Tickets become cookies, forms end in a page, and nothing from outside chooses where."""

import pytest
from starlette.testclient import TestClient

from portal.ui.web import desk
from portal.ui.web.tickets import TICKET_SECONDS
from tests.ui.web.conftest import HERE, OURS, MemorySession, MemoryStore, Time, browser, sign_in


def test_a_ticket_becomes_a_cookie_that_no_script_reads(
    client: TestClient, here: desk.Desk, robin: MemorySession
) -> None:
    ticket = here.issue(robin, browser(client, here), page="notes")
    answer = client.post("/s/open", data={"ticket": ticket}, headers=OURS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/notes")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("sid-0123456789abcdef=")
    assert {"HttpOnly", "Path=/", "SameSite=strict"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert "Max-Age" not in cookie


def test_over_tls_the_cookie_is_secure_and_of_this_host(client: TestClient, store: MemoryStore) -> None:
    here = desk.Desk(store, secure=True)
    desk.install(here)
    over = TestClient(client.app, base_url="https://localhost", follow_redirects=False)
    ticket = here.issue(MemorySession(store), browser(over, here))
    answer = over.post("/s/open", data={"ticket": ticket}, headers={"origin": "https://localhost"})
    assert answer.headers["set-cookie"].startswith("__Host-sid-0123456789abcdef=")
    assert "Secure" in answer.headers["set-cookie"].split("; ")


def test_a_ticket_counts_once(client: TestClient, here: desk.Desk, robin: MemorySession) -> None:
    ticket = here.issue(robin, browser(client, here))
    assert "set-cookie" in client.post("/s/open", data={"ticket": ticket}, headers=OURS).headers
    assert "set-cookie" not in client.post("/s/open", data={"ticket": ticket}, headers=OURS).headers


def test_a_ticket_counts_in_its_own_browser_only(client: TestClient, here: desk.Desk, robin: MemorySession) -> None:
    ticket = here.issue(robin, browser(client, here))
    other = TestClient(client.app, base_url=HERE, follow_redirects=False)
    browser(other, here)
    assert "set-cookie" not in other.post("/s/open", data={"ticket": ticket}, headers=OURS).headers


def test_a_late_ticket_counts_no_more(client: TestClient, here: desk.Desk, robin: MemorySession, time: Time) -> None:
    ticket = here.issue(robin, browser(client, here))
    time.pass_(TICKET_SECONDS)
    assert "set-cookie" not in client.post("/s/open", data={"ticket": ticket}, headers=OURS).headers


@pytest.mark.parametrize("page", ["//evil.example", "https://evil.example", "a/b", "Notes", "..", "a?b", "a\r\nb: c"])
def test_no_form_leads_away(client: TestClient, here: desk.Desk, robin: MemorySession, page: str) -> None:
    sign_in(client, here, robin)
    for path in ("/s/close", "/s/lang", "/s/open"):
        assert client.post(path, data={"next": page}, headers=OURS).headers["location"] == "/"


def test_signing_out_drops_keys_and_cookie(client: TestClient, here: desk.Desk, robin: MemorySession) -> None:
    sid = sign_in(client, here, robin)
    answer = client.post("/s/close", headers=OURS)
    assert robin.closed
    assert here.person(sid) is None
    assert here.locked(sid) is None
    assert here.cookies.sid not in client.cookies
    assert answer.headers["clear-site-data"] == '"cache", "storage"'


def test_locking_remembers_the_page(client: TestClient, here: desk.Desk, robin: MemorySession) -> None:
    sid = sign_in(client, here, robin)
    assert client.post("/s/lock", data={"next": "notes"}, headers=OURS).headers["location"] == "/"
    left = here.locked(sid)
    assert robin.closed
    assert left is not None
    assert (left.name, left.page) == ("Robin", "notes")


def test_a_code_waits_for_its_browser(client: TestClient, here: desk.Desk) -> None:
    pre = browser(client, here)
    assert client.post("/s/invite", data={"code": "ABCD-1234"}, headers=OURS).headers["location"] == "/"
    assert here.code(pre) == "ABCD-1234"
    client.post("/s/close", data={"keep": "code"}, headers=OURS)
    assert here.code(pre) == "ABCD-1234"
    client.post("/s/close", headers=OURS)
    assert here.code(pre) is None


@pytest.mark.parametrize("code", ["", "A" * 65, "A B", "<b>", "Ä"])
def test_a_code_that_cannot_be_one_is_not_kept(client: TestClient, here: desk.Desk, code: str) -> None:
    pre = browser(client, here)
    client.post("/s/invite", data={"code": code}, headers=OURS)
    assert here.code(pre) is None


def test_without_a_browser_cookie_no_code_is_kept(client: TestClient, here: desk.Desk) -> None:
    client.post("/s/invite", data={"code": "ABCD"}, headers=OURS)
    assert here.code("") is None


@pytest.mark.parametrize("body", [b"code=" + b"A" * 10_000, b"\xff\xfe=1", b"&".join([b"code=A"] * 20)])
def test_a_form_that_is_too_long_or_not_text_is_empty(client: TestClient, here: desk.Desk, body: bytes) -> None:
    pre = browser(client, here)
    assert client.post("/s/invite", content=body, headers=OURS).status_code == 303
    assert here.code(pre) is None


def test_a_chosen_language_stays(client: TestClient) -> None:
    client.post("/s/lang", data={"language": "es", "next": "sign-in"}, headers=OURS)
    assert '<html lang="es">' in client.get("/", headers={"accept-language": "en"}).text
    client.post("/s/lang", data={"language": "xx"}, headers=OURS)
    assert '<html lang="es">' in client.get("/").text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("portal.js", "text/javascript"),
        ("portal.css", "text/css"),
        ("pieces.css", "text/css"),
        ("icon.svg", "image/svg+xml"),
    ],
)
def test_the_parts_of_the_page(client: TestClient, name: str, kind: str) -> None:
    answer = client.get(f"/s/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)


def test_who_leaves_leaves_no_word_of_what_was_begun(client: TestClient, here: desk.Desk) -> None:
    pre = browser(client, here)
    for page in ("start", "back-in"):
        here.begin(pre, page)
    client.post("/s/close", data={"next": "start"}, headers=OURS)  # somebody else is signed out to go on there
    assert (here.begun(pre, "start"), here.begun(pre, "back-in")) == (True, False)
    client.post("/s/close", headers=OURS)
    assert not here.begun(pre, "start")


def test_a_lock_page_left_behind_in_another_tab_knows_nobody(
    client: TestClient, here: desk.Desk, robin: MemorySession, store: MemoryStore
) -> None:
    left = sign_in(client, here, robin, page="notes")
    client.post("/s/lock", headers=OURS)
    client.post("/s/close", headers=OURS)
    now = sign_in(client, here, fern := MemorySession(store, "Fern", b"fern"))

    assert here.signed_in_here(str(client.cookies[here.cookies.pre]))
    assert here.locked(left) is None
    assert here.person(left) is None
    client.post("/s/lock", data={"next": "notes"}, headers={**OURS, "cookie": f"{here.cookies.sid}={left}"})
    assert here.person(now) is not None
    assert not fern.closed


def test_a_ticket_of_a_tab_left_behind_opens_its_own_pages_and_ends_the_others(
    client: TestClient, here: desk.Desk, robin: MemorySession, store: MemoryStore
) -> None:
    left = sign_in(client, here, MemorySession(store), page="notes")
    client.post("/s/lock", headers=OURS)
    ticket = here.issue(robin, browser(client, here))  # unlocked in one tab ...
    client.post("/s/close", headers=OURS)
    sign_in(client, here, fern := MemorySession(store, "Fern", b"fern"), page="circle")  # ... while the other signs in

    answer = client.post("/s/open", data={"ticket": ticket}, headers=OURS)

    signed = here.person(str(client.cookies[here.cookies.sid]))
    assert signed is not None
    assert (signed.session.name, signed.page, answer.headers["location"]) == ("Robin", "", "/")
    assert fern.closed
    assert here.locked(left) is None
