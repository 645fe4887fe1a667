"""Rows of this format, as once written, still open. `tests/vectors/make_rows.py` says when they may change."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest

from portal.crypto import codes, hpke
from portal.crypto.passphrase import stretch
from portal.crypto.sealing import LADDER, Part, Place, place, prf, unseal
from portal.errors import Tampered
from portal.newtypes import Secret
from portal.vault import records
from portal.vault.keyfolder import store_id
from tests.vectors.make_rows import FILE, plain

FROZEN: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
ROWS: list[dict[str, Any]] = FROZEN["rows"]
PEPPER = Secret(bytes.fromhex(FROZEN["pepper"]["hex"]))
RECORDS = {
    "Account", "State", "OwnPage", "list of View", "list of Received", "list of Seen", "Draft", "bytes", "Door",
    "ShelfPage", "Letter", "Invite", "StoreSeal",
}  # fmt: skip
each_row = pytest.mark.parametrize("row", ROWS, ids=[f"{number} {row['what']}" for number, row in enumerate(ROWS)])


def name_of(row: dict[str, Any]) -> list[Part]:
    return [bytes.fromhex(part["hex"]) if isinstance(part, dict) else part for part in row["name"]]


def place_of(row: dict[str, Any]) -> Place:
    return place(bytes.fromhex(row["secret"]), *name_of(row))


def ct_of(row: dict[str, Any]) -> bytes:
    return base64.b64decode(row["ct"])


def kind_of(row: dict[str, Any]) -> Any:
    listed, _, name = row["record"].rpartition(" ")
    if name == "bytes":
        return None
    kind = getattr(records, name)
    return list[kind] if listed else kind  # type: ignore[valid-type]


def the(what: str) -> dict[str, Any]:
    return next(row for row in ROWS if row["what"] == what)


def test_every_record_has_a_row() -> None:
    assert {row["record"] for row in ROWS} == RECORDS
    assert {row["name"][0] for row in ROWS} == {
        "account", "state", "own", "views", "inbox", "seen", "draft", "body", "door", "consent", "shelf", "letter",
        "invite", "join", "store",
    }  # fmt: skip


@each_row
def test_row_opens(row: dict[str, Any]) -> None:
    at, kind = place_of(row), kind_of(row)

    payload = unseal(at, ct_of(row))

    assert at.loc == row["loc"]
    assert len(ct_of(row)) in LADDER
    assert plain(records.unpack(payload, kind) if kind else payload) == row["fields"]


@each_row
def test_record_is_written_as_it_was(row: dict[str, Any]) -> None:
    payload, kind = unseal(place_of(row), ct_of(row)), kind_of(row)

    assert kind is None or records.pack(records.unpack(payload, kind)) == payload


@each_row
def test_row_opens_nowhere_else(row: dict[str, Any]) -> None:
    at, other = place_of(row), place_of(ROWS[ROWS.index(row) - 1])

    for elsewhere in (other, at._replace(context=other.context), at._replace(key=other.key)):
        with pytest.raises(Tampered):
            unseal(elsewhere, ct_of(row))


@each_row
def test_address_by_the_text_of_the_protocol(row: dict[str, Any]) -> None:
    def blob(part: Part) -> bytes:
        if isinstance(part, int):
            return part.to_bytes(8, "big")
        return part.encode() if isinstance(part, str) else part

    blobs = [blob(part) for part in ("fsp1", "loc", *name_of(row))]
    info = b"".join(len(one).to_bytes(4, "big") + one for one in blobs)
    block = hmac.digest(bytes.fromhex(row["secret"]), info + b"\x01", "sha256")

    assert int.from_bytes(block[:8], "big", signed=True) == row["loc"]


def test_rows_fit_the_store_seal() -> None:
    tag_key, root = prf(PEPPER, "root"), 0
    others = [row for row in ROWS if row["what"] != "store seal"]
    for row in others:
        tag = hmac.digest(tag_key, row["loc"].to_bytes(8, "big", signed=True) + ct_of(row), "sha256")
        root ^= int.from_bytes(tag[:16], "big")

    seal = the("store seal")["fields"]
    assert (seal["count"], seal["root"]["hex"]) == (len(others), f"{root:032x}")
    assert store_id(PEPPER) == FROZEN["store id"]


@pytest.mark.parametrize(("who", "index"), [("patient", 0), ("member", 1)])
def test_passphrase_and_recovery_code_lead_to_one_seed(who: str, index: int) -> None:
    account = FROZEN["accounts"][index]
    by_phrase, by_code = the(f"{who}: account by passphrase"), the(f"{who}: account by recovery code")

    root = stretch(PEPPER, account["name"].upper(), account["passphrase"])
    code = codes.secret_of(codes.read(account["recovery"].lower(), codes.RECOVERY))

    assert (root.hex(), code.hex()) == (by_phrase["secret"], by_code["secret"])
    assert by_phrase["fields"]["seed"]["hex"] == by_code["fields"]["seed"]["hex"] == the(f"{who}: state")["secret"]
    assert [by_phrase["loc"], by_code["loc"]] == the(f"{who}: state")["fields"]["accounts"]


def test_join_opens_and_gives_the_link() -> None:
    told = {name: bytes.fromhex(FROZEN["join"][name]["hex"]) for name in ("seed", "r", "link")}
    code = codes.secret_of(FROZEN["join"]["code"])
    box = bytes.fromhex(the("join, an HPKE box")["fields"]["hex"])

    join = records.unpack(hpke.unseal_join(told["seed"], code, box), records.Join)
    link = hpke.link_secret(join.part, Secret(told["r"]), code)

    assert plain(join) == FROZEN["join"]["opens"]
    assert (link, hpke.safety_number(link)) == (told["link"], FROZEN["join"]["number"])


def test_bodies_have_the_hashes_of_their_entries() -> None:
    bodies = {row["secret"]: bytes.fromhex(row["fields"]["hex"]) for row in ROWS if row["name"] == ["body"]}
    written = the("patient: own page")["fields"]["entries"]
    hashes = {one["key"]["hex"]: one["hash"]["hex"] for entry in written for one in (entry, *entry["versions"])}

    assert hashes == {key: hashlib.sha256(body).hexdigest() for key, body in bodies.items()}


def test_shelf_holds_the_slip_of_the_shared_entry() -> None:
    (slip,) = the("shelf page")["fields"]["slips"]
    entry = next(one for one in the("patient: own page")["fields"]["entries"] if one["id"] == slip["id"])

    assert slip == {field: entry[field] for field in slip}
