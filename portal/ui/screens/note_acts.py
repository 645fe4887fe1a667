"""What can be done with an own note from its card and from its page: edit, pin, withdraw, erase.

All but erasing happens at once, with the way back in the outcome. Erasing asks first.
"""

from collections.abc import Callable

from portal import clock
from portal.circle import notes
from portal.circle.bodies import Text
from portal.circle.notes import Note
from portal.newtypes import ItemId
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import confirm
from portal.ui.say import names, t
from portal.ui.screens import composer, readers
from portal.ui.state import Undo

ASKED = "note-erase"


def menu(note: Note) -> dict[str, tuple[str, Callable[..., None]]]:
    """Return what stands behind More: name, word, and what it does to the note."""
    first: dict[str, tuple[str, Callable[..., None]]] = {}
    if not note.damaged:
        first["edit"] = (t("note.edit"), edit)
        first |= {"unpin": (t("note.unpin"), unpin)} if note.pin else {"pin": (t("note.pin"), pin)}
    if note.chosen.lists or note.chosen.people:
        first["withdraw"] = (t("note.withdraw"), withdraw)
    return first | {"erase": (t("note.erase"), ask_erase)}


def edit(item: bytes) -> None:
    """Open the note in the editor."""
    with acting():
        composer.begin(composer.WRITE, composer.NOTE + bytes(item).hex())


def pin(item: bytes) -> None:
    """Let the note stand first."""
    _pin(item, True)


def unpin(item: bytes) -> None:
    """Let the note stand in its place again."""
    _pin(item, False)


def _pin(item: bytes, on: bool) -> None:
    with acting():
        notes.pin(state.session(), ItemId(item), on, now=clock.now())
        undo = Undo(t("write.undo"), unpin if on else pin, (item,))
        state.outcome(t("note.pinned_now" if on else "note.unpinned_now"), undo=undo)


def withdraw(item: bytes) -> None:
    """Take the note from everybody, at once; sharing again is the way back."""
    with acting():
        session, now = state.session(), clock.now()
        before = readers.codes(notes.note(session, ItemId(item), now=now).chosen)
        notes.withdraw(session, ItemId(item), now=now)
        undo = Undo(t("note.share_again"), share_again, (item, tuple(before)))
        state.outcome(t("note.withdrawn"), more=t("note.withdrawn_limit"), undo=undo)


def told(note: Note, kept: str, codes: tuple[str, ...] = (readers.ME,)) -> None:
    """Say who can read what was shared, with a sentence to send them; `kept` where nobody can.

    Undo gives it back to `codes`, who could read it before.
    """
    if not note.readers:
        state.outcome(kept)
        return
    undo = Undo(t("write.undo"), share_back, (note.id, codes))
    said = t("write.shared", n=len(note.readers), names=names(note.readers))
    state.outcome(said, more=t("write.tell"), undo=undo, copy=t("write.tell_text"))


def share_back(item: ItemId, codes: tuple[str, ...]) -> None:
    """Take a sharing back: those of `codes` can read it as before."""
    with acting():
        session, now = state.session(), clock.now()
        before = readers.chosen(codes)
        if before.lists or before.people:
            notes.share(session, item, before, now=now)
        else:
            notes.withdraw(session, item, now=now)
        again = notes.note(session, item, now=now).readers
        said = t("write.shared", n=len(again), names=names(again)) if again else t("note.withdrawn")
        state.outcome(said, more=t("note.withdrawn_limit"))


def bring_back(item: ItemId, edited: int, codes: tuple[str, ...] | None = None) -> None:
    """Take an edit back, unless there was another one since. `codes`: with it, who could read it before."""
    with acting():
        session, now = state.session(), clock.now()
        note = notes.note(session, item, now=now)
        if note.edited != edited:
            return
        before = notes.versions(session, item)[0]
        body = Text(before.title, before.text, before.url)
        able = readers.chosen(codes) if codes else None
        notes.edit(session, item, body, tags=note.tags, readers=able, base=edited, now=now)
        state.outcome(t("write.brought_back"))


def share_again(item: bytes, codes: tuple[str, ...]) -> None:
    """Give the note back to those who could read it before."""
    with acting():
        session, now = state.session(), clock.now()
        notes.share(session, ItemId(item), readers.chosen(codes), now=now)
        again = notes.note(session, ItemId(item), now=now).readers
        state.outcome(t("note.shared_again", n=len(again), names=names(again)) if again else t("note.readers_later"))


def ask_erase(item: bytes) -> None:
    """Ask before erasing."""
    state.settle_messages()
    state.touch()
    state.ask(ASKED, item)


def erase_dialog() -> None:
    """Draw the question when it was asked for."""
    item = state.asked(ASKED)
    if item is not None:
        confirm(
            "note.erase",
            t("note.erase_title"),
            f"{t('note.erase_text')} {t('note.erase_limit')}",
            verb=t("note.erase_yes"),
            keep=t("note.erase_no"),
            act=_erase,
            args=(item,),
        )


def _erase(item: bytes) -> None:
    with acting():
        notes.erase(state.session(), ItemId(item), now=clock.now())
        state.close_item("note")
        state.outcome(t("note.erased"))
        state.go("notes")
