"""The library and its reads, and resources of one's own: to the readers that were chosen, and to nobody by accident."""

import pytest

from portal.circle import drafts, notes
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

    assert "No article has these words." in page.text
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
    page.at.pills(key="add.readers").set_value(["me"])

    page.press("add.share")

    assert page.h1 == "Library"
    assert "It is in your library." in page.text
    assert 'href="https://bus.example/today"' in page.source
    assert "Only me" in page.text


def test_nobody_chosen_is_asked_and_the_words_stay(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("add")

    page.type("add.title", "Bus times").type("add.url", "https://bus.example").press("add.share")

    assert "Choose who can read this, or keep it as a draft." in page.text
    assert page.value("add.title") == "Bus times"


@pytest.mark.parametrize(
    "url", ["bus", "javascript:alert(1)", "file:///etc/passwd", "robin@bus.example", "two words.example"]
)
def test_a_link_that_is_none_is_refused_at_its_field(portal: Portal, url: str) -> None:
    page = portal.signed_in("Maple River").open("add").type("add.url", url)
    page.at.pills(key="add.readers").set_value(["me"])

    page.press("add.share")

    assert 'data-field="add-url"' in page.source
    assert page.value("add.url") == url


def test_a_link_as_people_type_it_is_made_whole(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("add").type("add.url", " www.bus.example/today?line=7 ")
    page.at.pills(key="add.readers").set_value(["me"])

    page.press("add.share")

    assert 'href="https://www.bus.example/today?line=7"' in page.source


def test_an_edit_begins_with_what_is_there(portal: Portal) -> None:
    session = portal.account("Maple River")
    notes.write(session, Text(title="Bus times", text="Every hour."), kind=Kind.RESOURCE, now=portal.now)
    item = notes.notes(session, kind=Kind.RESOURCE, now=portal.now).items[0].id
    page = portal.enter(session).open("library").press(f"resources.{item.hex()}.edit")
    assert (page.h1, page.value("add.title")) == ("Edit", "Bus times")

    page.type("add.title", "Bus and train").press("add.share")

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


def test_what_is_typed_is_kept_sealed_and_found_again(portal: Portal) -> None:
    session = portal.account("Maple River")
    page = portal.enter(session).open("library").press("resources.add")
    page.type("add.title", "Bus times").type("add.url", "https://bus.example").run()
    assert "Saved at" in page.source

    again = portal.enter(session).open("library")
    (draft,) = drafts.drafts(session)
    assert "Bus times" in again.text
    again.press(f"add.draft{draft.page.hex()}")

    assert (again.value("add.title"), again.value("add.url")) == ("Bus times", "https://bus.example")


def test_keeping_it_ends_the_draft(portal: Portal) -> None:
    session = portal.account("Maple River")
    page = portal.enter(session).open("library").press("resources.add").type("add.text", "Every hour.").run()
    page.at.pills(key="add.readers").set_value(["me"])

    page.press("add.share")

    assert drafts.drafts(session) == []
    assert [one.text for one in notes.notes(session, kind=Kind.RESOURCE, now=portal.now).items] == ["Every hour."]


def test_a_change_from_another_tab_leaves_both_to_choose_from(portal: Portal) -> None:
    session = portal.account("Maple River")
    item = notes.write(session, Text(title="Bus", text="Every hour."), kind=Kind.RESOURCE, now=portal.now)
    page = portal.enter(session).open("library").press(f"resources.{item.hex()}.edit").type("add.text", "Mine").run()
    portal.now += 60
    notes.edit(session, item, Text(title="Bus", text="Theirs"), base=portal.now - 60, now=portal.now)

    page.press("add.share")
    assert "Two versions" in page.text
    assert page.value("add.text") == "Mine"
    page.press("add.mine").press("add.share")

    assert notes.note(session, item, now=portal.now).text == "Mine"


def test_a_resource_that_is_gone_is_said(portal: Portal) -> None:
    session = portal.account("Maple River")
    item = notes.write(session, Text(title="Bus", text="Every hour."), kind=Kind.RESOURCE, now=portal.now)
    page = portal.enter(session).open("library").press(f"resources.{item.hex()}.edit")
    notes.erase(session, item, now=portal.now)

    assert "add.share" not in portal.open("add").keys
    assert page.keys


def test_more_than_a_page_of_resources_can_all_be_reached(portal: Portal) -> None:
    session = portal.account("Maple River")
    for number in range(21):
        notes.write(session, Text(title=f"Text {number:02}", text="x"), kind=Kind.RESOURCE, now=portal.now + number)
    page = portal.enter(session).open("library")
    assert "Text 20" in page.text
    assert "Text 00" not in page.text

    page.put("resources.page", 2).run()

    assert "Text 00" in page.text
