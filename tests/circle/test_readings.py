"""Reading: what is opened is recorded once, what is closed shows nothing, and the patient learns who read what."""

import pytest

from portal.circle import members, notes, readings
from portal.circle.audiences import EVERYONE
from portal.circle.bodies import Text
from portal.circle.kinds import Kind
from portal.circle.readings import News, Tally
from portal.errors import DailyLimit, DiskFull, Gone, LinkClosed, Tampered
from portal.newtypes import ItemId, LinkId
from portal.vault import entries, letters, reading, shelves, upkeep
from portal.vault.records import Letter, LetterKind
from tests.circle.story import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    NUL,
    SURROGATE,
    another_tab,
    chosen,
    doubt,
    edit,
    let_in,
    texts,
    who_read,
    who_read_before,
    write,
)

NO_CIRCLE, NO_ITEM = LinkId(b"nothing."), ItemId(bytes(16))


def read(one, **how):
    return readings.read(one.member, one.link, **{"now": NOW, **how})


def sent(one):
    """Return how many letters the member has sent in this generation."""
    return one.held.letters


def several(patient, number, *, kind=Kind.NOTE):
    return [write(patient, f"text {at}", EVERYONE, now=NOW + at, kind=kind) for at in range(number)]


# A page


def test_a_page_shows_the_text_as_it_was_written(patient, sam):
    item = write(patient, "the text", EVERYONE, title="a title", url="https://example.org/a")

    (one,) = read(sam).items

    assert (one.id, one.kind, one.title, one.text, one.url) == (
        item,
        Kind.NOTE,
        "a title",
        "the text",
        "https://example.org/a",
    )
    assert (one.written, one.edited, one.new, one.changed, one.damaged) == (NOW, 0, True, False, False)


def test_an_empty_shelf_is_one_empty_page(sam):
    feed = read(sam)

    assert (feed.items, feed.page, feed.pages, feed.new, feed.changed, feed.gone, feed.since) == ((), 1, 1, 0, 0, 0, 0)


def test_pages_hold_twenty_newest_first(patient, sam):
    several(patient, 41)
    now = NOW + HOUR

    assert [one.text for one in read(sam, now=now).items] == [f"text {at}" for at in range(40, 20, -1)]
    assert [one.text for one in read(sam, page=3, now=now).items] == ["text 0"]
    assert read(sam, now=now).pages == 3


@pytest.mark.parametrize("page", [-1, 0, 2, 10**9])
def test_a_page_that_is_not_there_is_empty_and_records_nothing(patient, sam, page):
    several(patient, 3)

    feed = read(sam, page=page, now=NOW + HOUR)

    assert feed.items == ()
    assert feed.new == 3
    assert sent(sam) == 0


def test_notes_and_resources_are_read_apart_or_together(patient, sam):
    write(patient, "a note", EVERYONE, now=NOW)
    write(patient, "a resource", EVERYONE, now=NOW + 1, kind=Kind.RESOURCE)

    assert [one.text for one in read(sam, kinds=(Kind.RESOURCE,), now=NOW + 1).items] == ["a resource"]
    assert [one.text for one in read(sam, now=NOW + 1).items] == ["a note"]
    assert [one.text for one in read(sam, kinds=(), now=NOW + 1).items] == ["a resource", "a note"]


def test_a_text_that_does_not_open_is_marked_and_the_others_are_shown(store, patient, sam):
    item = write(patient, "lost", EVERYONE, now=NOW)
    write(patient, "kept", EVERYONE, now=NOW + 1)
    _, entry = entries.find(patient, item)
    with store.change(NOW):
        store.rows.replace(entries.body_at(entry.key), b"something else")

    first, second = read(sam, now=NOW + 1).items

    assert (first.text, first.damaged) == ("kept", False)
    assert (second.text, second.title, second.url, second.damaged) == ("", "", "", True)


def test_a_shelf_that_does_not_open_shows_nothing(store, patient, sam):
    write(patient, "hello", EVERYONE)
    at = shelves.page_at(sam.record.link, 0)
    with store.change(NOW):
        store.rows.replace(at, b"something else")

    with pytest.raises(Tampered):
        read(sam)
    assert sent(sam) == 0
    members.pause(patient, sam.person, now=NOW)
    members.resume(patient, sam.person, now=NOW)
    assert texts(sam) == ["hello"]


@pytest.mark.parametrize(
    "use",
    [
        lambda one: readings.read(one, NO_CIRCLE, now=NOW),
        lambda one: readings.read_one(one, NO_CIRCLE, NO_ITEM, now=NOW),
        lambda one: readings.search_read(one, NO_CIRCLE, "", now=NOW),
        lambda one: readings.watch(one, NO_CIRCLE, now=NOW),
    ],
    ids=["read", "read_one", "search", "watch"],
)
def test_a_circle_that_is_not_there_is_gone_for_every_use(sam, use):
    with pytest.raises(Gone):
        use(sam.member)


# What is new since the last visit


def test_the_first_visit_has_no_last_one_and_everything_is_new(patient, sam):
    several(patient, 2)

    feed = read(sam, now=NOW + HOUR)

    assert (feed.new, feed.since) == (2, 0)
    assert [one.new for one in feed.items] == [True, True]


def test_what_is_new_stays_marked_until_the_session_ends(patient, sam):
    write(patient, "hello", EVERYONE)

    for _ in range(2):
        assert read(sam).new == 1
    assert read(sam).items[0].new

    tab = another_tab(sam.member)
    feed = readings.read(tab, sam.link, now=NOW + DAY)
    assert (feed.new, feed.items[0].new, feed.since) == (0, False, NOW)


def test_a_visit_that_begins_anew_forgets_what_was_new(patient, sam):
    write(patient, "hello", EVERYONE)
    read(sam)

    sam.member.begin_visit()

    assert (read(sam).new, read(sam).since) == (0, NOW)


def test_an_edited_text_is_changed_and_not_new(patient, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam)
    sam.member.begin_visit()
    edit(patient, item, "hello again", now=NOW + MINUTE)

    feed = read(sam, now=NOW + MINUTE)

    assert (feed.new, feed.changed) == (0, 1)
    assert (feed.items[0].text, feed.items[0].changed, feed.items[0].edited) == ("hello again", True, NOW + MINUTE)


def test_what_stands_on_a_later_page_counts_as_what_it_is(patient, sam):
    items = several(patient, 25)
    texts(sam, now=NOW + MINUTE)
    sam.member.begin_visit()
    edit(patient, items[0], "changed", now=NOW + HOUR)
    write(patient, "new", EVERYONE, now=NOW + HOUR)

    feed = read(sam, now=NOW + HOUR)

    assert (feed.new, feed.changed) == (1, 1)
    assert "changed" not in [one.text for one in feed.items]


def visit(one, **how):
    return readings.visit(one.member, one.link, **{"now": NOW, **how})


def test_a_visit_opens_what_is_new_or_changed_wherever_it_stands(patient, sam):
    first, *_ = several(patient, 45)
    for page in (1, 2, 3):
        read(sam, page=page, now=NOW + HOUR)
    sam.member.begin_visit()
    edit(patient, first, "changed", now=NOW + HOUR)
    write(patient, "new", EVERYONE, now=NOW + 2 * HOUR)

    for _ in range(2):
        feed = visit(sam, now=NOW + 2 * HOUR)
        assert [(one.text, one.new, one.changed) for one in feed.items] == [
            ("new", True, False),
            ("changed", False, True),
        ]
        assert (feed.new, feed.changed, feed.total) == (1, 1, 46)
    assert sent(sam) == 4
    sam.member.begin_visit()
    assert visit(sam, now=NOW + 3 * HOUR).items == ()


def test_a_visit_opens_one_page_at_most_and_counts_the_rest(patient, sam):
    several(patient, 25)

    for _ in range(2):
        feed = visit(sam, now=NOW + HOUR)
        assert (len(feed.items), feed.new, feed.total) == (20, 25, 25)
    assert sent(sam) == 1


def test_a_visit_opens_only_the_kinds_that_are_asked_for(patient, sam):
    several(patient, 2)
    several(patient, 1, kind=Kind.RESOURCE)

    assert len(visit(sam, now=NOW + HOUR).items) == 2
    assert len(visit(sam, kinds=(Kind.RESOURCE,), now=NOW + HOUR).items) == 1
    assert len(visit(sam, kinds=(), now=NOW + HOUR).items) == 3


def test_notes_do_not_count_among_resources(patient, sam):
    several(patient, 3)
    several(patient, 2, kind=Kind.RESOURCE)
    now = NOW + HOUR

    assert read(sam, now=now).new == 3
    assert read(sam, kinds=(Kind.RESOURCE,), now=now).new == 2
    assert read(sam, kinds=(), now=now).new == 5


def test_what_was_withdrawn_counts_no_more_as_new_and_is_told_once(patient, sam):
    item, _ = several(patient, 2)
    assert read(sam, now=NOW + HOUR).new == 2
    notes.withdraw(patient, item, now=NOW + HOUR)

    feed = read(sam, now=NOW + HOUR)
    assert (feed.new, feed.gone, len(feed.items)) == (1, 1, 1)
    assert read(sam, now=NOW + HOUR).gone == 1

    assert readings.read(another_tab(sam.member), sam.link, now=NOW + HOUR).gone == 0


def test_a_page_that_does_not_say_what_went_leaves_it_for_the_one_that_does(patient, sam):
    item, _ = several(patient, 2)
    read(sam, now=NOW + HOUR)
    notes.withdraw(patient, item, now=NOW + HOUR)

    assert read(sam, telling=False, now=NOW + HOUR).gone == 1
    sam.member.begin_visit()

    assert read(sam, now=NOW + HOUR).gone == 1
    sam.member.begin_visit()
    assert read(sam, now=NOW + HOUR).gone == 0


def test_what_is_back_in_the_same_visit_is_no_longer_told_as_gone(patient, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam)
    notes.withdraw(patient, item, now=NOW)
    assert read(sam).gone == 1
    notes.share(patient, item, chosen(EVERYONE), now=NOW)

    feed = read(sam)

    assert (feed.new, feed.gone) == (1, 0)


def test_what_was_never_opened_goes_without_a_word(patient, sam):
    item = write(patient, "hello", EVERYONE)
    notes.withdraw(patient, item, now=NOW)

    assert read(sam).gone == 0


def test_what_comes_back_after_it_was_gone_is_new_again(patient, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam)
    notes.withdraw(patient, item, now=NOW)
    assert read(sam).gone == 1
    sam.member.begin_visit()
    notes.share(patient, item, chosen(EVERYONE), now=NOW)

    feed = read(sam)

    assert (feed.new, feed.gone) == (1, 0)
    assert sent(sam) == 2


# Views


def test_a_view_is_recorded_once_for_each_text(patient, sam):
    item = write(patient, "hello", EVERYONE)

    for _ in range(3):
        read(sam)
        readings.read_one(sam.member, sam.link, item, now=NOW)
    assert sent(sam) == 1

    edit(patient, item, "hello again", now=NOW + MINUTE)
    for _ in range(3):
        read(sam, now=NOW + MINUTE)
    assert sent(sam) == 2


def test_pinning_sharing_and_tagging_are_no_new_text(patient, sam, june):
    item = write(patient, "hello", EVERYONE)
    read(sam)
    notes.pin(patient, item, True, now=NOW)
    notes.share(patient, item, chosen(EVERYONE, june.person), now=NOW)
    notes.edit(patient, item, notes.Text("", "hello"), tags=["Week"], base=NOW, now=NOW + 1)

    read(sam, now=NOW + 1)

    assert sent(sam) == 1


def test_two_tabs_of_one_person_record_one_view(patient, sam):
    write(patient, "hello", EVERYONE)
    tab = another_tab(sam.member)

    read(sam)
    readings.read(tab, sam.link, now=NOW)

    assert sent(sam) == 1


def test_many_entries_of_one_page_are_one_letter(patient, sam):
    several(patient, 20)

    read(sam, now=NOW + HOUR)

    assert sent(sam) == 1


def test_none_is_recorded_while_paused(patient, sam):
    item = write(patient, "hello", EVERYONE)
    members.pause(patient, sam.person, now=NOW)

    for use in (lambda: read(sam), lambda: readings.read_one(sam.member, sam.link, item, now=NOW)):
        with pytest.raises(LinkClosed):
            use()

    assert sent(sam) == 0
    assert who_read(patient, item) == []


def test_nothing_is_shown_when_the_view_cannot_be_recorded(monkeypatch, patient, sam):
    item = write(patient, "hello", EVERYONE)

    def full(*_args, **_how):
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(letters, "send", full)
        with pytest.raises(DiskFull):
            read(sam)
        with pytest.raises(DiskFull):
            readings.read_one(sam.member, sam.link, item, now=NOW)

    assert reading.seen(sam.member, sam.held) == {}
    assert read(sam).new == 1


def test_after_two_hundred_pages_it_goes_on_tomorrow(monkeypatch, patient, sam):
    assert reading.PAGES_A_DAY == 200
    monkeypatch.setattr(reading, "PAGES_A_DAY", 1)
    first = write(patient, "one", EVERYONE)
    read(sam)
    write(patient, "two", EVERYONE)

    with pytest.raises(DailyLimit):
        read(sam)
    assert readings.read_one(sam.member, sam.link, first, now=NOW).text == "one"
    assert len(read(sam, now=NOW + DAY).items) == 2


# One entry


def test_one_entry_is_opened_and_its_view_recorded(patient, sam):
    item = write(patient, "hello", EVERYONE)

    one = readings.read_one(sam.member, sam.link, item, now=NOW)

    assert (one.text, one.new) == ("hello", True)
    assert sent(sam) == 1


def test_what_is_not_on_the_shelf_is_gone_whether_or_not_it_exists(patient, sam, june):
    theirs = write(patient, "for June", june.person)
    mine = write(patient, "for me")
    taken = write(patient, "hello", EVERYONE)
    notes.withdraw(patient, taken, now=NOW)

    for item in (theirs, mine, taken, NO_ITEM):
        with pytest.raises(Gone) as refused:
            readings.read_one(sam.member, sam.link, item, now=NOW)
        assert refused.value.args == ()
    assert sent(sam) == 0


# Search


def found(one, words, **how):
    page = readings.search_read(one.member, one.link, words, **{"now": NOW + HOUR, **how})
    return [shown.text for shown in page.items]


def test_search_goes_through_what_was_opened_and_nothing_else(patient, sam):
    write(patient, "tea and pancakes", EVERYONE, now=NOW)
    assert found(sam, "tea") == []

    read(sam)
    write(patient, "tea and toast", EVERYONE, now=NOW + 1)

    assert found(sam, "TEA") == ["tea and pancakes"]
    assert found(sam, "pancakes  tea") == ["tea and pancakes"]
    assert found(sam, "coffee") == []
    assert sent(sam) == 1


def test_search_does_not_open_an_edit_that_was_not_read(patient, sam):
    item = write(patient, "tea", EVERYONE)
    read(sam)
    edit(patient, item, "tea with something else", now=NOW + MINUTE)

    assert found(sam, "tea") == []
    assert sent(sam) == 1


def test_search_looks_at_title_text_and_link_newest_first(patient, sam):
    write(patient, "one", EVERYONE, title="Canción", now=NOW)
    write(patient, "canción two", EVERYONE, now=NOW + 1)
    write(patient, "three", EVERYONE, url="https://example.org/cancion", now=NOW + 2)
    read(sam, now=NOW + HOUR)

    assert found(sam, "cancion") == ["three", "canción two", "one"]


@pytest.mark.parametrize(
    "words", [NUL, SURROGATE, "a" * 1_000_000, "javascript:"], ids=["nul", "half", "long", "script"]
)
def test_odd_words_find_nothing(patient, sam, words):
    write(patient, "hello", EVERYONE)
    read(sam)

    assert found(sam, words) == []


def test_without_words_everything_that_was_opened_is_found(patient, sam):
    several(patient, 2)
    read(sam, now=NOW + HOUR)

    assert found(sam, "  ") == ["text 1", "text 0"]


def test_search_keeps_to_the_kind(patient, sam):
    write(patient, "tea", EVERYONE, kind=Kind.RESOURCE)
    read(sam, kinds=())

    assert found(sam, "tea") == []
    assert found(sam, "tea", kinds=(Kind.RESOURCE,)) == ["tea"]


# News


def test_a_poll_tells_nothing_while_nothing_changed_and_opens_no_row(monkeypatch, patient, sam):
    write(patient, "hello", EVERYONE)
    read(sam)
    watch = readings.watch(sam.member, sam.link, now=NOW)

    def no_row(_at):
        raise AssertionError

    with monkeypatch.context() as patch:
        patch.setattr(patient.rows, "get", no_row)
        assert readings.news(sam.member, sam.link, watch, now=NOW + HOUR) is None


def test_a_poll_counts_what_is_not_opened_and_neither_records_nor_writes(patient, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam)
    watch = readings.watch(sam.member, sam.link, now=NOW)
    edit(patient, item, "hello again", now=NOW + MINUTE)
    write(patient, "new", EVERYONE, now=NOW + MINUTE)
    before = patient.rows.number

    for _ in range(3):
        found = readings.news(sam.member, sam.link, watch, shown=[item], now=NOW + MINUTE)
        assert found == News((Tally(Kind.NOTE, 1, 1),), beyond=True)

    assert patient.rows.number == before
    assert sent(sam) == 1


def test_a_poll_tells_that_something_went(patient, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam)
    watch = readings.watch(sam.member, sam.link, now=NOW)
    kept = write(patient, "kept", EVERYONE)
    notes.withdraw(patient, item, now=NOW)

    def news(*shown):
        return readings.news(sam.member, sam.link, watch, shown=shown, now=NOW)

    new = (Tally(Kind.NOTE, 1, 0),)
    assert news(item) == News(new, beyond=True, lost=True)
    assert news() == News(new, beyond=True)
    assert news(kept) == News(new)


def test_the_total_counts_one_kind_and_records_nothing(patient, sam):
    several(patient, 3)
    write(patient, "bus times", EVERYONE, kind=Kind.RESOURCE)

    assert readings.total(sam.member, sam.link, now=NOW) == 3
    assert readings.total(sam.member, sam.link, kinds=(Kind.RESOURCE,), now=NOW) == 1
    assert sent(sam) == 0


def test_what_waits_is_counted_by_kind(patient, sam):
    item = write(patient, "bus times", EVERYONE, kind=Kind.RESOURCE)
    read(sam, kinds=())
    assert readings.waiting(sam.member, sam.link, now=NOW) == News()
    edit(patient, item, "new bus times", now=NOW + MINUTE)
    for text in ("one", "two"):
        write(patient, text, EVERYONE, now=NOW + MINUTE)

    found = readings.waiting(sam.member, sam.link, now=NOW + MINUTE)

    assert found.tallies == (Tally(Kind.NOTE, 2, 0), Tally(Kind.RESOURCE, 0, 1))


@pytest.mark.parametrize("how", ["pause", "remove", "end", "doubt", "left", "damage"])
def test_a_poll_tells_at_once_that_the_circle_is_closed(store, patient, sam, how):
    write(patient, "hello", EVERYONE)
    read(sam)
    watch, now = readings.watch(sam.member, sam.link, now=NOW), NOW
    if how == "pause":
        members.pause(patient, sam.person, now=NOW)
    elif how == "remove":
        members.remove(patient, sam.person, now=NOW)
    elif how == "end":
        now = NOW + 90 * DAY
    elif how == "doubt":
        doubt(store)
        shelves.settle(patient, NOW)
    elif how == "left":
        reading.leave(sam.member, sam.link, now=NOW)
        members.remove(patient, sam.person, now=NOW)
    else:
        with store.change(NOW):
            store.rows.replace(shelves.page_at(sam.record.link, 0), b"something else")

    assert readings.news(sam.member, sam.link, watch, now=now) == News(closed=True)
    if how == "damage":
        shelves.settle(patient, NOW)


# The patient's side


def test_the_patient_sees_who_read_and_in_which_minute(patient, sam, june):
    item = write(patient, "hello", EVERYONE, june.person)
    read(june, now=NOW + 61)
    read(sam, now=NOW + HOUR)
    readings.take_in(patient, now=NOW + HOUR)

    assert [(one.label, one.person, one.day) for one in who_read(patient, item)] == [
        ("June", june.person, NOW + MINUTE),
        ("Sam", sam.person, NOW + HOUR),
    ]


def test_who_read_an_earlier_text_is_not_forgotten_after_an_edit(patient, sam, june):
    item = write(patient, "hello", EVERYONE)
    read(sam, now=NOW + MINUTE)
    readings.take_in(patient, now=NOW + MINUTE)
    assert who_read_before(patient, item) == []
    notes.edit(patient, item, Text("", "hello again"), base=NOW, now=NOW + HOUR)

    assert who_read(patient, item) == []
    assert [(one.label, one.day) for one in who_read_before(patient, item)] == [("Sam", NOW + MINUTE)]

    read(sam, now=NOW + 2 * HOUR)
    readings.take_in(patient, now=NOW + 2 * HOUR)
    assert [one.label for one in who_read(patient, item)] == ["Sam"]
    assert who_read_before(patient, item) == []


def test_nothing_is_told_before_it_was_taken_in(patient, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam)

    assert who_read(patient, item) == []
    readings.take_in(patient, now=NOW)
    assert len(who_read(patient, item)) == 1
    before = patient.rows.number
    readings.take_in(patient, now=NOW)
    assert patient.rows.number == before


def test_a_page_of_readings_is_drawn_even_when_nothing_can_be_written(monkeypatch, patient, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam)

    def full(_session, _now):
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(upkeep, "take_in", full)
        readings.take_in_quietly(patient, now=NOW)
        with pytest.raises(DiskFull):
            readings.take_in(patient, now=NOW)
    assert who_read(patient, item) == []

    readings.take_in_quietly(patient, now=NOW)
    assert [one.label for one in who_read(patient, item)] == ["Sam"]


def test_after_an_edit_the_readings_start_anew(patient, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam)
    readings.take_in(patient, now=NOW)
    edit(patient, item, "hello again", now=NOW + HOUR)
    assert who_read(patient, item) == []

    read(sam, now=NOW + 2 * HOUR)
    readings.take_in(patient, now=NOW + 2 * HOUR)

    assert [one.day for one in who_read(patient, item)] == [NOW + 2 * HOUR]


def test_a_second_reading_of_one_text_keeps_the_first_minute(patient, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam)
    notes.withdraw(patient, item, now=NOW)
    read(sam, now=NOW + HOUR)
    notes.share(patient, item, chosen(EVERYONE), now=NOW + HOUR)
    read(sam, now=NOW + 2 * HOUR)
    readings.take_in(patient, now=NOW + 2 * HOUR)

    assert [one.day for one in who_read(patient, item)] == [NOW]
    assert readings.readings_of(patient, sam.person) == {item: NOW + 2 * HOUR}


def test_who_was_removed_keeps_their_place_and_name(patient, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam)
    members.remove(patient, sam.person, now=NOW)

    assert [(one.person, one.label) for one in who_read(patient, item)] == [(sam.person, "Sam")]


def test_what_one_person_read_is_told_apart_from_what_others_read(patient, sam, june):
    both = write(patient, "for both", EVERYONE, june.person)
    one = write(patient, "for June", june.person)
    read(sam)
    read(june)
    readings.take_in(patient, now=NOW)

    assert readings.readings_of(patient, sam.person) == {both: NOW}
    assert readings.readings_of(patient, june.person) == {both: NOW, one: NOW}


def test_readings_of_what_is_not_there_are_gone(patient):
    with pytest.raises(Gone):
        who_read(patient, NO_ITEM)
    item = write(patient, "hello")
    notes.erase(patient, item, now=NOW)
    with pytest.raises(Gone):
        who_read(patient, item)


def test_a_letter_that_does_not_open_is_passed_over(store, patient, sam):
    item = write(patient, "hello", EVERYONE)
    letters.send(sam.member, sam.link, Letter(LetterKind.VIEW, NOW, [NO_ITEM]), now=NOW)
    with store.change(NOW):
        store.rows.replace(letters.letter_at(sam.record.link, store.generation.id, 0), b"something else")
    read(sam)

    readings.take_in(patient, now=NOW)

    assert [one.label for one in who_read(patient, item)] == ["Sam"]
    assert members.departures(patient) == []


def test_two_circles_of_one_member_are_kept_apart(patient, paper, quiet):
    first, second = let_in(patient, quiet), let_in(paper, quiet)
    write(patient, "from Maple", EVERYONE)
    write(paper, "from Paper", EVERYONE)

    assert texts(first) == ["from Maple"]
    assert texts(second) == ["from Paper"]
    assert read(first).new == read(second).new == 1
