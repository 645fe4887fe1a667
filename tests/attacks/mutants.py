"""Sabotages: each takes one protection away, and the test named beside it must then fail.

The texts are exact: where one no longer stands in its file, the check fails, so that this
table follows the code. Not here, because the product has no such part yet: projection (no
entry shows readers less than the patient), slot insert-only and new slot at removal (no
asks that are claimed).
"""

from dataclasses import dataclass

SHELVES = "vault/shelves.py"
SHARING = "vault/sharing.py"
DOORS = "vault/doors.py"
READING = "vault/reading.py"
JOINING = "vault/joining.py"
ROWS = "vault/rows.py"
TAGS = "vault/tags.py"
SEALING = "crypto/sealing.py"
COVERS = "tests/vault/test_shelves.py::test_covers"
SAVED_KEY = "tests/attacks/test_members.py::test_14_a_saved_item_key_opens_nothing_after"


@dataclass(frozen=True)
class Mutant:
    """One protection, the file it stands in, what is put for what, and the test that must notice."""

    name: str
    file: str
    edits: tuple[tuple[str, str], ...]
    test: str


def mutant(name: str, file: str, old: str, new: str, test: str) -> Mutant:
    """Return a sabotage of one place."""
    return Mutant(name, file, ((old, new),), test)


MUTANTS = (
    mutant(
        "name in place", SEALING,
        "_expand(secret, _LOC + told, 8)", "_expand(secret, _LOC, 8)",
        "tests/attacks/test_joining.py::test_18_an_invitation_has_its_own_place",
    ),
    Mutant(
        "context", SEALING,
        (
            ("Cobblestone256Encryptor(at.key, at.context)", 'Cobblestone256Encryptor(at.key, b"")'),
            ("Cobblestone256Decryptor(at.key, at.context)", 'Cobblestone256Decryptor(at.key, b"")'),
        ),
        "tests/attacks/test_rows_changed.py::test_3_the_cipher_refuses_the_right_key_with_another_context",
    ),
    mutant(
        "tag at read", TAGS,
        " and hmac.compare_digest(_bytes(self.of(loc, ct)), _bytes(known))", "",
        "tests/attacks/test_copies.py::test_7_one_older_row_put_back_while_the_server_runs",
    ),
    mutant(
        "staging of tags", ROWS,
        'then end the transaction, if one is open."""\n        self._tags.drop()',
        'then end the transaction, if one is open."""',
        "tests/vault/test_rows.py::test_a_change_that_fails_leaves_no_trace",
    ),
    mutant(
        "root at start", ROWS,
        "(self.count, self.root) == told", "self.count == told[0]",
        "tests/attacks/test_copies.py::test_7_one_older_row_put_back_while_the_server_is_stopped",
    ),
    mutant(
        "row count", ROWS,
        "(self.count, self.root) == told", "self.root == told[1]",
        "tests/vault/test_rows.py::test_count_root_order_and_seal_must_all_fit",
    ),
    mutant(
        "rising addresses", ROWS,
        "ordered and (last is None or loc > last) and len(ct) in LADDER", "len(ct) in LADDER",
        "tests/vault/test_rows.py::test_addresses_out_of_order_do_not_fit",
    ),
    mutant(
        "schema", "vault/connection.py",
        'made != [("table", SCHEMA)] or version != VERSION', "version != VERSION",
        "tests/vault/test_connection.py::test_another_schema_is_not_opened",
    ),
    mutant(
        "a full disk makes nothing good", ROWS,
        "        self._tags = known  #", "        #",
        "tests/vault/test_rows.py::test_a_failed_commit_does_not_make_good_what_others_changed",
    ),
    mutant(
        "anything in a column of a damaged file", ROWS,
        "select loc, ifnull(cast(ct as blob), x'') from", "select loc, ct from",
        "tests/vault/test_rows.py::test_a_damaged_file_may_hold_anything_in_a_column",
    ),
    Mutant(
        "insert-only", ROWS,
        (
            ("        if self.has(at):\n            raise PlaceTaken\n", ""),
            ('"insert into rec (loc, ct)', '"insert or replace into rec (loc, ct)'),
        ),
        "tests/vault/test_rows.py::test_a_first_write_never_overwrites",
    ),
    mutant(
        "removing what does not open", ROWS,
        "        return self.remove_at(at.loc)", "        self.get(at)\n        return self.remove_at(at.loc)",
        "tests/vault/test_rows.py::test_damage_never_stands_in_the_way_of_writing_anew_or_removing",
    ),
    mutant(
        "number", "vault/store.py",
        "return Reason.OLDER if (found.seal.generation.number, found.seal.number) < told else None", "return None",
        "tests/attacks/test_copies.py::test_8_the_whole_older_file",
    ),
    mutant(
        "generation in stands", SHELVES,
        " and p.generation == generation", "",
        "tests/vault/test_shelves.py::test_no_permission_stands_in_another_generation",
    ),
    mutant(
        "generation at door", DOORS,
        "if door.generation != generation or door.state", "if door.state",
        "tests/attacks/test_rows_changed.py::test_6_an_added_row_is_noticed_at_start_and_opens_nothing",
    ),
    mutant(
        "generation at invite", JOINING,
        " or invite.generation != store.generation.id", "",
        "tests/attacks/test_copies.py::test_28_a_copy_from_before_a_redeemed_code_opens_nothing_with_it",
    ),
    mutant(
        "generation at letter", "vault/letters.py",
        "state == PersonState.OPEN and of == generation", "state == PersonState.OPEN",
        "tests/vault/test_letters.py::test_a_door_of_another_generation_takes_no_letter",
    ),
    mutant(
        "people number", "vault/people.py",
        "entries.read_page(session, state.own - 1).number == state.number",
        "entries.read_page(session, state.own - 1) is not None",
        "tests/attacks/test_copies.py::test_7_the_older_state_alone_with_a_root_that_fits_is_a_people_alarm",
    ),
    mutant(
        "account address in state", "vault/accounts.py",
        "return loc in session.state.accounts", "return bool(session.state.accounts)",
        "tests/vault/test_accounts.py::test_an_account_row_that_its_state_does_not_hold_opens_nothing",
    ),
    mutant("kind filter", SHELVES, "        and entry.kind in p.kinds\n", "", COVERS),
    mutant("reader filter", SHELVES, "(r.ref in p.lists or r.ref == person.id) and ", "", COVERS),
    mutant("since", SHELVES, " and r.when >= p.since", "", COVERS),
    mutant(
        "state", SHELVES,
        "p.state == PersonState.OPEN and ", "",
        "tests/vault/test_shelves.py::test_only_an_open_permission_stands",
    ),
    mutant(
        "starts", SHELVES,
        "p.starts <= now < p.ends", "now < p.ends",
        "tests/vault/test_shelves.py::test_a_permission_stands_from_its_start_until_its_end",
    ),
    mutant(
        "ends", SHELVES,
        "p.starts <= now < p.ends", "p.starts <= now",
        "tests/vault/test_shelves.py::test_a_permission_stands_from_its_start_until_its_end",
    ),
    mutant(
        "ends at the member", DOORS,
        "door.state == PersonState.ENDED or now >= door.ends", "door.state == PersonState.ENDED",
        "tests/vault/test_doors.py::test_after_the_end_a_member_is_refused_whatever_the_shelf_holds",
    ),
    mutant(
        "the later of clock and last time", SHELVES,
        "return max(now, session.state.last)", "return now",
        "tests/attacks/test_time.py::test_31_a_clock_set_back_lengthens_nothing_and_closes_publishing",
    ),
    mutant(
        "an end that was settled raises the last time", SHELVES,
        "        if session.rows.touched:\n", "        if not session:\n",
        "tests/vault/test_shelves.py::test_what_has_ended_stays_ended_when_the_clock_is_set_back",
    ),
    mutant(
        "settle inside publish", SHARING,
        "        shelves.settle_ended(session, now)\n        judged", "        judged",
        "tests/vault/test_shelves.py::test_sharing_empties_the_shelves_of_those_whose_permission_has_ended",
    ),
    Mutant(
        "page packing by shelf", SHELVES,
        (
            (
                "want[i : i + SLIPS]) for i in range(0, len(want), SLIPS)",
                "want[i : i + 7]) for i in range(0, len(want), 7)",
            ),
            ("if len(newest) < SLIPS:", "if len(newest) < 7:"),
        ),
        "tests/vault/test_shelves.py::test_a_page_is_full_before_the_next_begins_whatever_lies_between",
    ),
    mutant(
        "new key at edit", SHARING,
        "        key = entries.new_key()\n        versions", "        key = old.key\n        versions",
        f"{SAVED_KEY}[edit]",
    ),
    mutant(
        "new key at unshare", SHARING,
        "if not readers or any(person not in after for person in before):", "if not session:",
        f"{SAVED_KEY}[unshare]",
    ),
    mutant(
        "earlier version sealed again", SHARING,
        "        versions.append(Version(key,", "        versions.append(Version(old.key,",
        "tests/vault/test_sharing.py::test_the_earlier_text_lies_under_a_key_that_nobody_else_ever_held",
    ),
    mutant(
        "single use", JOINING,
        "        session.rows.remove(invite_at(code))\n", "",
        "tests/vault/test_joining.py::test_a_code_works_once",
    ),
    mutant(
        "the joiner's part sealed", JOINING,
        "box = hpke.seal_join(invite.public, code, pack(Join(part, name)))", "box = pack(Join(part, name))",
        "tests/attacks/test_joining.py::test_11_the_code_and_copies_of_the_file_do_not_give_the_secret",
    ),
    mutant(
        "r in L", "crypto/hpke.py",
        'prf(part, "link", r, code_secret)', 'prf(part, "link", code_secret)',
        "tests/attacks/test_joining.py::test_10_the_same_part_under_two_invitations_makes_two_secrets",
    ),
    mutant(
        "view before showing", READING,
        "        record(session, link, chosen, now=now)\n"
        "        return [Opened(slip, body(session, slip)) for slip in chosen]",
        "        shown = [Opened(slip, body(session, slip)) for slip in chosen]\n"
        "        record(session, link, chosen, now=now)\n        return shown",
        "tests/vault/test_reading.py::test_when_the_view_cannot_be_recorded_nothing_is_shown",
    ),
    mutant(
        "finalize", SEALING,
        "padded = box.update(sealed) + box.finalize()", "padded = box.update(sealed)",
        "tests/vault/test_rows.py::test_what_was_added_is_read_back",
    ),
    mutant(
        "padding", SEALING,
        " + bytes(room - len(payload))", "",
        "tests/attacks/test_leaks.py::test_2_every_row_is_a_step_of_the_ladder_and_looks_random",
    ),
    mutant(
        "minimum row", SEALING,
        "if step >= smallest and ROOM[step] >= size", "if ROOM[step] >= size",
        "tests/attacks/test_leaks.py::test_2_a_page_a_state_and_a_draft_are_never_the_smallest_row",
    ),
    mutant(
        "erased rows leave the files", SHARING,
        "        session.rows.fold_after()\n", "",
        "tests/attacks/test_leaks.py::test_29_what_is_erased_is_gone_from_the_files",
    ),
    mutant(
        "exact Origin", "ui/web/guard.py",
        '_only(scope, b"origin") in origins', 'bool(origins)',
        "tests/ui/web/test_guard.py",
    ),
)  # fmt: skip
