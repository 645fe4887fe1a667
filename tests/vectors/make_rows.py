"""Make `fsp1-rows.json`: every row of one small store, with what is needed to open it and what must come out.

Run `python -m tests.vectors.make_rows` only when the format itself changes: until the
first release in one commit that says why and makes PROTOCOL.md anew; from then on never
for `fsp1`, whose rows are only added to. Salts are random, so a second run gives other
bytes: the file freezes how rows are opened, not how they are sealed.
"""

import base64
import json
from pathlib import Path
from typing import Any

import msgspec

from portal.crypto import codes, hpke
from portal.crypto.passphrase import STANDARD
from portal.crypto.sealing import Part, place
from portal.newtypes import ListId
from portal.vault import accounts, drafts, entries, invitations, joining, letters, people, reading, sharing, upkeep
from portal.vault import records as r
from portal.vault.session import Session
from portal.vault.store import Store

FILE = Path(__file__).parent / "fsp1-rows.json"
NOW, DAY = 1_800_000_000, 86_400
HOUSEHOLD = ListId(b"househld")
NOTE = 1
PATIENT = ("Quiet Harbor", "acorn lantern meadow ribbon topaz velvet", "0123456789ABCDEFGHJKMNPQRSTVWXY")
MEMBER = ("Ámber Lantern", "bridge copper elm frost granite walnut ñ", "YXWVTSRQPNMKJHGFEDCBA9876543210")

Described = dict[str, Any]


def plain(value: object) -> Any:
    """Return a record as JSON holds it: fields by name, bytes as {"hex": ..}."""
    if isinstance(value, msgspec.Struct):
        return {field: plain(getattr(value, field)) for field in value.__struct_fields__}
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def whole(recovery: str) -> str:
    """Return a recovery code with its check character."""
    return recovery + codes.check(recovery)


class Story:
    """Two accounts in one store in memory, until every record has a row."""

    def __init__(self) -> None:
        self.store = Store.in_memory(now=NOW, profile=STANDARD)
        self.patient = self._sign_up(*PATIENT)
        self.member = self._sign_up(*MEMBER)
        with self.store.change(NOW):
            self.patient.write(NOW, lists=[r.Audience(HOUSEHOLD, "Household")])
        self._let_in()
        self._share()
        self._leave_open()

    def _sign_up(self, name: str, passphrase: str, recovery: str) -> Session:
        code = whole(recovery)
        return accounts.sign_up(self.store, name, passphrase, code, now=NOW, settings=b"settings of the circle")

    def _invite(self, label: str) -> r.Invitation:
        consent = sharing.publish(self.patient, 200, f"The consent for {label}.".encode(), [], now=NOW + 60)
        offer = b"what will be visible"
        ends = NOW + 7 * DAY
        return invitations.make(
            self.patient, label=label, relation="sister", consent=consent, offer=offer, ends=ends, now=NOW + 60
        )

    def _let_in(self) -> None:
        made = self._invite("Ana")
        self.link = joining.join(self.member, made.code, "Ana María", owner=PATIENT[0], now=NOW + 120)
        generation = self.store.generation.id
        lists = [HOUSEHOLD]
        open_to = r.Permission(r.PersonState.OPEN, generation, [NOTE, 2], lists, 0, NOW, NOW + 90 * DAY)
        invitations.confirm(self.patient, made.id, open_to, b"the consent as signed", now=NOW + 180)

    def _share(self) -> None:
        item = sharing.publish(
            self.patient, NOTE, "A steady week. Gracias — 🌱".encode(), [HOUSEHOLD], now=NOW + 240, tags=["week"]
        )
        reading.show(self.member, self.link.id, [item], now=NOW + 300)
        answer = r.Letter(3, NOW + 300, [item], "Thank you for telling us.", b"token")
        letters.send(self.member, self.link.id, answer, now=NOW + 301)
        upkeep.settle_all(self.patient, NOW + 360)
        sharing.edit(self.patient, item, b"A steady week, and a walk.", base=NOW + 240, now=NOW + 420, tags=["week"])
        sharing.publish(self.patient, 2, b"Only for me so far.", [], now=NOW + 421, card=b"card")
        reading.show(self.member, self.link.id, [item], now=NOW + 480)

    def _leave_open(self) -> None:
        drafts.begin(self.patient, NOTE, b"", b"An unfinished text", now=NOW + 500)
        self._invite("Ben")
        self.asked = self._invite("Cleo")
        joining.join(self.member, self.asked.code, "Cleo", owner=PATIENT[0], now=NOW + 560)


class Sheet:
    """The rows described so far."""

    def __init__(self, story: Story) -> None:
        self._store = story.store
        self.rows: list[Described] = []

    def add(self, what: str, kind: type | None, secret: bytes, *name: Part, run: bool = False) -> None:
        """Describe the row of `name` under `secret`; `run`: a list of records; no `kind`: bytes of the circle."""
        at = place(secret, *name)
        payload = self._store.rows.get(at)
        found = self._store.rows._db.execute("select ct from rec where loc = ?", (at.loc,)).fetchone()
        assert payload is not None
        fields = plain(r.unpack(payload, list[kind] if run else kind)) if kind else plain(payload)  # type: ignore[valid-type]
        self.rows.append(
            {
                "what": what,
                "record": (f"list of {kind.__name__}" if run else kind.__name__) if kind else "bytes",
                "secret": secret.hex(),
                "name": plain(name),
                "loc": at.loc,
                "ct": base64.b64encode(found[0]).decode(),
                "fields": fields,
            }
        )


def _accounts(sheet: Sheet, story: Story) -> None:
    for who, session, (name, passphrase, recovery) in (
        ("patient", story.patient, PATIENT),
        ("member", story.member, MEMBER),
    ):
        root = story.store.stretch(name, passphrase)
        sheet.add(f"{who}: account by passphrase", r.Account, root, "account")
        sheet.add(f"{who}: account by recovery code", r.Account, codes.secret_of(whole(recovery)), "account")
        sheet.add(f"{who}: state", r.State, session.seed, "state")
        for page in range(session.state.own):
            sheet.add(f"{who}: own page", r.OwnPage, session.seed, "own", page)


def _patient(sheet: Sheet, session: Session) -> None:
    for page in range(session.state.views):
        sheet.add("views page", r.View, session.seed, "views", page, run=True)
    for page in range(session.state.inbox):
        sheet.add("inbox page", r.Received, session.seed, "inbox", page, run=True)
    for ref in session.state.drafts:
        sheet.add("draft", r.Draft, session.seed, "draft", ref.page)
    for entry in entries.index(session).entries:
        sheet.add("body", None, entry.key, "body")
        for version in entry.versions:
            sheet.add("body of an earlier version", None, version.key, "body")


def _link(sheet: Sheet, story: Story) -> None:
    link = letters.find_link(story.member, story.link.id)
    for page in range(link.seen):
        sheet.add("seen page", r.Seen, story.member.seed, "seen", link.id, page, run=True)
    sheet.add("door", r.Door, link.link, "door")
    sheet.add("consent, the member's copy", None, link.link, "consent")
    sheet.add("shelf page", r.ShelfPage, link.link, "shelf", 0)
    person = people.find(story.patient, story.patient.state.people[0].id)
    sheet.add("letter", r.Letter, link.link, "letter", story.store.generation.id, person.taken)


def _invitations(sheet: Sheet, story: Story) -> None:
    for one in story.patient.state.invitations:
        code = codes.secret_of(one.code)
        if invitations.was_used(story.patient, one):
            sheet.add("join, an HPKE box", None, code, "join")
        else:
            sheet.add("invite", r.Invite, code, "invite")


def _asked(story: Story) -> Described:
    """Describe what the HPKE box of the join row holds."""
    one, code = story.asked, codes.secret_of(story.asked.code)
    box = story.store.rows.get(place(code, "join"))
    assert box is not None
    join = r.unpack(hpke.unseal_join(one.seed, code, box), r.Join)
    link = invitations.joined(story.patient, one)
    told = {"code": one.code, "seed": one.seed, "r": one.r, "opens": join, "link": link.link, "number": link.number}
    return {name: plain(value) for name, value in told.items()}


def make() -> Described:
    """Return the story as JSON: the key file, the accounts, the join, and every row of the store."""
    story = Story()
    sheet = Sheet(story)
    _accounts(sheet, story)
    _patient(sheet, story.patient)
    _link(sheet, story)
    _invitations(sheet, story)
    pepper = story.store._pepper
    sheet.add("store seal", r.StoreSeal, pepper, "store")
    return {
        "format": "fsp1",
        "pepper": plain(pepper),
        "store id": story.store.id,
        "accounts": [
            {"name": name, "passphrase": phrase, "recovery": whole(code)} for name, phrase, code in (PATIENT, MEMBER)
        ],
        "join": _asked(story),
        "rows": sheet.rows,
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(make(), ensure_ascii=False, indent=1) + "\n", "utf-8")
