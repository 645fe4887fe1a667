"""The library and its reads, and resources of one's own: to the readers that were chosen, and to nobody by accident."""

import pytest

from portal.circle import notes
from portal.circle.bodies import Text
from portal.circle.kinds import Kind
from tests.ui.opened import Portal


def test_the_library_lists_every_read_in_the_readers_language(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("library")

    assert page.h1 == "Library"
    assert {"library.how-the-week-works", "library.numbers-to-call"} <= page.keys


def test_a_search_without_a_find_says_so(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("library")

    page.type("library.search", "zeppelin").run()

    assert "Nothing found." in page.text
    assert not any(key.startswith("library.how") for key in page.keys)


def test_a_read_opens_with_its_sources_and_comes_back_after_a_refresh(portal: Portal) -> None:
    portal.signed_in("Maple River").open("library").press("library.how-the-week-works")

    page = portal.open("reading")

    assert page.h1 == "How the week works"
    assert "Sources" in page.text
    assert page.source.count("<h1") == 1


def test_no_read_opened_is_one_sentence(portal: Portal) -> None:
    assert "This is no longer here." in portal.signed_in("Maple River").open("reading").text


def test_a_link_of_ones_own_is_kept_for_oneself(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("add")
    page.type("add.title", "Bus times").type("add.url", "https://bus.example/today")
    page.at.pills(key="add.who").set_value(["me"])

    page.press("add.save")

    assert page.h1 == "Library"
    assert "It is in your library." in page.text
    assert 'href="https://bus.example/today"' in page.source
    assert "Only me" in page.text


def test_nobody_chosen_is_asked_and_the_words_stay(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("add")

    page.type("add.title", "Bus times").type("add.url", "https://bus.example").press("add.save")

    assert "Nobody you chose can read today. Choose somebody, or keep it for yourself." in page.text
    assert page.value("add.title") == "Bus times"


@pytest.mark.parametrize("url", ["bus.example", "javascript:alert(1)", "file:///etc/passwd"])
def test_a_link_that_is_none_is_refused_at_its_field(portal: Portal, url: str) -> None:
    page = portal.signed_in("Maple River").open("add").type("add.url", url)
    page.at.pills(key="add.who").set_value(["me"])

    page.press("add.save")

    assert 'data-field="add-url"' in page.source
    assert page.value("add.url") == url


def test_an_edit_begins_with_what_is_there(portal: Portal) -> None:
    session = portal.account("Maple River")
    notes.write(session, Text(title="Bus times", text="Every hour."), kind=Kind.RESOURCE, now=portal.now)
    item = notes.notes(session, kind=Kind.RESOURCE, now=portal.now).items[0].id
    page = portal.enter(session).open("library").press(f"resources.{item.hex()}.edit")
    assert (page.h1, page.value("add.title")) == ("Edit", "Bus times")

    page.type("add.title", "Bus and train").press("add.save")

    assert "Bus and train" in page.text
    assert len(notes.notes(session, kind=Kind.RESOURCE, now=portal.now).items) == 1


def test_erasing_asks_first(portal: Portal) -> None:
    session = portal.account("Maple River")
    notes.write(session, Text(title="Bus times", text="Every hour."), kind=Kind.RESOURCE, now=portal.now)
    item = notes.notes(session, kind=Kind.RESOURCE, now=portal.now).items[0].id
    page = portal.enter(session).open("library")

    page.press(f"resources.{item.hex()}.erase")

    assert "It goes from your library" in page.text
    assert {"resources.erase.do", "resources.erase.keep"} <= page.keys
    assert len(notes.notes(session, kind=Kind.RESOURCE, now=portal.now).items) == 1
