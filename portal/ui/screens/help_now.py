"""Help now: opens before sign-in and says nothing about who uses this computer. No country stands in for another."""

import streamlit as st

from portal import clock, library
from portal.library import Contact, CrisisCard, Line, Source, Waking, Way
from portal.ui import parts, state
from portal.ui.say import t
from portal.ui.screens.sources import said
from portal.ui.web import desk

COUNTRY = "help_now.country"
OTHER = "other"


def page() -> None:
    """Draw the card of one country; for any other country, what holds everywhere."""
    parts.head(t("help.h1"), back=("", t("account.sign_in")) if state.signed() is None else None)
    countries = {one.code: one.name for one in library.countries(state.lang())}
    if state.value(COUNTRY) is None:
        chosen = (state.settings().country or desk.current().host.country).lower()
        state.put(COUNTRY, chosen if chosen in countries else next(iter(countries)))
    code = str(state.value(COUNTRY))
    if code in countries:
        card = library.crisis(code, state.lang())
        _danger(card)
        _country(countries)
        _steps(card)
        _lines(t("help.talk"), "talk", card.talk)
        _lines(t("help.relatives"), "relatives", card.relatives)
        parts.print_button(t("help.print"))
    else:
        _country(countries)
        _elsewhere()
        _steps(library.waking(state.lang()))


def _country(countries: dict[str, str]) -> None:
    names = countries | {OTHER: t("help.other")}
    st.selectbox(t("help.country"), list(names), format_func=names.__getitem__, key=COUNTRY)


def _danger(card: CrisisCard) -> None:
    contact = card.emergency.contacts[0]
    with parts.card("danger", "danger"):
        st.html(
            f"<p>{parts.safe(t('help.danger'))}</p>"
            f'<a class="call" href="{parts.safe(contact.href)}"><span>{parts.safe(t("help.call"))}</span> '
            f"{parts.safe(contact.to)}</a>"
        )


def _steps(card: Waking) -> None:
    parts.section(t("help.not_waking"))
    st.html('<ol class="numbered">' + "".join(f"<li>{parts.safe(one)}</li>" for one in card.steps) + "</ol>")
    st.html("".join(f'<p class="meta limit">{parts.safe(one)}</p>' for one in card.limits))
    _checked(card.steps_sources)


def _lines(title: str, key: str, several: tuple[Line, ...]) -> None:
    parts.section(title)
    with parts.card(key):
        st.html('<ul class="calls">' + "".join(_line(one) for one in several) + "</ul>")
    _checked(tuple(one.source for one in several))


def _line(line: Line) -> str:
    first, *rest = line.contacts
    reached = first.to if first.way is Way.CALL else _reached(first)
    more = "".join(f' <a class="also" href="{parts.safe(one.href)}">{parts.safe(_reached(one))}</a>' for one in rest)
    return (
        f'<li><a href="{parts.safe(first.href)}">{parts.safe(line.name)} '
        f"<span>{parts.safe(reached)}</span></a>"
        f'<p class="meta">{parts.safe(line.about)}{more}</p></li>'
    )


def _reached(contact: Contact) -> str:
    if contact.word:
        return t("help.word", word=contact.word, to=contact.to)
    return f"{t(f'help.way_{contact.way.value}')} {contact.to}"


def _checked(sources: tuple[Source, ...]) -> None:
    seen = dict.fromkeys(sources)
    lines = "".join(f"<li>{parts.safe(said(source, clock.now()))}</li>" for source in seen)
    summary = parts.safe(t("library.sources"))
    st.html(f'<details class="sources"><summary>{summary}</summary><ol>{lines}</ol></details>')


def _elsewhere() -> None:
    listing = library.directory(state.lang())
    parts.prose(t("help.elsewhere", url=listing.href, label=listing.url_text))
