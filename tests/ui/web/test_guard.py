"""Who may speak to the server, and what every answer carries."""

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from portal.ui import main
from portal.ui.web import addresses, desk, headers, index
from portal.ui.web.cookies import digest
from tests.ui.web.conftest import HERE, NOWHERE, OURS, MemorySession, browser, sign_in

STREAM = "ws://127.0.0.1:8501/_stcore/stream"
STRANGERS = [
    {},
    {"origin": "http://127.0.0.1:9999"},
    {"origin": "http://127.0.0.1"},
    {"origin": "https://127.0.0.1:8501"},
    {"origin": "http://127.0.0.1:8501.evil.example"},
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": HERE + "/"},
    {"origin": HERE, "sec-fetch-site": "same-site"},
    {"origin": HERE, "sec-fetch-site": "cross-site"},
    {"origin": HERE, "host": "evil.example:8501"},
    {"origin": "http://evil.example:8501", "host": "evil.example:8501"},
]


@pytest.mark.parametrize("stranger", STRANGERS, ids=str)
def test_a_stranger_opens_no_socket(client: TestClient, stranger: dict[str, str]) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(STREAM, headers=stranger):
        pass


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("stranger", STRANGERS, ids=str)
def test_a_stranger_sends_nothing(client: TestClient, stranger: dict[str, str], method: str) -> None:
    for path in ("/s/close", "/s/open", "/_stcore/upload_file/a/b", "/"):
        assert client.request(method, path, headers=stranger).status_code in (400, 403)


def test_two_origins_are_none(client: TestClient) -> None:
    twice = [("origin", HERE), ("origin", HERE)]
    assert client.post("/s/close", headers=twice).status_code == 403


def test_our_own_page_may_speak(client: TestClient) -> None:
    assert client.post("/s/close", headers=OURS).status_code == 303
    with client.websocket_connect(STREAM, headers=OURS) as socket:
        assert socket.receive_json() == []


def test_another_host_name_reads_nothing(client: TestClient) -> None:
    for host in ("evil.example", "evil.example:8501", "127.0.0.1:1", "127.0.0.1"):
        assert client.get("/", headers={"host": host}).status_code == 400


def test_over_tls_on_its_own_port_the_origin_has_none(here: desk.Desk, client: TestClient) -> None:
    over = TestClient(client.app, base_url="https://localhost", follow_redirects=False)
    assert over.post("/s/close", headers={"origin": "https://localhost"}).status_code == 303
    assert over.post("/s/close", headers={"origin": "http://localhost"}).status_code == 403


def test_a_socket_is_bound_to_its_cookie_and_to_nothing_the_client_claims(client: TestClient, here: desk.Desk) -> None:
    client.cookies.set(here.cookies.sid, "one")
    forged = {**OURS, "x-portal-bind": "forged", "X-Portal-Bind": "forged too"}
    with client.websocket_connect(STREAM, headers=forged) as socket:
        assert socket.receive_json() == [digest("one")]


@pytest.mark.parametrize("path", ["/media/abc.png", "/_stcore/upload_file/a/b"])
def test_files_of_people_need_somebody_signed_in(
    client: TestClient, here: desk.Desk, robin: MemorySession, path: str
) -> None:
    assert client.get(path).status_code == 404
    sid = sign_in(client, here, robin)
    assert client.get(path).status_code == 200
    assert client.get(path, headers={"sec-fetch-site": "same-site"}).status_code == 404
    here.lock(sid)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/component/x/y.js", "/app/static/x"]
)
def test_what_nobody_needs_answers_nobody(client: TestClient, here: desk.Desk, robin: MemorySession, path: str) -> None:
    sign_in(client, here, robin)
    assert client.get(path).status_code == 404


def test_every_answer_carries_our_headers(client: TestClient) -> None:
    for path in ("/", "/notes", "/media/x", "/_stcore/health", "/s/portal.js", "/index.html"):
        answer = client.get(path)
        for name, value in headers.always(index.SOURCE).items():
            assert answer.headers.get_list(name.decode()) == [value.decode()], path


def test_only_files_named_by_their_content_may_be_kept(client: TestClient) -> None:
    assert client.get("/static/js/index.x.js").headers["cache-control"] == "public"
    assert client.get("/_stcore/health").headers["cache-control"] == "no-store"


def test_a_refusal_carries_the_headers_too(client: TestClient) -> None:
    assert client.post("/s/open", headers={"origin": "null"}).headers["x-frame-options"] == "DENY"


def test_the_browser_finds_its_base_path(client: TestClient) -> None:
    assert client.get("/notes/_stcore/health").status_code == 404
    assert client.get("/_stcore/health").status_code == 200


@pytest.mark.parametrize("path", ["/index.html", "/favicon.png", "/manifest.json", "/a.b/c", "/%00"])
def test_streamlits_own_page_is_never_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", NOWHERE)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_where_the_app_has_nothing_its_own_page_is_not_sent(client: TestClient, path: str, method: str) -> None:
    answer = client.request(method, path)
    assert answer.status_code in (404, 405)
    assert "streamlit" not in answer.text.casefold()
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", ["/a/b/c", "/notes/x", "//", "//notes", "/notes//x", "/notes//", "/start/notes"])
def test_an_address_too_deep_leads_to_the_first_page(client: TestClient, path: str) -> None:
    answer = client.get(HERE + path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize("path", ["/nope", "/nope/", "/Notes", "/sign-in", "/s", "/static", "/media"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_address_without_a_page_leads_to_the_first_one_whoever_asks(
    client: TestClient, here: desk.Desk, robin: MemorySession, path: str, method: str
) -> None:
    before = client.request(method, path)
    sign_in(client, here, robin)
    signed_in = client.request(method, path)
    for answer in (before, signed_in):
        assert (answer.status_code, answer.headers["location"], answer.text) == (303, "/", "")
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("row", main.PAGES, ids=lambda row: row.path or "sign-in")
def test_every_page_is_answered(client: TestClient, row: main.Row) -> None:
    answer = client.get(f"/{row.path}")
    assert answer.status_code == 200
    assert 'id="root"' in answer.text


def test_no_address_is_kept_for_a_page_that_is_gone() -> None:
    assert {f"/{row.path}" for row in main.PAGES if row.path} == addresses.PAGES


def test_a_page_with_a_stroke_behind_it_is_that_page(client: TestClient) -> None:
    assert client.get("/notes/").status_code == 200


def test_a_cookie_nobody_is_behind_stays_until_it_was_said_and_goes_then(client: TestClient, here: desk.Desk) -> None:
    client.cookies.set(here.cookies.sid, "from before")
    assert here.cookies.sid not in client.get("/").headers.get("set-cookie", "")
    assert here.ended("from before")
    here.tell_ended("from before")
    assert here.ended("from before")  # the page that is open goes on saying it
    assert f'{here.cookies.sid}=""' in client.get("/").headers["set-cookie"]


def test_a_cookie_somebody_is_behind_is_left_alone(client: TestClient, here: desk.Desk, robin: MemorySession) -> None:
    sid = sign_in(client, here, robin)
    here.tell_ended(sid)
    client.get("/")
    here.lock(sid)
    client.get("/")
    assert client.cookies[here.cookies.sid] == sid
    assert browser(client, here)
