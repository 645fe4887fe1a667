"""What must be known first: each kind has words and the one way on that fits it."""

import pytest

from portal.circle import alerts, members
from portal.circle.alerts import Alert, AlertKind
from tests.ui.opened import NOW, PASSPHRASE, Portal

SHUT = {AlertKind.CHANGED, AlertKind.OLDER, AlertKind.NUMBER_MISSING}


def tell(monkeypatch: pytest.MonkeyPatch, kind: AlertKind) -> None:
    told = [Alert(kind, NOW - 86_400, NOW - 2 * 86_400)]
    monkeypatch.setattr(alerts, "alerts", lambda _, now: told)  # noqa: ARG005  called by its name


@pytest.mark.parametrize("kind", list(AlertKind))
def test_every_alert_has_words_above_the_page(portal: Portal, monkeypatch: pytest.MonkeyPatch, kind: AlertKind) -> None:
    tell(monkeypatch, kind)

    page = portal.signed_in("Maple River").open("more")

    assert "Since 2 Nov 2026. The newest entry is of 1 Nov 2026." in page.text
    assert "Let people in again" not in page.text.splitlines()
    assert "Nobody can read" not in page.text
    assert ("alert.confirm_date" in page.keys) == (kind is AlertKind.CLOCK)
    assert page.source.index('role="status"><h2') < page.source.index("<h1")


@pytest.mark.parametrize("kind", sorted(SHUT))
def test_while_somebody_waits_the_way_to_let_them_in_stands_there(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, kind: AlertKind
) -> None:
    tell(monkeypatch, kind)
    monkeypatch.setattr(members, "put_back", lambda _, now: [object()])  # noqa: ARG005  called by its name

    page = portal.signed_in("Maple River").open("more")

    assert "Let people in again" in page.text.splitlines()
    assert "Nobody can read until you let them in again." in page.text


def test_an_alert_goes_when_it_was_read(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    tell(monkeypatch, AlertKind.DAMAGED_ENTRY)
    monkeypatch.setattr(alerts, "acknowledge", lambda _, now: read.append(now))

    portal.signed_in("Maple River").open("more").press("alert.damaged_entry")

    assert read == [NOW]


def test_a_date_is_confirmed_with_the_passphrase_only(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(monkeypatch, AlertKind.CLOCK)
    page = portal.signed_in("Maple River").open("more")
    assert "Today is 3 Nov 2026" in page.text

    page.type("alert.passphrase", "not the one in force").press("alert.confirm_date")
    assert 'data-field="alert-passphrase"' in page.source
    assert page.value("alert.passphrase") == ""

    page.type("alert.passphrase", PASSPHRASE).press("alert.confirm_date")
    assert "The date is confirmed." in page.text
