"""One entry as a family member reads it. A reading is recorded once, when it is first opened or after an edit."""

from portal import clock
from portal.circle import readings
from portal.circle.circles import Circle
from portal.circle.kinds import Kind
from portal.circle.readings import Shown
from portal.errors import Gone
from portal.newtypes import ItemId
from portal.ui import frame, state
from portal.ui.parts import empty, head, limit, prose
from portal.ui.say import t, when
from portal.ui.screens import home, member_front


def page() -> None:
    """Draw the entry that was opened, with the way back to its list; one that is no longer shared is said."""
    front = member_front.opened_circle()
    if front is None:
        return
    session, shown = state.session(), list[ItemId]()
    try:
        one = readings.read_one(session, front.id, ItemId(state.opened("open")), now=clock.now())
        shown.append(one.id)
    except Gone:
        head(t("opened.gone"), back=member_front.back())
        empty(t("opened.gone_hint"))
    else:
        if one.kind == Kind.RESOURCE:
            frame.name("reading")
        head(home.title(one), over=_over(front, one), back=member_front.back())
        prose(_text(one))
        limit(t("opened.keep"))
    member_front.look_for_news(session, front.id, shown=shown)


def _text(one: Shown) -> str:
    if one.damaged:
        return t("error.Tampered")
    return f"{one.text}\n\n<{one.url}>" if one.url else one.text


def _over(front: Circle, one: Shown) -> str:
    edited = t("opened.edited_at", when=when(one.edited)) if one.edited else ""
    library = t("nav.library") if one.kind == Kind.RESOURCE else ""
    return " · ".join(part for part in (front.label, when(one.written), edited, library) if part)
