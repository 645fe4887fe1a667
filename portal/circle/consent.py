"""Consent: the patient's dated, scoped, expiring permission for one member.

It holds elements 2 to 9 of a written consent after 42 CFR 2.31: who discloses, what, to
whom, why, the right to revoke and how, the end, the signature and its date. What a
member can open is computed from a complete consent and from nothing else: `permission`
is the one function that makes a vault permission of it.
"""

from dataclasses import dataclass, replace
from typing import Annotated

from msgspec import Meta

from portal.circle import naming
from portal.circle.audiences import audiences
from portal.circle.bodies import Body, pack, unpack
from portal.circle.kinds import SHAREABLE, Kind
from portal.errors import BadName, Gone, IncompleteConsent, NotSigned, SignInFailed, TellingName
from portal.newtypes import ItemId, ListId
from portal.vault import accounts, entries, sharing
from portal.vault.records import Permission, PersonState
from portal.vault.session import Session

VERSION = 1  # of the form
LONGEST = 2 * 366 * 86_400  # seconds a permission may last
PURPOSES = ("support", "request", "care", "emergency")
OWN_PURPOSE = "own:"
RELATION, EVENT, OWN_WORDS = 20, 200, 150  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one consent allows. `everything`: all so far, else from the day of signing on; `event` always has a date."""

    label: str
    relation: str
    kinds: frozenset[int]
    lists: frozenset[ListId]
    everything: bool
    purposes: tuple[str, ...]
    ends: int
    event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The document as signed. `text` are the exact words that were read, in `lang`."""

    terms: Terms
    signed: int
    zone: str
    signature: str
    text: str
    lang: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What a person enters to sign: passphrase, typed name, and the words they read with their language and zone."""

    passphrase: str
    signature: str
    text: str
    lang: str
    zone: str


class _Document(Body, frozen=True):
    label: Annotated[str, Meta(max_length=40)]
    relation: Annotated[str, Meta(max_length=20)]
    kinds: list[int]
    lists: list[bytes]
    everything: bool
    purposes: list[Annotated[str, Meta(max_length=200)]]
    ends: int
    event: Annotated[str, Meta(max_length=200)]
    signed: int
    zone: str
    signature: str
    text: str
    lang: str
    version: int


class Copy(Body, frozen=True):
    """What leaves the own space: kinds, dates and purpose, never a list or another person."""

    kinds: list[int]
    everything: bool
    purposes: list[str]
    since: int
    ends: int
    event: str
    signed: int
    version: int


def check_label(label: str) -> str:
    """Return a pet name, trimmed. Raises `IncompleteConsent` for one that cannot be shown or names the person."""
    try:
        return naming.check_name(label)
    except (BadName, TellingName):
        raise IncompleteConsent("label") from None


def check_terms(session: Session, terms: Terms, *, now: int) -> Terms:
    """Return the terms, their words trimmed. Raises `IncompleteConsent` with the element that is missing or wrong."""
    known = {audience.id for audience in audiences(session)}
    relation, event = (" ".join(word.split()) for word in (terms.relation, terms.event))
    label = check_label(terms.label)
    if len(relation) > RELATION or not relation.isprintable():
        raise IncompleteConsent("relation")
    if not terms.kinds or not terms.kinds <= set(SHAREABLE) or not terms.lists <= known:
        raise IncompleteConsent("kinds")
    purposes = tuple(dict.fromkeys(_trimmed(one) for one in terms.purposes))
    if not purposes or not all(_is_purpose(one) for one in purposes) or len(_own(purposes)) > 1:
        raise IncompleteConsent("purposes")
    if not now < terms.ends <= now + LONGEST:
        raise IncompleteConsent("ends")
    if len(event) > EVENT or not event.isprintable():
        raise IncompleteConsent("event")
    return replace(terms, label=label, relation=relation, purposes=purposes, event=event)


def _trimmed(purpose: str) -> str:
    own = purpose.startswith(OWN_PURPOSE)
    return OWN_PURPOSE + " ".join(purpose.removeprefix(OWN_PURPOSE).split()) if own else purpose


def _is_purpose(purpose: str) -> bool:
    own = purpose.removeprefix(OWN_PURPOSE) if purpose.startswith(OWN_PURPOSE) else ""
    return purpose in PURPOSES or (0 < len(own) <= OWN_WORDS and own.isprintable())


def _own(purposes: tuple[str, ...]) -> list[str]:
    return [one for one in purposes if one.startswith(OWN_PURPOSE)]


def sign(session: Session, terms: Terms, signing: Signing, *, now: int) -> ItemId:
    """Keep a signed consent as an entry of the own space. Raises `NotSigned`, `TooManyTries`, `Busy`. Inside a change.

    Checked before anything is written: the typed name and the passphrase.
    """
    document = _Document(
        label=terms.label,
        relation=terms.relation,
        kinds=sorted(terms.kinds),
        lists=sorted(terms.lists),
        everything=terms.everything,
        purposes=list(terms.purposes),
        ends=terms.ends,
        event=terms.event,
        signed=now,
        zone=signing.zone,
        signature=signing.signature,
        text=signing.text,
        lang=signing.lang,
        version=VERSION,
    )
    return sharing.publish(session, Kind.CONSENT, pack(document), (), now=now)


def check_signature(session: Session, signing: Signing, *, now: int) -> None:
    """Raise `NotSigned` unless the typed name and the passphrase are this account's; `TooManyTries`, `Busy`."""
    typed = " ".join(signing.signature.split()).casefold()
    if typed != session.state.name.casefold():
        raise NotSigned
    try:
        accounts.check_passphrase(session, signing.passphrase, now=now)
    except SignInFailed:
        raise NotSigned from None


def read(session: Session, item: ItemId) -> Consent:
    """Return a consent as signed. Raises `Gone`, `Tampered`."""
    _, entry = entries.find(session, item)
    if entry.kind != Kind.CONSENT:
        raise Gone
    d = unpack(entries.read_body(session, entry.key, entry.hash), _Document)
    terms = Terms(
        label=d.label,
        relation=d.relation,
        kinds=frozenset(d.kinds),
        lists=frozenset(ListId(one) for one in d.lists),
        everything=d.everything,
        purposes=tuple(d.purposes),
        ends=d.ends,
        event=d.event,
    )
    return Consent(
        terms=terms, signed=d.signed, zone=d.zone, signature=d.signature, text=d.text, lang=d.lang, version=d.version
    )


def permission(session: Session, consent: Consent) -> Permission:
    """Return what the vault enforces of a complete, signed consent. The only way to a permission.

    A list that was deleted since the signing gives nothing.
    """
    terms = consent.terms
    known = {audience.id for audience in audiences(session)}
    return Permission(
        state=PersonState.OPEN,
        generation=session.store.generation.id,
        kinds=sorted(terms.kinds),
        lists=sorted(terms.lists & known),
        since=0 if terms.everything else consent.signed,
        starts=consent.signed,
        ends=terms.ends,
    )


def copy_for_member(consent: Consent, permission: Permission) -> bytes:
    """Return the member's copy: what holds now of the consent as signed."""
    terms = consent.terms
    return pack(
        Copy(
            kinds=list(permission.kinds),
            everything=permission.since == 0,
            purposes=list(terms.purposes),
            since=permission.since,
            ends=permission.ends,
            event=terms.event,
            signed=consent.signed,
            version=consent.version,
        )
    )


def is_wider(old: Terms, new: Terms) -> bool:
    """Say whether `new` gives more than `old` in any element, so that it must be signed."""
    more = not (new.kinds <= old.kinds and new.lists <= old.lists and set(new.purposes) <= set(old.purposes))
    return more or new.ends > old.ends or (new.everything and not old.everything) or new.event != old.event
