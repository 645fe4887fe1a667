"""An invitation begun: its answers, sealed after each of them, for their owner alone, until it is made or erased.

There is one at a time, in a place of its own: drafts of texts never fill it, and it takes none of theirs. The
passphrase and the signature are never in it.

Of two tabs the last to answer is kept, and told so. Two texts are worth keeping side by side; two half permissions,
told apart by a name at most, invite to sign the wrong one. Making the invitation asks for exactly the answers that
were read: changed elsewhere, it is refused.
"""

from dataclasses import dataclass

from portal.circle import audiences
from portal.circle.bodies import Answers, pack, unpack
from portal.circle.kinds import Kind
from portal.errors import ChangedElsewhere, Gone, Tampered
from portal.vault import drafts as vault
from portal.vault.session import Session

LONGEST = {"label": 40, "relation": 20, "new_group": 30, "event": 200, "own": 150}  # characters
_MOST_LISTS = 20


@dataclass(frozen=True, slots=True, repr=False)
class Begun:
    """What is kept: the answers, when they were kept, and the `tag` that names this state of them."""

    answers: Answers
    saved: int
    tag: int


def begun(session: Session) -> Begun | None:
    """Return the invitation begun, or None: there is none, or it does not open."""
    found = vault.get(session, Kind.INVITATION)
    if found is None:
        return None
    row, tag = found
    try:
        return Begun(unpack(row.body, Answers), row.saved, tag)
    except Tampered:
        return None


def keep(session: Session, answers: Answers, *, after: int = 0, group: bool = False, now: int) -> Begun:
    """Keep the answers in the place of those before. `after` is the tag of the state they continue, 0 for none.

    With `group` the group that they name is made and chosen in the same transaction. Raises `BadName`, `NameTaken`;
    `ChangedElsewhere` after keeping them, when another tab answered, made or erased the invitation meanwhile.
    """
    answers = _storable(answers)
    with session.store.change(now):
        there = _tag(session)
        if group:
            made = audiences.add_audience(session, answers.new_group, now=now)
            answers = answers.but(lists=(*answers.lists, made), new_group="")
        kept = Begun(answers, now, vault.put(session, Kind.INVITATION, pack(answers), now=now))
    if there != after:
        raise ChangedElsewhere
    return kept


def erase(session: Session, *, now: int) -> None:
    """Forget the answers; their bytes are overwritten."""
    vault.remove(session, Kind.INVITATION, now=now)


def check(session: Session, tag: int) -> None:
    """Raise `Gone` when the answers were made or erased elsewhere, `ChangedElsewhere` when they are not in this state.

    0 stands for an invitation that no answers led to: nothing is asked.
    """
    there = _tag(session)
    if tag and not there:
        raise Gone
    if tag and there != tag:
        raise ChangedElsewhere


def _tag(session: Session) -> int:
    found = begun(session)
    return found.tag if found else 0


def _storable(answers: Answers) -> Answers:
    """What a form lets through is kept as it is; half characters and what is longer than any field is cut."""
    texts = {
        name: str(getattr(answers, name)).encode("utf-8", "replace").decode()[:size] for name, size in LONGEST.items()
    }
    return answers.but(**texts, lists=answers.lists[:_MOST_LISTS])
