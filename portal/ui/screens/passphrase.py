"""Choosing a passphrase: words offered in the reader's language, or one's own with a meter. Paste and managers work."""

import streamlit as st

from portal.circle import naming
from portal.errors import WeakPassphrase
from portal.ui import parts, state
from portal.ui.acting import acting
from portal.ui.say import sorry, t

BARS = 4


def choose(page: str, name: str) -> None:
    """Draw the choice for `page`. What is chosen is read by `chosen`."""
    kept = state.answers(page)
    kept.setdefault("offered", naming.offer_passphrase(state.lang()))
    options = {"offered": t("account.offered"), "own": t("account.my_own")}
    how = parts.one_of(_how(page), t("account.passphrase"), options, start=_start(page), required=True)
    if how == "own":
        _own(page, name)
    else:
        _offered(page, str(kept["offered"]))


def chosen(page: str, name: str) -> str:
    """Return the passphrase that was chosen. Raises `WeakPassphrase`. A step that comes back finds the choice again."""
    kept = state.answers(page)
    how = str(state.value(_how(page), _start(page)))
    if how == "own":
        kept[how] = state.text(own_key(page))
    kept["how"] = how
    passphrase = str(kept.get(how, ""))
    naming.check_passphrase(passphrase, name)
    return passphrase


def own_key(page: str) -> str:
    """Return the key of the field for one's own passphrase: refusals are shown there."""
    return f"{page}.own"


def _how(page: str) -> str:
    return f"{page}.how"


def _start(page: str) -> str:
    return str(state.answers(page).get("how", "offered"))


def _offered(page: str, words: str) -> None:
    with parts.card("offered"):
        st.html(f'<p class="words">{parts.safe(words)}</p><p class="meta">{parts.safe(t("account.write_down"))}</p>')
        with parts.actions("offered"):
            st.button(t("account.other_words"), key=f"{page}.again", on_click=_again, args=(page,))


def _again(page: str) -> None:
    with acting():
        state.answers(page)["offered"] = naming.offer_passphrase(state.lang())


def _own(page: str, name: str) -> None:
    key = own_key(page)
    if state.value(key) is None:
        state.put(key, str(state.answers(page).get("own", "")))
    with parts.field(key):
        typed = st.text_input(
            t("account.own_passphrase"),
            type="password",
            autocomplete="new-password",
            help=None,
            live=True,
            key=key,
        )
    parts.meta(t("account.own_hint"))
    if typed:
        _meter(naming.strength(typed, name))


def _meter(found: naming.Strength) -> None:
    good = not found.reason
    words = t("account.strength", words=t(f"strength.{found.score}")) if good else sorry(WeakPassphrase(found.reason))
    full = "".join(f'<li class="{"done" if at < found.score else "next"}"></li>' for at in range(BARS))
    st.html(
        f'<p class="meta" role="status">{parts.safe(words)}</p>'
        f'<ol class="steps of-{BARS}" aria-hidden="true">{full}</ol>'
    )
