"""The invitation that this tab is answering: which state of the answers it goes on from, and how each is kept.

Every answer is sealed as it is given, so that a refresh, a lock or the end of the server loses none. A tab that comes
back to the page shows what was kept last, by whichever tab. Answers that no longer hold, of a group that is gone or a
day that has passed, bring the reader back to their step.
"""

from dataclasses import dataclass

from portal import clock
from portal.circle import begun
from portal.circle.accounts import Session
from portal.circle.begun import Begun
from portal.circle.bodies import Answers
from portal.errors import ChangedElsewhere
from portal.ui import state
from portal.ui.screens import invite_form
from portal.ui.screens.invite_form import READ

SLOT = "invite"


@dataclass(slots=True, repr=False)
class Kept:
    """The answers of this tab. `saved` is 0 while they are not kept; the marks last until another step."""

    answers: Answers
    saved: int = 0
    tag: int = 0
    elsewhere: bool = False  # another tab had answered meanwhile
    moved: bool = False  # a step that was answered no longer holds


def found() -> Kept | None:
    """Return the invitation of this tab, or None before its page was drawn and after it ended."""
    kept = state.answers(SLOT).get("kept")
    return kept if isinstance(kept, Kept) else None


def current(session: Session) -> Kept:
    """Return the invitation of this tab at a step that can be answered; begun when there is none."""
    there, here = begun.begun(session), found()
    if here is None or here.tag != (there.tag if there else 0):
        here = _take_up(there)
    _settle(session, here)
    return here


def keep(answers: Answers, *, group: bool = False) -> None:
    """Keep `answers`, in this tab whatever happens and sealed. Raises what the store refuses; they stand here then.

    An invitation without any answer is not kept. With `group` the group that is named is made too.
    """
    here = found() or _take_up(None)
    if answers == here.answers and not group and (here.saved or answers == Answers()):
        return
    before = here.answers
    here.answers, here.saved = answers.but(step=before.step, changing=before.changing), 0  # refused, it stays here
    session, now = state.session(), clock.now()
    elsewhere = here.elsewhere and before.step == answers.step
    try:
        kept: Begun | None = begun.keep(session, answers, after=here.tag, group=group, now=now)
    except ChangedElsewhere:
        kept, elsewhere = begun.begun(session), True
    if kept:
        here.answers, here.saved, here.tag = kept.answers, kept.saved, kept.tag
        here.elsewhere, here.moved = elsewhere, here.moved and before.step == answers.step


def end() -> None:
    """It was made or erased: this tab forgets its answers."""
    state.drop_answers(SLOT)
    state.forget_widgets(*invite_form.FIELDS)


def _take_up(there: Begun | None) -> Kept:
    """Go on from what is kept; nothing that stood in the fields belongs to it."""
    state.forget_widgets(*invite_form.FIELDS)
    here = Kept(there.answers, there.saved, there.tag) if there else Kept(Answers())
    state.answers(SLOT)["kept"] = here
    return here


def _settle(session: Session, here: Kept) -> None:
    a = invite_form.holding(session, here.answers)
    due = invite_form.first_open(a)
    if due < a.step:
        a, here.moved = a.but(step=due, changing=a.changing or a.step >= READ), True
    here.answers = a
