"""Everything that has no place in the row of links."""

from portal import clock
from portal.circle import circles
from portal.circle.circles import Standing
from portal.ui import parts, state
from portal.ui.say import t
from portal.ui.screens import member_front


def page() -> None:
    """Draw the list for the side that is in front."""
    link = state.viewing()
    if link is None:
        parts.head(t("nav.more"))
        parts.section(t("more.yours"))
        parts.links("yours", [("library", t("title.library")), ("join", t("account.have_code"))])
    else:
        one = circles.circle(state.session(), link, now=clock.now())
        parts.head(t("nav.more"), over=one.label or one.name)
        parts.section(t("more.circle"))
        member_front.look_for_news(state.session(), link, closed=one.standing is not Standing.OPEN)
        parts.links("circle", [("what-i-see", t("title.what-i-see")), ("leave", t("more.leave"))])
    parts.section(t("more.notebook"))
    parts.links("notebook", [("settings", t("title.settings"))])
    with parts.actions("leaving"):
        parts.sign_out_form(t("settings.sign_out"))
