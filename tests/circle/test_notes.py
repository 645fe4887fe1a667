"""Notes: narrowest first, what is refused is refused whole, and the list of readers is the truth."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.circle import accounts, audiences, drafts, members, notes
from portal.circle.audiences import EVERYONE, Chosen
from portal.circle.bodies import ROOM, URL, Text
from portal.circle.kinds import Kind
from portal.circle.notes import ONLY_ME, Filter
from portal.errors import (
    AccountFull,
    BadLink,
    BadText,
    ChangedElsewhere,
    ClockBehind,
    EmptyText,
    Gone,
    NoReaders,
    PortalError,
    TooLong,
    TooManyTags,
)
from portal.newtypes import ItemId, ListId, PersonId
from portal.vault import entries, records
from portal.vault.hostfile import Limits
from tests.circle.story import (
    DAY,
    HOUR,
    LONG,
    MINUTE,
    NOW,
    NUL,
    RTL,
    SURROGATE,
    add_list,
    another_tab,
    chosen,
    edit,
    let_in,
    readers,
    sign_up,
    texts,
    write,
)

NO_ITEM = ItemId(bytes(16))
NO_LIST, NO_ONE = ListId(b"nobody.."), PersonId(b"no one..")


def note(patient, item, *, now=NOW):
    return notes.note(patient, item, now=now)


def shown(patient, *, now=NOW, page=1, kind=Kind.NOTE, **wanted):
    """Return the texts that the page shows."""
    found = notes.notes(patient, kind=kind, page=page, wanted=Filter(**wanted), now=now)
    return [one.text for one in found.items]


def unchanged(patient, error, use):
    """Assert that a use is refused and writes nothing."""
    before = patient.rows.number
    with pytest.raises(error) as refused:
        use()
    assert patient.rows.number == before
    return refused.value


# Writing: narrowest first


def test_a_new_note_is_for_nobody_else(patient, sam):
    item = write(patient, "mine")

    assert note(patient, item).chosen == Chosen()
    assert readers(patient, item) == ()
    assert texts(sam) == []


def test_a_note_is_kept_as_it_was_written(patient, sam):
    item = notes.write(
        patient,
        Text(" A title ", "\n the text\n\n", " https://example.org/a?b#c "),
        tags=["Week ", "  two   words", "Week"],
        readers=chosen(EVERYONE),
        now=NOW,
    )

    one = note(patient, item)

    assert (one.title, one.text, one.url) == ("A title", "the text", "https://example.org/a?b#c")
    assert one.tags == ("Week", "two words")
    assert (one.kind, one.written, one.edited, one.pin, one.versions, one.damaged) == (
        Kind.NOTE,
        NOW,
        0,
        False,
        0,
        False,
    )
    assert one.chosen == chosen(EVERYONE)
    assert one.readers == ("Sam",)


def test_a_link_alone_is_enough(patient):
    assert note(patient, write(patient, "", url="https://example.org", kind=Kind.RESOURCE)).url == "https://example.org"


def test_notes_and_resources_share_the_code_and_are_told_apart(patient, sam):
    write(patient, "a note", EVERYONE)
    item = write(patient, "a resource", EVERYONE, kind=Kind.RESOURCE)

    assert shown(patient) == ["a note"]
    assert shown(patient, kind=Kind.RESOURCE) == ["a resource"]
    assert note(patient, item).kind == Kind.RESOURCE
    assert texts(sam, kind=Kind.RESOURCE) == ["a resource"]


def test_pressing_publish_twice_writes_two_notes_that_each_can_be_erased(patient):
    first, second = write(patient, "hello"), write(patient, "hello")

    notes.erase(patient, second, now=NOW)

    assert [one.id for one in notes.notes(patient, now=NOW).items] == [first]


# Bad input


BODIES = [
    ("empty", Text("", ""), EmptyText),
    ("blank", Text("", " \n\t "), EmptyText),
    ("nothing to see", Text("", "\u200b\u2800"), EmptyText),
    ("title alone", Text("a title", ""), EmptyText),
    ("nul", Text("", NUL), BadText),
    ("nul in title", Text(NUL, "text"), BadText),
    ("nul in link", Text("", "text", f"https://example.org/{NUL}"), BadText),
    ("half", Text("", SURROGATE), BadText),
    ("half in title", Text(SURROGATE, "text"), BadText),
    ("half in link", Text("", "text", f"https://example.org/{SURROGATE}"), BadText),
    ("1 MB", Text("", LONG), TooLong),
    ("1 MB title", Text(LONG, "text"), TooLong),
    ("201 title", Text("a" * 201, "text"), TooLong),
    ("bytes", Text("", "\U0001f33f" * (ROOM // 4 + 1)), TooLong),
    ("no link", Text("", "text", "javascript:alert(1)"), BadLink),
]


@pytest.mark.parametrize(("body", "error"), [one[1:] for one in BODIES], ids=[one[0] for one in BODIES])
def test_a_text_that_cannot_be_kept_is_refused_whole_when_written_and_when_edited(patient, body, error):
    item = write(patient, "kept")

    unchanged(patient, error, lambda: notes.write(patient, body, now=NOW))
    unchanged(patient, error, lambda: notes.edit(patient, item, body, base=NOW, now=NOW))

    assert shown(patient) == ["kept"]


def test_a_link_that_is_too_long_is_refused_and_the_longest_opens_again(patient):
    longest = "https://example.org/" + "a" * (URL - 20)
    assert note(patient, write(patient, "", url=longest)).url == longest

    unchanged(patient, BadLink, lambda: write(patient, "", url=longest + "a"))


def test_right_to_left_text_is_kept(patient):
    assert note(patient, write(patient, RTL, title=RTL)).text == RTL


def test_the_longest_text_opens_again_and_the_excess_is_told_in_characters(patient):
    longest = "ñ" * (ROOM // 2)
    item = write(patient, longest)
    assert note(patient, item).text == longest
    assert not note(patient, item).damaged

    assert unchanged(patient, TooLong, lambda: write(patient, longest + "ñ")).excess == 1
    assert unchanged(patient, TooLong, lambda: write(patient, longest, title="tt")).excess == 1
    assert unchanged(patient, TooLong, lambda: write(patient, "text", title="t" * 203)).excess == 3


@pytest.mark.parametrize(
    ("tags", "error"),
    [
        ([str(at) for at in range(9)], TooManyTags),
        (["a" * 31], TooManyTags),
        ([LONG], TooManyTags),
        ([NUL], BadText),
        ([SURROGATE], BadText),
        ([RTL], BadText),
    ],
    ids=["nine", "31", "1 MB", "nul", "half", "rtl"],
)
def test_bad_tags_are_refused_when_written_and_when_edited(patient, tags, error):
    item = write(patient, "kept")

    unchanged(patient, error, lambda: notes.write(patient, Text("", "text"), tags=tags, now=NOW))
    unchanged(patient, error, lambda: notes.edit(patient, item, Text("", "text"), tags=tags, base=NOW, now=NOW))


def test_eight_tags_of_thirty_characters_are_kept_and_empty_ones_are_none(patient):
    tags = [str(at) + "\U0001f33f" * 29 for at in range(8)]

    item = notes.write(patient, Text("", "text"), tags=[*tags, "", "  ", tags[0]], now=NOW)

    assert note(patient, item).tags == tuple(tags)


@given(title=st.text(max_size=50), text=st.text(max_size=80), tags=st.lists(st.text(max_size=35), max_size=9))
def test_any_text_is_kept_trimmed_or_refused_whole(title, text, tags):
    store = accounts.open_memory(now=NOW)
    patient = sign_up(store, "maple river")
    try:
        item = notes.write(patient, Text(title, text), tags=tags, now=NOW)
    except PortalError:
        assert notes.notes(patient, now=NOW).total == 0
    else:
        one = note(patient, item)
        assert (one.title, one.text) == (title.strip(), text.strip())
        assert not one.damaged
    finally:
        store.close()


# Readers


def test_choosing_readers_of_whom_nobody_may_read_it_is_refused(patient, sam, household):
    for refs in ((household,), (NO_ONE,), (NO_LIST, NO_ONE)):
        unchanged(patient, NoReaders, lambda refs=refs: write(patient, "hello", *refs))

    members.pause(patient, sam.person, now=NOW)
    unchanged(patient, NoReaders, lambda: write(patient, "hello", EVERYONE, sam.person))
    unchanged(patient, NoReaders, lambda: write(patient, "hello", sam.person, now=NOW + 90 * DAY))


def test_lists_and_people_that_are_gone_are_left_out(patient, sam):
    nobody = frozenset(PersonId(at.to_bytes(8, "big")) for at in range(200))

    item = notes.write(patient, Text("", "hello"), readers=Chosen(frozenset({EVERYONE}), nobody), now=NOW)
    notes.share(patient, item, Chosen(frozenset({EVERYONE, NO_LIST}), nobody), now=NOW)

    assert note(patient, item).chosen == chosen(EVERYONE)
    assert [reader.ref for reader in entries.find(patient, item)[1].readers] == [EVERYONE]


def test_sharing_makes_exactly_these_the_readers(patient, sam, june):
    item = write(patient, "hello", EVERYONE)

    notes.share(patient, item, chosen(june.person), now=NOW)
    assert (readers(patient, item), texts(sam), texts(june)) == (("June",), [], ["hello"])

    notes.share(patient, item, chosen(EVERYONE, june.person), now=NOW)
    assert (readers(patient, item), texts(sam), texts(june)) == (("June", "Sam"), ["hello"], ["hello"])

    notes.share(patient, item, Chosen(), now=NOW)
    assert (readers(patient, item), texts(sam), texts(june)) == ((), [], [])


def test_sharing_twice_changes_nothing(patient, sam):
    item = write(patient, "hello", EVERYONE)
    notes.share(patient, item, chosen(EVERYONE), now=NOW)
    key = entries.find(patient, item)[1].key

    notes.share(patient, item, chosen(EVERYONE), now=NOW + 5)

    assert entries.find(patient, item)[1].key == key
    assert texts(sam, now=NOW + 5) == ["hello"]


def test_an_edit_can_choose_other_readers_and_refused_ones_leave_the_text(patient, sam, household):
    item = write(patient, "hello", EVERYONE)
    edited = partial(notes.edit, patient, item, Text("", "bye"), base=NOW, now=NOW + 1)
    unchanged(patient, NoReaders, lambda: edited(readers=chosen(household)))

    edited(readers=chosen())

    one = note(patient, item)
    assert (one.text, one.readers, texts(sam, now=NOW + 1)) == ("bye", (), [])


def test_a_refused_sharing_leaves_the_readers_as_they_were(patient, sam, household):
    item = write(patient, "hello", EVERYONE)

    unchanged(patient, NoReaders, lambda: notes.share(patient, item, chosen(household), now=NOW))

    assert readers(patient, item) == ("Sam",)


def test_unsharing_takes_it_from_one_and_leaves_it_to_the_rest_of_the_list(patient, quiet, paper):
    sam, june = let_in(patient, quiet), let_in(patient, paper, label="June")
    item = write(patient, "hello", EVERYONE, sam.person)

    notes.unshare(patient, item, sam.person, now=NOW)

    assert readers(patient, item) == ("June",)
    assert (texts(sam), texts(june)) == ([], ["hello"])
    assert note(patient, item).chosen == chosen(june.person)


def test_unsharing_from_somebody_who_had_it_not_takes_it_from_nobody(patient, sam, june):
    item = write(patient, "hello", EVERYONE)

    for person in (june.person, NO_ONE):
        notes.unshare(patient, item, person, now=NOW)

    assert readers(patient, item) == ("Sam",)


def test_withdrawing_takes_it_from_everybody_under_a_new_key(patient, sam, june):
    item = write(patient, "hello", EVERYONE, june.person)
    key = entries.find(patient, item)[1].key

    notes.withdraw(patient, item, now=NOW)

    assert (readers(patient, item), texts(sam), texts(june)) == ((), [], [])
    assert note(patient, item).text == "hello"
    assert not patient.rows.has(entries.body_at(key))


def test_withdrawing_twice_is_no_error(patient, sam):
    item = write(patient, "hello", EVERYONE)

    notes.withdraw(patient, item, now=NOW)
    notes.withdraw(another_tab(patient), item, now=NOW)

    assert readers(patient, item) == ()


def test_readers_are_told_as_they_are_now(patient, sam, june):
    item = write(patient, "hello", EVERYONE, june.person)
    assert readers(patient, item) == ("June", "Sam")

    members.rename_member(patient, sam.person, "Alex", now=NOW)
    assert readers(patient, item) == ("Alex", "June")
    members.pause(patient, june.person, now=NOW)
    assert readers(patient, item) == ("Alex",)
    members.remove(patient, sam.person, now=NOW)
    assert readers(patient, item) == ()


def test_a_clock_behind_shares_nothing_and_lets_withdraw(patient, sam):
    item = write(patient, "hello", EVERYONE, now=NOW + DAY)
    mine = write(patient, "mine", now=NOW + DAY)

    unchanged(patient, ClockBehind, lambda: write(patient, "another", EVERYONE))
    unchanged(patient, ClockBehind, lambda: notes.share(patient, mine, chosen(EVERYONE), now=NOW))
    unchanged(patient, ClockBehind, lambda: notes.edit(patient, item, Text("", "other"), base=NOW + DAY, now=NOW))
    notes.withdraw(patient, item, now=NOW)

    assert texts(sam, now=NOW + DAY) == []
    assert write(patient, "for me")


def test_a_full_account_keeps_no_more_and_still_takes_back(store, patient, sam):
    item = write(patient, "hello", EVERYONE)
    store.limits = Limits(account=patient.state.used)

    unchanged(patient, AccountFull, lambda: write(patient, "more"))
    notes.withdraw(patient, item, now=NOW)
    notes.erase(patient, item, now=NOW)

    assert shown(patient) == []


# Editing


def test_an_edit_reaches_the_readers_marked_and_keeps_the_earlier_text_for_the_patient(patient, sam):
    item = write(patient, "one", EVERYONE, title="first")
    notes.edit(patient, item, Text("second", "two"), tags=["Week"], base=NOW, now=NOW + HOUR)
    notes.edit(patient, item, Text("third", "three"), base=NOW + HOUR, now=NOW + DAY)

    one = note(patient, item)
    assert (one.title, one.text, one.tags, one.written, one.edited) == ("third", "three", (), NOW, NOW + DAY)
    assert one.versions == 2
    assert [(v.title, v.text, v.edited) for v in notes.versions(patient, item)] == [
        ("second", "two", NOW + HOUR),
        ("first", "one", NOW),
    ]
    assert texts(sam, now=NOW + DAY) == ["three"]
    assert one.readers == ("Sam",)


def test_the_same_text_again_is_no_edit(patient):
    item = write(patient, "one")

    notes.edit(patient, item, Text("", " one "), tags=["Week"], base=NOW, now=NOW + HOUR)

    assert (note(patient, item).edited, note(patient, item).versions) == (0, 0)
    assert note(patient, item).tags == ("Week",)


def test_an_edit_from_an_older_text_is_refused_and_both_texts_are_kept(patient):
    item = write(patient, "one")
    tab = another_tab(patient)
    began = drafts.save(tab, Text("", "one, mine"), about=item, now=NOW)
    edit(patient, item, "one, theirs", now=NOW + 1)

    unchanged(
        patient,
        ChangedElsewhere,
        lambda: notes.edit(tab, item, Text("", "one, mine"), base=NOW, draft=began.page, now=NOW + 2),
    )

    assert note(patient, item).text == "one, theirs"
    assert drafts.drafts(tab) == [began]


def test_an_edit_drops_its_draft(patient):
    item = write(patient, "one")
    began = drafts.save(patient, Text("", "two"), about=item, now=NOW)

    notes.edit(patient, item, Text("", "two"), base=NOW, draft=began.page, now=NOW + 1)

    assert drafts.drafts(patient) == []


def test_two_edits_within_a_second_have_different_times(patient):
    item = write(patient, "one")
    edit(patient, item, "two")
    edit(patient, item, "three")

    assert note(patient, item).edited == NOW + 2
    assert len({one.edited for one in notes.versions(patient, item)}) == 2


def test_twenty_earlier_texts_are_kept(patient):
    item = write(patient, "text 0")
    for at in range(1, records.VERSIONS + 3):
        edit(patient, item, f"text {at}", now=NOW + at)

    assert note(patient, item, now=NOW + DAY).versions == records.VERSIONS
    assert notes.versions(patient, item)[-1].text == "text 2"


def test_an_earlier_text_that_does_not_open_is_left_out(store, patient):
    item = write(patient, "one")
    edit(patient, item, "two", now=NOW + 1)
    edit(patient, item, "three", now=NOW + 2)
    version = entries.find(patient, item)[1].versions[0]
    with store.change(NOW):
        store.rows.replace(entries.body_at(version.key), b"something else")

    assert [one.text for one in notes.versions(patient, item)] == ["two"]


# Pin, erase, damage, what is not there


def test_pinned_notes_stand_first_then_the_newest(patient):
    for at in range(4):
        item = write(patient, f"text {at}", now=NOW + at)
        if at == 1:
            notes.pin(patient, item, True, now=NOW + at)
    assert shown(patient) == ["text 1", "text 3", "text 2", "text 0"]

    pinned = notes.notes(patient, now=NOW).items[0]
    assert pinned.pin
    notes.pin(patient, pinned.id, False, now=NOW)
    assert shown(patient) == ["text 3", "text 2", "text 1", "text 0"]


def test_erasing_leaves_no_text_and_no_earlier_one(patient, sam):
    item = write(patient, "one", EVERYONE)
    edit(patient, item, "two", now=NOW + 1)
    entry = entries.find(patient, item)[1]
    keys = [entry.key, *(version.key for version in entry.versions)]

    notes.erase(patient, item, now=NOW + 1)

    assert not any(patient.rows.has(entries.body_at(key)) for key in keys)
    assert shown(patient) == []
    assert texts(sam, now=NOW + 1) == []


def test_a_text_that_does_not_open_is_marked_and_can_be_taken_back_and_erased(store, patient, sam):
    item = write(patient, "lost", EVERYONE, title="lost too")
    write(patient, "kept", EVERYONE, now=NOW + 1)
    with store.change(NOW):
        store.rows.replace(entries.body_at(entries.find(patient, item)[1].key), b"something else")

    one = note(patient, item)
    assert (one.title, one.text, one.url, one.damaged) == ("", "", "", True)
    assert shown(patient) == ["kept", ""]
    assert shown(patient, words="lost") == []
    notes.withdraw(patient, item, now=NOW + 1)
    assert texts(sam, now=NOW + 1) == ["kept"]
    notes.erase(patient, item, now=NOW + 1)
    assert shown(patient) == ["kept"]


@pytest.mark.parametrize(
    "use",
    [
        lambda one, item: notes.note(one, item, now=NOW),
        notes.versions,
        lambda one, item: notes.edit(one, item, Text("", "text"), base=NOW, now=NOW),
        lambda one, item: notes.share(one, item, Chosen(), now=NOW),
        lambda one, item: notes.unshare(one, item, NO_ONE, now=NOW),
        lambda one, item: notes.withdraw(one, item, now=NOW),
        lambda one, item: notes.pin(one, item, True, now=NOW),
        lambda one, item: notes.erase(one, item, now=NOW),
    ],
    ids=["note", "versions", "edit", "share", "unshare", "withdraw", "pin", "erase"],
)
def test_what_is_not_there_was_erased_or_is_somebody_elses_is_gone_for_every_use(patient, quiet, use):
    erased = write(patient, "erased")
    notes.erase(another_tab(patient), erased, now=NOW)

    for item in (NO_ITEM, erased, write(quiet, "theirs")):
        unchanged(patient, Gone, lambda item=item: use(patient, item))


# The list


def test_an_empty_list_is_one_empty_page(patient):
    found = notes.notes(patient, now=NOW)

    assert (found.items, found.page, found.pages, found.tags, found.total) == ((), 1, 1, (), 0)


def test_the_list_pages_by_twenty(patient):
    for at in range(41):
        write(patient, f"text {at}", now=NOW + at)

    found = notes.notes(patient, page=3, now=NOW)

    assert (found.page, found.pages, found.total) == (3, 3, 41)
    assert [one.text for one in found.items] == ["text 0"]
    assert shown(patient, page=1)[0] == "text 40"
    assert len(shown(patient, page=2)) == 20
    for page in (0, 4, 10**9):
        assert shown(patient, page=page) == []


def test_tags_are_those_on_notes_of_this_kind_by_name(patient):
    for tags in (["b", "A"], ["a2", "b"]):
        notes.write(patient, Text("", "text"), tags=tags, now=NOW)
    notes.write(patient, Text("", "text"), tags=["other"], kind=Kind.RESOURCE, now=NOW)

    found = notes.notes(patient, wanted=Filter(words="nothing has this"), now=NOW)

    assert (found.tags, found.total) == (("A", "a2", "b"), 0)


def test_words_are_looked_for_in_title_text_and_tags(patient):
    write(patient, "one", title="Canción")
    write(patient, "CANCION two", now=NOW + 1)
    notes.write(patient, Text("", "three"), tags=["canción"], now=NOW + 2)
    write(patient, "four", now=NOW + 3)

    assert shown(patient, words=" cancion ") == ["three", "CANCION two", "one"]
    assert shown(patient, words="cancion two") == ["CANCION two"]
    assert shown(patient, words="  ") == ["four", "three", "CANCION two", "one"]
    for odd in (NUL, SURROGATE, LONG):
        assert shown(patient, words=odd) == []


def test_notes_are_filtered_by_tag_and_by_date(patient):
    notes.write(patient, Text("", "old"), tags=["Week"], now=NOW)
    notes.write(patient, Text("", "new"), tags=["Week", "Home"], now=NOW + DAY)

    assert shown(patient, tag="Week") == ["new", "old"]
    assert shown(patient, tag="Home") == ["new"]
    assert shown(patient, tag="We") == []
    assert shown(patient, since=NOW + 1) == ["new"]
    assert shown(patient, since=NOW + DAY, tag="Home", words="new") == ["new"]


def test_notes_are_filtered_by_reader(patient, sam, june, household):
    write(patient, "mine", now=NOW)
    write(patient, "for everybody", EVERYONE, now=NOW + 1)
    write(patient, "for June", june.person, now=NOW + 2)

    assert shown(patient, reader=ONLY_ME) == ["mine"]
    assert shown(patient, reader=EVERYONE) == ["for everybody"]
    assert shown(patient, reader=june.person) == ["for June"]
    assert shown(patient, reader=household) == []
    assert shown(patient, reader=NO_ONE) == []


def test_what_was_for_somebody_who_is_gone_is_for_me_alone_again(patient, june, quiet):
    near = add_list(patient, "Near")
    let_in(patient, quiet, lists=frozenset({near}))
    write(patient, "for June", june.person, now=NOW)
    write(patient, "for the list", near, now=NOW + 1)

    members.remove(patient, june.person, now=NOW + 1)
    audiences.remove_audience(patient, near, now=NOW + 1)

    assert shown(patient, reader=ONLY_ME) == ["for the list", "for June"]
    assert {one.chosen for one in notes.notes(patient, now=NOW).items} == {Chosen()}


def test_looking_at_ones_notes_writes_nothing(patient, sam):
    item = write(patient, "hello", EVERYONE)
    before = patient.rows.number

    shown(patient, words="hello")
    note(patient, item)
    notes.versions(patient, item)

    assert patient.rows.number == before


def test_two_tabs_lose_no_note(patient):
    tab = another_tab(patient)
    write(patient, "one", now=NOW)
    write(tab, "two", now=NOW + MINUTE)

    assert shown(patient) == shown(tab) == ["two", "one"]
