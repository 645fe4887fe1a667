"""Audiences: named lists of people, and what a patient chose as the readers of one thing."""

import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from portal.errors import BadName, Gone, NameTaken
from portal.newtypes import ListId, PersonId
from portal.vault import people, records, sharing, shelves
from portal.vault.session import Session

EVERYONE = ListId(bytes(8))
LONGEST_NAME = 30  # characters


@dataclass(frozen=True, slots=True)
class Audience:
    """One list. The name of EVERYONE is empty: the catalogue names it."""

    id: ListId
    name: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The readers of one thing: lists and single people. Empty means: only me."""

    lists: frozenset[ListId] = frozenset()
    people: frozenset[PersonId] = frozenset()

    @property
    def refs(self) -> list[bytes]:
        """Both as the vault takes them."""
        return sorted([*self.lists, *self.people])


def chosen(refs: Iterable[bytes], session: Session) -> Chosen:
    """Return what `refs` of an entry stand for today: lists and people that are gone are left out."""
    known = {audience.id for audience in audiences(session)}
    there = {person.id for person in session.state.people}
    refs = list(refs)
    return Chosen(
        frozenset(ListId(ref) for ref in refs if ref in known), frozenset(PersonId(ref) for ref in refs if ref in there)
    )


def audiences(session: Session) -> list[Audience]:
    """Return EVERYONE, then the patient's own lists by name."""
    own = sorted(session.state.lists, key=lambda one: one.name.casefold())
    return [Audience(EVERYONE, ""), *(Audience(one.id, one.name) for one in own)]


def add_audience(session: Session, name: str, *, now: int) -> ListId:
    """Make a list, with nobody in it. Raises `BadName` for an empty or long name or too many lists, `NameTaken`."""
    with session.store.change(now):
        lists = session.state.lists
        if len(lists) >= records.LISTS - 1:
            raise BadName
        made = records.Audience(ListId(secrets.token_bytes(8)), _checked(session, name))
        session.write(now, lists=[*lists, made])
        return made.id


def rename_audience(session: Session, audience: ListId, name: str, *, now: int) -> None:
    """Give a list another name. Raises `BadName`, `NameTaken`, `Gone`."""
    with session.store.change(now):
        lists = session.state.lists
        if all(one.id != audience for one in lists):
            raise Gone
        fresh = records.Audience(audience, _checked(session, name, but=audience))
        session.write(now, lists=[fresh if one.id == audience else one for one in lists])


def remove_audience(session: Session, audience: ListId, *, now: int) -> None:
    """Delete a list: what was shared with it alone is shared with nobody from now on. Raises `Gone`."""
    with session.store.change(now, narrowing=True):
        lists = session.state.lists
        if all(one.id != audience for one in lists):
            raise Gone
        inside = [one for one in session.state.people if audience in one.permission.lists]
        for person in inside:
            kept = [ref for ref in person.permission.lists if ref != audience]
            people.permit(session, person.id, now, lists=kept)
        session.write(now, lists=[one for one in lists if one.id != audience])
        shelves.settle(session, now, inside, narrowing=True)


def readers_today(session: Session, chosen: Chosen, kind: int, *, now: int) -> list[str]:
    """Return the pet names of those who would really read it now, sorted. A preview, never a permission."""
    readers = sharing.readers_of(session, kind, chosen.refs, now=now)
    return sorted((person.label for person in readers), key=str.casefold)


def _checked(session: Session, name: str, but: ListId | None = None) -> str:
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadName
    check_free(session, name, but=but or b"")
    return name


def check_free(session: Session, name: str, *, but: bytes = b"") -> None:
    """Raise `NameTaken` when another person or group of the circle than `but` is called so: each is chosen by name."""
    state = session.state
    taken = {one.name.casefold() for one in state.lists if one.id != but}
    taken |= {one.label.casefold() for one in state.people if one.id != but}
    if name.casefold() in taken:
        raise NameTaken
