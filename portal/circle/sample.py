"""A throw-away circle in memory, to look around in: the real code on a store that never touches the disk."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from portal.circle import accounts, audiences, inviting, joining, notes, readings, tending
from portal.circle.audiences import EVERYONE, Chosen
from portal.circle.bodies import Text
from portal.circle.consent import Signing, Terms
from portal.circle.kinds import SHAREABLE, Kind
from portal.newtypes import LinkId, ListId
from portal.vault.session import Session

MINUTE, DAY = 60, 86_400
LAST_VISIT = 3 * DAY - 95 * MINUTE  # ago
LASTS = 90 * DAY  # seconds the sample's permissions run
PASSPHRASE = "seven quiet herons cross the lake"  # noqa: S105  shown where the sample asks for it


@dataclass(frozen=True, slots=True)
class Sample:
    """Both sides of one circle: the patient, and a family member with their link to it."""

    patient: Session
    member: Session
    link: LinkId


def sample(lang: str, *, now: int) -> Sample:
    """Build the circle in `lang` ("en" or "es"), its entries spread over the days before `now`.

    The member has read what was written before their last visit, and nothing since.
    """
    words = tomllib.loads(files("portal.circle.samples").joinpath(f"{lang}.toml").read_text(encoding="utf-8"))
    began = now - 10 * DAY
    store = accounts.open_memory(now=began)
    signing = _signing(words["patient"], lang)
    patient = accounts.sign_up(store, words["patient"], signing.passphrase, accounts.new_spare_key(), now=began)
    lists = {"everyone": EVERYONE} | {
        key: audiences.add_audience(patient, words[key], now=began) for key in ("household", "near")
    }
    joined = [_let_in(patient, person, lists, signing, began) for person in words["people"]]
    member, link = joined[0]
    written = [(Kind.NOTE, one) for one in words["notes"]] + [(Kind.RESOURCE, one) for one in words["resources"]]
    written.sort(key=lambda pair: -_ago(pair[1]))
    for kind, one in written:
        if _ago(one) < LAST_VISIT and not member.visits:
            readings.read(member, link, kinds=SHAREABLE, now=now - LAST_VISIT)
        _write(patient, one, kind, lists, now - _ago(one))
    _ask(patient, words["asking"], signing, now - 47 * MINUTE)
    tending.tend(patient, now)
    member.begin_visit()
    return Sample(patient, member, link)


def _signing(name: str, lang: str) -> Signing:
    return Signing(passphrase=PASSPHRASE, signature=name, text="", lang=lang, zone="UTC")


def _terms(person: dict[str, Any], lists: list[ListId], now: int) -> Terms:
    return Terms(
        label=person["label"],
        relation=person["relation"],
        kinds=frozenset(int(kind) for kind in SHAREABLE),
        lists=frozenset(lists),
        everything=True,
        purposes=("support",),
        ends=now + LASTS,
    )


def _let_in(
    patient: Session, person: dict[str, Any], lists: dict[str, ListId], signing: Signing, now: int
) -> tuple[Session, LinkId]:
    wanted = [lists[key] for key in ("everyone", *person["lists"])]
    pending = inviting.invite(patient, _terms(person, wanted, now), signing, now=now)
    member = accounts.sign_up(patient.store, person["name"], PASSPHRASE, accounts.new_spare_key(), now=now)
    link = joining.join(member, pending.code, person["label"], now=now)
    inviting.confirm(patient, pending.id, now=now)
    return member, link


def _ago(one: dict[str, Any]) -> int:
    return int(one["days"]) * DAY + int(one["minutes"]) * MINUTE


def _write(patient: Session, one: dict[str, Any], kind: Kind, lists: dict[str, ListId], now: int) -> None:
    readers = Chosen(frozenset(lists[key] for key in one["to"]))
    item = notes.write(
        patient, Text(one["title"], one["text"]), kind=kind, tags=one.get("tags", ()), readers=readers, now=now
    )
    if one.get("pin"):
        notes.pin(patient, item, True, now=now)


def _ask(patient: Session, person: dict[str, Any], signing: Signing, now: int) -> None:
    pending = inviting.invite(patient, _terms(person, [], now), signing, now=now)
    friend = accounts.sign_up(patient.store, person["name"], PASSPHRASE, accounts.new_spare_key(), now=now)
    joining.join(friend, pending.code, person["name"], now=now)
