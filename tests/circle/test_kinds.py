"""Kinds: what can be shared, and what never leaves the patient's own space."""

from portal.circle.kinds import SHAREABLE, Kind

FIRST_OF_THE_OWN_SPACE = 200


def test_what_is_shared_and_what_is_the_patients_alone_never_meet():
    assert SHAREABLE
    assert all(kind < FIRST_OF_THE_OWN_SPACE for kind in SHAREABLE)
    assert all(kind >= FIRST_OF_THE_OWN_SPACE for kind in Kind if kind not in SHAREABLE)


def test_the_numbers_of_kinds_stand_in_files_and_never_change():
    assert {kind.name: int(kind) for kind in Kind} == {"NOTE": 1, "RESOURCE": 2, "CONSENT": 200, "INVITATION": 201}
